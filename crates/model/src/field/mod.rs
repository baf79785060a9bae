//! A field of an object, as data.

mod build;
mod compute;
pub mod listing;
mod meaning;

pub use build::field;
pub use compute::Compute;
pub use meaning::meaning;

use crate::{Code, Codec, Kind, Right};

/// One field. Built by the `const fn`s of `build.rs` in `objects/*.rs`; nothing else makes one.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and the builders name them")]
pub struct Field {
    /// Its name below the faces, which is its column's name.
    pub name: &'static str,
    /// Its number within the object, never reused: field metadata and saved filters name fields by it.
    pub number: u16,
    /// What it holds.
    pub kind: Kind,
    /// Its name for people.
    pub label: &'static str,
    /// Where its value comes from.
    pub source: Source,
    /// Who may write it and when.
    pub writable: Writable,
    /// The column that a body's value goes to when the field itself has none; empty: its own, or its alias.
    pub writes_to: &'static str,
    /// Whether a create must give it.
    pub required: bool,
    /// The fields that a create may give instead of it: its value is made from them.
    pub instead: &'static [&'static str],
    /// Whether `null` is refused, and the column is `NOT NULL`.
    pub never_null: bool,
    /// Whether filters may name it.
    pub filterable: bool,
    /// Whether lists may be sorted by it.
    pub sortable: bool,
    /// How much a word found in it counts in search; 0: not searched.
    pub search_weight: u8,
    /// For an option field whose options are the company's to define: those that a company starts with.
    pub options: Option<&'static [StartOption]>,
    /// The form of its texts as a regular expression, and an example, where a rule asks for one.
    pub pattern: Option<(&'static str, &'static str)>,
    /// The object whose records it names by a word of theirs, not by their number; empty: none.
    pub names: &'static str,
    /// Whether its column follows from other records, or from the write itself: see [`Field::is_derived`].
    pub derived: bool,
    /// What it counts, for stored counters: changed by the same write as the counted record.
    pub count: Option<Count>,
    /// Its form in Pipedrive's v1.
    pub v1: Form,
    /// Its form in Pipedrive's v2.
    pub v2: Form,
    /// Its name in the Virtual API; empty: not shown there.
    pub virtual_name: &'static str,
    /// What it means, if [`meaning`] can't say it from the rest of the table.
    pub help: &'static str,
}

/// An option that a company starts with: its label and its colour.
pub type StartOption = (&'static str, &'static str);

/// Where a field's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A real column.
    Column,
    /// Another spelling of the named column, on one wire only.
    Alias(&'static str),
    /// A column of the record that `via` refers to.
    Joined {
        /// The reference field of this object.
        via: &'static str,
        /// The field of the other object.
        field: &'static str,
    },
    /// Made on output from other columns.
    Computed(Compute),
    /// Asked of the engine per row, in the same statement.
    Subquery(Subquery),
}

/// The values that are asked of the engine per row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subquery {
    /// The sum of a field over the records of `object` whose `link` names this record.
    Sum {
        /// The other object.
        object: &'static str,
        /// Its reference to this one.
        link: &'static str,
        /// The field that is summed.
        field: &'static str,
    },
    /// How many deals of a state this person takes part in without being their main person.
    ParticipantDeals(When),
}

/// Who may write a field and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writable {
    /// No one: it is made by the server.
    Never,
    /// On create only.
    OnCreate,
    /// On create and update.
    Always,
    /// On create and update, by those who have the right.
    WithRight(Right),
}

/// A stored counter: how many records of `object` name this one in `link` and are in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The counted object.
    pub object: &'static str,
    /// Its reference to this one.
    pub link: &'static str,
    /// Which of them count.
    pub when: When,
}

/// The state in which a record counts. Deleted records never count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Any.
    Any,
    /// `status` is open.
    Open,
    /// `status` is won or lost.
    Closed,
    /// `status` is won.
    Won,
    /// `status` is lost.
    Lost,
    /// `done` is set.
    Done,
    /// `done` is not set.
    Undone,
    /// The follower is one of this object.
    Follows(&'static str),
}

/// A field's form on one version of Pipedrive's wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its key; empty when the version does not know the field.
    pub key: &'static str,
    /// How the value is spelt.
    pub codec: Codec,
    /// When it is shown.
    pub shown: Shown,
    /// Whether a body may give it (if the field is writable at all).
    pub read_only: bool,
    /// Why a body may give it only as it stands in every record: unset or false. Otherwise it is refused with these.
    pub fixed: Option<(Code, &'static str)>,
    /// What is said to a create that lacks it; empty: the usual words.
    pub missing: &'static str,
    /// Whether bodies clear it by an empty text and `null` is refused, rather than the other way round.
    pub cleared_by_empty: bool,
}

/// When a field is part of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Never: it is only accepted in bodies.
    Never,
    /// In every answer.
    Always,
    /// In every answer, those of `/collection` too.
    Collected,
    /// Only when the record is read alone.
    Alone,
    /// Only when `include_fields` names it.
    Asked,
}

impl Field {
    /// The column that a body's value goes to.
    #[must_use]
    pub const fn target(&self) -> &'static str {
        match self.source {
            _ if !self.writes_to.is_empty() => self.writes_to,
            Source::Alias(column) => column,
            _ => self.name,
        }
    }
    /// Whether it follows from other records or from the write itself, so that nobody gives it: counts, sums, the next
    /// activity, who changed the record last and when.
    #[must_use]
    pub const fn is_derived(&self) -> bool {
        self.derived
            || self.count.is_some()
            || matches!(self.source, Source::Joined { .. } | Source::Computed(_) | Source::Subquery(_))
    }
    /// Whether it has a column of its own.
    #[must_use]
    pub const fn is_column(&self) -> bool {
        matches!(self.source, Source::Column)
    }
    /// Whether a folded key column `{name}_key` stands beside it, for sorting and case-insensitive equality.
    #[must_use]
    pub const fn has_key_column(&self) -> bool {
        self.is_column() && self.sortable && self.kind.is_folded()
    }
    /// Whether its values also stand in `field_value`: lists whose records are found by a member.
    #[must_use]
    pub const fn is_indexed_by_value(&self) -> bool {
        self.is_column()
            && matches!(
                self.kind,
                Kind::Emails
                    | Kind::Phones
                    | Kind::Messengers
                    | Kind::Choices
                    | Kind::References(_)
                    | Kind::Participants
            )
    }
}
