//! What operations answer: the data's schema and the envelope around it (pipedrive-contract 2.1).

use penstock_model::{Object, field::Shown, object::Beside, objects};
use serde_json::{Map, Value as Json, json};

use super::{
    kinds::{component, flag, int, list, nullable, object, text},
    records,
};
use crate::{
    operations::{
        Empty, Operation, Paging, References, Version,
        answer::{Data, Described},
    },
    wire::Shape,
};

/// The data of a row's answer.
pub(super) fn data(row: &Operation) -> Described {
    let answer = &row.answer;
    match answer.data {
        Data::Record => record(row, answer.shape),
        Data::Records => {
            let one = record(row, answer.shape);
            let all = list(&one.schema);
            Described { schema: if row.empty == Empty::Null { nullable(all) } else { all }, ..one }
        }
        Data::Other(data) => data(row),
    }
}

/// One record of a row's object. What is read alone shows more on v1, of some objects.
pub(crate) fn record(row: &Operation, shape: Shape) -> Described {
    let of: &'static Object = row.object;
    let shows_more = row.version == Version::V1 && of.fields.iter().any(|f| f.v1.shown == Shown::Alone);
    let shape = if shape == Shape::Alone && !shows_more { Shape::Listed } else { shape };
    let schema = component(&records::name(of, shape, row.references));
    Described { schema, records: vec![(of, shape, row.references)], components: Vec::new() }
}

/// The id of a record of a row's object.
fn id_of(row: &Operation) -> Json {
    if row.object.uuid { json!({ "type": "string", "format": "uuid" }) } else { int() }
}

/// `{id}` of a record.
pub(crate) fn id(row: &Operation) -> Described {
    Described::plain(object(&[("id", id_of(row))]))
}

/// `{id}` of what has a number, whatever the ids of the row's object are.
pub(crate) fn number(_: &Operation) -> Described {
    Described::plain(object(&[("id", int())]))
}

/// `{id: [..]}` of records or fields.
pub(crate) fn ids(row: &Operation) -> Described {
    Described::plain(object(&[("id", list(&id_of(row)))]))
}

/// `true`.
pub(crate) fn yes(_: &Operation) -> Described {
    Described::plain(json!({ "const": true }))
}

/// Whether an answer is one record that is read alone.
const fn is_read_alone(row: &Operation) -> bool {
    matches!((row.answer.data, row.answer.shape), (Data::Record, Shape::Alone))
}

/// What stands alongside a record that is read alone.
fn alongside(row: &Operation) -> Json {
    let mut more = json!({ "type": "object", "properties": {} });
    if row.object.beside.contains(&Beside::MailAddress) {
        more["properties"]["dropbox_email"] = text();
        more["description"] = "`dropbox_email` is the address that mail is copied to in order to file it here.".into();
    }
    if row.object.beside.contains(&Beside::Followers) {
        let follower = object(&[
            ("id", int()),
            ("name", nullable(text())),
            ("email", nullable(text())),
            ("user_id", int()),
            ("pic_hash", nullable(text())),
        ]);
        more["properties"]["followers"] = json!({
            "type": "object",
            "description": format!("Who follows the {}, by user id.", row.object.name),
            "additionalProperties": follower,
        });
    }
    more
}

/// What a page says of itself.
const PAGE: &str = "Where the page lies, and where the next one begins.";

fn described(mut schema: Json, what: &str) -> Json {
    schema["description"] = what.into();
    schema
}

/// The data with what it is.
fn explained(data: Json, row: &Operation) -> Json {
    let lists = data["type"] == "array" || data["type"][0] == "array";
    let what = match row.answer.said {
        "" if lists && row.paging != Paging::None && row.empty == Empty::Null => "The page; null when it is empty.",
        "" if lists && row.paging != Paging::None => "The page.",
        "" if lists && row.empty == Empty::Null => "All of them; null when there are none.",
        "" if lists => "All of them.",
        "" if row.method.is_read() => "As the asking user sees it.",
        "" => "As it is after the request.",
        said => said,
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
    properties.insert("data".to_owned(), explained(data, row));
    let mut required = vec!["success", "data"];
    let page = match row.paging {
        Paging::Offset | Paging::OffsetIfAsked => Some("OffsetPage"),
        Paging::Cursor => Some("CursorPage"),
        Paging::None => None,
    };
    if let Some(page) = page {
        let additional = row.answer.additional.map_or_else(|| component(page), |additional| additional(row));
        properties.insert("additional_data".to_owned(), described(additional, PAGE));
        required.push("additional_data");
    } else if let Some(additional) = row.answer.additional {
        properties.insert("additional_data".to_owned(), additional(row));
    } else if row.version == Version::V1 && is_read_alone(row) && !row.object.beside.is_empty() {
        properties.insert("additional_data".to_owned(), alongside(row));
    }
    let refers = row.object.references().any(|(_, _, to)| objects::get(to).reference.is_some());
    if row.version == Version::V1 && row.references != References::Ids && refers {
        properties.insert("related_objects".to_owned(), component("RelatedObjects"));
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

/// The schemas of pages.
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
    if version == Version::V1 {
        schemas.push(("OffsetPage", object(&[("pagination", pagination)])));
    }
    schemas
}
