//! One call of an operation: the row, the path's and the query's values, the body.

use std::{collections::HashSet, sync::OnceLock};

use penstock_api::{
    Params,
    query::{self, Takes},
};
use penstock_model::{Code, CompanyId, Error, Object, Result, kind::limit, uuid};
use serde_json::{Map, Value as Json};

use crate::operations::{Operation, Version};

/// A request after routing.
pub(crate) struct Call {
    pub(crate) operation: &'static Operation,
    pub(crate) path: Params,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) selector: Option<Vec<Box<str>>>,
    /// The body: an object, a list, or `null` when none was sent.
    pub(crate) body: Json,
    /// The company of the asking user as soon as it is known: what the server notes even about a failure.
    pub(crate) company: OnceLock<CompanyId>,
}

impl Call {
    pub(crate) fn object(&self) -> &'static Object {
        self.operation.object
    }

    pub(crate) fn version(&self) -> Version {
        self.operation.version
    }

    /// A query parameter. Empty ones count as absent.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|v| !v.is_empty())
    }

    /// A flag in the query.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>> {
        match self.param(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some("1") if self.version() == Version::V1 => Ok(Some(true)),
            Some("0") if self.version() == Version::V1 => Ok(Some(false)),
            Some(_) => Err(Error::parameter(name, "must be true or false")),
        }
    }

    /// A whole number in the query.
    pub(crate) fn int(&self, name: &str) -> Result<Option<i64>> {
        self.param(name)
            .map(|v| v.trim().parse().map_err(|_| Error::parameter(name, "must be a whole number")))
            .transpose()
    }

    /// Whole numbers with commas between them; an empty list when it is absent.
    pub(crate) fn ids(&self, name: &str) -> Result<Vec<i64>> {
        let wrong = || Error::parameter(name, "must be whole numbers with commas between them");
        self.parts(name)?.into_iter().map(|part| part.parse().map_err(|_| wrong())).collect()
    }

    /// Words with commas between them; nothing when it is absent.
    pub(crate) fn words(&self, name: &str) -> Result<Option<Vec<Box<str>>>> {
        let words = self.parts(name)?.into_iter().map(Into::into).collect();
        Ok(self.param(name).map(|_| words))
    }

    /// What stands between the commas of a parameter, each once.
    pub(crate) fn parts(&self, name: &str) -> Result<Vec<&str>> {
        let mut seen = HashSet::new();
        let parts = self.param(name).unwrap_or("").split(',').map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.filter(|part| seen.insert(*part)).collect();
        if parts.len() > limit::BULK as usize {
            return Err(Error::parameter(name, &format!("must name at most {}", limit::BULK)));
        }
        Ok(parts)
    }

    /// The text of a path parameter.
    pub(crate) fn path_text(&self, name: &str) -> &str {
        self.path.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    /// The number in the path: an integer, or the UUID of an object that has them.
    pub(crate) fn path_id(&self, name: &str, object: &Object, company: CompanyId) -> Result<i64> {
        let text = self.path_text(name);
        let id =
            if object.uuid { uuid::parse(company, object.code, text) } else { text.parse().ok().filter(|id| *id > 0) };
        match id {
            Some(id) => Ok(id),
            None if object.uuid && text.len() == 36 => Err(Error::not_found(object.name)),
            None => Err(Error::parameter(
                name,
                if object.uuid { "must be a UUID" } else { "must be a whole number above 0" },
            )),
        }
    }

    /// The record in the path.
    pub(crate) fn id(&self, company: CompanyId) -> Result<i64> {
        self.path_id("id", self.object(), company)
    }

    /// A whole number in the body; v1 takes it as a string, too.
    pub(crate) fn body_id(&self, name: &str) -> Result<i64> {
        let value = self.map()?.get(name).filter(|v| !v.is_null());
        let value = value.ok_or_else(|| Error::new(Code::FieldRequired, format!("{name} is required")).at(name))?;
        let text = if self.version() == Version::V1 { value.as_str() } else { None };
        let number = value.as_i64().or_else(|| text.and_then(|t| t.trim().parse().ok()));
        number.ok_or_else(|| Error::invalid(name, "must be a whole number"))
    }

    /// The body as an object; an absent one is empty.
    pub(crate) fn map(&self) -> Result<&Map<String, Json>> {
        static EMPTY: std::sync::LazyLock<Map<String, Json>> = std::sync::LazyLock::new(Map::new);
        match &self.body {
            Json::Object(map) => Ok(map),
            Json::Null => Ok(&EMPTY),
            _ => Err(Error::new(Code::BodyMalformed, "the body must be a JSON object")),
        }
    }
}

/// The parameters of a query, each that the operation has once and by its own name: v1 takes camelCase spellings, too
/// (pipedrive-contract 2.2), and of one value that is given twice the last.
///
/// # Errors
/// `ParameterInvalid` for several values of a parameter that takes one.
pub(crate) fn settled(operation: &Operation, given: Vec<(String, String)>) -> Result<Vec<(String, String)>> {
    let is_v1 = operation.version == Version::V1;
    let single = if is_v1 { Takes::Last } else { Takes::One };
    query::settled(given, |name| {
        let name = if is_v1 { snake(name) } else { name.to_owned() };
        let param = operation.params.iter().find(|param| param.name == name)?;
        Some((param.name, if param.is_list() { Takes::List } else { single }))
    })
}

/// `ownerId` as `owner_id`.
fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
