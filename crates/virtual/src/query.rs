//! Query parameters, read against the row of the operation.

use std::collections::HashSet;

use penstock_api::{
    cursor::{self, Foreign},
    query::{Takes, settled},
};
use penstock_connector::{Direction, Name};
use penstock_model::{
    Code, Error, Result, Value,
    filter::{Expr, Op},
};

use crate::{
    filter,
    operations::{Operation, Param},
    suggest::hint,
    view::{Field, View},
    wire,
};

/// Records of a page when the request does not say.
const USUAL: u32 = 100;

/// The most fields that a list is sorted by.
const SORTED: usize = 8;

/// The parameters of a request.
pub(crate) struct Parameters(Vec<(String, String)>);

/// What is shown of records.
#[derive(Debug, PartialEq)]
pub(crate) struct Selection {
    /// Their own fields, in the view's order.
    pub(crate) own: Vec<usize>,
    /// The references whose records stand beside, each with the fields that are wanted of them; none named: all.
    pub(crate) beside: Vec<(usize, Vec<String>)>,
}

impl Parameters {
    /// The given parameters, all of which the operation must have.
    ///
    /// # Errors
    /// `ParameterInvalid` for one that it does not have, and for several values of one that takes one.
    pub(crate) fn new(operation: &Operation, given: Vec<(String, String)>) -> Result<Self> {
        let takes = |param: &Param| if param.several { Takes::List } else { Takes::One };
        let known = |name: &str| operation.params.iter().find(|p| p.name == name).map(|p| (p.name, takes(p)));
        let given = settled(given, known)?;
        let names = || operation.params.iter().map(|p| p.name);
        match given.iter().find(|(name, _)| !names().any(|n| n == name)) {
            Some((name, _)) => Err(Error::parameter(name, &format!("is no parameter{}", hint(name, names())))),
            // No text holds one, and no engine of ours can look for it.
            None => match given.iter().find(|(_, value)| value.contains('\0')) {
                Some((name, _)) => Err(Error::parameter(name, "must not contain the NUL character")),
                None => Ok(Self(given)),
            },
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    fn names(&self, parameter: &str) -> Option<Vec<&str>> {
        Some(self.get(parameter)?.split(',').map(str::trim).filter(|name| !name.is_empty()).collect())
    }

    /// Whether deleted records are asked for.
    pub(crate) fn deleted(&self) -> Result<bool> {
        match self.get("includeDeleted") {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Error::parameter("includeDeleted", "must be true or false")),
        }
    }

    /// The fields and the records beside that are asked for. A field behind a reference's name and a point is one of the
    /// record that stands beside.
    pub(crate) fn selection(&self, view: &View) -> Result<Selection> {
        let mut beside: Vec<(usize, Vec<String>)> = Vec::new();
        for name in self.names("expand").unwrap_or_default() {
            let at = reference(view, "expand", name)?;
            if !beside.iter().any(|(other, _)| *other == at) {
                beside.push((at, Vec::new()));
            }
        }
        let Some(names) = self.names("fields") else {
            return Ok(Selection { own: (0..view.fields.len()).collect(), beside });
        };
        let mut asked = HashSet::new();
        for name in names {
            let Some((of, field)) = name.split_once('.') else {
                asked.insert(view.find(name)?);
                continue;
            };
            let at = reference(view, "fields", of)?;
            match beside.iter_mut().find(|(other, _)| *other == at) {
                Some((_, fields)) => fields.push(field.to_owned()),
                None => beside.push((at, vec![field.to_owned()])),
            }
        }
        let own = (0..view.fields.len()).filter(|at| view.fields[*at].always || asked.contains(at)).collect();
        Ok(Selection { own, beside })
    }

    /// The number of records of a page.
    pub(crate) fn limit(&self, most: u32) -> Result<u32> {
        let Some(text) = self.get("limit") else { return Ok(USUAL.min(most)) };
        let limit = text.parse().ok().filter(|n| (1..=most).contains(n));
        limit.ok_or_else(|| Error::parameter("limit", &format!("must be a whole number between 1 and {most}")))
    }

    /// Which records: the filter and those changed after a moment.
    pub(crate) fn filter(&self, view: &View) -> Result<Expr<Name>> {
        let asked = match self.get("filter").map(str::trim) {
            None | Some("") => Expr::everything(),
            Some(text) => filter::plan(&filter::parse(text, view)?, view)?,
        };
        let Some(since) = self.get("since") else { return Ok(asked) };
        let unknown = || Error::parameter("since", "this object does not tell when a record was changed");
        let modified = &view.fields[view.position("lastModifiedTime").ok_or_else(unknown)?];
        let moment = match wire::day(since) {
            // All of that day has come after the end of the one before.
            Some((start, _)) => Value::Int(start - 1),
            None => wire::parse(&modified.about, &since.into()).map_err(|_| {
                Error::parameter("since", "must be a moment as 2026-01-31T12:00:00Z, with Z or an offset, or a day")
            })?,
        };
        Ok(asked.and(after(modified.paths(), &moment)))
    }

    /// The order, by the provider's fields.
    pub(crate) fn order(&self, view: &View) -> Result<Vec<(Name, Direction)>> {
        let mut order: Vec<(Name, Direction)> = Vec::new();
        for text in self.names("sort").unwrap_or_default() {
            let (name, direction) = match text.strip_prefix('-') {
                Some(name) => (name, Direction::Descending),
                None => (text.strip_prefix('+').unwrap_or(text), Direction::Ascending),
            };
            let field = &view.fields[view.find(name)?];
            let path = field.lens().and_then(|lens| lens.sort_path()).filter(|_| field.about.sortable);
            let path = path.ok_or_else(|| {
                let can: Vec<&str> = view.fields.iter().filter(|f| f.about.sortable).map(Field::name).collect();
                Error::parameter("sort", &format!("can't be {name}; it can be {}", can.join(", ")))
            })?;
            if order.iter().any(|(other, _)| other == path) {
                return Err(Error::parameter("sort", &format!("names {name} twice")));
            }
            order.push((path.clone(), direction));
            if order.len() > SORTED {
                return Err(Error::parameter("sort", &format!("must name at most {SORTED} fields")));
            }
        }
        Ok(order)
    }

    /// Where the page before this one ended.
    pub(crate) fn after(&self, view: &View, secret: &str) -> Result<Option<String>> {
        let foreign = |foreign: Foreign| {
            let why = match foreign {
                Foreign::Unknown => "was not made by a list",
                Foreign::OtherList => "was made by a list with other parameters",
            };
            Error::new(Code::CursorInvalid, format!("pageToken: {why}; start again without it")).at("pageToken")
        };
        self.get("pageToken").map(|text| cursor::open(secret, &self.list_of(view), text).map_err(foreign)).transpose()
    }

    /// The token for the page behind a cursor.
    pub(crate) fn token(&self, view: &View, secret: &str, cursor: &str) -> String {
        cursor::seal(secret, &self.list_of(view), cursor)
    }

    /// What tells a list apart from others.
    fn list_of<'a>(&'a self, view: &'a View) -> [&'a str; 5] {
        let get = |name| self.get(name).unwrap_or_default();
        [&view.name, get("filter"), get("sort"), get("since"), get("includeDeleted")]
    }
}

/// The reference of a name whose record can stand beside.
fn reference(view: &View, parameter: &str, name: &str) -> Result<usize> {
    let at = view.find(name)?;
    if view.fields[at].about.kind.target().is_none() {
        let fault = match parameter {
            "expand" => format!("{name} is no reference"),
            _ => format!("{name} is no reference, so ask for {name} as a whole"),
        };
        return Err(Error::parameter(parameter, &fault));
    }
    Ok(at)
}

fn after(paths: &[Name], moment: &Value) -> Expr<Name> {
    Expr::All(paths.iter().map(|path| Expr::is(path.clone(), Op::Gt, moment.clone())).collect())
}
