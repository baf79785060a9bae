//! From words to an expression on a view's fields.

use penstock_connector::Type;
use penstock_model::{
    Error, Result,
    filter::{Expr, Op, Test},
};
use serde_json::Value as Json;

use super::lexer::{Token, Word, tokens, wrong};
use crate::{view::View, wire};

/// How deep parentheses and negations may be nested.
const DEEPEST: usize = 32;
/// The most tests of a filter, each value of a list counted.
const MOST: usize = 500;

/// What is said where a comparison is wanted.
const MISSING: &str =
    "a comparison is missing behind the field: write =, !=, <, <=, >, >=, in (..), starts with or is null";

/// What a test is of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Target {
    /// The field's position in the view.
    pub(crate) field: usize,
    /// The part of its value that is tested.
    pub(crate) part: Option<String>,
    /// How the test was written, for messages.
    pub(crate) text: String,
}

/// The expression of a text.
pub(crate) fn parse(text: &str, view: &View) -> Result<Expr<Target>> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, tests: 0, view };
    let expr = parser.any(0)?;
    match parser.peek().word {
        Word::End => Ok(expr),
        _ => Err(wrong(parser.peek().place, "and, or, or the end is missing")),
    }
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    tests: usize,
    view: &'a View,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }
    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }
    /// Takes a word of the language, if it is the next.
    fn word(&mut self, word: &str) -> bool {
        let is = matches!(&self.peek().word, Word::Name(name) if name.eq_ignore_ascii_case(word));
        self.at += usize::from(is);
        is
    }
    fn expect(&mut self, word: &Word, what: &str) -> Result<()> {
        let token = self.next();
        if token.word == *word { Ok(()) } else { Err(wrong(token.place, what)) }
    }

    fn any(&mut self, depth: usize) -> Result<Expr<Target>> {
        let mut parts = vec![self.all(depth)?];
        while self.word("or") {
            parts.push(self.all(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::Any(parts) })
    }

    fn all(&mut self, depth: usize) -> Result<Expr<Target>> {
        let mut parts = vec![self.one(depth)?];
        while self.word("and") {
            parts.push(self.one(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::All(parts) })
    }

    fn one(&mut self, depth: usize) -> Result<Expr<Target>> {
        if depth >= DEEPEST {
            return Err(wrong(self.peek().place, "is nested too deep"));
        }
        if self.word("not") {
            return Ok(self.one(depth + 1)?.negated());
        }
        if self.peek().word == Word::Open {
            self.next();
            let inner = self.any(depth + 1)?;
            self.expect(&Word::Close, "a closing parenthesis is missing")?;
            return Ok(inner);
        }
        self.test()
    }

    fn test(&mut self) -> Result<Expr<Target>> {
        let start = self.at;
        let token = self.next();
        let Word::Name(name) = token.word else { return Err(wrong(token.place, "a field's name is missing")) };
        let (field, part) = self.field(&name)?;
        let token = self.next();
        if let (Word::Compare(sign), Some(day)) = (&token.word, self.day(field)) {
            self.next();
            self.count(1)?;
            return Ok(on_day(&Target { field, part, text: self.spelled(start) }, operator(sign), day));
        }
        let (test, negated) = match &token.word {
            Word::Compare(sign) => (Test::Is(operator(sign), self.value(field, part.as_deref())?), false),
            Word::Name(word) => self.worded(word, token.place, field, part.as_deref())?,
            _ => return Err(wrong(token.place, MISSING)),
        };
        self.count(1)?;
        let tested = Expr::Field(Target { field, part, text: self.spelled(start) }, test);
        Ok(if negated { tested.negated() } else { tested })
    }

    /// The first moment of the day that stands next, and that of the day after it, where the field holds moments.
    fn day(&self, field: usize) -> Option<(i64, i64)> {
        match &self.peek().word {
            Word::Value(Json::String(text)) if self.view.fields[field].about.kind == Type::DateTime => wire::day(text),
            _ => None,
        }
    }

    /// The tests that are written in words, and whether they are negated.
    fn worded(&mut self, word: &str, place: usize, field: usize, part: Option<&str>) -> Result<(Test, bool)> {
        match word.to_ascii_lowercase().as_str() {
            "in" => Ok((self.list(field, part)?, false)),
            "not" if self.word("in") => Ok((self.list(field, part)?, true)),
            "starts" if self.word("with") => Ok((Test::Is(Op::StartsWith, self.value(field, part)?), false)),
            "contains" => Ok((Test::Is(Op::Contains, self.value(field, part)?), false)),
            "is" => {
                let negated = self.word("not");
                if !self.word("null") {
                    return Err(wrong(self.peek().place, "write null or not null behind is; a value stands behind ="));
                }
                Ok((Test::Empty, negated))
            }
            _ => Err(wrong(place, MISSING)),
        }
    }

    fn list(&mut self, field: usize, part: Option<&str>) -> Result<Test> {
        self.expect(&Word::Open, "in needs values in parentheses")?;
        let mut values = Vec::new();
        loop {
            if self.day(field).is_some() {
                let advice = "in compares whole moments; write several days as (field = 'day' or field = 'day')";
                return Err(wrong(self.peek().place, advice));
            }
            values.push(self.value(field, part)?);
            self.count(1)?;
            let token = self.next();
            match token.word {
                Word::Comma => {}
                Word::Close => return Ok(Test::In(values)),
                _ => return Err(wrong(token.place, "a comma or a closing parenthesis is missing")),
            }
        }
    }

    fn count(&mut self, tests: usize) -> Result<()> {
        self.tests += tests;
        if self.tests > MOST {
            return Err(wrong(self.peek().place, &format!("has more than {MOST} tests")));
        }
        Ok(())
    }

    /// The field of a name, and the part of its value.
    fn field(&self, name: &str) -> Result<(usize, Option<String>)> {
        if let Some(field) = self.view.position(name) {
            return Ok((field, None));
        }
        let Some((of, part)) = name.rsplit_once('.') else { return Err(self.view.unknown(name)) };
        let field = self.view.find(of)?;
        let about = &self.view.fields[field].about;
        if about.filter_parts.iter().any(|p| p == part) {
            return Ok((field, Some(part.to_owned())));
        }
        let of_amount = part == "amount" && about.kind == Type::Money;
        if of_amount { Ok((field, None)) } else { Err(self.view.unknown(name)) }
    }

    fn value(&mut self, field: usize, part: Option<&str>) -> Result<penstock_model::Value> {
        let token = self.next();
        let json = match token.word {
            Word::Value(json) => json,
            Word::Name(word) if word.eq_ignore_ascii_case("true") => Json::Bool(true),
            Word::Name(word) if word.eq_ignore_ascii_case("false") => Json::Bool(false),
            Word::Name(word) if word.eq_ignore_ascii_case("null") => {
                return Err(wrong(token.place, "null is tested by is null"));
            }
            Word::Name(word) => {
                return Err(wrong(token.place, &format!("{word} is no value; texts stand in single quotes")));
            }
            _ => return Err(wrong(token.place, "a value is missing")),
        };
        let about = &self.view.fields[field].about;
        let value = match (part, &json) {
            (None, json) => wire::literal(about, json),
            (Some(_), Json::String(text)) => Ok(penstock_model::Value::from(text.as_str())),
            (Some(part), _) => Err(Error::invalid(part, "is compared with a text")),
        };
        value.map_err(|e| wrong(token.place, &e.message))
    }

    /// The words from one to the present one, as they could have been written.
    fn spelled(&self, start: usize) -> String {
        let words = self.tokens[start..self.at.min(self.tokens.len())].iter().take(12).map(|t| match &t.word {
            Word::Name(name) => name.clone(),
            Word::Value(Json::String(text)) => format!("'{text}'"),
            Word::Value(json) => json.to_string(),
            Word::Compare(sign) => (*sign).to_owned(),
            Word::Open => "(".to_owned(),
            Word::Close => ")".to_owned(),
            Word::Comma => ",".to_owned(),
            Word::End => String::new(),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A comparison of a moment with a day of UTC, whose first moment and whose successor's are given.
fn on_day(target: &Target, op: Op, (start, next): (i64, i64)) -> Expr<Target> {
    let is = |op, moment: i64| Expr::is(target.clone(), op, moment);
    match op {
        Op::Eq => Expr::All(vec![is(Op::Ge, start), is(Op::Lt, next)]),
        Op::Ne => Expr::Any(vec![is(Op::Lt, start), is(Op::Ge, next)]),
        Op::Le => is(Op::Lt, next),
        Op::Gt => is(Op::Ge, next),
        other => is(other, start),
    }
}

fn operator(sign: &str) -> Op {
    match sign {
        "=" => Op::Eq,
        "!=" => Op::Ne,
        "<" => Op::Lt,
        "<=" => Op::Le,
        ">" => Op::Gt,
        _ => Op::Ge,
    }
}
