//! What each act answers: the data's schema and the envelope around it (pipedrive-contract 2.1).

use penstock_model::{
    Object,
    object::Beside,
    objects,
    operation::{Act, Empty, Operation, Paging, References, Version},
};
use serde_json::{Map, Value as Json, json};

use super::{
    kinds::{component, flag, int, list, nullable, number, object, space_time, text},
    records,
};
use crate::{handlers, wire::Shape};

/// A record's schema that an answer needs.
pub(super) type Needed = (&'static Object, Shape, References);

/// The data of a row's answer, and the record schemas that it refers to.
pub(super) fn data(row: &Operation) -> (Json, Vec<Needed>) {
    let of = objects::get(row.object);
    let record = |object: &'static Object, shape: Shape| {
        (component(&records::name(object, shape, row.references)), vec![(object, shape, row.references)])
    };
    let many = |object: &'static Object, shape: Shape| {
        let (one, needed) = record(object, shape);
        let all = list(&one);
        (if row.empty == Empty::Null { nullable(all) } else { all }, needed)
    };
    let id = || if of.uuid { json!({ "type": "string", "format": "uuid" }) } else { int() };
    let plain = |schema: Json| (schema, Vec::new());
    match row.act {
        Act::List
        | Act::ListUnder { .. }
        | Act::OpenUnder { .. }
        | Act::DealsOfOrganization
        | Act::FindUsers
        | Act::ParticipantPersons => many(of, Shape::Listed),
        Act::Collection => many(of, Shape::Collected),
        Act::Get | Act::GetUnder { .. } | Act::AddUser | Act::SetUserActive => alone(row, of),
        Act::Create | Act::Update | Act::DeleteShown | Act::CreateUnder { .. } | Act::UpdateUnder { .. } => {
            record(of, Shape::Listed)
        }
        Act::Delete | Act::RemoveParticipant => plain(object(&[("id", id())])),
        Act::DeleteTrue | Act::DeleteUnder { .. } => plain(json!({ "const": true })),
        Act::DeleteMany | Act::DeleteFields => plain(object(&[("id", list(&id()))])),
        Act::Participants => {
            let all = list(&component("DealParticipant"));
            (if row.empty == Empty::Null { nullable(all) } else { all }, participant())
        }
        Act::AddParticipant => (component("DealParticipant"), participant()),
        Act::FollowersOfUser if row.version == Version::V1 => plain(nullable(list(&int()))),
        Act::Followers if row.empty == Empty::Null => plain(nullable(list(&component("Follower")))),
        Act::Followers | Act::FollowersOfUser => plain(list(&component("Follower"))),
        Act::Follow => plain(component("Follower")),
        Act::Unfollow | Act::DeleteField if row.version == Version::V1 => plain(object(&[("id", int())])),
        Act::Unfollow => plain(object(&[("user_id", int())])),
        Act::FollowersChangelog => plain(list(&component("FollowerChange"))),
        Act::Following => plain(json!({})),
        Act::PermittedUsers => plain(list(&int())),
        Act::DealSummary => plain(component("DealSummary")),
        Act::Fields => plain(list(&component("Field"))),
        Act::Field | Act::CreateField | Act::UpdateField | Act::DeleteField => plain(component("Field")),
        Act::AddOptions | Act::UpdateOptions | Act::DeleteOptions => plain(list(&component("FieldOption"))),
        Act::Me => {
            let (user, needed) = record(of, Shape::Listed);
            let language = object(&[("language_code", text()), ("country_code", text())]);
            let facts = [
                ("company_id", int()),
                ("company_name", text()),
                ("company_domain", text()),
                ("company_country", text()),
                ("company_industry", nullable(text())),
                ("language", language),
            ];
            (json!({ "allOf": [user, object(&facts)] }), needed)
        }
        Act::Currencies => plain(nullable(list(&component("Currency")))),
        Act::LeadSources => plain(list(&object(&[("name", text())]))),
    }
}

fn alone(row: &Operation, of: &'static Object) -> (Json, Vec<Needed>) {
    let shows_more = of.fields.iter().any(|f| f.v1.shown == penstock_model::field::Shown::Alone);
    let shape = if row.version == Version::V1 && shows_more { Shape::Alone } else { Shape::Listed };
    (component(&records::name(of, shape, row.references)), vec![(of, shape, row.references)])
}

fn participant() -> Vec<Needed> {
    [&objects::PARTICIPANT, &objects::PERSON].map(|object| (object, Shape::Listed, References::Embedded)).into()
}

/// What stands beside the activities of a record.
fn distributing_page() -> Json {
    let description = "Whose activities they are, on all pages, by user id: of each type how many, how many together, \
        and which share of all in percent.";
    let types = json!({ "type": "object", "additionalProperties": int() });
    let entry = object(&[("activities", types), ("name", text()), ("activity_count", int()), ("share", int())]);
    let by_user = json!({ "type": "object", "description": description, "additionalProperties": entry });
    json!({ "allOf": [component("OffsetPage"), object(&[("activity_distribution", by_user)])] })
}

/// What a page says of itself.
const PAGE: &str = "Where the page lies, and where the next one begins.";

fn described(mut schema: Json, what: &str) -> Json {
    schema["description"] = what.into();
    schema
}

/// The data with what it is.
fn told(data: Json, row: &Operation) -> Json {
    let lists = data["type"] == "array" || data["type"][0] == "array";
    let what = match row.act {
        Act::Delete | Act::DeleteMany | Act::DeleteFields | Act::RemoveParticipant | Act::Unfollow => {
            "Names what is gone."
        }
        Act::DeleteTrue | Act::DeleteUnder { .. } => "True: it is gone.",
        Act::DealSummary => "Counts and sums of the deals that the parameters select.",
        Act::Following => "What the user follows.",
        _ if lists && row.paging != Paging::None && row.empty == Empty::Null => "The page; null when it is empty.",
        _ if lists && row.paging != Paging::None => "The page.",
        _ if lists && row.empty == Empty::Null => "All of them; null when there are none.",
        _ if lists => "All of them.",
        _ if row.method.is_read() => "As the asking user sees it.",
        _ => "As it is after the request.",
    };
    described(data, what)
}

/// The envelope of a row's answer.
pub(super) fn envelope(row: &Operation, data: Json) -> Json {
    let mut properties = Map::new();
    properties.insert(
        "success".to_owned(),
        json!({ "const": true, "description": "True in every answer that is no refusal." }),
    );
    properties.insert("data".to_owned(), told(data, row));
    let mut required = vec!["success", "data"];
    let object = objects::get(row.object);
    let lists = !matches!(row.act, Act::Get | Act::GetUnder { .. });
    match row.paging {
        Paging::Offset | Paging::OffsetIfAsked => {
            let mut page = if handlers::distributes(row) { distributing_page() } else { component("OffsetPage") };
            page = described(page, PAGE);
            properties.insert("additional_data".to_owned(), page);
            required.push("additional_data");
        }
        Paging::Cursor => {
            properties.insert("additional_data".to_owned(), described(component("CursorPage"), PAGE));
            required.push("additional_data");
        }
        Paging::None if row.version == Version::V1 && !lists && !object.beside.is_empty() && row.act == Act::Get => {
            properties.insert("additional_data".to_owned(), beside(object));
        }
        Paging::None => {}
    }
    let shows_records = !matches!(
        row.act,
        Act::Delete | Act::DeleteMany | Act::RemoveParticipant | Act::Follow | Act::Unfollow | Act::Followers
    );
    let refers = object.references().any(|(_, _, to)| objects::get(to).reference.is_some());
    if row.version == Version::V1 && row.references != References::Ids && refers && shows_records {
        properties.insert("related_objects".to_owned(), component("RelatedObjects"));
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

/// What stands beside a record that is read alone.
fn beside(object: &Object) -> Json {
    let mut more = json!({ "type": "object", "properties": {} });
    if object.beside.contains(&Beside::MailAddress) {
        more["properties"]["dropbox_email"] = text();
        more["description"] = "`dropbox_email` is the address that mail is copied to in order to file it here.".into();
    }
    if object.beside.contains(&Beside::Followers) {
        more["properties"]["followers"] = json!({
            "type": "object",
            "description": format!("Who follows the {}, by user id.", object.name),
            "additionalProperties": object_of_follower(),
        });
    }
    more
}

fn object_of_follower() -> Json {
    object(&[
        ("id", int()),
        ("name", nullable(text())),
        ("email", nullable(text())),
        ("user_id", int()),
        ("pic_hash", nullable(text())),
    ])
}

/// The schemas that answers refer to.
pub(super) fn shared(version: Version) -> Vec<(&'static str, Json)> {
    let pagination = json!({
        "type": "object",
        "required": ["start", "limit", "more_items_in_collection"],
        "properties": {
            "start": int(), "limit": int(), "more_items_in_collection": flag(),
            "next_start": { "type": "integer", "description": "Where the next page begins; absent from the last." },
        },
    });
    let cursor = json!({ "type": ["string", "null"], "description": "What `cursor` asks the next page with; \
        null on the last." });
    let mut schemas = vec![("CursorPage", object(&[("next_cursor", cursor)]))];
    match version {
        Version::V1 => {
            let link = |object: &str| {
                json!({ "type": "integer", "description": format!("The {object} that is \
                followed, when it is one.") })
            };
            let follower = json!({
                "type": "object", "required": ["user_id", "id", "add_time"],
                "properties": {
                    "user_id": int(), "id": { "type": "integer", "description": "The follow-record's own number." },
                    "deal_id": link("deal"), "person_id": link("person"), "org_id": link("organization"),
                        "add_time": space_time(),
                },
            });
            let item = object(&[("deal_id", int()), ("title", nullable(text()))]);
            let participant = json!({
                "allOf": [component("Participant"), object(&[("related_item_data", item), ("person",
                    nullable(component("Person")))])],
            });
            schemas.extend([
                ("OffsetPage", object(&[("pagination", pagination)])),
                ("Follower", follower),
                ("DealParticipant", participant),
                ("DealSummary", summary()),
                (
                    "Currency",
                    object(&[
                        ("id", int()),
                        ("code", text()),
                        ("name", text()),
                        ("decimal_points", int()),
                        ("symbol", text()),
                        ("active_flag", flag()),
                        ("is_custom_flag", flag()),
                    ]),
                ),
            ]);
        }
        Version::V2 => {
            let time = || json!({ "type": "string", "format": "date-time" });
            let action = json!({ "type": "string", "enum": ["added", "removed"] });
            let change = [("action", action), ("actor_user_id", int()), ("follower_user_id", int()), ("time", time())];
            schemas.extend([
                ("Follower", object(&[("user_id", int()), ("add_time", time())])),
                ("FollowerChange", object(&change)),
            ]);
        }
    }
    schemas
}

fn summary() -> Json {
    let value = object(&[
        ("value", number()),
        ("count", int()),
        ("value_converted", nullable(number())),
        ("value_formatted", text()),
        ("value_converted_formatted", nullable(text())),
    ]);
    let weighted = object(&[("value", number()), ("count", int()), ("value_formatted", text())]);
    let by_currency =
        |schema: Json| json!({ "type": "object", "description": "By currency.", "additionalProperties": schema });
    object(&[
        ("values_total", by_currency(value)),
        ("weighted_values_total", by_currency(weighted)),
        ("total_count", int()),
        ("total_currency_converted_value", number()),
        ("total_weighted_currency_converted_value", number()),
        ("total_currency_converted_value_formatted", text()),
        ("total_weighted_currency_converted_value_formatted", text()),
    ])
}
