//! Which row of a face's table a method and a path mean; 404 and 405 come from the table, too.

use std::collections::BTreeMap;

use crate::Method;

/// A row of a face's table, as far as the router must know it.
pub trait Row {
    /// The method.
    fn method(&self) -> Method;
    /// The path, parameters in braces: `/deals/{id}`.
    fn path(&self) -> &'static str;
}

impl<R: Row> Row for &R {
    fn method(&self) -> Method {
        (**self).method()
    }
    fn path(&self) -> &'static str {
        (**self).path()
    }
}

/// The values of a path's parameters, by the row's own names, in order.
pub type Params = Vec<(&'static str, String)>;

/// What a method and a path mean.
#[derive(Debug)]
pub enum Route<'r, R> {
    /// This row.
    Found {
        /// The row.
        row: &'r R,
        /// The values of its parameters.
        params: Params,
    },
    /// The path exists with these methods, in the order of the table.
    OtherMethods(Vec<&'static str>),
    /// Nothing.
    Missing,
}

/// The rows of a face by method and path. A path matches segment by segment, a literal one before a parameter; where
/// both lead nowhere else, the parameter is tried as well.
#[derive(Debug)]
pub struct Router<R> {
    rows: Vec<Entry<R>>,
    root: Node,
}

#[derive(Debug)]
struct Entry<R> {
    row: R,
    names: Vec<&'static str>,
}

#[derive(Debug, Default)]
struct Node {
    literals: BTreeMap<&'static str, Node>,
    parameter: Option<Box<Node>>,
    /// The rows whose path ends here.
    rows: Vec<usize>,
}

/// The segments of a path. A slash at the end is tolerated.
#[must_use]
pub fn segments(path: &str) -> Vec<&str> {
    let path = path.trim_end_matches('/');
    path.strip_prefix('/').unwrap_or(path).split('/').collect()
}

impl<R: Row> Router<R> {
    /// The router of some rows. Of rows with the same method and path the first counts.
    pub fn new(rows: impl IntoIterator<Item = R>) -> Self {
        let mut router = Self { rows: Vec::new(), root: Node::default() };
        for row in rows {
            router.add(row);
        }
        router
    }

    fn add(&mut self, row: R) {
        let mut node = &mut self.root;
        let mut names = Vec::new();
        for segment in segments(row.path()) {
            node = match segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
                Some(name) => {
                    names.push(name);
                    node.parameter.get_or_insert_default()
                }
                None => node.literals.entry(segment).or_default(),
            };
        }
        node.rows.push(self.rows.len());
        self.rows.push(Entry { row, names });
    }

    /// What a method and the segments of a path mean.
    #[must_use]
    pub fn find<S: AsRef<str>>(&self, method: &str, segments: &[S]) -> Route<'_, R> {
        let mut values = Vec::new();
        let Some(node) = walk(&self.root, segments, &mut values) else { return Route::Missing };
        let here = || node.rows.iter().map(|at| &self.rows[*at]);
        match here().find(|entry| entry.row.method().word() == method) {
            Some(Entry { row, names }) => {
                let params = names.iter().copied().zip(values.into_iter().map(str::to_owned)).collect();
                Route::Found { row, params }
            }
            None => Route::OtherMethods(here().map(|entry| entry.row.method().word()).collect()),
        }
    }
}

/// The node that some segments lead to, with the values of the parameters on the way.
fn walk<'n, 's, S: AsRef<str>>(node: &'n Node, segments: &'s [S], values: &mut Vec<&'s str>) -> Option<&'n Node> {
    let Some((first, rest)) = segments.split_first() else { return (!node.rows.is_empty()).then_some(node) };
    let segment = first.as_ref();
    if let Some(found) = node.literals.get(segment).and_then(|next| walk(next, rest, values)) {
        return Some(found);
    }
    let next = node.parameter.as_deref().filter(|_| !segment.is_empty())?;
    values.push(segment);
    let found = walk(next, rest, values);
    if found.is_none() {
        values.pop();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Line(Method, &'static str);

    impl Row for Line {
        fn method(&self) -> Method {
            self.0
        }
        fn path(&self) -> &'static str {
            self.1
        }
    }

    fn router() -> Router<Line> {
        Router::new([
            Line(Method::Get, "/deals"),
            Line(Method::Post, "/deals"),
            Line(Method::Get, "/deals/summary"),
            Line(Method::Get, "/deals/{id}"),
            Line(Method::Put, "/deals/{deal_id}"),
            Line(Method::Get, "/deals/{id}/notes/{note}"),
            Line(Method::Get, "/deals/summary/all"),
        ])
    }

    fn found(method: &str, path: &str) -> (&'static str, Params) {
        match router().find(method, &segments(path)) {
            Route::Found { row, params } => (row.1, params),
            other => panic!("{method} {path}: {other:?}"),
        }
    }

    fn params(pairs: &[(&'static str, &str)]) -> Params {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    }

    #[test]
    fn a_literal_comes_before_a_parameter_and_does_not_hide_it() {
        assert_eq!(found("GET", "/deals"), ("/deals", params(&[])));
        assert_eq!(found("GET", "/deals/summary"), ("/deals/summary", params(&[])));
        assert_eq!(found("GET", "/deals/summary/all"), ("/deals/summary/all", params(&[])));
        assert_eq!(
            found("GET", "/deals/summary/notes/2"),
            ("/deals/{id}/notes/{note}", params(&[("id", "summary"), ("note", "2")]))
        );
    }

    #[test]
    fn parameters_have_the_names_of_their_own_row() {
        assert_eq!(found("GET", "/deals/7/"), ("/deals/{id}", params(&[("id", "7")])));
        assert_eq!(found("PUT", "/deals/7"), ("/deals/{deal_id}", params(&[("deal_id", "7")])));
    }

    #[test]
    fn a_decoded_segment_may_hold_a_slash() {
        let router = router();
        let Route::Found { params: given, .. } = router.find("GET", &["deals", "a/b"]) else { panic!("it is found") };
        assert_eq!(given, params(&[("id", "a/b")]));
    }

    #[test]
    fn other_methods_are_named_and_other_paths_are_missing() {
        let router = router();
        let Route::OtherMethods(methods) = router.find("DELETE", &segments("/deals/7")) else { panic!("no DELETE") };
        assert_eq!(methods, ["GET", "PUT"]);
        for path in ["", "/", "//deals", "/deals//notes/1", "/deals/7/notes", "/persons", "/deals/summary/none"] {
            assert!(matches!(router.find("GET", &segments(path)), Route::Missing), "{path}");
        }
    }
}
