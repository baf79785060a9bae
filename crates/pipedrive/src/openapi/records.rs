//! The schemas of records: what an answer shows of an object and what a body may give, made from its table.

use penstock_model::{
    Codec, Field, Kind, Object, Source,
    field::{self, Form, Shown, Writable},
    kind::ADDRESS_PARTS,
};
use serde_json::{Map, Value as Json, json};

use super::{
    computed,
    kinds::{accepted, capital, component, int, meaning, nullable, pattern, shown, spaced, text, unset_is_null},
    meanings, references,
};
use crate::{
    operations::{References, Version},
    wire::{
        Shape,
        plan::{LABELS, form_of},
    },
};

/// The name of a record's schema.
pub(super) fn name(object: &Object, shape: Shape, references: References) -> String {
    let words: String = spaced(object.name).split(' ').map(capital).collect();
    let embeds = object.fields.iter().any(|f| f.v1.codec == Codec::Embedded && !f.v1.key.is_empty());
    let suffix = match shape {
        Shape::Collected => "Collected",
        _ if embeds && references != References::Embedded => "WithIds",
        Shape::Alone => "Alone",
        Shape::Listed => "",
    };
    format!("{words}{suffix}")
}

/// The schema of a record in an answer.
pub(super) fn answer(object: &'static Object, version: Version, shape: Shape, references: References) -> Json {
    let shows = |field: &&Field| {
        let form = form_of(field, version);
        !form.key.is_empty()
            && match form.shown {
                Shown::Never => false,
                Shown::Collected => true,
                Shown::Always | Shown::Asked => shape != Shape::Collected,
                Shown::Alone => shape == Shape::Alone,
            }
    };
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in object.fields.iter().filter(shows) {
        let form = form_of(field, version);
        for (key, mut schema, said) in spelled(object, field, form, references) {
            if form.shown == Shown::Asked {
                describe(
                    &mut schema,
                    object,
                    field,
                    form.codec,
                    &format!("{said} Only when `include_fields` names it."),
                );
            } else {
                required.push(key.clone());
                describe(&mut schema, object, field, form.codec, &said);
            }
            if form.read_only || field.writable == Writable::Never {
                schema["readOnly"] = json!(true);
            }
            properties.insert(key, schema);
        }
    }
    let mut record = json!({ "type": "object", "title": object.label, "required": required,
        "properties": properties });
    if object.custom.is_some() && shape != Shape::Collected {
        if version == Version::V2 && object.field(LABELS).is_some() {
            record["properties"]["labels"] = json!({
                "type": "array",
                "description": "The labels with their names. Only when `include_labels` is true.",
                "items": { "type": "object", "properties": { "id": int(), "label": nullable(text()) } },
            });
        }
        customs(&mut record, object, version, true);
    }
    record
}

/// Where custom fields stand: in `custom_fields` on v2, under their keys at the root on v1.
fn customs(record: &mut Json, object: &Object, version: Version, shown: bool) {
    match version {
        Version::V1 => {
            record["patternProperties"] = json!({ "^[0-9a-f]{40}(_[a-z0-9_]+)?$": component("CustomValue") });
        }
        Version::V2 => {
            let what = if shown {
                "Every custom field of the account by its key; unset ones are null."
            } else {
                "Custom fields by key; only those named are changed."
            };
            record["properties"]["custom_fields"] =
                json!({ "type": "object", "description": what, "additionalProperties": component("CustomValue") });
            if shown && let Some(required) = record["required"].as_array_mut() {
                required.push("custom_fields".into());
            }
        }
    }
    debug_assert!(object.custom.is_some());
}

/// The keys that a field writes, with their schemas and what is particular to them.
fn spelled(object: &'static Object, field: &Field, form: Form, references: References) -> Vec<(String, Json, String)> {
    let Form { key, codec, .. } = form;
    let one = |schema: Json, said: String| vec![(key.to_owned(), schema, said)];
    let nulls = |schema: Json, never: bool| if never || !unset_is_null(codec) { schema } else { nullable(schema) };
    match (field.source, field.kind) {
        (_, Kind::Address) if matches!(codec, Codec::AddressParts | Codec::AddressPartsOnly) => {
            let prefix = key.strip_suffix('_');
            let line =
                prefix.is_none().then(|| (key.to_owned(), nullable(text()), "The address as one line.".to_owned()));
            let parts = ADDRESS_PARTS
                .map(|part| (format!("{}_{part}", prefix.unwrap_or(key)), nullable(text()), part_of_address(part)));
            line.into_iter().chain(parts).collect()
        }
        (_, Kind::Reference(to)) if codec == Codec::Embedded => {
            if references == References::Embedded {
                one(nulls(component(&references::name(to)), field.never_null), meaning(codec, field.kind))
            } else {
                one(nulls(int(), field.never_null), meaning(Codec::Plain, field.kind))
            }
        }
        (Source::Joined { via, field: other }, _) => {
            let kind = object.target(via).and_then(|to| to.field(other)).map_or(field.kind, |f| f.kind);
            one(nulls(shown(codec, kind), false), meaning(codec, kind))
        }
        (Source::Computed(how), _) => {
            let mut schema = computed::shape(how, object, field);
            if codec == Codec::TextOrEmpty {
                schema = text();
            }
            one(schema, String::new())
        }
        (Source::Subquery(_), _) => one(int(), String::new()),
        (Source::Alias(column), _) => {
            let never = object.field(column).is_some_and(|f| f.never_null);
            one(nulls(shown(codec, field.kind), never), meaning(codec, field.kind))
        }
        (Source::Column, _) => one(nulls(shown(codec, field.kind), field.never_null), meaning(codec, field.kind)),
    }
}

fn part_of_address(part: &str) -> String {
    meanings::meaning("Address", part).unwrap_or_default().to_owned()
}

/// Label, meaning and what is said of the spelling, as one description.
fn describe(schema: &mut Json, object: &Object, field: &Field, codec: Codec, said: &str) {
    let label =
        if codec == Codec::Negated { format!("Not {}", field.label.to_lowercase()) } else { field.label.to_owned() };
    let parts = [format!("{label}."), field::meaning(object, field).into_owned(), said.trim().to_owned()];
    let text: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    if schema.get("$ref").is_some() {
        *schema = json!({ "allOf": [schema.clone()] });
    }
    schema["description"] = text.join(" ").into();
}

/// The schema of a body, or nothing when the version writes no field of the object. `without` is a reference that the
/// path gives.
pub(super) fn body(object: &'static Object, version: Version, creating: bool, without: &str) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in object.fields {
        let form = form_of(field, version);
        let allowed = match field.writable {
            Writable::Never => false,
            Writable::OnCreate => creating,
            Writable::Always | Writable::WithRight(_) => true,
        };
        if form.key.is_empty() || form.read_only || !allowed || field.target() == without {
            continue;
        }
        let target = object.field(field.target()).unwrap_or(field);
        // v1 deletes a deal by its status, v2 does not.
        let is_narrower =
            form.codec == Codec::FirstOfList || (version == Version::V2 && matches!(field.kind, Kind::Enumeration(_)));
        let kind = if is_narrower { target.kind } else { field.kind };
        let mut schema = match target.pattern {
            Some((form, example)) => pattern(form, example),
            None if !target.names.is_empty() => text(),
            None => accepted(form.codec, kind, version),
        };
        if form.cleared_by_empty {
            schema = json!({ "anyOf": [schema, { "const": "" }] });
        } else if !target.never_null {
            schema = nullable(schema);
        }
        let codec = if form.codec == Codec::Embedded { Codec::Plain } else { form.codec };
        let mut said = meaning(codec, field.kind);
        if matches!(field.writable, Writable::WithRight(_)) {
            said.push_str(" Admins only.");
        }
        if form.cleared_by_empty {
            said.push_str(" An empty text clears it, `null` is refused.");
        }
        describe(&mut schema, object, field, form.codec, &said);
        properties.insert(form.key.to_owned(), schema);
        if version == Version::V1 && field.kind == Kind::Address {
            properties.extend(ADDRESS_PARTS.map(|part| {
                let mut schema = nullable(text());
                schema["description"] = meanings::meaning("Address", part).unwrap_or_default().into();
                (format!("{}_{part}", form.key), schema)
            }));
        }
        if creating && field.required && field.instead.is_empty() {
            required.push(form.key);
        }
    }
    let mut body = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        body["required"] = json!(required);
    }
    if object.custom.is_some() {
        customs(&mut body, object, version, false);
    }
    if version == Version::V2 {
        body["additionalProperties"] = json!(false);
    }
    body
}

/// The schema of a custom field's value.
pub(super) fn custom_value(version: Version) -> Json {
    match version {
        Version::V1 => json!({
            "type": ["string", "number", "null"],
            "description": "A custom field's value under the field's key: 40 hexadecimal digits. Parts of it \
                stand beside it, under the key and a suffix: `_currency`, `_until`, `_timezone_id`, or a part \
                of an address. Options are given by id, as text.",
        }),
        Version::V2 => {
            let parts = ["Amount", "DateRange", "ZonedTime", "TimeRange", "Address"].map(component);
            let option = json!({ "type": "object", "properties": { "id": int(), "label": text() } });
            let mut any = vec![json!({ "type": ["string", "number", "null"] })];
            any.extend(parts);
            any.push(option.clone());
            any.push(json!({ "type": "array", "items": { "anyOf": [int(), option] } }));
            json!({ "anyOf": any, "description": "A custom field's value, in the form of its type." })
        }
    }
}
