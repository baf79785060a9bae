//! The sixteen kinds that a company can give a custom field, with Pipedrive's names (pipedrive-contract 5.2).

use super::Kind;

/// Pipedrive's `field_type` and the kind it creates.
pub const CREATABLE: &[(&str, Kind)] = &[
    ("varchar", Kind::Text),
    ("varchar_auto", Kind::Autocomplete),
    ("text", Kind::LongText),
    ("double", Kind::Number),
    ("monetary", Kind::Amount),
    ("date", Kind::Date),
    ("daterange", Kind::DateRange),
    ("time", Kind::ZonedTime),
    ("timerange", Kind::TimeRange),
    ("enum", Kind::Choice),
    ("set", Kind::Choices),
    ("address", Kind::Address),
    ("phone", Kind::Phone),
    ("user", Kind::Reference("user")),
    ("org", Kind::Reference("organization")),
    ("people", Kind::Reference("person")),
];

impl Kind {
    /// The kind that a `field_type` creates, if it is one that can be created.
    #[must_use]
    pub fn creatable(field_type: &str) -> Option<Self> {
        CREATABLE.iter().find(|(name, _)| *name == field_type).map(|(_, kind)| *kind)
    }

    /// Pipedrive's `field_type` for a field of this kind (pipedrive-contract 5.1, 5.2).
    /// Built-in time stamps are typed `date` there, and flags `enum`.
    #[must_use]
    pub fn field_type(self) -> &'static str {
        match self {
            Self::Text => "varchar",
            Self::Autocomplete => "varchar_auto",
            Self::LongText | Self::Html => "text",
            Self::Phone | Self::Emails | Self::Phones | Self::Messengers => "phone",
            Self::Address => "address",
            Self::Number => "double",
            Self::Money | Self::Amount => "monetary",
            Self::Date | Self::DateTime => "date",
            Self::DateRange => "daterange",
            Self::Time | Self::ZonedTime | Self::Duration => "time",
            Self::TimeRange => "timerange",
            Self::Boolean | Self::Enumeration(_) | Self::Choice => "enum",
            Self::Choices | Self::References(_) => "set",
            Self::Reference("user") => "user",
            Self::Reference("organization") => "org",
            Self::Reference("person") => "people",
            Self::Reference(object @ ("stage" | "pipeline" | "deal" | "lead" | "activity")) => object,
            Self::VisibleTo => "visible_to",
            Self::Participants | Self::Attendees | Self::Json => "json",
            Self::Id | Self::Integer | Self::Reference(_) => "int",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_called_as_what_creates_it() {
        for (name, kind) in CREATABLE {
            assert_eq!(kind.field_type(), *name, "{kind:?}");
        }
    }
}
