//! From a method and a path to an operation.

use penstock_model::operation::Method;

use crate::operations::{ALL, Operation};

/// Parameters of a path, by name.
pub(crate) type Params = Vec<(&'static str, String)>;

/// What a method and a path mean.
pub(crate) enum Found {
    Operation(&'static Operation, Params),
    /// The path exists with these methods.
    OtherMethods(Vec<&'static str>),
    Nothing,
}

/// The operation of a request, its path given in decoded parts.
pub(crate) fn find(method: &str, segments: &[String]) -> Found {
    let here: Vec<(&'static Operation, Params)> =
        ALL.iter().filter_map(|operation| Some((operation, matched(operation.path, segments)?))).collect();
    let methods: Vec<&'static str> = here.iter().map(|(operation, _)| operation.method.word()).collect();
    let wanted = Method::parse(method);
    match here.into_iter().find(|(operation, _)| Some(operation.method) == wanted) {
        Some((operation, params)) => Found::Operation(operation, params),
        None if methods.is_empty() => Found::Nothing,
        None => Found::OtherMethods(methods),
    }
}

fn matched(path: &'static str, segments: &[String]) -> Option<Params> {
    let parts: Vec<&'static str> = path.split('/').skip(1).collect();
    if parts.len() != segments.len() {
        return None;
    }
    let mut params = Params::new();
    for (part, given) in parts.into_iter().zip(segments) {
        match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            Some(name) if !given.is_empty() => params.push((name, given.clone())),
            None if part == given => {}
            _ => return None,
        }
    }
    Some(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(path: &str) -> Vec<String> {
        path.split('/').skip(1).map(str::to_owned).collect()
    }

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        for operation in ALL {
            let path = operation.path.replace(['{', '}'], "");
            let Found::Operation(found, params) = find(operation.method.word(), &parts(&path)) else {
                panic!("{path} is not found")
            };
            assert_eq!(found.act, operation.act);
            assert!(params.iter().all(|(name, value)| name == value));
        }
    }

    #[test]
    fn another_method_is_told_which_there_are() {
        let Found::OtherMethods(methods) = find("PUT", &parts("/v1/dynamic/default/objects/deal/1")) else {
            panic!("it has no PUT")
        };
        assert_eq!(methods, ["GET", "PATCH", "DELETE"]);
        assert!(matches!(find("GET", &parts("/v1/dynamic/default/objects")), Found::Nothing));
    }
}
