//! Which operation a method and a path mean. Made from the operation table; 404 and 405 come from it, too.

use std::sync::LazyLock;

use penstock_api::{Method, Params, Route, Router, Row, segments};

use crate::operations::{self, Operation, Version};

/// Where a request goes.
pub(crate) enum Found {
    /// To an operation, with the values of the path's parameters and a field selector.
    Operation { operation: &'static Operation, params: Params, selector: Option<Vec<Box<str>>> },
    /// Nowhere: the path has other methods.
    OtherMethods(Vec<&'static str>),
    /// To an operation of Pipedrive's that Penstock does not have yet, by the method and path of its row.
    Unimplemented(Method, &'static str),
    /// Nowhere.
    Nothing,
}

/// A method at a path of one version: an operation, or one that is still to come.
struct Line {
    method: Method,
    path: &'static str,
    operation: Option<&'static Operation>,
}

impl Row for Line {
    fn method(&self) -> Method {
        self.method
    }
    fn path(&self) -> &'static str {
        self.path
    }
}

static V1: LazyLock<Router<Line>> = LazyLock::new(|| router(Version::V1));
static V2: LazyLock<Router<Line>> = LazyLock::new(|| router(Version::V2));

fn router(version: Version) -> Router<Line> {
    let here = operations::all().filter(|operation| operation.version == version);
    let here =
        here.map(|operation| Line { method: operation.method, path: operation.path, operation: Some(operation) });
    let to_come = operations::UNIMPLEMENTED.iter().filter(|(of, ..)| *of == version);
    Router::new(here.chain(to_come.map(|(_, method, path)| Line { method: *method, path, operation: None })))
}

/// The version that a path begins with, and the rest of the path: `/v1`, `/api/v1`, `/api/v2`.
pub(crate) fn version(path: &str) -> Option<(Version, &str)> {
    let prefixed = |prefix: &str| path.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    prefixed("/v1")
        .or_else(|| prefixed("/api/v1"))
        .map(|rest| (Version::V1, rest))
        .or_else(|| prefixed("/api/v2").map(|rest| (Version::V2, rest)))
}

/// Finds the operation of a request. `path` is without the version, decoded as a whole.
pub(crate) fn find(version: Version, method: &str, path: &str) -> Found {
    let (path, selector) = match path.split_once(":(") {
        Some((path, keys)) if version == Version::V1 => {
            // What follows it makes it another path, which there is not.
            let keys = keys.trim_end_matches('/').strip_suffix(')').filter(|keys| !keys.contains(['(', ')', '/']));
            let Some(keys) = keys else { return Found::Nothing };
            (path, Some(keys.split(',').map(str::trim).filter(|k| !k.is_empty()).map(Into::into).collect()))
        }
        _ => (path, None),
    };
    let router = match version {
        Version::V1 => &V1,
        Version::V2 => &V2,
    };
    match router.find(method, &segments(path)) {
        Route::Found { row: Line { operation: Some(operation), .. }, params } => {
            Found::Operation { operation, params, selector }
        }
        Route::Found { row, .. } => Found::Unimplemented(row.method, row.path),
        Route::OtherMethods(mut words) => {
            words.sort_unstable();
            Found::OtherMethods(words)
        }
        Route::Missing => Found::Nothing,
    }
}
