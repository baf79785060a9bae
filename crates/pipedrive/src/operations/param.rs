//! The query parameters of operations.

/// A query parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: ParamType,
    /// Whether it must be given.
    pub required: bool,
    /// What it does.
    pub does: ParamEffect,
    /// What is said of it, where its effect does not say it.
    pub help: &'static str,
    /// The parameters that mean nothing alongside it, given or left out, once it is given and not a false flag.
    pub sets_aside: &'static [&'static str],
}

/// What a query parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamType {
    /// A whole number.
    Int,
    /// Where a page begins, from 0 on.
    Start,
    /// How long a page is, at most 500.
    Limit,
    /// A flag: `true`, `false`, and on v1 `1` and `0`.
    Bool,
    /// A text.
    Text,
    /// A day.
    Date,
    /// A moment in the version's spelling.
    Moment,
    /// Whole numbers with commas between them.
    Ids,
    /// At most 15 keys of custom fields with commas between them (pipedrive-contract 4.1).
    Keys,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words with commas between them.
    Words(&'static [&'static str]),
    /// Some v2 keys of the object's fields that are `Shown::Asked`, with commas between them.
    Asked,
    /// Some v1 keys of the object's fields with commas between them, each followed by ` ASC` (meant when neither is
    /// given) or ` DESC`. Keys are of these; an empty list stands for those of every sortable field, custom ones too
    /// (pipedrive-contract 2.4).
    Order(&'static [&'static str]),
    /// A UUID.
    Uuid,
}

/// What a query parameter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamEffect {
    /// Keeps the records whose field equals it.
    Equal(&'static str),
    /// Keeps the records whose field is not before it.
    From(&'static str),
    /// Keeps the records whose field is before it.
    Until(&'static str),
    /// Keeps the records whose field, a day or a moment in UTC, lies on or after that day.
    FromDay(&'static str),
    /// Keeps the records whose field, a day or a moment in UTC, lies on or before that day.
    UntilDay(&'static str),
    /// Keeps the records whose folded text begins with it.
    StartsWith(&'static str),
    /// Keeps the records with these ids, of which there may be 100; what does not exist or can't be seen is left out.
    Ids,
    /// Drops the records with these ids.
    Except,
    /// Keeps the records that a row of a link table joins to the record with that id, as
    /// [`Expr::Linked`](penstock_model::filter::Expr::Linked).
    Linked {
        /// The object that links.
        object: &'static str,
        /// Its field that holds the listed record.
        record: &'static str,
        /// Its field that must equal the parameter.
        column: &'static str,
    },
    /// Keeps the records whose field is that user: the asking one when it is left out, every one when it is `0`.
    OfUser(&'static str),
    /// Everyone's records: it does nothing but set others aside.
    Everyone,
    /// When true, keeps the records whose field is the asking user.
    Mine(&'static str),
    /// Keeps deals of that status, or of these. `deleted` means the deleted ones; `all_not_deleted`, or leaving it
    /// out, all others.
    DealStatus,
    /// `archived` keeps the archived records, `not_archived` (or leaving it out) the others, `all` both.
    Archived,
    /// Keeps the activities of these types, by key strings with commas.
    Types(&'static str),
    /// Is read by the handler itself.
    ByHandler,
    /// Is read by the handler itself, and is Penstock's own: Pipedrive does not have it.
    Extension,
    /// Needs what this names, which is to come: a request that gives it is refused by name, as not implemented,
    /// rather than answered as if it had not been given. A false flag asks for nothing and is let through.
    Unimplemented(&'static str),
}

/// A query parameter that may be left out.
pub(super) const fn param(name: &'static str, takes: ParamType, does: ParamEffect) -> Param {
    Param { name, takes, required: false, does, help: "", sets_aside: &[] }
}

impl Param {
    /// Whether it takes several values.
    pub(crate) const fn is_list(&self) -> bool {
        use ParamType::{Asked, Ids, Keys, Order, Words};
        matches!(self.takes, Ids | Keys | Words(_) | Asked | Order(_)) || matches!(self.does, ParamEffect::Types(_))
    }
    /// It must be given.
    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }
    /// What is said of it.
    pub(super) const fn help(mut self, sentence: &'static str) -> Self {
        self.help = sentence;
        self
    }
    /// Where it is in force, these parameters are not.
    pub(super) const fn sets_aside(mut self, others: &'static [&'static str]) -> Self {
        self.sets_aside = others;
        self
    }
}
