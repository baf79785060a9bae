//! Where rows differ from Pipedrive's published specifications on purpose, and why.
//!
//! The comparison with the specifications accepts these and nothing else, and a deviation that it doesn't meet is an
//! error.

use penstock_api::Method;

use super::Version;

/// A difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// The row takes this parameter, the specification doesn't name it.
    Parameter(&'static str),
    /// The specification has a 403 for users without rights; every user may call the row.
    Everyone,
}

/// One deviation.
#[derive(Clone, Copy, Debug)]
pub struct Deviation {
    /// The version.
    pub version: Version,
    /// The method.
    pub method: Method,
    /// The path, as the row spells it.
    pub path: &'static str,
    /// The difference.
    pub differs: Differs,
    /// Why, with its evidence.
    pub because: &'static str,
}

const PAGED: &str = "the published example holds `pagination` with a limit of 100 (pipedrive-contract 5.1)";
const NARROWED: &str =
    "every user may ask, narrowed by what the user may see; no client can rely on a refusal (docs/guesses.md)";

/// Every deviation.
pub static DEVIATIONS: &[Deviation] = &[
    takes("/activityFields", "start", PAGED),
    takes("/activityFields", "limit", PAGED),
    takes("/noteFields", "start", PAGED),
    takes("/noteFields", "limit", PAGED),
    takes("/leads", "archived_status", "client 22.x sends it; of the API until 2025-07-15 (pipedrive-contract 3.5)"),
    everyone("/activities/collection", NARROWED),
    everyone("/deals/collection", NARROWED),
    everyone("/organizations/collection", NARROWED),
    everyone("/persons/collection", NARROWED),
    everyone("/users/{id}/followers", "users have no permission that hides who follows whom"),
];

const fn takes(path: &'static str, parameter: &'static str, because: &'static str) -> Deviation {
    Deviation { version: Version::V1, method: Method::Get, path, differs: Differs::Parameter(parameter), because }
}

const fn everyone(path: &'static str, because: &'static str) -> Deviation {
    Deviation { version: Version::V1, method: Method::Get, path, differs: Differs::Everyone, because }
}
