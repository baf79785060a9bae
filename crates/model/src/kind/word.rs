//! What a kind is called wherever Penstock describes fields in its own words, and which object it refers to.
//!
//! Pipedrive's `field_type` tells neither a flag from an option nor a duration from a time of day; these words do.

use super::Kind;

impl Kind {
    /// Its name: `boolean`, `datetime`, `reference` ...; stable, each kind of value one word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Money | Self::Amount => "money",
            Self::Boolean => "boolean",
            Self::Text | Self::Autocomplete => "text",
            Self::Phone => "phone",
            Self::LongText => "long_text",
            Self::Html => "html",
            Self::Date => "date",
            Self::DateRange => "date_range",
            Self::Time | Self::ZonedTime => "time",
            Self::TimeRange => "time_range",
            Self::Duration => "duration",
            Self::DateTime => "datetime",
            Self::Enumeration(_) | Self::Choice | Self::VisibleTo => "option",
            Self::Choices => "options",
            Self::Reference(_) => "reference",
            Self::References(_) => "references",
            Self::Address => "address",
            Self::Emails => "emails",
            Self::Phones => "phones",
            Self::Messengers => "messengers",
            Self::Participants => "participants",
            Self::Attendees => "attendees",
            Self::Json => "object",
        }
    }

    /// The name of the object whose records the values name. Participants are persons.
    #[must_use]
    pub const fn refers_to(self) -> Option<&'static str> {
        match self {
            Self::Reference(object) | Self::References(object) => Some(object),
            Self::Participants => Some("person"),
            _ => None,
        }
    }
}
