//! What a value looks like as JSON Schema: the counterpart of `wire::codec` for answers, of `kind::parse` for bodies.

use penstock_model::{
    Codec, Kind,
    kind::{ADDRESS_PARTS, limit},
    objects,
};
use serde_json::{Map, Value as Json, json};

use crate::operations::Version;

/// A reference to a component schema.
pub(crate) fn component(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A schema that also allows `null`.
pub(crate) fn nullable(mut schema: Json) -> Json {
    match schema.get("type") {
        Some(Json::String(one)) if one != "null" => {
            let both = json!([one, "null"]);
            if let Some(Json::Array(words)) = schema.get_mut("enum") {
                words.push(Json::Null);
            }
            schema["type"] = both;
            schema
        }
        Some(_) => schema,
        None if schema.as_object().is_some_and(Map::is_empty) => schema,
        None => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// An object of these keys, all of them required.
pub(crate) fn object(properties: &[(&str, Json)]) -> Json {
    let keys: Vec<&str> = properties.iter().map(|(key, _)| *key).collect();
    let properties: Map<String, Json> =
        properties.iter().map(|(key, schema)| ((*key).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "required": keys, "properties": properties })
}

pub(crate) fn list(items: &Json) -> Json {
    json!({ "type": "array", "items": items })
}

pub(crate) fn int() -> Json {
    json!({ "type": "integer" })
}

pub(crate) fn number() -> Json {
    json!({ "type": "number" })
}

pub(crate) fn text() -> Json {
    json!({ "type": "string" })
}

/// A text of at most so many characters.
fn short(most: u32) -> Json {
    json!({ "type": "string", "maxLength": most })
}

pub(crate) fn flag() -> Json {
    json!({ "type": "boolean" })
}

pub(super) fn pattern(pattern: &str, example: &str) -> Json {
    json!({ "type": "string", "pattern": pattern, "examples": [example] })
}

pub(crate) fn space_time() -> Json {
    pattern(r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$", "2026-03-02 09:30:00")
}

/// A moment as a version's bodies and parameters take it.
pub(super) fn moment(version: Version) -> Json {
    match version {
        Version::V1 => space_time(),
        Version::V2 => pattern(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$", "2026-03-02T09:30:00Z"),
    }
}

/// Whether an unset value of this spelling is `null`.
pub(super) const fn unset_is_null(codec: Codec) -> bool {
    !matches!(
        codec,
        Codec::List
            | Codec::UuidList
            | Codec::TextOrEmpty
            | Codec::ClockMinutes
            | Codec::SpaceTimeOrEmpty
            | Codec::NumberOrZero
            | Codec::ZeroOne
            | Codec::Negated
            | Codec::Contacts
    )
}

/// A value in an answer, when it is set.
pub(super) fn shown(codec: Codec, kind: Kind) -> Json {
    match codec {
        Codec::SpaceTime => space_time(),
        Codec::SpaceTimeOrEmpty => pattern(r"^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})?$", "2026-03-02 09:30:00"),
        Codec::RfcTime | Codec::RfcMillis => json!({ "type": "string", "format": "date-time" }),
        Codec::ClockMinutes => pattern(r"^(\d{2,}:\d{2})?$", "09:30"),
        Codec::ClockSeconds => pattern(r"^\d{2,}:\d{2}:\d{2}$", "09:30:00"),
        Codec::CommaList => pattern(r"^\d+(,\d+)*$", "2,3"),
        Codec::FirstOfList => int(),
        Codec::DigitText => pattern(r"^-?\d+$", "3"),
        Codec::Negated => flag(),
        Codec::ZeroOne => json!({ "type": "integer", "enum": [0, 1] }),
        Codec::Contacts => list(&component("Contact")),
        Codec::PrimaryContact | Codec::AddressLine => text(),
        Codec::Uuid => json!({ "type": "string", "format": "uuid" }),
        Codec::UuidList => list(&json!({ "type": "string", "format": "uuid" })),
        Codec::MoneyPair => component("MoneyPair"),
        Codec::ParticipantFlags => list(&component("ActivityParticipant")),
        Codec::AttendeeFlags => list(&component("ActivityAttendee")),
        _ => plain(kind),
    }
}

/// A kind's own JSON.
fn plain(kind: Kind) -> Json {
    match kind {
        Kind::Id | Kind::Integer | Kind::VisibleTo | Kind::Choice | Kind::Reference(_) => int(),
        Kind::Number | Kind::Money => number(),
        Kind::Boolean => flag(),
        Kind::Text | Kind::Autocomplete | Kind::Phone | Kind::LongText | Kind::Html => text(),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Time => pattern(r"^\d{2}:\d{2}:\d{2}$", "09:30:00"),
        Kind::Duration => pattern(r"^\d{2,}:\d{2}:\d{2}$", "01:00:00"),
        Kind::DateTime => json!({ "type": "string", "format": "date-time" }),
        Kind::Enumeration(words) => json!({ "type": "string", "enum": words }),
        Kind::Choices | Kind::References(_) => list(&int()),
        Kind::Amount => component("Amount"),
        Kind::ZonedTime => component("ZonedTime"),
        Kind::DateRange => component("DateRange"),
        Kind::TimeRange => component("TimeRange"),
        Kind::Address => component("Address"),
        Kind::Emails | Kind::Phones | Kind::Messengers => list(&component("Contact")),
        Kind::Participants => list(&component("ActivityParticipant")),
        Kind::Attendees => list(&component("ActivityAttendee")),
        Kind::Json => json!({}),
    }
}

/// A value in a body. v1 takes strings for numbers and flags as well; what is written here is what it means.
pub(super) fn accepted(codec: Codec, kind: Kind, version: Version) -> Json {
    let mut schema = match (codec, kind) {
        (Codec::MoneyPair | Codec::UuidList, _) | (Codec::Uuid, Kind::Reference(_)) => shown(codec, kind),
        (_, Kind::DateTime) => moment(version),
        (_, Kind::Time | Kind::Duration) => pattern(r"^\d{1,}:\d{2}(:\d{2})?$", "09:30"),
        (_, Kind::Emails | Kind::Phones | Kind::Messengers) => list(&component("ContactBody")),
        (_, Kind::Address) if version == Version::V1 => nullable(short(limit::ADDRESS_PART)),
        (_, Kind::Address) => nullable(component("Address")),
        (_, kind) => plain(kind),
    };
    if let Some(most) = kind.longest() {
        schema["maxLength"] = most.into();
    }
    if let Some(most) = kind.most() {
        schema["maxItems"] = most.into();
    }
    schema
}

/// What a kind means beyond its JSON, as a sentence.
pub(super) fn meaning(codec: Codec, kind: Kind) -> String {
    match (codec, kind) {
        (Codec::Embedded, Kind::Reference(to)) => format!("{} as an object, its id in `value`.", capital(&a(to))),
        (Codec::Uuid, Kind::Reference(to)) => format!("The UUID of {}.", a(to)),
        (_, Kind::Reference(to)) => format!("The id of {}.", a(to)),
        (_, Kind::References(to)) => format!("The ids of {}.", spaced(objects::get(to).plural)),
        (Codec::FirstOfList, _) => "The first of the labels.".to_owned(),
        (_, Kind::Choice) => "The id of one of the field's options.".to_owned(),
        (_, Kind::Choices) => "The ids of some of the field's options.".to_owned(),
        (_, Kind::VisibleTo) => "`1`: the owner and followers; `3`: the whole company.".to_owned(),
        (_, Kind::Html) => "HTML; what could run is removed.".to_owned(),
        (_, Kind::Money) if codec == Codec::Plain => "An amount in the record's currency.".to_owned(),
        (Codec::AddressLine, _) => "The address as one line.".to_owned(),
        (_, Kind::Time) => "A time of day, UTC.".to_owned(),
        (_, Kind::Duration) => "A span of time.".to_owned(),
        (Codec::SpaceTime | Codec::SpaceTimeOrEmpty, _) => "UTC.".to_owned(),
        _ => String::new(),
    }
}

/// `a deal`, `an activity`, `a lead label`.
pub(super) fn a(object: &str) -> String {
    let name = spaced(object);
    let article = if name.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// `lead_labels` as `lead labels`.
pub(super) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// The same text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The schemas that kinds and codecs refer to.
pub(super) fn shared(version: Version) -> Vec<(&'static str, Json)> {
    let optional = |schema: Json| nullable(schema);
    let part = || short(limit::PART);
    let parts = ADDRESS_PARTS.iter().map(|part| ((*part).to_owned(), optional(short(limit::ADDRESS_PART))));
    let mut address = Map::from_iter([(
        "value".to_owned(),
        json!({ "type": ["string", "null"], "maxLength": limit::ADDRESS_PART, "description": "The whole address as one \
            line." }),
    )]);
    address.extend(parts);
    let zone = [("timezone_id", optional(json!({ "type": "integer" }))), ("timezone_name", optional(part()))];
    let day = || json!({ "type": ["string", "null"], "format": "date" });
    let clock = || nullable(pattern(r"^\d{2}:\d{2}(:\d{2})?$", "09:30:00"));
    let some = |properties: Vec<(&str, Json)>| {
        let properties: Map<String, Json> =
            properties.into_iter().map(|(key, schema)| (key.to_owned(), schema)).collect();
        json!({ "type": "object", "properties": properties })
    };
    let contact = || vec![("value", part()), ("primary", flag()), ("label", optional(part()))];
    let person = ("person_id", int());
    let attendee = |mail: &'static str, organizer: Json| {
        vec![
            (mail, optional(part())),
            ("name", optional(part())),
            ("status", optional(part())),
            ("is_organizer", organizer),
            ("person_id", optional(int())),
            ("user_id", optional(int())),
        ]
    };
    let (participant, attendee) = match version {
        Version::V1 => {
            (("primary_flag", flag()), attendee("email_address", json!({ "type": "integer", "enum": [0, 1] })))
        }
        Version::V2 => (("primary", flag()), attendee("email", flag())),
    };
    vec![
        ("Contact", some(contact())),
        ("ContactBody", {
            let mut body = some(contact());
            body["required"] = json!(["value"]);
            body
        }),
        ("MoneyPair", object(&[("amount", number()), ("currency", text())])),
        ("Amount", some(vec![("value", optional(number())), ("currency", optional(text()))])),
        ("DateRange", some(vec![("value", day()), ("until", day())])),
        ("ZonedTime", some([vec![("value", clock())], zone.to_vec()].concat())),
        ("TimeRange", some([vec![("value", clock()), ("until", clock())], zone.to_vec()].concat())),
        ("Address", json!({ "type": "object", "properties": address })),
        ("ActivityParticipant", some(vec![person, participant])),
        ("ActivityAttendee", some(attendee)),
    ]
}
