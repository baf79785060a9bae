//! Which operation a method and a path mean. Made from the operation table; 404 and 405 come from it, too.

use std::{collections::HashMap, sync::LazyLock};

use penstock_model::operation::{Method, Operation, Version};

use crate::operations;

/// Where a request goes.
pub(crate) enum Found {
    /// To an operation, with the values of the path's parameters and a field selector.
    Operation { operation: &'static Operation, params: Vec<(String, String)>, selector: Option<Vec<Box<str>>> },
    /// Nowhere: the path has other methods.
    OtherMethods(Vec<&'static str>),
    /// To an operation of Pipedrive's that Penstock does not have yet.
    Unimplemented,
    /// Nowhere.
    Nothing,
}

#[derive(Default)]
struct Table {
    paths: matchit::Router<usize>,
    methods: Vec<HashMap<Method, Option<&'static Operation>>>,
}

struct Tables {
    v1: Table,
    v2: Table,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { v1: Table::default(), v2: Table::default() };
    for operation in operations::all() {
        tables.of(operation.version).add(operation.method, operation.path, Some(operation));
    }
    for (version, method, path) in operations::UNIMPLEMENTED {
        tables.of(*version).add(*method, path, None);
    }
    tables
});

impl Tables {
    fn of(&mut self, version: Version) -> &mut Table {
        match version {
            Version::V1 => &mut self.v1,
            Version::V2 => &mut self.v2,
        }
    }
}

/// Parameter names differ between operations of one path; the router wants one name per place.
fn uniform(path: &str) -> String {
    let mut place = 0;
    let parts: Vec<String> = path
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                place += 1;
                format!("{{p{place}}}")
            } else {
                part.to_owned()
            }
        })
        .collect();
    parts.join("/")
}

fn names(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

impl Table {
    fn add(&mut self, method: Method, path: &str, operation: Option<&'static Operation>) {
        let uniform = uniform(path);
        let at = match self.paths.at(&uniform) {
            // `at` matches values, so a parameter's own spelling finds the entry that was made for it.
            Ok(found) if found.params.iter().all(|(key, value)| value == format!("{{{key}}}")) => *found.value,
            _ => {
                let at = self.methods.len();
                if self.paths.insert(uniform, at).is_err() {
                    return;
                }
                self.methods.push(HashMap::new());
                at
            }
        };
        self.methods[at].insert(method, operation);
    }
}

/// The version that a path begins with, and the rest of the path: `/v1`, `/api/v1`, `/api/v2`.
pub(crate) fn version(path: &str) -> Option<(Version, &str)> {
    let prefixed = |prefix: &str| path.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    prefixed("/v1")
        .or_else(|| prefixed("/api/v1"))
        .map(|rest| (Version::V1, rest))
        .or_else(|| prefixed("/api/v2").map(|rest| (Version::V2, rest)))
}

/// Finds the operation of a request. `path` is without the version, decoded.
pub(crate) fn find(version: Version, method: &str, path: &str) -> Found {
    let (path, selector) = match path.split_once(":(") {
        Some((path, keys)) if version == Version::V1 => {
            let keys = keys.trim_end_matches('/').trim_end_matches(')');
            (path, Some(keys.split(',').map(str::trim).filter(|k| !k.is_empty()).map(Into::into).collect()))
        }
        _ => (path, None),
    };
    let path = path.trim_end_matches('/');
    let table = match version {
        Version::V1 => &TABLES.v1,
        Version::V2 => &TABLES.v2,
    };
    let Ok(found) = table.paths.at(path) else { return Found::Nothing };
    let methods = &table.methods[*found.value];
    match Method::parse(method).and_then(|m| methods.get(&m)) {
        Some(Some(operation)) => {
            let values = found.params.iter().map(|(_, value)| value.to_owned());
            let params = names(operation.path).into_iter().map(str::to_owned).zip(values).collect();
            Found::Operation { operation, params, selector }
        }
        Some(None) => Found::Unimplemented,
        None => {
            let mut words: Vec<&'static str> = methods.keys().map(|m| m.word()).collect();
            words.sort_unstable();
            Found::OtherMethods(words)
        }
    }
}
