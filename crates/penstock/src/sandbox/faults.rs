//! Faults that sandboxes were told to show. Each process keeps its own: where several serve, each shows as many as it
//! was told to. They end with the process, and with a reset.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use penstock_crm::Crm;
use penstock_model::{Code, CompanyId, Error, Result};
use serde_json::{Map, Value as Json, json};

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Injection {
    /// It is refused with this code, and nothing else is done.
    Fail(Code),
    /// It is done later.
    Delay(Duration),
    /// It is done, and its answer breaks off in the middle.
    Cut,
}

/// The longest delay, and the most requests.
const LONGEST_MS: u64 = 300_000;
const MOST: u64 = 1_000_000;

/// What the next requests to matching paths meet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    /// A path; `*` stands for any characters.
    path: String,
    injection: Injection,
    left: u64,
}

impl Fault {
    /// Reads `{path, count}` with one of `status`, `delay_ms` and `cut`.
    pub(super) fn parse(body: &Map<String, Json>) -> Result<Self> {
        let path = body.get("path").and_then(Json::as_str).filter(|p| p.starts_with(['/', '*']));
        let path = path.ok_or_else(|| Error::invalid("path", "must be a path as /v1/deals or /api/v2/deals/*"))?;
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
        let left = body.get("count").map_or(Some(1), Json::as_u64).filter(|n| *n <= MOST);
        let left = left.ok_or_else(|| Error::invalid("count", "must be a number of requests up to 1000000"))?;
        Ok(Self { path: plain(path).to_owned(), injection, left })
    }

    fn shown(&self) -> Json {
        let (key, value) = match self.injection {
            Injection::Fail(code) => ("status", json!(code.status())),
            Injection::Delay(time) => ("delay_ms", json!(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))),
            Injection::Cut => ("cut", json!(true)),
        };
        json!({"path": self.path, key: value, "count": self.left})
    }
}

/// `/api/v1` is `/v1`, and a slash at the end does not count.
fn plain(path: &str) -> &str {
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    path.strip_prefix("/api").filter(|rest| rest.starts_with("/v1")).unwrap_or(path)
}

/// Whether a pattern in which `*` stands for any characters matches a text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| text.strip_prefix(head)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The faults of all sandboxes, and which of them are closed while they are reset.
#[derive(Default)]
pub(crate) struct Faults {
    /// Whether there may be any: without one, requests are not looked at.
    any: AtomicBool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    faults: HashMap<CompanyId, Vec<Fault>>,
    closed: HashSet<CompanyId>,
}

impl Faults {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers whether there are any.
    fn refresh(&self, state: &mut State) {
        state.faults.retain(|_, list| !list.is_empty());
        self.any.store(!state.faults.is_empty() || !state.closed.is_empty(), Ordering::Relaxed);
    }

    /// Adds a fault behind those of the company that are left. With the count 0 those of its path end instead.
    pub(super) fn add(&self, company: CompanyId, fault: Fault) {
        let mut state = self.state();
        let list = state.faults.entry(company).or_default();
        if fault.left == 0 {
            list.retain(|f| f.path != fault.path);
        } else {
            list.push(fault);
        }
        self.refresh(&mut state);
    }

    pub(super) fn list(&self, company: CompanyId) -> Vec<Json> {
        self.state().faults.get(&company).map_or_else(Vec::new, |list| list.iter().map(Fault::shown).collect())
    }

    pub(super) fn clear(&self, company: CompanyId) {
        let mut state = self.state();
        state.faults.remove(&company);
        self.refresh(&mut state);
    }

    /// Closes a company while it is reset: it answers 503 until the guard is dropped.
    pub(super) fn close(&self, company: CompanyId) -> Closed<'_> {
        let mut state = self.state();
        state.closed.insert(company);
        self.refresh(&mut state);
        Closed { faults: self, company }
    }

    /// Whether there may be any.
    pub(super) fn may_be(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    /// What a request meets, if anything; that fault is then used up once.
    pub(crate) async fn inject(
        &self,
        crm: &Crm,
        path: &str,
        token: impl FnOnce() -> Option<String>,
    ) -> Option<Injection> {
        if !self.any.load(Ordering::Relaxed) {
            return None;
        }
        let token = token()?;
        let access = crm.database.look_up(move |conn| penstock_auth::authenticate(conn, &token, "")).await.ok()?;
        self.take(access.company(), path)
    }

    fn take(&self, company: CompanyId, path: &str) -> Option<Injection> {
        let mut state = self.state();
        if state.closed.contains(&company) {
            return Some(Injection::Fail(Code::Unavailable));
        }
        let list = state.faults.get_mut(&company)?;
        let at = list.iter().position(|fault| matches(&fault.path, plain(path)))?;
        let injection = list[at].injection;
        list[at].left -= 1;
        if list[at].left == 0 {
            list.remove(at);
        }
        self.refresh(&mut state);
        Some(injection)
    }
}

/// A company that is closed.
pub(super) struct Closed<'a> {
    faults: &'a Faults,
    company: CompanyId,
}

impl Drop for Closed<'_> {
    fn drop(&mut self) {
        let mut state = self.faults.state();
        state.closed.remove(&self.company);
        self.faults.refresh(&mut state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(body: &Json) -> Result<Fault> {
        Fault::parse(body.as_object().expect("an object"))
    }

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, path, expected) in [
            ("/v1/deals", "/v1/deals", true),
            ("/v1/deals", "/v1/deals/5", false),
            ("/v1/deals/*", "/v1/deals/5/followers", true),
            ("/v1/*/5", "/v1/deals/5", true),
            ("/v1/*/5", "/v1/deals/6", false),
            ("*", "/anything", true),
            ("/v1/deals*/f*s", "/v1/deals/5/followers", true),
            ("/a*a", "/a", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_fault_strikes_as_often_as_it_was_told_to() {
        let faults = Faults::default();
        faults.add(
            CompanyId::new(1),
            fault(&json!({"path": "/api/v1/deals/", "status": 429, "count": 2})).expect("a fault"),
        );
        faults.add(CompanyId::new(1), fault(&json!({"path": "*", "cut": true})).expect("a fault"));
        assert_eq!(faults.take(CompanyId::new(2), "/v1/deals"), None, "another company");
        assert_eq!(faults.take(CompanyId::new(1), "/v1/deals"), Some(Injection::Fail(Code::TooManyRequests)));
        assert_eq!(faults.take(CompanyId::new(1), "/api/v1/deals"), Some(Injection::Fail(Code::TooManyRequests)));
        assert_eq!(faults.take(CompanyId::new(1), "/v1/deals"), Some(Injection::Cut));
        assert_eq!(faults.take(CompanyId::new(1), "/v1/deals"), None);
        assert!(!faults.any.load(Ordering::Relaxed));
    }

    #[test]
    fn a_company_that_is_reset_is_closed() {
        let faults = Faults::default();
        let closed = faults.close(CompanyId::new(1));
        assert_eq!(faults.take(CompanyId::new(1), "/v1/deals"), Some(Injection::Fail(Code::Unavailable)));
        drop(closed);
        assert_eq!(faults.take(CompanyId::new(1), "/v1/deals"), None);
    }

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
        ] {
            assert!(fault(&body).is_err(), "{body}");
        }
    }
}
