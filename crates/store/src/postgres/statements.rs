//! The statements that a connection keeps prepared, by their text.
//!
//! A plan that was made over the empty tables of a new database takes an index that merely ends in the key for as good as
//! the primary key's, and is kept with the prepared statement; so a session lets the server discard its plans whenever it
//! has run twice as many statements as at the last time.

use std::{collections::HashMap, sync::Arc};

use tokio_postgres::{Client, Statement};

use super::{rewrite::rewrite, value::is_readable};

/// Statements kept; when one more comes, the half that was not used for longest goes.
const KEPT: usize = 512;

/// Statements that run until plans are made anew for the first time.
const FIRST_PLANS: u64 = 64;

/// A statement that the server knows.
pub(super) struct Prepared {
    pub(super) statement: Statement,
    /// Which of the given values stands for each parameter.
    pub(super) values: Vec<usize>,
    /// How many values must be given.
    pub(super) given: usize,
    /// A column that can't be read, with its type.
    pub(super) unreadable: Option<String>,
}

struct Kept {
    prepared: Arc<Prepared>,
    used: u64,
}

/// The prepared statements of one connection.
#[derive(Default)]
pub(super) struct Statements {
    by_text: HashMap<Box<str>, Kept>,
    clock: u64,
    /// When the server's plans were made for the last time.
    planned: u64,
}

impl Statements {
    /// The statement of a text, if it is kept.
    pub(super) fn known(&mut self, sql: &str) -> Option<Arc<Prepared>> {
        self.clock += 1;
        let kept = self.by_text.get_mut(sql)?;
        kept.used = self.clock;
        Some(Arc::clone(&kept.prepared))
    }

    /// Prepares the statement of some texts that run as one, and keeps it under a key.
    pub(super) async fn add<T: AsRef<str>>(
        &mut self,
        client: &Client,
        key: &str,
        texts: &[T],
    ) -> Result<Arc<Prepared>, tokio_postgres::Error> {
        let rewritten = rewrite(texts);
        let statement = client.prepare(&rewritten.text).await?;
        let unreadable = statement.columns().iter().find(|c| !is_readable(c.type_()));
        let unreadable = unreadable.map(|c| format!("{} of type {}", c.name(), c.type_()));
        let prepared = Arc::new(Prepared { statement, values: rewritten.values, given: rewritten.given, unreadable });
        self.make_room();
        self.by_text.insert(key.into(), Kept { prepared: Arc::clone(&prepared), used: self.clock });
        Ok(prepared)
    }

    /// Whether the server should make its plans anew, which is true once whenever twice as many statements have run as
    /// at the last time. It plans for tables as they are: what it planned for the empty ones of a new database reads a
    /// whole company by the wrong index when they have grown, until the server looks at its tables by itself, minutes
    /// later.
    pub(super) fn outgrew_their_plans(&mut self) -> bool {
        let outgrew = self.clock >= FIRST_PLANS && self.clock >= self.planned * 2;
        if outgrew {
            self.planned = self.clock;
        }
        outgrew
    }

    /// Forgets a statement that the server does not take any more.
    pub(super) fn forget(&mut self, sql: &str) {
        self.by_text.remove(sql);
    }

    fn make_room(&mut self) {
        if self.by_text.len() >= KEPT {
            let mut uses: Vec<u64> = self.by_text.values().map(|kept| kept.used).collect();
            let middle = *uses.select_nth_unstable(KEPT / 2).1;
            self.by_text.retain(|_, kept| kept.used > middle);
        }
    }
}
