//! The types of the Virtual API's values. Each has one word, one canonical [`Value`](penstock_model::Value), and one
//! form on the wire; no two meanings share a type (the review found flags typed `enum`, and durations typed `time`).

use penstock_model::Kind;

use crate::Name;

/// What a field holds. The text in brackets is the shape of its normalised value; a list without members is `Null`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// The record's own id [text].
    Id,
    /// One line [text].
    Text,
    /// Many lines [text].
    LongText,
    /// Marked-up text [text].
    Html,
    /// A telephone number [text].
    Phone,
    /// A whole number [int].
    Integer,
    /// A decimal number [real].
    Number,
    /// A flag [bool].
    Boolean,
    /// A calendar day [text `YYYY-MM-DD`].
    Date,
    /// A time of day [text `HH:MM:SS`].
    Time,
    /// A span of time [int, seconds].
    Duration,
    /// A moment [int, microseconds since 1970 UTC].
    DateTime,
    /// An amount with its currency [text, `composite::money`].
    Money,
    /// One of the field's options, by id [text].
    Choice,
    /// Some of the field's options, by id [text, `composite::ids`].
    Choices,
    /// A record of an object, by id [text].
    Reference(Name),
    /// Records of an object, by id [text, `composite::ids`].
    References(Name),
    /// A postal address [text, JSON object].
    Address,
    /// E-mail addresses [text, JSON list of `{value, primary, label}`].
    Emails,
    /// Telephone numbers [text, JSON list of `{value, primary, label}`].
    Phones,
    /// Messenger accounts [text, JSON list of `{value, primary, label}`].
    Messengers,
    /// People who take part, one of them primary [text, JSON list of `{person, primary}`]. Seen by lenses only.
    Participants,
    /// Invited mail addresses [text, JSON list of `{email, name, status, is_organizer, person, user}`].
    Attendees,
    /// A time of day with its zone [text, JSON `{time, timezone, timezone_id}`].
    ZonedTime,
    /// Two days [text, JSON `{start, end}`].
    DateRange,
    /// Two times of day with their zone [text, JSON `{start, end, timezone, timezone_id}`].
    TimeRange,
    /// The record's keys in other systems [text, JSON list of `{source, key}`].
    ExternalIds,
}

/// A part of a composite value, or of the members of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its key.
    pub name: &'static str,
    /// The word of its type.
    pub word: &'static str,
    /// The object that it refers to; empty: none.
    pub target: &'static str,
    /// What it means.
    pub help: &'static str,
}

const fn part(name: &'static str, word: &'static str, help: &'static str) -> Part {
    Part { name, word, target: "", help }
}
const fn refers(name: &'static str, target: &'static str, help: &'static str) -> Part {
    Part { name, word: "reference", target, help }
}

const MONEY: &[Part] = &[
    part("amount", "number", "How much, with at most four digits behind the point."),
    part("currency", "text", "The code of the currency in ISO 4217; that of the record where it is left out."),
];
const CONTACT: &[Part] = &[
    part("value", "text", "The address, the number or the account itself."),
    part("primary", "boolean", "Whether it is the one to use first; one of the list is."),
    part("label", "text", "What it is for, such as `work` or `home`."),
];
const ADDRESS: &[Part] = &[
    part("value", "text", "The whole address on one line, as a person would write it."),
    part("subpremise", "text", "The flat, suite or unit."),
    part("street_number", "text", "The number of the house."),
    part("route", "text", "The street without the number."),
    part("sublocality", "text", "The district of the town."),
    part("locality", "text", "The town or city."),
    part("admin_area_level_1", "text", "The state, region or province."),
    part("admin_area_level_2", "text", "The county or the like below the state."),
    part("country", "text", "The country's name or code."),
    part("postal_code", "text", "The code that the post sorts by."),
    part("formatted_address", "text", "The address as a map service would print it."),
];
const PARTICIPANT: &[Part] = &[
    refers("person", "person", "Who takes part."),
    part("primary", "boolean", "Whether this is the main person; one of the list is."),
];
const ATTENDEE: &[Part] = &[
    part("email", "text", "The address that the invitation goes to."),
    part("name", "text", "What the invited person is called; the address where it is left out."),
    part("status", "text", "What they answered; `noreply` until they do."),
    part("is_organizer", "boolean", "Whether the invitation comes from them."),
    refers("person", "person", "The contact who has the address."),
    refers("user", "user", "The colleague who has the address."),
];
const ZONED_TIME: &[Part] = &[
    part("time", "time", "The clock time in that zone."),
    part("timezone", "text", "The zone's name in the IANA database, such as `Europe/Riga`."),
    part("timezone_id", "integer", "Pipedrive's own number of the zone."),
];
const DATE_RANGE: &[Part] =
    &[part("start", "date", "The first day."), part("end", "date", "The last day, which belongs to the range.")];
const TIME_RANGE: &[Part] = &[
    part("start", "time", "The clock time at which it begins."),
    part("end", "time", "The clock time at which it is over."),
    part("timezone", "text", "The zone's name in the IANA database, such as `Europe/Riga`."),
    part("timezone_id", "integer", "Pipedrive's own number of the zone."),
];
const EXTERNAL_ID: &[Part] = &[
    part("source", "text", "The other system, as the integrator calls it; without a slash."),
    part("key", "text", "What the record is called there; no other record of the object has it."),
];

impl Type {
    /// The type of the normalised values of a field of a kind.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Id => Self::Id,
            Kind::Integer => Self::Integer,
            Kind::Number => Self::Number,
            Kind::Money | Kind::Amount => Self::Money,
            Kind::Boolean => Self::Boolean,
            Kind::Text | Kind::Autocomplete | Kind::Json => Self::Text,
            Kind::Phone => Self::Phone,
            Kind::LongText => Self::LongText,
            Kind::Html => Self::Html,
            Kind::Date => Self::Date,
            Kind::Time => Self::Time,
            Kind::Duration => Self::Duration,
            Kind::DateTime => Self::DateTime,
            Kind::Enumeration(_) | Kind::Choice | Kind::VisibleTo => Self::Choice,
            Kind::Choices => Self::Choices,
            Kind::Reference(to) => Self::Reference(Name::Borrowed(to)),
            Kind::References(to) => Self::References(Name::Borrowed(to)),
            Kind::ZonedTime => Self::ZonedTime,
            Kind::DateRange => Self::DateRange,
            Kind::TimeRange => Self::TimeRange,
            Kind::Address => Self::Address,
            Kind::Emails => Self::Emails,
            Kind::Phones => Self::Phones,
            Kind::Messengers => Self::Messengers,
            Kind::Participants => Self::Participants,
            Kind::Attendees => Self::Attendees,
        }
    }

    /// The stable word in metadata.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Html => "html",
            Self::Phone => "phone",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::DateTime => "datetime",
            Self::Money => "money",
            Self::Choice => "option",
            Self::Choices => "options",
            Self::Reference(_) => "reference",
            Self::References(_) => "references",
            Self::Address => "address",
            Self::Emails => "emails",
            Self::Phones => "phones",
            Self::Messengers => "messengers",
            Self::Participants => "participants",
            Self::Attendees => "attendees",
            Self::ZonedTime => "zoned_time",
            Self::DateRange => "date_range",
            Self::TimeRange => "time_range",
            Self::ExternalIds => "external_ids",
        }
    }

    /// The parts of a composite value, or of each member of a list; none for scalars.
    #[must_use]
    pub const fn parts(&self) -> &'static [Part] {
        match self {
            Self::Money => MONEY,
            Self::Address => ADDRESS,
            Self::Emails | Self::Phones | Self::Messengers => CONTACT,
            Self::Participants => PARTICIPANT,
            Self::Attendees => ATTENDEE,
            Self::ZonedTime => ZONED_TIME,
            Self::DateRange => DATE_RANGE,
            Self::TimeRange => TIME_RANGE,
            Self::ExternalIds => EXTERNAL_ID,
            _ => &[],
        }
    }

    /// Whether values are lists: always a list on the wire, empty when unset.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        matches!(
            self,
            Self::Choices
                | Self::References(_)
                | Self::Emails
                | Self::Phones
                | Self::Messengers
                | Self::Participants
                | Self::Attendees
                | Self::ExternalIds
        )
    }

    /// Whether normalised values are canonical JSON texts.
    #[must_use]
    pub const fn is_composite(&self) -> bool {
        self.is_list() || !self.parts().is_empty()
    }

    /// The object that values refer to.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::Reference(to) | Self::References(to) => Some(to),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_types_share_a_word_and_every_list_is_composite() {
        let of = |name: &'static str| Name::Borrowed(name);
        let all = [
            Type::Id,
            Type::Text,
            Type::LongText,
            Type::Html,
            Type::Phone,
            Type::Integer,
            Type::Number,
            Type::Boolean,
            Type::Date,
            Type::Time,
            Type::Duration,
            Type::DateTime,
            Type::Money,
            Type::Choice,
            Type::Choices,
            Type::Reference(of("a")),
            Type::References(of("a")),
            Type::Address,
            Type::Emails,
            Type::Phones,
            Type::Messengers,
            Type::Participants,
            Type::Attendees,
            Type::ZonedTime,
            Type::DateRange,
            Type::TimeRange,
            Type::ExternalIds,
        ];
        let words: std::collections::HashSet<&str> = all.iter().map(Type::word).collect();
        assert_eq!(words.len(), all.len());
        assert!(all.iter().all(|t| !t.is_list() || t.is_composite()));
    }
}
