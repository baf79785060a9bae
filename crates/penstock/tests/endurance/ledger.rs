//! What writers were told, to be held against what is there afterwards.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value as Json;

use crate::world::{State, World};

/// A deal whose creation was answered.
pub(crate) struct Deal {
    pub(crate) id: i64,
    pub(crate) title: String,
    /// What the last answered write made of it.
    pub(crate) state: State,
    /// What later writes without an answer, or with a refusal, may have made of it.
    pub(crate) maybe: Vec<State>,
}

/// What writers were told.
#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) deals: Vec<Deal>,
    /// Titles of deals whose creation was not answered, or refused.
    pub(crate) open: HashSet<String>,
    /// How many writes were answered by a success.
    pub(crate) answered: usize,
    /// How many writers lost their connection.
    pub(crate) broken: usize,
}

impl Ledger {
    pub(crate) fn add(&mut self, other: Self) {
        self.deals.extend(other.deals);
        self.open.extend(other.open);
        self.answered += other.answered;
        self.broken += other.broken;
    }

    /// Every answered deal is there once with its values, and nothing is there that nobody asked for.
    pub(crate) fn holds(&self, world: &World, found: &BTreeMap<i64, Json>) {
        for deal in &self.deals {
            let Some(kept) = found.get(&deal.id) else { panic!("deal {} was answered, and is lost", deal.id) };
            assert_eq!(kept["title"], *deal.title, "deal {}", deal.id);
            let state = world.state(kept);
            assert!(state == deal.state || deal.maybe.contains(&state), "{state:?} where {:?} was told", deal.state);
        }
        let answered: HashSet<i64> = self.deals.iter().map(|deal| deal.id).collect();
        let mut unasked: Vec<&str> = found
            .iter()
            .filter(|(id, _)| !answered.contains(id))
            .map(|(_, deal)| deal["title"].as_str().expect("a title"))
            .collect();
        let all = unasked.len();
        unasked.sort_unstable();
        unasked.dedup();
        assert_eq!(unasked.len(), all, "a deal is there twice");
        unasked.retain(|title| !self.open.contains(*title));
        assert!(unasked.is_empty(), "nobody asked for {unasked:?}");
    }

    /// Nothing is there whose creation was refused.
    pub(crate) fn has_nothing_refused(&self, found: &BTreeMap<i64, Json>) {
        for (id, deal) in found {
            assert!(!self.open.contains(deal["title"].as_str().expect("a title")), "deal {id} was refused");
        }
    }
}
