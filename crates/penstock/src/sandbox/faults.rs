//! Faults that companies were told to show, and whether they are closed, at the door of every face. They are rows: of
//! several processes, each shows what is left of them.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
    time::Duration,
};

use penstock_crm::{
    Crm, company,
    sandbox::{Fault, is_disturbed, take_fault},
};
use penstock_model::{Code, CompanyId, Error, Result};
use serde_json::{Map, Value as Json, json};

pub(crate) use penstock_crm::sandbox::Injection;

/// The longest delay, and the most requests.
const LONGEST_MS: u64 = 300_000;
const MOST: i64 = 1_000_000;
/// Bytes of the path of a fault.
const LONGEST_PATH: usize = 300;
/// Tokens that are remembered; with more, all are looked up again.
const REMEMBERED: usize = 10_000;

/// Reads `{path, count}` with one of `status`, `delay_ms` and `cut`.
pub(super) fn parse(body: &Map<String, Json>) -> Result<Fault> {
    let path = body.get("path").and_then(Json::as_str).filter(|p| p.starts_with(['/', '*']));
    let path = path.ok_or_else(|| Error::invalid("path", "must be a path as /v1/deals or /api/v2/deals/*"))?;
    if path.len() > LONGEST_PATH {
        return Err(Error::invalid("path", &format!("must have at most {LONGEST_PATH} bytes")));
    }
    let mut injections = Vec::new();
    if let Some(status) = body.get("status") {
        injections.push(Injection::Fail(match status.as_u64() {
            Some(429) => Code::TooManyRequests,
            Some(500) => Code::Internal,
            Some(503) => Code::Unavailable,
            _ => return Err(Error::invalid("status", "must be 429, 500 or 503")),
        }));
    }
    if let Some(delay) = body.get("delay_ms") {
        let ms = delay.as_u64().filter(|ms| *ms <= LONGEST_MS);
        let ms = ms.ok_or_else(|| Error::invalid("delay_ms", "must be a number of milliseconds up to 300000"))?;
        injections.push(Injection::Delay(Duration::from_millis(ms)));
    }
    match body.get("cut") {
        None | Some(Json::Bool(false)) => {}
        Some(Json::Bool(true)) => injections.push(Injection::Cut),
        Some(_) => return Err(Error::invalid("cut", "must be true or false")),
    }
    let [injection] = injections[..] else {
        return Err(Error::new(Code::FieldRequired, "give one of status, delay_ms and cut").at("status"));
    };
    let left = body.get("count").map_or(Some(1), Json::as_i64).filter(|n| (0..=MOST).contains(n));
    let left = left.ok_or_else(|| Error::invalid("count", "must be a number of requests up to 1000000"))?;
    Ok(Fault { path: plain(path).to_owned(), injection, left })
}

/// A fault, as it is shown.
pub(super) fn shown(fault: &Fault) -> Json {
    let (key, value) = match fault.injection {
        Injection::Fail(code) => ("status", json!(code.status())),
        Injection::Delay(time) => ("delay_ms", json!(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))),
        Injection::Cut => ("cut", json!(true)),
    };
    json!({"path": fault.path, key: value, "count": fault.left})
}

/// `/api/v1` is `/v1`, and a slash at the end does not count.
fn plain(path: &str) -> &str {
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    path.strip_prefix("/api").filter(|rest| rest.starts_with("/v1")).unwrap_or(path)
}

/// What a token is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Company {
    Sandbox(CompanyId),
    Other,
}

/// Which tokens are of sandboxes, whose requests may meet faults.
#[derive(Default)]
pub(crate) struct Faults {
    /// What each token that was seen is of. A token is of one company as long as it is valid, and no company becomes a
    /// sandbox or ceases to be one, so this is never out of date, and requests of other companies cost nothing.
    companies: RwLock<HashMap<String, Company>>,
}

impl Faults {
    /// Whether requests with a token may meet one: not when it is known to be of a company that is no sandbox.
    pub(super) fn may_meet(&self, token: &str) -> bool {
        self.known(token) != Some(Company::Other)
    }

    /// What a token that was seen is of.
    fn known(&self, token: &str) -> Option<Company> {
        self.companies.read().unwrap_or_else(PoisonError::into_inner).get(token).copied()
    }

    /// What a request meets, if anything; that fault is then used up once.
    pub(crate) async fn inject(&self, crm: &Crm, path: &str, token: String) -> Option<Injection> {
        let Company::Sandbox(sandbox) = self.company(crm, token).await? else { return None };
        let path = plain(path).to_owned();
        let asked = path.clone();
        let is_disturbed = crm.database.read(move |conn| is_disturbed(conn, sandbox, &asked)).await.ok()?;
        if !is_disturbed {
            return None;
        }
        crm.database.write(sandbox, move |conn| take_fault(conn, sandbox, &path)).await.ok()?
    }

    /// What a valid token is of.
    async fn company(&self, crm: &Crm, token: String) -> Option<Company> {
        if let Some(known) = self.known(&token) {
            return Some(known);
        }
        let asked = token.clone();
        let found = crm.database.read(move |conn| {
            let id = penstock_auth::authenticate(conn, &asked, "")?.company();
            Ok(if company::by_id(conn, id)?.sandbox { Company::Sandbox(id) } else { Company::Other })
        });
        // Whoever is not known may be so later.
        let company = found.await.ok()?;
        let mut companies = self.companies.write().unwrap_or_else(PoisonError::into_inner);
        if companies.len() >= REMEMBERED {
            companies.clear();
        }
        companies.insert(token, company);
        Some(company)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_refused() {
        for body in [
            json!({"status": 429}),
            json!({"path": "v1/deals", "status": 429}),
            json!({"path": "/v1/deals"}),
            json!({"path": "/v1/deals", "status": 404}),
            json!({"path": "/v1/deals", "status": 429, "cut": true}),
            json!({"path": "/v1/deals", "delay_ms": -1}),
            json!({"path": "/v1/deals", "cut": "yes"}),
            json!({"path": "/v1/deals", "cut": true, "count": "3"}),
            json!({"path": format!("/v1/{}", "x".repeat(300)), "cut": true}),
        ] {
            assert!(parse(body.as_object().expect("an object")).is_err(), "{body}");
        }
    }
}
