//! References as objects, embedded in a record and beside the data: the counterpart of `wire::reference`.

use penstock_model::{Codec, objects};
use serde_json::{Map, Value as Json, json};

use super::kinds::{capital, component, int, nullable, shown, text, unset_is_null};
use crate::wire::reference::{FORMS, Form, Shown};

/// The name of the schema of an embedded reference.
pub(super) fn name(object: &str) -> String {
    format!("{}Reference", capital(object))
}

fn related(object: &str) -> String {
    format!("Related{}", capital(object))
}

fn keys(form: &Form) -> Map<String, Json> {
    let one = |key: &str, spelling: Shown, column: &str| {
        let schema = match spelling {
            Shown::As(codec, kind) => {
                let column = objects::get(form.object).field(column);
                let never = column.is_some_and(|f| f.never_null) || codec == Codec::Negated;
                // What the user can't see keeps its keys, without what they say.
                if unset_is_null(codec) && !(never && column.is_some_and(|f| f.name == "name")) {
                    nullable(shown(codec, kind))
                } else {
                    shown(codec, kind)
                }
            }
            Shown::CompanyId => int(),
            Shown::CompanyMail => text(),
            Shown::NoPicture => json!({
                "type": ["boolean", "integer"], "description": "Whether there is a picture; 0 for no in some \
                    operations.",
            }),
            Shown::Null => json!({ "type": "null" }),
        };
        (key.to_owned(), told(schema, form.object, column, spelling))
    };
    form.keys.iter().map(|(key, spelling, column)| one(key, *spelling, column)).collect()
}

/// A schema with what the table of an object says of the column.
fn told(mut schema: Json, object: &str, column: &str, spelling: Shown) -> Json {
    let Some(field) = objects::get(object).field(column) else { return schema };
    let label = match spelling {
        Shown::As(Codec::Negated, _) => format!("Not {}", field.label.to_lowercase()),
        _ => field.label.to_owned(),
    };
    let help = if field.help.is_empty() { String::new() } else { format!(" {}", field.help) };
    schema["description"] = format!("{label}.{help}").into();
    schema
}

/// The schemas of references.
pub(super) fn shared() -> Vec<(String, Json)> {
    let mut schemas = Vec::new();
    let mut all = Map::new();
    for form in FORMS {
        let mut embedded = keys(form);
        if form.id_embedded {
            embedded.insert("id".to_owned(), int());
        }
        embedded.insert("value".to_owned(), json!({ "type": "integer", "description": "The id." }));
        schemas.push((name(form.object), json!({ "type": "object", "required": ["value"], "properties": embedded })));
        let mut beside = keys(form);
        beside.insert("id".to_owned(), int());
        schemas.push((related(form.object), json!({ "type": "object", "required": ["id"], "properties": beside })));
        let by_id = json!({ "type": "object", "additionalProperties": component(&related(form.object)) });
        all.insert(form.object.to_owned(), by_id);
    }
    schemas.push((
        "RelatedObjects".to_owned(),
        json!({
            "type": "object",
            "description": "The records that the data refers to, by object and id.",
            "properties": all,
        }),
    ));
    schemas
}
