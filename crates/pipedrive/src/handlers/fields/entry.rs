//! What Pipedrive says of a built-in field beyond what the object's table says: the form of the rows of
//! [`entries`](super::entries).

/// A built-in field as v1 lists it. What is empty is as the object's table has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The field's name in the table; its number gives the id.
    pub(super) name: &'static str,
    /// Its key, where that is not the field's v1 key.
    pub(super) key: &'static str,
    /// Its name for people, where Pipedrive has another.
    pub(super) label: &'static str,
    /// Its `field_type`, where the kind's does not hold.
    pub(super) field_type: &'static str,
    /// Its options.
    pub(super) options: Options,
    /// The key of the currency beside an amount.
    pub(super) currency: &'static str,
    /// Its place among the fields that forms show; 0: forms do not show it.
    pub(super) order: u8,
    /// Whether forms must have it.
    pub(super) mandatory: Mandatory,
    /// Whether the form for a new record shows it.
    pub(super) adds: bool,
    /// Whether a record's page shows it.
    pub(super) details: bool,
    /// `use_field` and `link`, with which clients make links of the values.
    pub(super) link: Option<(&'static str, &'static str)>,
}

/// Where a built-in field's options come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Options {
    /// From its kind: a flag's, an enumeration's, or those that the company defined.
    Kind,
    /// These: `(id, label)`.
    Words(&'static [(&'static str, &'static str)]),
    /// Two, with the ids 0 and 1: the label of each.
    Flag(&'static str, &'static str),
    /// Two, with the ids `false` and `true`: the label of each.
    Truth(&'static str, &'static str),
    /// The company's activity types.
    ActivityTypes,
    /// The company's lead labels.
    LeadLabels,
}

/// Whether forms must have a field. No API enforces it (pipedrive-contract 5.1).
#[derive(Clone, Copy, Debug)]
pub(super) enum Mandatory {
    /// Yes. Pipedrive says so of nearly everything that it made itself, read-only or not.
    Yes,
    /// No.
    No,
    /// When another field, by key, is of a state: `("status", "=won")`.
    When(&'static str, &'static str),
}

/// A field that forms do not show.
pub(super) const fn entry(name: &'static str) -> Entry {
    Entry {
        name,
        key: "",
        label: "",
        field_type: "",
        options: Options::Kind,
        currency: "",
        order: 0,
        mandatory: Mandatory::Yes,
        adds: false,
        details: false,
        link: None,
    }
}

/// A field that may be left out of forms, with its place in them.
pub(super) const fn form(order: u8, name: &'static str) -> Entry {
    Entry { order, mandatory: Mandatory::No, adds: true, details: true, ..entry(name) }
}

impl Entry {
    /// Its key.
    pub(super) const fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }
    /// Its name for people.
    pub(super) const fn called(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }
    /// Its `field_type`.
    pub(super) const fn typed(mut self, field_type: &'static str) -> Self {
        self.field_type = field_type;
        self
    }
    /// Its options.
    pub(super) const fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }
    /// The key of the currency beside it.
    pub(super) const fn currency(mut self, key: &'static str) -> Self {
        self.currency = key;
        self
    }
    /// Forms must have it.
    pub(super) const fn mandatory(mut self) -> Self {
        self.mandatory = Mandatory::Yes;
        self
    }
    /// Forms must have it when another field is of a state.
    pub(super) const fn when(mut self, key: &'static str, state: &'static str) -> Self {
        self.mandatory = Mandatory::When(key, state);
        self
    }
    /// The form for a new record shows it.
    pub(super) const fn adds(mut self) -> Self {
        self.adds = true;
        self
    }
    /// A record's page shows it.
    pub(super) const fn details(mut self) -> Self {
        self.details = true;
        self
    }
    /// A record's page does not show it.
    pub(super) const fn aside(mut self) -> Self {
        self.details = false;
        self
    }
    /// With which clients make links of its values.
    pub(super) const fn link(mut self, use_field: &'static str, link: &'static str) -> Self {
        self.link = Some((use_field, link));
        self
    }
}
