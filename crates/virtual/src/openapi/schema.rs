//! Types as JSON Schema.

use serde_json::{Map, Value as Json, json};

use crate::operations::Param;

/// A reference to a component schema.
pub(super) fn component(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn nullable(mut schema: Json) -> Json {
    if let Some(Json::String(one)) = schema.get("type") {
        schema["type"] = json!([one, "null"]);
    }
    schema
}

fn object(required: &[&str], properties: &Json) -> Json {
    json!({ "type": "object", "required": required, "properties": properties })
}

/// The schema of a scalar, by the word of its type.
fn scalar(word: &str) -> Json {
    match word {
        "integer" => json!({ "type": "integer" }),
        "number" => json!({ "type": "number" }),
        "boolean" => json!({ "type": "boolean" }),
        "date" => json!({ "type": "string", "format": "date" }),
        "datetime" => json!({ "type": "string", "format": "date-time" }),
        "time" => json!({ "type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}$", "examples": ["09:30:00"] }),
        "duration" => json!({ "type": "string", "format": "duration", "examples": ["PT1H30M"] }),
        _ => json!({ "type": "string" }),
    }
}

/// The types whose values are lists.
const LISTS: [&str; 8] =
    ["options", "references", "emails", "phones", "messengers", "participants", "attendees", "external_ids"];

/// The schema of a field's value, without null.
fn value(field: &Json) -> Json {
    let word = field["type"].as_str().unwrap_or("");
    let mut one = match field["parts"].as_array() {
        Some(parts) => {
            let part = |part: &Json| {
                let mut schema = nullable(scalar(part["type"].as_str().unwrap_or("")));
                schema["description"] = part["description"].clone();
                (part["name"].as_str().unwrap_or("").to_owned(), schema)
            };
            json!({ "type": "object", "properties": parts.iter().map(part).collect::<Map<_, _>>() })
        }
        None => scalar(word),
    };
    // Accounts have options of their own; ids that are words are worth showing.
    let ids: Vec<&str> = field["options"].as_array().into_iter().flatten().filter_map(|o| o["id"].as_str()).collect();
    if !ids.is_empty() && ids.iter().all(|id| id.parse::<i64>().is_err()) {
        one["examples"] = json!(ids);
    }
    if LISTS.contains(&word) { json!({ "type": "array", "items": one }) } else { one }
}

/// What there is to say of a field.
fn said(field: &Json) -> String {
    let text = |key: &str| field[key].as_str().unwrap_or("");
    let mut parts = vec![format!("{}.", text("label"))];
    if !text("description").is_empty() {
        parts.push(text("description").to_owned());
    }
    match (text("type"), text("target")) {
        ("reference", to) => parts.push(format!("The id of a record of `{to}`.")),
        ("references", to) => parts.push(format!("Ids of records of `{to}`.")),
        ("option", _) => parts.push("The id of one of the field's options, which metadata lists.".to_owned()),
        ("options", _) => parts.push("Ids of the field's options, which metadata lists.".to_owned()),
        _ => {}
    }
    parts.join(" ")
}

/// The schemas of an object's records and bodies.
pub(super) fn of_object(object_json: &Json, kind: &str) -> Vec<(String, Json)> {
    let fields: Vec<&Json> = object_json["fields"].as_array().into_iter().flatten().collect();
    let (mut shown, mut names) = (Map::new(), Vec::new());
    let (mut creates, mut updates, mut required) = (Map::new(), Map::new(), Vec::new());
    for field in fields {
        let name = field["name"].as_str().unwrap_or("");
        let mut schema = value(field);
        let is_list = schema["type"] == "array";
        let described = |mut schema: Json| {
            schema["description"] = said(field).into();
            schema
        };
        let mut body = schema.clone();
        if let Some(most) = field["max_length"].as_u64().filter(|_| field["type"] != "option") {
            body["maxLength"] = most.into();
        }
        if let Some(most) = field["max_items"].as_u64() {
            body["maxItems"] = most.into();
        }
        if field["nullable"] == true {
            body = nullable(body);
            schema = if is_list { schema } else { nullable(schema) };
        }
        let (on_create, on_update) = (field["read_only"]["create"] == false, field["read_only"]["update"] == false);
        if on_create {
            // What need not be given may as well be unset: it begins as if it were left out.
            let is_open = field["required"] != true && field["nullable"] != true;
            creates.insert(name.to_owned(), described(if is_open { nullable(body.clone()) } else { body.clone() }));
            if field["required"] == true {
                required.push(name.to_owned());
            }
        }
        if on_update {
            updates.insert(name.to_owned(), described(body));
        }
        let mut schema = described(schema);
        if !on_create && !on_update {
            schema["readOnly"] = json!(true);
        }
        names.push(name.to_owned());
        shown.insert(name.to_owned(), schema);
    }
    // With `fields=` a record has fewer keys; what stands beside the fields does so only when there is reason to.
    shown.insert(
        "expanded".to_owned(),
        json!({ "type": "object", "description": "The records of the references that `expand` names, by field." }),
    );
    shown.insert(
        "warnings".to_owned(),
        json!({ "type": "array", "items": { "type": "object" },
        "description": "Fields that are kept in another form than was sent." }),
    );
    let page = json!({
        "length": { "type": "integer", "description": "How many records the page has." },
        "records": { "type": "array", "items": component(kind), "description": "The records, in the order that \
            `sort` asks for." },
        "nextPageToken": { "type": ["string", "null"], "description": "Asks for the next page; null on the last." },
        "nextDeltaToken": { "type": ["string", "null"], "description": "Null: for following changes, which is \
            to come." },
    });
    let body_of = |properties: &Map<String, Json>| {
        json!({ "type": "object", "properties": properties,
        "additionalProperties": false })
    };
    let mut create = body_of(&creates);
    create["required"] = json!(required);
    let mut schemas = vec![
        (kind.to_owned(), json!({ "type": "object", "required": ["id", "etag"], "properties": shown })),
        (format!("{kind}Page"), object(&["length", "records", "nextPageToken", "nextDeltaToken"], &page)),
    ];
    if object_json["operations"]["create"] == true {
        schemas.push((format!("{kind}Create"), create));
        schemas.push((format!("{kind}Upsert"), body_of(&creates)));
    }
    if object_json["operations"]["update"] == true {
        schemas.push((format!("{kind}Update"), body_of(&updates)));
    }
    schemas
}

/// A query parameter.
pub(super) fn parameter(param: &Param) -> Json {
    let schema = match param.name {
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": 500, "default": 100 }),
        _ if param.several => json!({ "type": "array", "items": { "type": "string" } }),
        _ => scalar(param.word),
    };
    let mut parameter = json!({ "name": param.name, "in": "query", "description": param.help, "schema": schema });
    if param.several {
        // With commas; what is given again or with brackets is understood, too.
        parameter["explode"] = json!(false);
    }
    parameter
}

/// The schemas that no object has for itself.
pub(super) fn shared() -> Vec<(String, Json)> {
    let (text, flag) = (json!({ "type": "string" }), json!({ "type": "boolean" }));
    let maybe = json!({ "type": ["string", "null"] });
    let operations = json!({ "create": flag, "update": flag, "upsert": flag, "delete": flag });
    let option = json!({ "id": text, "label": text, "color": maybe, "deleted": flag });
    let part = json!({ "name": text, "type": text, "target": maybe, "description": text });
    let described = |schema: &Json, what: &str| {
        let mut schema = schema.clone();
        schema["description"] = what.into();
        schema
    };
    let field = json!({
        "name": described(&text, "Its key in records, filters and `sort`."),
        "label": described(&text, "Its name for people."),
        "description": described(&text, "What it means; empty when the label says it all."),
        "type": described(&text, "The word of its type; each means one thing."),
        "target": described(&maybe, "The object that it refers to."),
        "custom": described(&flag, "Whether the account's owner made it."),
        "required": described(&flag, "Whether a create must give it."),
        "nullable": described(&flag, "Whether it can be unset."),
        "unique": described(&flag, "Whether no two records have the same value."),
        "derived": described(&flag, "Whether it follows from other values: nobody gives it, and it is ignored in a record \
            that is sent back."),
        "read_only": described(&object(&["create", "update"], &json!({ "create": flag, "update": flag })),
            "When it can't be written."),
        "filterable": described(&flag, "Whether filters may name it."),
        "operators": described(&json!({ "type": "array", "items": text }), "How filters may test it."),
        "case_sensitive": { "type": ["boolean", "null"], "description": "For texts: whether comparisons tell \
            capital letters from small ones." },
        "sortable": described(&flag, "Whether lists can be sorted by it."),
        "searchable": described(&flag, "Whether search finds its words."),
        "expandable": described(&flag, "Whether `expand` may name it."),
        "options": { "type": ["array", "null"], "items": object(&["id", "label"], &option),
            "description": "What it can be; null for a field that has no options." },
        "max_length": { "type": ["integer", "null"], "description": "The most characters; null where none is set." },
        "max_items": { "type": ["integer", "null"], "description": "The most members of a list; null for what is none." },
        "parts": { "type": ["array", "null"], "items": object(&["name", "type", "description"], &part),
            "description": "The parts of a composite value, or of each member of a list." },
        "mapping": { "type": ["object", "null"], "description": "What of the provider it stands for." },
    });
    let names: Vec<&String> = field.as_object().into_iter().flat_map(Map::keys).collect();
    let summary = json!({
        "name": described(&text, "What paths and references call it."),
        "label": described(&text, "One of its records, for people."),
        "plural": described(&text, "Many of them, for people."),
        "operations": described(&object(&["create", "update", "upsert", "delete"], &operations),
            "What the asking user may do besides reading."),
    });
    let mut whole = summary.clone();
    let configuration = described(&text, "The mapping configuration that the path names.");
    whole["configuration"] = configuration.clone();
    whole["fields"] =
        described(&json!({ "type": "array", "items": component("Field") }), "Every field, custom ones too.");
    whole["beside"] = described(
        &json!({ "type": "array", "items": { "type": "object" } }),
        "Keys that stand beside the fields only when there is reason to.",
    );
    let fault = json!({ "field": text, "code": text, "message": text });
    let error = json!({
        "code": described(&text, "A stable word."),
        "message": described(&text, "What is wrong and what to change."),
        "requestId": described(&text, "What the server's log knows the request by."),
        "errors": { "type": "array", "items": object(&["field", "code", "message"], &fault),
            "description": "The fields at fault, at most twenty of them." },
    });
    let objects = json!({
        "configuration": configuration,
        "length": { "type": "integer", "description": "How many objects there are." },
        "objects": { "type": "array", "items": object(&["name", "label", "plural", "operations"], &summary),
            "description": "Each without its fields, which the object's own metadata has." },
    });
    let deleted = json!({
        "id": described(&text, "Which record it was."),
        "deleted": { "const": true, "description": "Always true." },
    });
    vec![
        ("Field".to_owned(), json!({ "type": "object", "required": names, "properties": field })),
        ("Object".to_owned(), object(&["name", "label", "plural", "operations", "configuration", "fields"], &whole)),
        ("Objects".to_owned(), object(&["configuration", "length", "objects"], &objects)),
        ("Deleted".to_owned(), object(&["id", "deleted"], &deleted)),
        ("Error".to_owned(), object(&["code", "message", "requestId"], &error)),
    ]
}
