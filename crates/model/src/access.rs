//! Who asks, for which company, and what they may see: nothing below a face runs without it.

/// The proof of a request's rights. Only `auth` makes one; it is valid for one request.
#[derive(Clone, Debug)]
pub struct Access {
    /// The company; every statement carries it.
    pub company: i64,
    /// The user who acts.
    pub user: i64,
    /// Whether the user sees and changes everything in the company.
    pub admin: bool,
    /// The OAuth scopes of the token; empty for an API token, which has them all.
    pub scopes: Box<[Box<str>]>,
    /// The version of the company's fields and options that the request was read under.
    pub schema_version: i64,
    /// The version of the user's rights.
    pub rights_version: i64,
    /// The user's default currency, where the look-up of the token told it.
    pub currency: Option<Box<str>>,
    /// Microseconds that the company's clock is ahead: 0 outside sandboxes.
    pub clock_offset: i64,
    /// How the change came in, for events: `api` or `app`.
    pub source: &'static str,
    /// Ties the events of one request together.
    pub correlation: Box<str>,
}

impl Access {
    /// Whether the token carries one of the scopes. API tokens carry all.
    #[must_use]
    pub fn has_scope(&self, any_of: &[&str]) -> bool {
        self.scopes.is_empty() || self.scopes.iter().any(|have| any_of.contains(&&**have))
    }
}
