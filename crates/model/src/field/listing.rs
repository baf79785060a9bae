//! What Pipedrive's field metadata says of a built-in field beyond what the field itself says: v1 lists the fields of
//! an object in an order of its own, and each with facts that matter to interfaces alone (pipedrive-contract 5.1).
//!
//! Deals follow a recorded answer of 2025, key by key. Of persons, organizations and activities no whole answer is
//! published: theirs are the fields of a record that are neither copied from another record nor spelled a second time.

/// A built-in field as v1 lists it. What is empty is as the object's table has it.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The field's name in the table; its number gives the id.
    pub name: &'static str,
    /// Its key, where that is not the field's v1 key.
    pub key: &'static str,
    /// Its name for people, where Pipedrive has another.
    pub label: &'static str,
    /// Its `field_type`, where the kind's does not hold.
    pub field_type: &'static str,
    /// Its options.
    pub options: Options,
    /// The key of the currency beside an amount.
    pub currency: &'static str,
    /// Its place among the fields that forms show; 0: forms do not show it.
    pub order: u8,
    /// Whether forms must have it.
    pub mandatory: Mandatory,
    /// Whether the form for a new record shows it.
    pub adds: bool,
    /// Whether a record's page shows it.
    pub details: bool,
    /// `use_field` and `link`, with which clients make links of the values; an empty `link` is left out.
    pub link: Option<(&'static str, &'static str)>,
}

/// Where a built-in field's options come from.
#[derive(Clone, Copy, Debug)]
pub enum Options {
    /// From the field: a flag's, an enumeration's, those that the company defined, the records that it names.
    Kind,
    /// These: `(id, label)`.
    Words(&'static [(&'static str, &'static str)]),
    /// Two, with the ids 0 and 1: the label of each.
    Flag(&'static str, &'static str),
    /// Two, with the ids `false` and `true`: the label of each.
    Truth(&'static str, &'static str),
}

/// Whether forms must have a field. No API enforces it (pipedrive-contract 5.1).
#[derive(Clone, Copy, Debug)]
pub enum Mandatory {
    /// Yes. Pipedrive says so of nearly everything that it made itself, read-only or not.
    Yes,
    /// No.
    No,
    /// When another field, by key, is of a state: `("status", "=won")`.
    When(&'static str, &'static str),
}

/// A field that forms do not show.
#[must_use]
pub const fn entry(name: &'static str) -> Entry {
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
#[must_use]
pub const fn in_forms(order: u8, name: &'static str) -> Entry {
    Entry { order, mandatory: Mandatory::No, adds: true, details: true, ..entry(name) }
}

impl Entry {
    /// Its key.
    #[must_use]
    pub const fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }
    /// Its name for people.
    #[must_use]
    pub const fn called(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }
    /// Its `field_type`.
    #[must_use]
    pub const fn typed(mut self, field_type: &'static str) -> Self {
        self.field_type = field_type;
        self
    }
    /// Its options.
    #[must_use]
    pub const fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }
    /// The key of the currency beside it.
    #[must_use]
    pub const fn currency(mut self, key: &'static str) -> Self {
        self.currency = key;
        self
    }
    /// Forms must have it.
    #[must_use]
    pub const fn mandatory(mut self) -> Self {
        self.mandatory = Mandatory::Yes;
        self
    }
    /// Forms must have it when another field is of a state.
    #[must_use]
    pub const fn when(mut self, key: &'static str, state: &'static str) -> Self {
        self.mandatory = Mandatory::When(key, state);
        self
    }
    /// The form for a new record shows it.
    #[must_use]
    pub const fn adds(mut self) -> Self {
        self.adds = true;
        self
    }
    /// A record's page shows it.
    #[must_use]
    pub const fn details(mut self) -> Self {
        self.details = true;
        self
    }
    /// A record's page does not show it.
    #[must_use]
    pub const fn aside(mut self) -> Self {
        self.details = false;
        self
    }
    /// With which clients make links of its values.
    #[must_use]
    pub const fn link(mut self, use_field: &'static str, link: &'static str) -> Self {
        self.link = Some((use_field, link));
        self
    }
}

/// Where interfaces may show a field of an object, beyond its own page and the form for a new record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The page of a project.
    ProjectPage,
    /// Some pipelines and not others: there it may also be asked for by stage and status.
    Pipelines,
    /// The page of an organization.
    OrganizationPage,
    /// The page of a person.
    PersonPage,
    /// The page of a deal.
    DealPage,
    /// The dialog for a new deal.
    DealDialog,
    /// The dialog for a new person.
    PersonDialog,
}
