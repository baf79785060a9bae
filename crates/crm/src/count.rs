//! Stored counters: changed by the write that changes what they count. One mechanism for all, from the tables.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use penstock_model::{
    Object, Result, Value,
    field::{Count, When},
    objects,
};
use penstock_store::sql::{Record, Statement};

use crate::Tx;

/// One counter: the object that carries it, its column, what it counts.
struct Counter {
    parent: &'static Object,
    column: &'static str,
    count: Count,
}

/// The counters by the object that they count: what its records move.
static MOVED_BY: LazyLock<HashMap<&'static str, Vec<Counter>>> = LazyLock::new(|| {
    let mut moved: HashMap<&'static str, Vec<Counter>> = HashMap::new();
    for parent in objects::ALL {
        for field in parent.fields {
            if let Some(count) = field.count {
                moved.entry(count.object).or_default().push(Counter { parent, column: field.name, count });
            }
        }
    }
    moved
});

fn moved_by(object: &Object) -> &'static [Counter] {
    MOVED_BY.get(object.name).map_or(&[], Vec::as_slice)
}

/// The counters of a record of `parent` that a link to it moves when it begins.
pub(crate) fn of_links(parent: &Object, link: &Object) -> impl Iterator<Item = &'static str> {
    let own = |count: Count| count.when == When::Any || count.when == When::Follows(parent.name);
    moved_by(link).iter().filter(move |c| c.parent.name == parent.name && own(c.count)).map(|c| c.column)
}

/// Whether a record counts.
fn counts(record: &Record, when: When) -> bool {
    let alive = !record.object.is_marked() || !record.get("is_deleted").truth();
    let status = |word: &str| record.get("status").text() == Some(word);
    alive
        && match when {
            When::Any => true,
            When::Open => status("open"),
            When::Closed => !status("open"),
            When::Won => status("won"),
            When::Lost => status("lost"),
            When::Done => record.get("done").truth(),
            When::Undone => !record.get("done").truth(),
            When::Follows(object) => *record.get("object") == Value::Int(objects::get(object).code.into()),
        }
}

/// By object and number, then by column, how far a counter moves.
type Deltas = BTreeMap<(&'static str, i64), Vec<(&'static str, i64)>>;

/// Changes of counters that are not written yet.
#[derive(Default)]
pub(crate) struct Counts {
    deltas: Deltas,
    /// Those that the last act wrote.
    written: Deltas,
    /// How many acts are running, each inside the one before.
    depth: u32,
}

impl Counts {
    /// Moves a counter of a record.
    pub(crate) fn add(&mut self, parent: &'static str, id: i64, column: &'static str, step: i64) {
        let columns = self.deltas.entry((parent, id)).or_default();
        match columns.iter_mut().find(|(known, _)| *known == column) {
            Some((_, delta)) => *delta += step,
            None => columns.push((column, step)),
        }
    }
}

/// Brings a record that an act gave to what the act made of its counters. Inside another act nothing is written yet.
pub(crate) fn catch_up(tx: &Tx<'_>, record: &mut Record) {
    for (column, delta) in tx.counts.written.get(&(record.object.name, record.id())).into_iter().flatten() {
        if let Some(at) = record.object.position(column) {
            record.values[at] = Value::Int(record.values[at].int().unwrap_or(0) + delta);
        }
    }
}

/// Runs an act. What it and the acts inside it do to counters is written when the outermost is done: one statement per
/// record, however many of its counters move. Of one that fails, nothing is counted: the caller may go on
/// with another.
pub(crate) fn around<T>(tx: &mut Tx<'_>, act: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
    tx.counts.depth += 1;
    tx.counts.written.clear();
    let result = act(tx);
    tx.counts.depth -= 1;
    if tx.counts.depth == 0 {
        match &result {
            Ok(_) => write(tx)?,
            Err(_) => tx.counts.deltas.clear(),
        }
    }
    result
}

/// Moves the counters from what a record was to what it is.
pub(crate) fn apply(tx: &mut Tx<'_>, object: &'static Object, before: Option<&Record>, after: Option<&Record>) {
    for counter in moved_by(object) {
        for (record, step) in [(before, -1), (after, 1)] {
            if let Some(record) = record.filter(|record| counts(record, counter.count.when))
                && let Some(parent) = record.get(counter.count.link).int()
            {
                tx.counts.add(counter.parent.name, parent, counter.column, step);
            }
        }
    }
}

fn write(tx: &mut Tx<'_>) -> Result<()> {
    let mut deltas = std::mem::take(&mut tx.counts.deltas);
    for columns in deltas.values_mut() {
        columns.retain(|(_, delta)| *delta != 0);
    }
    for ((parent, id), columns) in deltas.iter().filter(|(_, columns)| !columns.is_empty()) {
        let mut statement = Statement::new(tx.conn.engine(), tx.access.company());
        statement.push("UPDATE ").push(objects::get(parent).table());
        let mut before = " SET ";
        for (column, delta) in columns {
            statement.push(before).push(column).push(" = ").push(column).push(" + ").push_bound(*delta);
            before = ", ";
        }
        statement.push(" WHERE company_id = ?1 AND id = ").push_bound(*id);
        tx.conn.defer(&statement.text, &statement.bound())?;
    }
    tx.counts.written = deltas;
    Ok(())
}
