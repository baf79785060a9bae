//! Texts made of columns: `[{account}: ]{product}`.
//!
//! `{column}` is the column's text, `{column|filter}` the text changed. A part in `[ ]` is left out when a column in it
//! is blank. `{{`, `}}`, `[[` and `]]` are the characters themselves.

/// A template of parts, whose columns are of some type: names as they are written, then what reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template<C>(Vec<Part<C>>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part<C> {
    Text(String),
    Column(C, Vec<Filter>),
    Optional(Vec<Part<C>>),
}

/// What a column's text is changed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Lower,
    Upper,
    /// Lower case, with `.` for everything that is no letter or digit: the first part of an e-mail address.
    Slug,
    /// A value map of `[maps]`.
    Map(String),
}

impl Template<String> {
    /// Reads a template; refuses with the reason.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut done: Vec<Part<String>> = Vec::new();
        // The parts before the `[` that is open.
        let mut outer: Option<Vec<Part<String>>> = None;
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '{' | '}' | '[' | ']' if rest.peek() == Some(&c) => {
                    rest.next();
                    push(&mut done, c);
                }
                '{' => {
                    let mut closed = false;
                    let within = rest.by_ref().take_while(|c| {
                        closed = *c == '}';
                        !closed
                    });
                    let inner: String = within.collect();
                    if !closed {
                        return Err("the template has a { without a }".to_owned());
                    }
                    let mut words = inner.split('|').map(str::trim);
                    let column = words.next().unwrap_or("").to_owned();
                    let filters = words.map(filter).collect::<Result<_, _>>()?;
                    done.push(Part::Column(column, filters));
                }
                '[' if outer.is_none() => outer = Some(std::mem::take(&mut done)),
                ']' => {
                    let before = outer.take().ok_or("the template has a ] without a [")?;
                    let inner = std::mem::replace(&mut done, before);
                    done.push(Part::Optional(inner));
                }
                '[' => return Err("the template has a [ inside [ ]".to_owned()),
                '}' => return Err("the template has a } without a {".to_owned()),
                c => push(&mut done, c),
            }
        }
        if outer.is_some() { Err("the template has a [ without a ]".to_owned()) } else { Ok(Self(done)) }
    }

    /// The same template with what reads each column.
    pub(super) fn bind<C>(self, bind: &mut impl FnMut(&str) -> Result<C, String>) -> Result<Template<C>, String> {
        fn parts<C>(
            from: Vec<Part<String>>,
            bind: &mut impl FnMut(&str) -> Result<C, String>,
        ) -> Result<Vec<Part<C>>, String> {
            let bound = from.into_iter().map(|part| {
                Ok(match part {
                    Part::Text(text) => Part::Text(text),
                    Part::Column(name, filters) => Part::Column(bind(&name)?, filters),
                    Part::Optional(inner) => Part::Optional(parts(inner, bind)?),
                })
            });
            bound.collect()
        }
        parts(self.0, bind).map(Template)
    }
}

impl<C> Template<C> {
    /// The names of the value maps that it uses.
    pub(super) fn maps(&self) -> Vec<&str> {
        fn named<'t, C>(parts: &'t [Part<C>], into: &mut Vec<&'t str>) {
            for part in parts {
                match part {
                    Part::Text(_) => {}
                    Part::Column(_, filters) => into.extend(filters.iter().filter_map(|f| match f {
                        Filter::Map(name) => Some(name.as_str()),
                        _ => None,
                    })),
                    Part::Optional(inner) => named(inner, into),
                }
            }
        }
        let mut maps = Vec::new();
        named(&self.0, &mut maps);
        maps
    }

    /// The text for a row, empty when all of its columns are blank: `column` gives a column's text, unset when it is
    /// blank; `map` looks a text up in a map.
    pub(super) fn render(
        &self,
        column: &impl Fn(&C) -> Result<Option<String>, String>,
        map: &impl Fn(&str, String) -> String,
    ) -> Result<String, String> {
        let mut out = Rendered::default();
        render(&self.0, column, map, &mut out)?;
        Ok(if out.blank > 0 && out.found == 0 { String::new() } else { out.text.trim().to_owned() })
    }
}

/// A text, and how many of its columns had one.
#[derive(Default)]
struct Rendered {
    text: String,
    found: usize,
    blank: usize,
}

fn render<C>(
    parts: &[Part<C>],
    column: &impl Fn(&C) -> Result<Option<String>, String>,
    map: &impl Fn(&str, String) -> String,
    out: &mut Rendered,
) -> Result<(), String> {
    for part in parts {
        match part {
            Part::Text(fixed) => out.text.push_str(fixed),
            Part::Column(name, filters) => match column(name)? {
                Some(found) => {
                    out.text.push_str(&filters.iter().fold(found, |text, filter| apply(filter, text, map)));
                    out.found += 1;
                }
                None => out.blank += 1,
            },
            Part::Optional(parts) => {
                let mut inner = Rendered::default();
                render(parts, column, map, &mut inner)?;
                if inner.blank == 0 {
                    out.text.push_str(&inner.text);
                }
                out.found += inner.found;
                out.blank += inner.blank;
            }
        }
    }
    Ok(())
}

fn push(parts: &mut Vec<Part<String>>, c: char) {
    if let Some(Part::Text(text)) = parts.last_mut() {
        text.push(c);
    } else {
        parts.push(Part::Text(c.to_string()));
    }
}

fn filter(word: &str) -> Result<Filter, String> {
    match word {
        "lower" => Ok(Filter::Lower),
        "upper" => Ok(Filter::Upper),
        "slug" => Ok(Filter::Slug),
        other => other.strip_prefix("map:").map(|name| Filter::Map(name.trim().to_owned())).ok_or_else(|| {
            format!("the template's filter {other} is unknown: it can be lower, upper, slug or map:NAME")
        }),
    }
}

fn apply(filter: &Filter, text: String, map: &impl Fn(&str, String) -> String) -> String {
    match filter {
        Filter::Lower => text.to_lowercase(),
        Filter::Upper => text.to_uppercase(),
        Filter::Slug => slug(&text),
        Filter::Map(name) => map(name, text),
    }
}

fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '-' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('.') {
            out.push('.');
        }
    }
    out.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &str, account: Option<&str>) -> String {
        let template = Template::parse(template).unwrap();
        let column = |name: &String| match name.as_str() {
            "account" => Ok(account.map(str::to_owned)),
            "product" => Ok(Some("GTXPro".to_owned())),
            other => Err(format!("no column {other}")),
        };
        template.render(&column, &|_, text| text.replace("GTXPro", "GTX Pro")).unwrap()
    }

    #[test]
    fn a_part_in_brackets_goes_with_its_column() {
        let template = "[{account}: ]{product|map:products}";
        assert_eq!(shown(template, Some("Isdom")), "Isdom: GTX Pro");
        assert_eq!(shown(template, None), "GTX Pro");
        assert_eq!(shown("{account}", None), "");
        assert_eq!(shown("{account|upper} [[{{x}}]]", Some("Isdom")), "ISDOM [{x}]");
    }

    #[test]
    fn a_slug_is_the_first_part_of_an_address() {
        assert_eq!(shown("{account|slug}@example.com", Some("Mei-Mei  O'Hara ")), "mei-mei.o.hara@example.com");
    }

    #[test]
    fn what_can_not_be_read_is_refused() {
        for wrong in ["[a", "a]", "a}", "{a", "[a[b]]", "{a|title}"] {
            assert!(Template::parse(wrong).is_err(), "{wrong}");
        }
    }
}
