//! JSON Schemas as people read them: a word for what a value is, and tables of an object's keys.

use maud::{Markup, html};
use serde_json::Value as Json;

use crate::{
    apis::{Document, referred},
    layout::{self, Place, trail},
};

/// One key of an object.
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    schema: &'a Json,
    required: bool,
}

/// The keys of an object, with those of the schemas that it is made of.
pub(super) fn keys<'a>(document: &'a Document, schema: &'a Json) -> Vec<Key<'a>> {
    let schema = document.follow(schema);
    let mut all = Vec::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        all.extend(keys(document, part));
    }
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    for (name, value) in schema["properties"].as_object().into_iter().flatten() {
        all.push(Key { name, schema: value, required: required.contains(&name.as_str()) });
    }
    all
}

/// What a value is, in words.
pub(super) fn kind(document: &Document, schema: &Json) -> Markup {
    if let Some(name) = referred(schema) {
        return html! { a href={ "/docs/" (document.api.name) "/schemas/" (name) } { (name) } };
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return html! { @for (at, part) in parts.iter().enumerate() { @if at > 0 { " and " } (kind(document, part)) } };
    }
    if let Some(parts) = schema["anyOf"].as_array() {
        return html! { @for (at, part) in parts.iter().enumerate() { @if at > 0 { " or " } (kind(document, part)) } };
    }
    if let Some(constant) = schema.get("const") {
        return html! { code { (constant) } };
    }
    let types: Vec<&str> = match &schema["type"] {
        Json::String(one) => vec![one],
        Json::Array(some) => some.iter().filter_map(Json::as_str).collect(),
        _ => return html! { "any" },
    };
    let mut names: Vec<Markup> = Vec::new();
    for one in types {
        names.push(match one {
            "array" => html! { "list of " (kind(document, &schema["items"])) },
            "string" => string(schema),
            "boolean" => html! { "true or false" },
            "object" if !schema["properties"].is_object() && schema["additionalProperties"].is_object() => {
                html! { "object of " (kind(document, &schema["additionalProperties"])) }
            }
            other => html! { (other) },
        });
    }
    html! { @for (at, name) in names.iter().enumerate() { @if at > 0 { " or " } (name) } }
}

fn string(schema: &Json) -> Markup {
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Json::as_str).collect();
        return html! { @for (at, word) in words.iter().enumerate() { @if at > 0 { ", " } code { (word) } } };
    }
    if let Some(format) = schema["format"].as_str() {
        return html! { (format) };
    }
    html! { "text" @if let Some(example) = schema["examples"][0].as_str() { " as " code { (example) } } }
}

/// A table of keys. `writing` leaves the marks away that say what can't be written.
pub(super) fn table(document: &Document, keys: &[Key<'_>], writing: bool) -> Markup {
    html! {
        div.wide { table.keys {
            thead { tr { th { "Key" } th { "Value" } th { "Meaning" } } }
            tbody {
                @for key in keys {
                    tr {
                        td {
                            code { (key.name) }
                            @if writing && key.required { " " span.mark.needed { "required" } }
                            @if !writing && key.schema["readOnly"] == true { " " span.mark { "read only" } }
                        }
                        td.kind { (kind(document, key.schema)) }
                        td { @if key.schema.get("description").is_some() { (said(key.schema)) } @else { (said(document.follow(key.schema))) } }
                    }
                }
            }
        } }
    }
}

/// A description, with its code told apart.
pub(super) fn said(schema: &Json) -> Markup {
    prose(schema["description"].as_str().unwrap_or(""))
}

/// A text in which backticks mark code.
pub(super) fn prose(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// The page of a named schema.
pub(super) fn page(document: &Document, name: &str) -> Option<Markup> {
    let schema = document.schemas()?.get(name)?;
    let api = document.api;
    let groups = super::reference::groups(document);
    let keys = keys(document, schema);
    let base = format!("/docs/{}", api.name);
    let content = html! {
        (trail(&[("/docs", "Documentation"), (&base, api.title)]))
        h1 { (name) }
        @if schema.get("description").is_some() { p { (said(schema)) } }
        @if keys.is_empty() { p { "Value: " (kind(document, schema)) "." } } @else { (table(document, &keys, false)) }
        (customs(schema))
    };
    let place = Place { api: api.name, groups: &groups, ..Place::default() };
    Some(layout::docs(&format!("{name}, {}", api.title), place, &content))
}

/// What is to be said of keys that the account defines.
pub(super) fn customs(schema: &Json) -> Markup {
    html! {
        @if schema["patternProperties"].is_object() {
            p { "Custom fields stand beside these, each under its key of 40 hexadecimal digits, with its parts under the key and a suffix." }
        }
    }
}
