//! Sample values and `curl` lines that work against the demo company, which has the number 1.
//!
//! What a line deletes is not what another line shows, so that all of them can be tried in one sitting, creates first.

use std::fmt::Write;

use penstock_model::{
    CompanyId, Object, objects,
    operation::{Act, Operation, Param, ParamType, Version},
    uuid,
};
use serde_json::{Value as Json, json};

use super::{
    bodies,
    params::{names, subject},
    text::is_field_act,
};
use crate::{operations, wire::plan::form_of};

/// The demo's company.
const COMPANY: i64 = 1;

/// What the demo's company has of custom fields, by object.
struct Customs {
    object: &'static str,
    /// A field with options: its number and its code.
    choice: (i64, &'static str),
    /// Two of its options.
    options: [i64; 2],
    /// The number of a field that may be deleted, and those of more.
    doomed: (i64, &'static [i64]),
    /// The code of one that v2 may delete.
    doomed_code: &'static str,
}

/// The demo draws the codes from its seed, so that they are always these.
const CUSTOMS: [Customs; 3] = [
    Customs {
        object: "deal",
        choice: (30_001, "2cf99fd870f151415b2578fb7dd25499f574c126"),
        options: [12, 13],
        doomed: (30_002, &[30_003, 30_004]),
        doomed_code: "bc38da810b2671c3ddce2d81812c8152977e5502",
    },
    Customs {
        object: "organization",
        choice: (30_009, "07c1593f3f111e7171f5aa8c41036bd3e17c2159"),
        options: [21, 22],
        doomed: (30_010, &[30_011, 30_012]),
        doomed_code: "5be0c27fab76dddc5e6edde499ccab785429164f",
    },
    Customs {
        object: "person",
        choice: (30_016, "c68c285d18d39ae04e845227db9f9374860cfc95"),
        options: [36, 37],
        doomed: (30_014, &[30_015]),
        doomed_code: "2ce483cb52f5984575a84ad0363311ff41fea92b",
    },
];

fn customs(row: &Operation) -> &'static Customs {
    CUSTOMS.iter().find(|c| c.object == row.object).unwrap_or(&CUSTOMS[0])
}

fn id_of(object: &Object, number: i64) -> Json {
    if object.uuid { uuid::spell(CompanyId::new(COMPANY), object.code, number).into() } else { number.into() }
}

/// A record that may be deleted; each version has its own.
fn doomed(object: &Object, version: Version) -> i64 {
    match object.name {
        "activity_type" => 7,
        _ => 31 + i64::from(version == Version::V2),
    }
}

/// The operation that makes what a line needs of its own, because the demo has nothing to spare.
fn maker(row: &Operation) -> Option<&'static Operation> {
    let makes = |act: Act| match row.act {
        Act::Delete if matches!(row.object, "pipeline" | "stage" | "lead_label") => act == Act::Create,
        Act::GetUnder { .. } | Act::UpdateUnder { .. } | Act::DeleteUnder { .. } => {
            matches!(act, Act::CreateUnder { .. })
        }
        Act::RemoveParticipant => act == Act::AddParticipant,
        _ => false,
    };
    operations::all().find(|other| other.version == row.version && other.object == row.object && makes(other.act))
}

/// A value for a path's parameter.
pub(super) fn path_value(row: &Operation, name: &str) -> Json {
    let object = objects::get(row.object);
    match name {
        "id" if is_field_act(row.act) => field_number(row, object).into(),
        "field_code" => field_code(row, object).into(),
        // The user whom the line that adds a follower adds, or the owner's follow-record.
        "follower_id" if row.version == Version::V2 => 2.into(),
        "follower_id" => i64::from(match object.name {
            "deal" => 5,
            "person" => 2,
            _ => 1,
        })
        .into(),
        "id" => {
            let subject = subject(row);
            let deletes = matches!(row.act, Act::Delete | Act::DeleteShown | Act::DeleteTrue);
            id_of(subject, if deletes { doomed(subject, row.version) } else { 1 })
        }
        _ => id_of(object, 1),
    }
}

/// The number of a field: of a built-in one for reading, of the demo's for changing.
fn field_number(row: &Operation, object: &Object) -> i64 {
    match row.act {
        Act::DeleteField => customs(row).doomed.0,
        _ if row.method.is_read() => {
            let named = object.fields.iter().find(|f| matches!(f.name, "name" | "title"));
            i64::from(object.field_base) + named.map_or(1, |f| i64::from(f.number))
        }
        _ => customs(row).choice.0,
    }
}

fn field_code(row: &Operation, object: &Object) -> String {
    let readable = object.fields.iter().filter(|f| !f.v2.key.is_empty()).nth(1).map_or("id", |f| f.v2.key);
    let code = match row.act {
        Act::DeleteField => customs(row).doomed_code,
        _ if row.method.is_read() => readable,
        _ => customs(row).choice.1,
    };
    code.to_owned()
}

/// A value for a query's required parameter.
pub(super) fn query_value(row: &Operation, param: &Param) -> Json {
    match param.takes {
        ParamType::Ids if row.act == Act::DeleteFields => json!(customs(row).doomed.1),
        ParamType::Ids => json!([41, 42]),
        _ => "a".into(),
    }
}

/// A sample body.
pub(super) fn body(row: &Operation) -> Option<Json> {
    bodies::schema(row)?;
    let v2 = row.version == Version::V2;
    let creates = matches!(row.act, Act::Create | Act::CreateUnder { .. });
    Some(match (row.act, row.object) {
        // v2 refuses whom the line of v1 has added already.
        (Act::Follow, _) => json!({ "user_id": if v2 { 2 } else { 1 } }),
        (Act::AddParticipant, _) => json!({ "person_id": 1 }),
        (Act::AddUser, _) => json!({ "email": "noor@millrace.example" }),
        (Act::SetUserActive, _) => json!({ "active_flag": true }),
        (Act::CreateField, _) if v2 => json!({ "field_name": "Delivery site", "field_type": "varchar" }),
        (Act::CreateField, _) => json!({ "name": "Delivery site", "field_type": "varchar" }),
        (Act::UpdateField, _) if v2 => json!({ "field_name": "Site" }),
        (Act::UpdateField, _) => json!({ "name": "Site" }),
        (Act::AddOptions, _) => json!([{ "label": "Other" }]),
        (Act::UpdateOptions, _) => json!([{ "id": customs(row).options[0], "label": "Any other" }]),
        (Act::DeleteOptions, _) => json!([{ "id": customs(row).options[1] }]),
        (_, "deal") if creates => json!({ "title": "Twelve pumps", "value": 4200, "currency": "EUR", "org_id": 1 }),
        (_, "deal") => json!({ "value": 4500 }),
        (_, "person") if creates && v2 => {
            json!({ "name": "Ada Marsh", "emails": [{ "value": "ada@marsh.example", "primary": true,
                "label": "work" }] })
        }
        (_, "person") if creates => {
            json!({ "name": "Ada Marsh", "email": [{ "value": "ada@marsh.example", "primary": true,
                "label": "work" }] })
        }
        (_, "person") => json!({ "name": "Ada Marsh-Hill" }),
        (_, "organization") if creates => json!({ "name": "Marsh Mills" }),
        (_, "organization") => json!({ "name": "Marsh Mills and Sons" }),
        (_, "lead") if creates => json!({ "title": "A new well", "person_id": 1 }),
        (_, "lead") => json!({ "was_seen": true }),
        (_, "activity") if creates => {
            json!({ "subject": "Call back", "type": "call", "due_date": "2026-03-02", "deal_id": 1 })
        }
        (_, "activity") => json!({ "done": true }),
        (_, "note") if creates => json!({ "content": "<p>Asked for a second offer.</p>", "deal_id": 1 }),
        (_, "note" | "comment") => json!({ "content": "Sent today." }),
        (_, "pipeline") if creates => json!({ "name": "Spare parts" }),
        (_, "stage") if creates => json!({ "name": "Ordered", "pipeline_id": 1 }),
        (_, "lead_label") if creates => json!({ "name": "Trade fair", "color": "green" }),
        (_, "activity_type") if creates => json!({ "name": "Video call", "icon_key": "camera" }),
        _ => json!({ "name": "Renamed" }),
    })
}

/// A line that asks for the operation; the server and the token come from the shell's variables. Where it needs
/// a record of its own, a line before it makes one.
pub(super) fn curl(row: &Operation) -> String {
    match maker(row) {
        None => line(row, None),
        Some(maker) => {
            let made = line(maker, None);
            let id = objects::get(row.object).id();
            let key = form_of(id, row.version).key;
            let kept = format!("sed 's/.*\"data\":{{\"{key}\":\"*\\([^\",]*\\).*/\\1/'");
            format!("made=$({made} | {kept})\n{}", line(row, Some("$made")))
        }
    }
}

/// One request; `made` takes the place of the path's last parameter.
fn line(row: &Operation, made: Option<&str>) -> String {
    let mut path = row.path.to_owned();
    let last = names(row.path).last();
    for name in names(row.path) {
        let value = path_value(row, name);
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let value = made.filter(|_| Some(name) == last).map_or(value, str::to_owned);
        path = path.replace(&format!("{{{name}}}"), &value);
    }
    let mut query: Vec<String> = Vec::new();
    for param in row.params {
        if param.required {
            let value = query_value(row, param);
            let listed = value.as_array().map(|ids| ids.iter().map(Json::to_string).collect::<Vec<_>>().join(","));
            query.push(format!("{}={}", param.name, listed.as_deref().or(value.as_str()).unwrap_or("")));
        } else if param.name == "limit" {
            query.push("limit=2".to_owned());
        }
    }
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let method = if row.method.is_read() { String::new() } else { format!("-X {} ", row.method.word()) };
    let url = format!("\"$PENSTOCK_URL{}{path}{query}\"", row.version.prefix());
    let mut line = format!("curl -s {method}{url} \\\n  -H \"x-api-token: $PENSTOCK_TOKEN\"");
    if let Some(body) = body(row) {
        // Writing to memory can't fail.
        let _ = write!(line, " \\\n  -H 'content-type: application/json' \\\n  -d '{body}'");
    }
    line
}
