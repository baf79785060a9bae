//! Who asks, for which company, and what they may see and do: nothing below a face runs without it.
//!
//! No field can be set from outside, so an access is what `auth` found behind a token ([`Access::of_token`]) or what
//! `crm` gives to the server's own work ([`Access::of_system`]), or less. The test of layers holds who calls the two.

use crate::{Code, CompanyId, Error, Result, Right, UserId};

/// The proof of a request's rights, valid for one request.
#[derive(Clone, Debug)]
pub struct Access {
    company: CompanyId,
    user: UserId,
    admin: bool,
    grant: Grant,
    schema_version: i64,
    rights_version: i64,
    event_seq: i64,
    currency: Option<Box<str>>,
    clock_offset: i64,
    source: &'static str,
    correlation: Box<str>,
}

/// By what someone asks, and so which operations are open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The server's own work; no request.
    System,
    /// A user's own API token: every operation.
    UserToken,
    /// An app that the user let in, with the scopes that it was given.
    App {
        /// The app's number.
        id: i64,
        /// The OAuth scopes. Without any, the app may do what needs [`BASE`] alone.
        scopes: Box<[Box<str>]>,
    },
}

/// The scope that every app has (pipedrive-contract 9.3).
pub const BASE: &str = "base";

/// What stands behind a token, as the look-up found it.
#[derive(Clone, Debug)]
pub struct TokenFacts {
    /// The company of the token; every statement carries it.
    pub company: CompanyId,
    /// The user whose token it is.
    pub user: UserId,
    /// Whether the user sees and changes everything in the company.
    pub admin: bool,
    /// Whether it is the user's own or an app's.
    pub grant: Grant,
    /// The version of the company's fields and options.
    pub schema_version: i64,
    /// The version of the user's rights.
    pub rights_version: i64,
    /// The sequence of the company's last event, in the request's own snapshot.
    pub event_seq: i64,
    /// The user's default currency.
    pub currency: Option<Box<str>>,
    /// Microseconds that the company's clock is ahead: 0 outside sandboxes.
    pub clock_offset: i64,
    /// How the changes of the request come in, for events: `api` or `app`.
    pub source: &'static str,
}

impl Access {
    /// The access that a token gives to the request `correlation`. For `auth` alone.
    #[must_use]
    pub fn of_token(facts: TokenFacts, correlation: &str) -> Self {
        let TokenFacts {
            company,
            user,
            admin,
            grant,
            schema_version,
            rights_version,
            event_seq,
            currency,
            clock_offset,
            source,
        } = facts;
        let correlation = correlation.into();
        Self {
            company,
            user,
            admin,
            grant,
            schema_version,
            rights_version,
            event_seq,
            currency,
            clock_offset,
            source,
            correlation,
        }
    }

    /// The access of the server's own work in a company: the first user's, who may do everything. For `crm` alone.
    #[must_use]
    pub fn of_system(company: CompanyId, source: &'static str) -> Self {
        Self {
            company,
            user: UserId::FIRST,
            admin: true,
            grant: Grant::System,
            schema_version: 0,
            rights_version: 0,
            event_seq: 0,
            currency: None,
            clock_offset: 0,
            source,
            correlation: source.into(),
        }
    }

    /// The company; every statement carries it.
    #[must_use]
    pub const fn company(&self) -> CompanyId {
        self.company
    }

    /// The user who acts.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// Whether the user sees and changes everything in the company.
    #[must_use]
    pub const fn is_admin(&self) -> bool {
        self.admin
    }

    /// Whether the user has a right. Until there are permission sets, admins have all and others none.
    #[must_use]
    pub const fn may(&self, right: Right) -> bool {
        match right {
            Right::ManageUsers
            | Right::ManagePipelines
            | Right::ManageActivityTypes
            | Right::ManageFields
            | Right::ReassignNotes
            | Right::ControlSandbox => self.admin,
        }
    }

    /// Refuses whoever lacks a right.
    ///
    /// # Errors
    /// `Forbidden` (pipedrive-contract 2.2).
    pub fn demand(&self, right: Right) -> Result<()> {
        if self.may(right) {
            return Ok(());
        }
        Err(Error::new(Code::Forbidden, "You do not have permissions to do this."))
    }

    /// The version of the company's fields and options that the request was read under; 0 when it isn't known yet.
    #[must_use]
    pub const fn schema_version(&self) -> i64 {
        self.schema_version
    }

    /// The version of the user's rights.
    #[must_use]
    pub const fn rights_version(&self) -> i64 {
        self.rights_version
    }

    /// The sequence of the company's last event that the request sees; 0 when it isn't known.
    #[must_use]
    pub const fn event_seq(&self) -> i64 {
        self.event_seq
    }

    /// The user's default currency, where the look-up of the token gave it.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    /// Microseconds that the company's clock is ahead: 0 outside sandboxes.
    #[must_use]
    pub const fn clock_offset(&self) -> i64 {
        self.clock_offset
    }

    /// How a change comes in, for events: `api`, `app`, `import` ...
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Ties the events of one request together.
    #[must_use]
    pub fn correlation(&self) -> &str {
        &self.correlation
    }

    /// Whether an operation is open that needs one of these scopes (none: [`BASE`], which every app has). To all but
    /// apps every operation is.
    #[must_use]
    pub fn has_scope(&self, any_of: &[&str]) -> bool {
        match &self.grant {
            Grant::System | Grant::UserToken => true,
            Grant::App { scopes, .. } => {
                any_of.is_empty() || any_of.contains(&BASE) || scopes.iter().any(|have| any_of.contains(&&**have))
            }
        }
    }

    /// The server's own work in the name of a user: events and records bear the user's number.
    ///
    /// # Errors
    /// `Forbidden` for anyone else, whose changes are their own.
    pub fn acting_as(&self, user: UserId) -> Result<Self> {
        if self.grant != Grant::System {
            return Err(Error::new(Code::Forbidden, "only the server's own work may act as a user"));
        }
        Ok(Self { user, ..self.clone() })
    }

    /// The same without an admin's rights.
    #[must_use]
    pub fn without_admin(&self) -> Self {
        Self { admin: false, ..self.clone() }
    }

    /// The same as part of the act that `correlation` names.
    #[must_use]
    pub fn correlated(&self, correlation: &str) -> Self {
        Self { correlation: correlation.into(), ..self.clone() }
    }

    /// The same by a clock that is ahead by so many microseconds: the company's, which a system's access doesn't know.
    #[must_use]
    pub fn at_clock(&self, clock_offset: i64) -> Self {
        Self { clock_offset, ..self.clone() }
    }

    /// The same in a snapshot of which this is the company's last event.
    #[must_use]
    pub fn at_event(&self, event_seq: i64) -> Self {
        Self { event_seq, ..self.clone() }
    }

    /// The same under a version of the company's schema that was read since.
    #[must_use]
    pub fn at_schema(&self, schema_version: i64) -> Self {
        Self { schema_version, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(grant: Grant) -> Access {
        let facts = TokenFacts {
            company: CompanyId::new(1),
            user: UserId::new(2),
            admin: false,
            grant,
            schema_version: 0,
            rights_version: 0,
            event_seq: 0,
            currency: None,
            clock_offset: 0,
            source: "api",
        };
        Access::of_token(facts, "test")
    }

    fn app(scopes: &[&str]) -> Access {
        of(Grant::App { id: 1, scopes: scopes.iter().map(|scope| (*scope).into()).collect() })
    }

    #[test]
    fn an_access_says_what_stands_behind_the_token() {
        let facts = TokenFacts {
            company: CompanyId::new(7),
            user: UserId::new(2),
            admin: true,
            grant: Grant::UserToken,
            schema_version: 11,
            rights_version: 12,
            event_seq: 13,
            currency: Some("EUR".into()),
            clock_offset: 14,
            source: "app",
        };
        let said = |access: &Access| {
            (
                (access.company().get(), access.user().get(), access.is_admin()),
                (access.schema_version(), access.rights_version(), access.event_seq(), access.clock_offset()),
                (access.currency().map(str::to_owned), access.source(), access.correlation().to_owned()),
            )
        };
        let access = Access::of_token(facts, "abc");
        let (who, versions) = ((7, 2, true), (11, 12, 13, 14));
        let how = |correlation: &str| (Some("EUR".to_owned()), "app", correlation.to_owned());
        assert_eq!(said(&access), (who, versions, how("abc")));
        assert_eq!(said(&access.correlated("xyz")), (who, versions, how("xyz")));
        assert_eq!(said(&access.at_schema(1)), (who, (1, 12, 13, 14), how("abc")));
        assert_eq!(said(&access.at_event(1)), (who, (11, 12, 1, 14), how("abc")));
        assert_eq!(said(&access.at_clock(1)), (who, (11, 12, 13, 1), how("abc")));
        assert_eq!(said(&access.without_admin()), ((7, 2, false), versions, how("abc")));
    }

    #[test]
    fn admins_have_every_right_and_others_have_none() {
        let admin = Access::of_system(CompanyId::new(1), "test");
        for right in [
            Right::ManageUsers,
            Right::ManagePipelines,
            Right::ManageActivityTypes,
            Right::ManageFields,
            Right::ReassignNotes,
            Right::ControlSandbox,
        ] {
            assert!(admin.may(right) && admin.demand(right).is_ok(), "{}", right.words());
            let other = admin.without_admin();
            assert!(!other.may(right), "{}", right.words());
            assert_eq!(other.demand(right).unwrap_err().code, Code::Forbidden, "{}", right.words());
        }
    }

    #[test]
    fn an_app_without_scopes_may_do_what_needs_base_alone() {
        let access = app(&[]);
        assert!(access.has_scope(&[]) && access.has_scope(&["base"]) && access.has_scope(&["deals:read", "base"]));
        assert!(!access.has_scope(&["deals:read"]));
        assert!(!access.has_scope(&["admin", "deals:full"]));
    }

    #[test]
    fn an_app_may_do_what_one_of_its_scopes_opens() {
        let access = app(&["deals:read", "contacts:full"]);
        assert!(access.has_scope(&["deals:read", "deals:full"]) && access.has_scope(&["base"]));
        assert!(!access.has_scope(&["deals:full"]) && !access.has_scope(&["deals"]));
    }

    #[test]
    fn a_users_own_token_may_do_everything_that_the_user_may() {
        assert!(of(Grant::UserToken).has_scope(&["admin"]));
        assert!(!of(Grant::UserToken).is_admin());
    }

    #[test]
    fn only_the_servers_own_work_acts_as_somebody_else() {
        let system = Access::of_system(CompanyId::new(1), "import");
        let acting = system.acting_as(UserId::new(7)).unwrap();
        assert_eq!((acting.user(), acting.company()), (UserId::new(7), system.company()));
        for access in [of(Grant::UserToken), app(&["admin"])] {
            assert_eq!(access.acting_as(UserId::new(1)).unwrap_err().code, Code::Forbidden);
        }
    }

    #[test]
    fn rights_that_were_laid_down_do_not_come_back() {
        let less = Access::of_system(CompanyId::new(1), "test").without_admin();
        assert!(!less.acting_as(UserId::FIRST).unwrap().is_admin());
    }
}
