//! References as objects, embedded in a record and beside the data: the counterpart of `wire::reference`.

use penstock_model::{Codec, Kind, Object, field, objects, reference::Shows};
use serde_json::{Map, Value as Json, json};

use super::kinds::{capital, component, int, nullable, shown, text, unset_is_null};

/// The name of the schema of an embedded reference.
pub(super) fn name(object: &str) -> String {
    format!("{}Reference", capital(object))
}

fn related(object: &str) -> String {
    format!("Related{}", capital(object))
}

fn keys(object: &'static Object) -> Map<String, Json> {
    let one = |shows: Shows| match shows {
        Shows::Field(name, codec) => {
            let field = object.field(name);
            let kind = field.map_or(Kind::Text, |f| f.kind);
            let never = field.is_some_and(|f| f.never_null) || codec == Codec::Negated;
            // What the user can't see keeps its keys, without what they say.
            let may_be_null = unset_is_null(codec) && !(never && name == object.title);
            let schema = if may_be_null { nullable(shown(codec, kind)) } else { shown(codec, kind) };
            described(schema, object, name, codec)
        }
        Shows::CompanyId => int(),
        Shows::CompanyMail => text(),
        Shows::NoPicture => json!({
            "type": ["boolean", "integer"], "description": "Whether there is a picture; 0 for no in some operations.",
        }),
        Shows::Null => json!({ "type": "null" }),
    };
    let keys = object.reference.iter().flat_map(|form| form.keys);
    keys.map(|key| (key.key.to_owned(), one(key.shows))).collect()
}

/// A schema with what the table of an object says of the field.
fn described(mut schema: Json, object: &Object, name: &str, codec: Codec) -> Json {
    let Some(field) = object.field(name) else { return schema };
    let label =
        if codec == Codec::Negated { format!("Not {}", field.label.to_lowercase()) } else { field.label.to_owned() };
    schema["description"] = format!("{label}. {}", field::meaning(object, field)).into();
    schema
}

/// The schemas of references.
pub(super) fn shared() -> Vec<(String, Json)> {
    let mut schemas = Vec::new();
    let mut all = Map::new();
    for object in objects::ALL {
        let Some(form) = object.reference else { continue };
        let mut embedded = keys(object);
        if form.id_embedded {
            embedded.insert("id".to_owned(), int());
        }
        embedded.insert("value".to_owned(), json!({ "type": "integer", "description": "The id." }));
        schemas.push((name(object.name), json!({ "type": "object", "required": ["value"], "properties": embedded })));
        let mut beside = keys(object);
        beside.insert("id".to_owned(), int());
        schemas.push((related(object.name), json!({ "type": "object", "required": ["id"], "properties": beside })));
        let by_id = json!({ "type": "object", "additionalProperties": component(&related(object.name)) });
        all.insert(object.name.to_owned(), by_id);
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
