//! What each operation does when it succeeds and when it refuses, as data: one file per object, as the operation
//! table has them. The examples run on both engines; their answers are recorded, held against the published
//! specifications and the official client's declarations, and named in `docs/compatibility.md`.

mod activities;
mod activity_types;
mod currencies;
mod deal_fields;
mod deals_v1;
mod deals_v2;
mod given;
mod leads;
mod notes;
mod organization_fields;
mod organizations_v1;
mod organizations_v2;
mod other_fields;
mod person_fields;
mod persons_v1;
mod persons_v2;
mod pipelines;
mod product_fields;
mod products_v1;
mod products_v2;
pub(crate) mod run;
mod stages;
mod users;

use penstock_testing::{ADMIN, ANN, BOB};

/// One request and what is answered.
#[derive(Clone, Copy)]
pub(crate) struct Example {
    /// The operation's title: `v1 GET /deals/{id}`.
    pub(crate) operation: &'static str,
    /// What it shows, as a sentence.
    pub(crate) name: &'static str,
    given: &'static [Step],
    by: i64,
    target: &'static str,
    body: &'static str,
    /// The status; 0: the operation's own of success.
    status: u16,
    holds: &'static [(&'static str, Is)],
}

/// A request that comes before the example's own and must succeed.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    by: i64,
    method: &'static str,
    target: &'static str,
    body: &'static str,
    /// Names for what stands at pointers of the answer: `{name}` in what follows stands for it.
    keep: [Option<(&'static str, &'static str)>; 3],
}

/// What stands at a pointer of an answer; names that steps have kept may be part of the pointer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Is {
    /// A text.
    T(&'static str),
    /// A whole number.
    N(i64),
    /// A flag.
    B(bool),
    /// `null`.
    Null,
    /// Nothing, not even `null`.
    Absent,
    /// A list of that length, or an object with so many keys.
    Len(usize),
    /// A text that contains this.
    Has(&'static str),
    /// Exactly this JSON.
    Json(&'static str),
}

/// An example of success.
const fn ok(operation: &'static str, name: &'static str, target: &'static str) -> Example {
    Example { operation, name, given: &[], by: ANN.get(), target, body: "", status: 0, holds: &[] }
}

/// An example of a refusal.
const fn no(operation: &'static str, name: &'static str, target: &'static str, status: u16) -> Example {
    Example { status, ..ok(operation, name, target) }
}

impl Example {
    const fn given(mut self, steps: &'static [Step]) -> Self {
        self.given = steps;
        self
    }
    const fn by_admin(mut self) -> Self {
        self.by = ADMIN.get();
        self
    }
    const fn by_bob(mut self) -> Self {
        self.by = BOB.get();
        self
    }
    /// Asked with a token that is nobody's.
    const fn by_a_stranger(mut self) -> Self {
        self.by = 0;
        self
    }
    const fn body(mut self, json: &'static str) -> Self {
        self.body = json;
        self
    }
    const fn holds(mut self, facts: &'static [(&'static str, Is)]) -> Self {
        self.holds = facts;
        self
    }
    /// Whether it shows a success.
    pub(crate) const fn succeeds(&self) -> bool {
        self.status < 400
    }
}

const fn step(method: &'static str, target: &'static str, body: &'static str) -> Step {
    Step { by: ANN.get(), method, target, body, keep: [None; 3] }
}

impl Step {
    const fn by_admin(mut self) -> Self {
        self.by = ADMIN.get();
        self
    }
    const fn keep(mut self, name: &'static str, pointer: &'static str) -> Self {
        let free = if self.keep[0].is_none() {
            0
        } else if self.keep[1].is_none() {
            1
        } else {
            2
        };
        self.keep[free] = Some((name, pointer));
        self
    }
}

/// The examples of each file, with the file's name.
pub(crate) const FILES: &[(&str, &[Example])] = &[
    ("activities", activities::EXAMPLES),
    ("activity_types", activity_types::EXAMPLES),
    ("currencies", currencies::EXAMPLES),
    ("deal_fields", deal_fields::EXAMPLES),
    ("deals_v1", deals_v1::EXAMPLES),
    ("deals_v2", deals_v2::EXAMPLES),
    ("leads", leads::EXAMPLES),
    ("notes", notes::EXAMPLES),
    ("organization_fields", organization_fields::EXAMPLES),
    ("organizations_v1", organizations_v1::EXAMPLES),
    ("organizations_v2", organizations_v2::EXAMPLES),
    ("other_fields", other_fields::EXAMPLES),
    ("person_fields", person_fields::EXAMPLES),
    ("persons_v1", persons_v1::EXAMPLES),
    ("persons_v2", persons_v2::EXAMPLES),
    ("pipelines", pipelines::EXAMPLES),
    ("product_fields", product_fields::EXAMPLES),
    ("products_v1", products_v1::EXAMPLES),
    ("products_v2", products_v2::EXAMPLES),
    ("stages", stages::EXAMPLES),
    ("users", users::EXAMPLES),
];
