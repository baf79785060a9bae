//! The token that a request carries. Each face says where it looks, first place first; whether the token is good is
//! `auth`'s to say.

use http::{HeaderName, header};

use crate::{Request, query};

/// The header that carries a token.
const HEADER: HeaderName = HeaderName::from_static("x-api-token");
/// The parameter of the query that carries a token.
pub const TOKEN_PARAMETER: &str = "api_token";

/// A place for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// The header `x-api-token`.
    Header,
    /// `api_token` in the query.
    Query,
    /// `authorization: Bearer`.
    Bearer,
}

impl Request {
    /// The token in the first of some places that has one. It may be empty.
    #[must_use]
    pub fn token(&self, places: &[TokenPlace]) -> Option<String> {
        places.iter().find_map(|place| match place {
            TokenPlace::Header => self.header(&HEADER).map(str::to_owned),
            TokenPlace::Query => {
                self.query.contains(TOKEN_PARAMETER).then(|| query::first(&self.query, TOKEN_PARAMETER)).flatten()
            }
            TokenPlace::Bearer => self.bearer().map(str::to_owned),
        })
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

    const ALL: &[TokenPlace] = &[TokenPlace::Header, TokenPlace::Query, TokenPlace::Bearer];

    fn asked(target: &str, headers: &[(HeaderName, &str)]) -> Request {
        let request = Request::new(http::Method::GET, target);
        headers.iter().fold(request, |request, (name, value)| request.with_header(name.clone(), value))
    }

    #[test]
    fn the_first_place_that_has_a_token_counts() {
        let everywhere = || asked("/?a=1&api_token=q", &[(HEADER, "h"), (header::AUTHORIZATION, "bearer  b ")]);
        assert_eq!(everywhere().token(ALL).as_deref(), Some("h"));
        assert_eq!(everywhere().token(&[TokenPlace::Query, TokenPlace::Header]).as_deref(), Some("q"));
        assert_eq!(everywhere().token(&[TokenPlace::Bearer]).as_deref(), Some("b"));
        assert_eq!(asked("/?api_token=q", &[]).token(&[TokenPlace::Header, TokenPlace::Bearer]), None);
        assert_eq!(asked("/?my_api_token=q", &[]).token(ALL), None);
    }

    #[test]
    fn what_is_no_bearer_token_is_garbled() {
        for (value, garbled) in [("Bearer x", false), ("Basic x", true), ("x", true), ("", true)] {
            assert_eq!(asked("/", &[(header::AUTHORIZATION, value)]).has_garbled_authorization(), garbled, "{value}");
        }
        assert!(!asked("/", &[]).has_garbled_authorization());
    }
}
