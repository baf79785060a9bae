//! What is particular to an object: defaults, derived values, and what follows from a change.

mod activity;
mod activity_type;
mod agenda;
mod check;
mod comment;
pub mod company;
mod custom_field;
mod deal;
mod lead;
mod lead_label;
mod link;
mod markup;
mod note;
mod organization;
mod person;
mod pipeline;
mod product;
mod stage;
pub mod user;

use penstock_model::{Field, Kind, Object, Result, Value, visibility};
use penstock_store::sql::Record;

pub(crate) use check::{options, permitted, references, required, reserved};
pub(crate) use markup::{cleaned, words};

use crate::{Patch, Tx};

/// The rules of an object.
pub(crate) struct Rules {
    /// Refuses what a caller may not ask of a record as it stands. What follows from a change of another record is
    /// not asked of it.
    pub(crate) validate: fn(&Record, &Patch) -> Result<()>,
    /// Fills in what follows from other fields, before it is checked that nothing required is missing.
    pub(crate) normalize: fn(Option<&Record>, &mut Record, &Patch) -> Result<()>,
    /// Finishes and checks a record before it is written: defaults, derived values, refusals.
    /// Called with the record as it was (`None`: it is new), as it is to be, and what the caller asked for.
    pub(crate) before_write: fn(&mut Tx<'_>, Option<&Record>, &mut Record, &Patch) -> Result<()>,
    /// The links that making a record makes, one of each object: the counters that they move are written with it. What
    /// turns out otherwise is written later, as for any counter.
    pub(crate) initial_links: fn(&Record) -> Vec<&'static Object>,
    /// Does what follows from a change that was written: links, visits, values of other records.
    pub(crate) after_write: fn(&mut Tx<'_>, Option<&Record>, Option<&Record>) -> Result<()>,
    /// Lets some of the records go that hang on one that is to be removed, when they are too many for one write. Gives
    /// whether it did; if not, `after_write` of the removal lets the rest go.
    pub(crate) thin_out: fn(&mut Tx<'_>, i64) -> Result<bool>,
    /// The references of which a record must have one: when what the last names is purged, the record goes, too.
    pub(crate) needs_one_of: &'static [&'static str],
    /// What a record gives up when the record of a number, which a field of it names, is purged.
    pub(crate) release: fn(&Record, &Field, i64, &mut Patch),
    /// Whether an update may bring a deleted record back.
    pub(crate) can_restore: bool,
}

impl Rules {
    /// The rules of an object that has none: the starting point of those that have some.
    const NONE: Self = Self {
        validate: |_, _| Ok(()),
        normalize: |_, _, _| Ok(()),
        before_write: plain,
        initial_links: |_| Vec::new(),
        after_write: |_, _, _| Ok(()),
        thin_out: |_, _| Ok(false),
        needs_one_of: &[],
        release: |record, field, _, patch| _ = patch.set(record.object, field.name, Value::Null),
        can_restore: false,
    };
}

static PLAIN: Rules = Rules::NONE;

/// The rules of an object; some have none of their own.
pub(crate) fn of(object: &Object) -> &'static Rules {
    match object.name {
        "activity" => &activity::RULES,
        "activity_type" => &activity_type::RULES,
        "comment" => &comment::RULES,
        "custom_field" => &custom_field::RULES,
        "deal" => &deal::RULES,
        "external_id" | "follower" | "participant" => &link::RULES,
        "lead" => &lead::RULES,
        "lead_label" => &lead_label::RULES,
        "note" => &note::RULES,
        "organization" => &organization::RULES,
        "person" => &person::RULES,
        "pipeline" => &pipeline::RULES,
        "product" => &product::RULES,
        "stage" => &stage::RULES,
        _ => &PLAIN,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the form that all rules have")]
fn plain(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    zeroes(record);
    Ok(())
}

/// Gives a new record its times, owner, creator and visibility where the caller gave none.
fn begin(tx: &Tx<'_>, before: Option<&Record>, record: &mut Record) {
    if before.is_some() {
        return;
    }
    let (now, user) = (tx.now, tx.access.user());
    for (name, value) in [
        ("add_time", now),
        ("update_time", now),
        ("owner_id", user.get()),
        ("creator_user_id", user.get()),
        ("visible_to", visibility::DEFAULT.number),
    ] {
        if let Some(at) = record.object.position(name)
            && record.values[at].is_null()
        {
            record.values[at] = Value::Int(value);
        }
    }
}

/// Gives a record its flags, counters and amounts: everything that must not be unset and has a zero.
fn zeroes(record: &mut Record) {
    for (position, field) in record.object.columns() {
        if field.never_null && record.values[position].is_null() {
            record.values[position] = match field.kind {
                Kind::Boolean => Value::Bool(false),
                Kind::Integer | Kind::Money | Kind::Duration => Value::Int(0),
                Kind::Number => Value::Real(0.0),
                _ => continue,
            };
        }
    }
}

/// How a record came to be, as Pipedrive's `origin` says it (pipedrive-contract 3.1).
fn origin(tx: &Tx<'_>) -> &'static str {
    match tx.access.source() {
        "app" => "ManuallyCreated",
        "import" => "Import",
        _ => "API",
    }
}
