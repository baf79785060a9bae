//! What a field's kind is. What a kind *means* is one `match` per concern, one file each.

mod custom;
pub mod limit;
mod parse;
mod sql;
mod word;

pub use custom::CREATABLE;
pub use parse::{
    ADDRESS_PARTS, Strictness, canonical_number, check_size, check_text, id_list, money_from_text, parse, text_of,
};
pub use sql::{SqlType, ValueKey, fold, value_keys};

/// What a field holds. The text in brackets is the shape of its [`Value`](crate::Value).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The record's own number [int].
    Id,
    /// A whole number [int].
    Integer,
    /// A decimal number [real].
    Number,
    /// An amount in 1/10,000 of the currency that stands in the object's `currency` field [int].
    Money,
    /// A flag [bool].
    Boolean,
    /// One line of at most 255 characters [text].
    Text,
    /// One line of at most 255 characters whose earlier values are offered again [text].
    Autocomplete,
    /// A telephone number as written, at most 255 characters [text].
    Phone,
    /// Many lines, at most 65,535 characters [text].
    LongText,
    /// Marked-up text of at most 100,000 characters [text].
    Html,
    /// A calendar day [text `YYYY-MM-DD`].
    Date,
    /// A time of day, UTC [text `HH:MM:SS`].
    Time,
    /// A span of time [int, seconds].
    Duration,
    /// A moment [int, microseconds since 1970 UTC].
    DateTime,
    /// One of a fixed list of words [text].
    Enumeration(&'static [&'static str]),
    /// One of the options that the company defined [int].
    Choice,
    /// Some of the options that the company defined [text, JSON list of ints].
    Choices,
    /// Another record, by number; the object's name [int].
    Reference(&'static str),
    /// Other records, by number; the object's name [text, JSON list of ints].
    References(&'static str),
    /// An amount with its own currency [text, JSON `{value, currency}`].
    Amount,
    /// A time of day with a zone [text, JSON `{value, timezone_id, timezone_name}`].
    ZonedTime,
    /// Two days [text, JSON `{value, until}`].
    DateRange,
    /// Two times of day with a zone [text, JSON `{value, until, timezone_id, timezone_name}`].
    TimeRange,
    /// A postal address [text, JSON `{value, subpremise, ...}`].
    Address,
    /// E-mail addresses, one of them primary [text, JSON list of `{value, primary, label}`].
    Emails,
    /// Telephone numbers, one of them primary [text, JSON list of `{value, primary, label}`].
    Phones,
    /// Messenger accounts [text, JSON list of `{value, primary, label}`].
    Messengers,
    /// People who take part in an activity [text, JSON list of `{person_id, primary}`].
    Participants,
    /// Invited mail addresses of an activity [text, JSON list].
    Attendees,
    /// Who may see a record: 1 owner and followers, 3 the whole company [int].
    VisibleTo,
    /// Any JSON, for settings [text].
    Json,
}
