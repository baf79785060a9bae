//! The token that a request carries, in the same places on every face. Whether it is good is `auth`'s to say.

use http::{HeaderName, header};

use crate::{Request, query};

/// The header that carries a token.
const HEADER: HeaderName = HeaderName::from_static("x-api-token");
/// The parameter of the query that carries a token.
pub const TOKEN_PARAMETER: &str = "api_token";

impl Request {
    /// The token: of the header `x-api-token`, else of `authorization: Bearer`, else of `api_token` in the query. The
    /// first that is there counts, even when it is empty.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        let header = || self.header(&HEADER).map(str::to_owned);
        let bearer = || self.bearer().map(str::to_owned);
        let query = || query::first(&self.query, TOKEN_PARAMETER);
        header().or_else(bearer).or_else(query)
    }

    /// Whether there is a header `authorization` that no token can be read from.
    #[must_use]
    pub fn has_garbled_authorization(&self) -> bool {
        self.header(&header::AUTHORIZATION).is_some() && self.bearer().is_none()
    }

    fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header(&header::AUTHORIZATION)?.trim().split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str, headers: &[(HeaderName, &str)]) -> Request {
        let request = Request::new(http::Method::GET, target);
        headers.iter().fold(request, |request, (name, value)| request.with_header(name.clone(), value))
    }

    #[test]
    fn the_header_counts_more_than_the_bearer_and_that_more_than_the_query() {
        let (own, bearer) = ((HEADER, "h"), (header::AUTHORIZATION, "bearer  b "));
        for (target, headers, token) in [
            ("/?a=1&api_token=q", vec![own.clone(), bearer.clone()], Some("h")),
            ("/?a=1&api_token=q", vec![bearer.clone()], Some("b")),
            ("/?a=1&api_token=q", vec![], Some("q")),
            ("/?a=1&api%5Ftoken=q", vec![], Some("q")),
            ("/", vec![bearer.clone(), own], Some("h")),
            ("/?api_token=q", vec![(HEADER, ""), bearer], Some("")),
            ("/?api_token=q", vec![(header::AUTHORIZATION, "Basic x")], Some("q")),
            ("/?my_api_token=q", vec![], None),
        ] {
            assert_eq!(asked(target, &headers).token().as_deref(), token, "{target} {headers:?}");
        }
    }

    #[test]
    fn what_is_no_bearer_token_is_garbled() {
        for (value, garbled) in [("Bearer x", false), ("Basic x", true), ("x", true), ("", true)] {
            assert_eq!(asked("/", &[(header::AUTHORIZATION, value)]).has_garbled_authorization(), garbled, "{value}");
        }
        assert!(!asked("/", &[]).has_garbled_authorization());
    }
}
