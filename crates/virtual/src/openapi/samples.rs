//! Sample bodies and `curl` lines that work against the demo company.

use penstock_model::{CompanyId, objects, uuid};
use serde_json::{Value as Json, json};

use crate::operations::{Capability, Operation, Sent};

/// A value for a parameter of a path.
pub(super) fn path_value(name: &str, object: &str) -> String {
    let word = match name {
        "object" => "activity",
        "field" => "duration",
        "source" => "calendar",
        "key" => "event-1",
        _ => return id(object, 1),
    };
    word.to_owned()
}

/// The id of a record of the demo, whose company has the number 1: leads have UUIDs.
fn id(object: &str, number: i64) -> String {
    if object == objects::LEAD.virtual_name {
        uuid::spell(CompanyId::new(1), objects::LEAD.code, number)
    } else {
        number.to_string()
    }
}

/// A sample body.
pub(super) fn body(sent: Sent, object: &str) -> Json {
    let updates = sent == Sent::Update;
    match object {
        "deal" if updates => json!({ "value": { "amount": 4500, "currency": "EUR" } }),
        "deal" => {
            json!({ "title": "Twelve pumps", "value": { "amount": 4200, "currency": "EUR" }, "organization": "1" })
        }
        "person" if updates => json!({ "job_title": "Buyer" }),
        "person" => {
            json!({ "name": "Ada Marsh", "emails": [{ "value": "ada@marsh.example", "primary": true,
                "label": "work" }] })
        }
        "organization" if updates => json!({ "name": "Marsh Mills and Sons" }),
        "organization" => json!({ "name": "Marsh Mills" }),
        "lead" if updates => json!({ "was_seen": true }),
        "lead" => json!({ "title": "A new well", "person": "1" }),
        "activity" if updates => json!({ "is_done": true }),
        "activity" => {
            json!({ "subject": "Call back", "type": "call", "due_date": "2026-03-02", "duration": "PT30M",
                "deal": "1" })
        }
        "note" if updates => json!({ "content": "Sent today." }),
        "note" => json!({ "content": "Asked for a second offer.", "deal": "1" }),
        "stage" if !updates => json!({ "name": "Ordered", "pipeline": "1" }),
        _ => json!({ "name": "Spare parts" }),
    }
}

/// A line that asks for the operation; the server's origin and the token come from the shell's variables. What has no
/// record to spare in the demo deletes one of its own.
pub(super) fn curl(row: &Operation, object: &str) -> String {
    if row.needs.contains(&Capability::Delete) && matches!(object, "pipeline" | "stage") {
        let create = crate::operations::ALL.iter().find(|other| other.body == Sent::Create);
        let made = create.map_or_else(String::new, |create| line(create, object, "1"));
        return format!("made=$({made} | sed 's/{{\"id\":\"\\([^\"]*\\).*/\\1/')\n{}", line(row, object, "$made"));
    }
    line(row, object, &id(object, row.sample_record))
}

fn line(row: &Operation, object: &str, id: &str) -> String {
    let mut path = row.path.replace("{configuration}", "default").replace("{id}", id);
    if !object.is_empty() {
        path = path.replace("{object}", object);
    }
    for name in ["object", "field", "source", "key"] {
        path = path.replace(&format!("{{{name}}}"), &path_value(name, object));
    }
    let method = if row.method.is_read() { String::new() } else { format!("-X {} ", row.method.word()) };
    let line = format!(
        "curl -s {method}\"$PENSTOCK_URL{path}{}\" \\\n  -H \"authorization: Bearer $PENSTOCK_TOKEN\"",
        row.sample_query
    );
    if row.body == Sent::Nothing {
        return line;
    }
    format!("{line} \\\n  -H 'content-type: application/json' \\\n  -d '{}'", body(row.body, object))
}
