//! Where pages ended. A client that walks a list by offset asks for each page with the number of records that it has;
//! counting past them takes longer with every page. So the last record of a page is remembered, and the page behind it
//! begins there.
//!
//! That is only done while it gives just what counting would: for the same list, for the same user with the same rights,
//! and while the company has had no event since, which its own counter in the database says; a purge, which is no event,
//! raises the schema's version. A page whose predecessor is not remembered, or no longer holds, is counted for. So a walk
//! beside writes costs what it always did, and several processes need not know of each other: each remembers the pages
//! that it gave itself.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, Hasher, RandomState},
    sync::{Mutex, PoisonError},
};

use penstock_model::{Access, CompanyId, UserId, Value};
use penstock_store::sql::{Deleted, Statement};

use super::{List, Page};

/// Pages that are remembered at most.
const MOST: usize = 4096;

/// The ends of the pages that were given last.
#[derive(Default)]
pub(crate) struct Walks {
    ends: Mutex<Ends>,
    hashers: [RandomState; 2],
}

#[derive(Default)]
struct Ends {
    by_spot: HashMap<Spot, (End, u64)>,
    uses: u64,
}

/// A place in a list as someone sees it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    company: CompanyId,
    user: UserId,
    rights_version: i64,
    schema_version: i64,
    /// Of the statement that gives the list as a whole.
    list: [u64; 2],
    /// Records before it.
    start: i64,
}

/// The record before a spot: its sort key and number, and the company's last event when it stood there.
struct End {
    key: Value,
    id: i64,
    event_seq: i64,
}

impl Walks {
    /// The spot where a list begins that is given in pages; `whole` is the statement of all of it. Nothing for a list
    /// that can't be walked: one of deleted records, which a purge removes, or one in an order of several keys or of a
    /// custom field, which has to be sorted for every page anyway.
    pub(super) fn spot(&self, access: &Access, list: &List<'_>, whole: &Statement) -> Option<Spot> {
        let by_column = list.order.iter().all(|(key, _)| key.field().is_some());
        if access.event_seq() == 0 || list.deleted != Deleted::Hidden || list.order.len() > 1 || !by_column {
            return None;
        }
        Some(Spot {
            company: access.company(),
            user: access.user(),
            rights_version: access.rights_version(),
            schema_version: access.schema_version(),
            list: [0, 1].map(|at| hash(&self.hashers[at], whole)),
            start: list.offset,
        })
    }

    /// The record before a spot, if it is remembered and still stands there.
    pub(super) fn end(&self, spot: &Spot, access: &Access) -> Option<(Value, i64)> {
        let mut ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        ends.uses += 1;
        let uses = ends.uses;
        let (end, last_use) = ends.by_spot.get_mut(spot)?;
        *last_use = uses;
        (end.event_seq == access.event_seq()).then(|| (end.key.clone(), end.id))
    }

    /// Remembers the record before the last one of a page that begins at a spot and has all the `limit` records that were
    /// asked for: the last one is read ahead, and the next page begins with it.
    pub(super) fn remember(&self, spot: Spot, access: &Access, list: &List<'_>, page: &Page) {
        let Some(row) = page.len().checked_sub(2).filter(|_| i64::try_from(page.len()) == Ok(list.limit)) else {
            return;
        };
        let key = page.get(row, list.columns.len()).to_value();
        let end = End { key, id: page.id(row), event_seq: access.event_seq() };
        let mut ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        ends.uses += 1;
        let uses = ends.uses;
        ends.by_spot.insert(Spot { start: spot.start + list.limit - 1, ..spot }, (end, uses));
        if ends.by_spot.len() > MOST {
            ends.forget();
        }
    }
}

impl Ends {
    /// Forgets the half that has not been used for longest.
    fn forget(&mut self) {
        let mut used: Vec<u64> = self.by_spot.values().map(|(_, used)| *used).collect();
        used.sort_unstable();
        let middle = used[used.len() / 2];
        self.by_spot.retain(|_, (_, used)| *used >= middle);
    }
}

fn hash(hasher: &RandomState, statement: &Statement) -> u64 {
    let mut hasher = hasher.build_hasher();
    statement.text.hash(&mut hasher);
    for value in &statement.params {
        std::mem::discriminant(value).hash(&mut hasher);
        match value {
            Value::Null => {}
            Value::Bool(flag) => flag.hash(&mut hasher),
            Value::Int(int) => int.hash(&mut hasher),
            Value::Real(real) => real.to_bits().hash(&mut hasher),
            Value::Text(text) => text.hash(&mut hasher),
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_pages_are_remembered_than_may_be() {
        let mut ends = Ends::default();
        let spot = |start| Spot {
            company: CompanyId::new(1),
            user: UserId::new(1),
            rights_version: 0,
            schema_version: 0,
            list: [0; 2],
            start,
        };
        for start in 0..=MOST {
            let end = End { key: Value::Null, id: 1, event_seq: 1 };
            ends.by_spot.insert(spot(i64::try_from(start).unwrap()), (end, start as u64));
        }
        ends.forget();
        assert!(ends.by_spot.len() <= MOST / 2 + 1);
        assert!(ends.by_spot.contains_key(&spot(i64::try_from(MOST).unwrap())), "the last one is kept");
    }
}
