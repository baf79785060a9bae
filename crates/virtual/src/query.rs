//! Query parameters, read against the row of the operation.

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

/// The parameters of a request.
pub(crate) struct Parameters(Vec<(String, String)>);

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
            None => Ok(Self(given)),
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

    /// The fields that are asked for, in the view's order.
    pub(crate) fn selected(&self, view: &View) -> Result<Vec<usize>> {
        let Some(names) = self.names("fields") else { return Ok((0..view.fields.len()).collect()) };
        let asked: Result<Vec<usize>> = names.into_iter().map(|name| view.find(name)).collect();
        let asked = asked?;
        Ok((0..view.fields.len()).filter(|at| view.fields[*at].always || asked.contains(at)).collect())
    }

    /// The references whose records are asked for.
    pub(crate) fn expanded(&self, view: &View) -> Result<Vec<usize>> {
        let mut found = Vec::new();
        for name in self.names("expand").unwrap_or_default() {
            let at = view.find(name)?;
            if view.fields[at].about.kind.target().is_none() {
                return Err(Error::parameter("expand", &format!("{name} is no reference")));
            }
            if !found.contains(&at) {
                found.push(at);
            }
        }
        Ok(found)
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
        let moment = wire::parse(&modified.about, &since.into())
            .map_err(|_| Error::parameter("since", "must be a moment as 2026-01-31T12:00:00Z, with Z or an offset"))?;
        Ok(asked.and(after(modified.paths(), &moment)))
    }

    /// The order, by the provider's field.
    pub(crate) fn order(&self, view: &View) -> Result<Option<(Name, Direction)>> {
        let Some(text) = self.get("sort").map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
        let (name, direction) = match text.strip_prefix('-') {
            Some(name) => (name, Direction::Descending),
            None => (text.strip_prefix('+').unwrap_or(text), Direction::Ascending),
        };
        if name.contains(',') {
            return Err(Error::parameter("sort", "must be one field; records that are equal in it stand by id"));
        }
        let field = &view.fields[view.find(name)?];
        let path = field.lens().and_then(|lens| lens.sort_path()).filter(|_| field.about.sortable);
        let path = path.ok_or_else(|| {
            let can: Vec<&str> = view.fields.iter().filter(|f| f.about.sortable).map(Field::name).collect();
            Error::parameter("sort", &format!("can't be {name}; it can be {}", can.join(", ")))
        })?;
        Ok(Some((path.clone(), direction)))
    }

    /// Where the page before this one ended.
    pub(crate) fn after(&self, view: &View) -> Result<Option<String>> {
        let foreign = |foreign: Foreign| {
            let why = match foreign {
                Foreign::Unknown => "was not made by a list",
                Foreign::OtherList => "was made by a list with other parameters",
            };
            Error::new(Code::CursorInvalid, format!("pageToken: {why}; start again without it")).at("pageToken")
        };
        self.get("pageToken").map(|text| cursor::open_for(&self.list_of(view), text).map_err(foreign)).transpose()
    }

    /// The token for the page behind a cursor.
    pub(crate) fn token(&self, view: &View, cursor: &str) -> String {
        cursor::seal_for(&self.list_of(view), cursor)
    }

    /// What tells a list apart from others.
    fn list_of<'a>(&'a self, view: &'a View) -> [&'a str; 5] {
        let get = |name| self.get(name).unwrap_or_default();
        [&view.name, get("filter"), get("sort"), get("since"), get("includeDeleted")]
    }
}

fn after(paths: &[Name], moment: &Value) -> Expr<Name> {
    Expr::All(paths.iter().map(|path| Expr::is(path.clone(), Op::Gt, moment.clone())).collect())
}
