//! OpenAPI 3.0's schemas as JSON Schema.

use serde_json::{Map, Value as Json, json};

/// The schema with `nullable` spelt as JSON Schema does, and without examples. Every property that is not required may
/// also be null: the specifications leave nullability out nearly everywhere, and a validator that takes them at their
/// word refuses every open deal (pipedrive-contract 4.2, 13.19).
pub(super) fn adapted(schema: &Json) -> Json {
    match schema {
        Json::Array(list) => list.iter().map(adapted).collect(),
        Json::Object(map) => {
            let mut out = Map::new();
            for (key, value) in map {
                match (key.as_str(), value) {
                    ("example" | "examples" | "nullable" | "description", _) => {}
                    ("properties", Json::Object(properties)) => {
                        out.insert(key.clone(), properties_of(properties, map.get("required")));
                    }
                    _ => {
                        out.insert(key.clone(), adapted(value));
                    }
                }
            }
            let out = Json::Object(out);
            if map.get("nullable") == Some(&Json::Bool(true)) { nullable(out) } else { out }
        }
        other => other.clone(),
    }
}

fn properties_of(properties: &Map<String, Json>, required: Option<&Json>) -> Json {
    let is_required = |name: &str| required.and_then(Json::as_array).is_some_and(|list| list.iter().any(|r| r == name));
    let one = |(name, schema): (&String, &Json)| {
        let schema = adapted(schema);
        (name.clone(), if is_required(name) { schema } else { nullable(schema) })
    };
    properties.iter().map(one).collect::<Map<_, _>>().into()
}

/// The schema that also accepts null.
fn nullable(mut schema: Json) -> Json {
    let Some(map) = schema.as_object_mut() else { return schema };
    if map.contains_key("$ref") || ["allOf", "anyOf", "oneOf"].iter().any(|key| map.contains_key(*key)) {
        return json!({ "anyOf": [{ "type": "null" }, schema] });
    }
    if let Some(Json::Array(words)) = map.get_mut("enum")
        && !words.contains(&Json::Null)
    {
        words.push(Json::Null);
    }
    match map.get_mut("type") {
        Some(Json::String(kind)) => {
            let kinds = json!([kind, "null"]);
            map.insert("type".to_owned(), kinds);
        }
        Some(Json::Array(kinds)) if !kinds.contains(&json!("null")) => kinds.push(json!("null")),
        _ => {}
    }
    schema
}
