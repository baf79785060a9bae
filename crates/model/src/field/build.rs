//! How the tables of objects write their fields.

use super::{Compute, Count, Field, Form, Shown, Source, StartOption, Subquery, When, Writable};
use crate::{Code, Codec, Kind, Right};

const NO_FORM: Form = Form {
    key: "",
    codec: Codec::Plain,
    shown: Shown::Never,
    read_only: true,
    fixed: None,
    missing: "",
    cleared_by_empty: false,
};

/// A field with a column that no face shows yet; the builders below add to it.
#[must_use]
pub const fn field(number: u16, name: &'static str, kind: Kind, label: &'static str) -> Field {
    Field {
        name,
        number,
        kind,
        label,
        source: Source::Column,
        writable: Writable::Never,
        writes_to: "",
        required: false,
        instead: &[],
        never_null: false,
        filterable: false,
        sortable: false,
        search_weight: 0,
        options: None,
        pattern: None,
        names: "",
        derived: false,
        count: None,
        v1: NO_FORM,
        v2: NO_FORM,
        virtual_name: "",
        help: "",
    }
}

impl Field {
    /// Writable on create and update.
    #[must_use]
    pub const fn writable(mut self) -> Self {
        self.writable = Writable::Always;
        self
    }
    /// Writable, into another field's column.
    #[must_use]
    pub const fn writes(mut self, column: &'static str) -> Self {
        self.writable = Writable::Always;
        self.writes_to = column;
        self
    }
    /// Writable on create only.
    #[must_use]
    pub const fn on_create(mut self) -> Self {
        self.writable = Writable::OnCreate;
        self
    }
    /// Writable by those who have a right.
    #[must_use]
    pub const fn with_right(mut self, right: Right) -> Self {
        self.writable = Writable::WithRight(right);
        self
    }
    /// A create must give it, and it is never unset.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self.never_null = true;
        self
    }
    /// A create may give these instead.
    #[must_use]
    pub const fn instead(mut self, fields: &'static [&'static str]) -> Self {
        self.instead = fields;
        self
    }
    /// Its options are the company's to define; it starts with these.
    #[must_use]
    pub const fn options(mut self, start: &'static [StartOption]) -> Self {
        self.options = Some(start);
        self
    }
    /// Its texts have a form: a regular expression, and an example.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str, example: &'static str) -> Self {
        self.pattern = Some((pattern, example));
        self
    }
    /// Names records of an object by a word of theirs.
    #[must_use]
    pub const fn names(mut self, object: &'static str) -> Self {
        self.names = object;
        self
    }
    /// Never unset: the rules give it a value.
    #[must_use]
    pub const fn never_null(mut self) -> Self {
        self.never_null = true;
        self
    }
    /// It follows from other records, or from the write itself.
    #[must_use]
    pub const fn derived(mut self) -> Self {
        self.derived = true;
        self
    }
    /// Filters may name it.
    #[must_use]
    pub const fn filter(mut self) -> Self {
        self.filterable = true;
        self
    }
    /// Filters may name it and lists may be sorted by it.
    #[must_use]
    pub const fn sort(mut self) -> Self {
        self.filterable = true;
        self.sortable = true;
        self
    }
    /// Search finds its words.
    #[must_use]
    pub const fn search(mut self, weight: u8) -> Self {
        self.search_weight = weight;
        self
    }
    /// A column of a referenced record.
    #[must_use]
    pub const fn joined(mut self, via: &'static str, field: &'static str) -> Self {
        self.source = Source::Joined { via, field };
        self
    }
    /// Made on output.
    #[must_use]
    pub const fn computed(mut self, how: Compute) -> Self {
        self.source = Source::Computed(how);
        self
    }
    /// Asked of the engine per row.
    #[must_use]
    pub const fn subquery(mut self, query: Subquery) -> Self {
        self.source = Source::Subquery(query);
        self
    }
    /// Another spelling of a column; writes go to that column.
    #[must_use]
    pub const fn alias(mut self, column: &'static str) -> Self {
        self.source = Source::Alias(column);
        self
    }
    /// A stored counter of records of `object` whose `link` names this record.
    #[must_use]
    pub const fn counts(mut self, object: &'static str, link: &'static str, when: When) -> Self {
        self.count = Some(Count { object, link, when });
        self.never_null = true;
        self
    }
    /// Its v1 form, in every answer, accepted in bodies if the field is writable.
    #[must_use]
    pub const fn v1(mut self, key: &'static str, codec: Codec) -> Self {
        self.v1 = Form { key, codec, shown: Shown::Always, read_only: false, ..NO_FORM };
        self
    }
    /// Its v1 form, shown also by `/collection`.
    #[must_use]
    pub const fn v1_collected(mut self, key: &'static str, codec: Codec) -> Self {
        self.v1 = Form { key, codec, shown: Shown::Collected, read_only: false, ..NO_FORM };
        self
    }
    /// Its v1 form, only when the record is read alone.
    #[must_use]
    pub const fn v1_alone(mut self, key: &'static str, codec: Codec) -> Self {
        self.v1 = Form { key, codec, shown: Shown::Alone, read_only: true, ..NO_FORM };
        self
    }
    /// Accepted in v1 bodies, never shown.
    #[must_use]
    pub const fn v1_written(mut self, key: &'static str, codec: Codec) -> Self {
        self.v1 = Form { key, codec, shown: Shown::Never, read_only: false, ..NO_FORM };
        self
    }
    /// Its v2 form, in every answer, accepted in bodies if the field is writable.
    #[must_use]
    pub const fn v2(mut self, key: &'static str, codec: Codec) -> Self {
        self.v2 = Form { key, codec, shown: Shown::Always, read_only: false, ..NO_FORM };
        self
    }
    /// Its v2 form, only when `include_fields` names it.
    #[must_use]
    pub const fn v2_asked(mut self, key: &'static str, codec: Codec) -> Self {
        self.v2 = Form { key, codec, shown: Shown::Asked, read_only: true, ..NO_FORM };
        self
    }
    /// Its v2 form, shown only when `include_fields` names it, yet accepted in bodies.
    #[must_use]
    pub const fn v2_asked_written(mut self, key: &'static str, codec: Codec) -> Self {
        self.v2 = Form { key, codec, shown: Shown::Asked, read_only: false, ..NO_FORM };
        self
    }
    /// Shown by its versions, but not accepted in their bodies though the Virtual API may write it.
    #[must_use]
    pub const fn wire_read_only(mut self) -> Self {
        self.v1.read_only = true;
        self.v2.read_only = true;
        self
    }
    /// Bodies of its versions may give it only as it stands in every record; anything else is refused with these.
    #[must_use]
    pub const fn fixed(mut self, code: Code, why: &'static str) -> Self {
        self.v1.fixed = Some((code, why));
        self.v2.fixed = Some((code, why));
        self
    }
    /// What v1 says to a create that does not give it.
    #[must_use]
    pub const fn v1_missing(mut self, sentence: &'static str) -> Self {
        self.v1.missing = sentence;
        self
    }
    /// On v2 an empty text clears it, and `null` is refused.
    #[must_use]
    pub const fn v2_cleared_by_empty(mut self) -> Self {
        self.v2.cleared_by_empty = true;
        self
    }
    /// Its name in the Virtual API.
    #[must_use]
    pub const fn named(mut self, virtual_name: &'static str) -> Self {
        self.virtual_name = virtual_name;
        self
    }
    /// What it means.
    #[must_use]
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }
}
