//! The review, statement by statement, in this project's words.

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Something that is good, and has to be here as well.
    Strength,
    /// Something that is wrong there. The Pipedrive face does the same, because clients rely on it.
    Flaw,
    /// Something that the reviewer missed.
    Wish,
}

/// One statement, and what Penstock does about it.
pub(super) struct Row {
    pub(super) sort: Sort,
    /// The statement.
    pub(super) says: &'static str,
    /// The request on the Pipedrive face that shows Pipedrive's behaviour, and what it shows.
    pub(super) there: &'static str,
    /// The request that shows the repair, and what it shows.
    pub(super) here: &'static str,
    /// The tests of both.
    pub(super) tests: &'static [&'static str],
    /// What is still open; empty when nothing is.
    pub(super) open: &'static str,
}

use Sort::{Flaw, Strength, Wish};

const fn row(sort: Sort, says: &'static str) -> Row {
    Row { sort, says, there: "", here: "", tests: &[], open: "" }
}

impl Row {
    const fn there(mut self, there: &'static str) -> Self {
        self.there = there;
        self
    }
    const fn here(mut self, here: &'static str) -> Self {
        self.here = here;
        self
    }
    const fn tests(mut self, tests: &'static [&'static str]) -> Self {
        self.tests = tests;
        self
    }
    const fn open(mut self, open: &'static str) -> Self {
        self.open = open;
        self
    }
}
