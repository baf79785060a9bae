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
        if let Some((name, _)) = CREATABLE.iter().find(|(_, kind)| *kind == self) {
            return name;
        }
        match self {
            Self::Money => "monetary",
            Self::Html => "text",
            Self::Time | Self::Duration => "time",
            Self::DateTime => "date",
            Self::Boolean | Self::Enumeration(_) => "enum",
            Self::Reference("stage") => "stage",
            Self::Reference("pipeline") => "pipeline",
            Self::Reference("deal") => "deal",
            Self::Reference("lead") => "lead",
            Self::Reference("activity") => "activity",
            Self::Emails | Self::Phones | Self::Messengers => "phone",
            Self::Choices | Self::References(_) => "set",
            Self::VisibleTo => "visible_to",
            Self::Participants | Self::Attendees | Self::Json => "json",
            _ => "int",
        }
    }
}
