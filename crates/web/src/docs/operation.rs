//! The page of one operation.

use maud::{Markup, html};
use serde_json::Value as Json;

use super::{
    block,
    console::console,
    examples,
    reference::{groups, route},
    samples,
    schema::{self, keys, kind, prose, said},
};
use crate::{
    apis::{Document, Operation, slug},
    layout::{self, Place, trail},
};

/// The page.
pub(super) fn page(document: &Document, group: &str, id: &str) -> Option<Markup> {
    let name = document.group(group)?;
    let operation = document.of_group(name).find(|one| one.id() == id)?;
    let api = document.api;
    let groups = groups(document);
    let (base, above) = (format!("/docs/{}", api.name), format!("/docs/{}/{}", api.name, slug(name)));
    let sections = html! {
        (parameters(document, &operation))
        (body(document, &operation))
        (answer(document, &operation))
        (refusals(document, &operation))
        (recorded(document, &operation))
    };
    let content = html! {
        (trail(&[("/docs", "Documentation"), (&base, api.title), (&above, name)]))
        h1 { (operation.summary()) }
        p.route { (route(document, &operation)) }
        @if !operation.description().is_empty() { p.lead { (prose(operation.description())) } }
        (facts(&operation))
        (samples::switch(&operation))
        (console(document, &operation))
        (jump(&sections))
        (sections)
    };
    let place = Place { api: api.name, groups: &groups, group, ..Place::default() };
    Some(layout::docs(&format!("{}, {}", operation.summary(), api.title), place, &content))
}

/// Ways to the sections that there are: tables of keys are long.
fn jump(sections: &Markup) -> Markup {
    const ALL: [(&str, &str); 7] = [
        ("path", "Path"),
        ("query", "Query"),
        ("header", "Headers"),
        ("body", "Body"),
        ("answer", "Answer"),
        ("errors", "Errors"),
        ("examples", "Recorded by a test"),
    ];
    let there = ALL.iter().filter(|(id, _)| sections.0.contains(&format!("<h2 id=\"{id}\"")));
    html! {
        nav.jump aria-label="On this page" { ul { @for (id, title) in there { li { a href={ "#" (id) } { (title) } } } } }
    }
}

/// Who may call it, and what it costs.
fn facts(operation: &Operation<'_>) -> Markup {
    let ways = operation.json["security"].as_array().into_iter().flatten();
    let scopes: Vec<&str> = ways.filter_map(|way| way["bearer"][0].as_str()).collect();
    let cost = &operation.json["x-cost"];
    html! {
        dl.facts {
            @if !scopes.is_empty() {
                div { dt { @if scopes.len() > 1 { "One of the scopes" } @else { "Scope" } }
                    dd { @for (at, scope) in scopes.iter().enumerate() { @if at > 0 { ", " } code { (scope) } } } }
            }
            div { dt { "Who" } dd { @if operation.json["x-permission"] == "admin" { "admins" } @else { "every user" } } }
            @if !cost.is_null() { div { dt { "Cost" } dd { (cost) " tokens" } } }
        }
    }
}

fn parameters(document: &Document, operation: &Operation<'_>) -> Markup {
    let all: Vec<&Json> =
        operation.json["parameters"].as_array().into_iter().flatten().map(|p| document.follow(p)).collect();
    html! {
        @for (place, title) in [("path", "Path"), ("query", "Query"), ("header", "Headers")] {
            @let here: Vec<&&Json> = all.iter().filter(|p| p["in"] == place).collect();
            @if !here.is_empty() {
                h2 id=(place) { (title) }
                div.wide { table.keys {
                    thead { tr { th { "Parameter" } th { "Value" } th { "Meaning" } } }
                    tbody {
                        @for one in here {
                            tr {
                                td {
                                    code { (one["name"].as_str().unwrap_or("")) }
                                    @if one["required"] == true && place != "path" { " " span.mark.needed { "required" } }
                                }
                                td.kind { (kind(document, &one["schema"])) (bounds(&one["schema"])) }
                                td { (said(one)) }
                            }
                        }
                    }
                } }
            }
        }
    }
}

fn bounds(schema: &Json) -> Markup {
    html! {
        @if let Some(most) = schema["maximum"].as_i64() { ", at most " (most) }
        @if let Some(preset) = schema.get("default") { ", " (preset) " when left out" }
    }
}

fn body(document: &Document, operation: &Operation<'_>) -> Markup {
    let content = &operation.json["requestBody"]["content"]["application/json"];
    if content.is_null() {
        return html! {};
    }
    let schema = document.follow(&content["schema"]);
    let keys = keys(document, schema);
    html! {
        h2 #body { "Body" }
        @if keys.is_empty() {
            p { "A " (kind(document, schema)) "." }
            @if schema["items"]["properties"].is_object() { (schema::table(document, &schema::keys(document, &schema["items"]), true)) }
        } @else {
            (schema::table(document, &keys, true))
        }
        (schema::customs(schema))
        @if let Some(example) = content.get("example") { (block("Example", "json", &pretty(example))) }
    }
}

/// The schema of success.
fn success<'a>(operation: &Operation<'a>) -> Option<(&'a str, &'a Json)> {
    let responses = operation.json["responses"].as_object()?;
    let (status, response) = responses.iter().find(|(status, _)| status.starts_with('2'))?;
    Some((status, &response["content"]["application/json"]["schema"]))
}

fn answer(document: &Document, operation: &Operation<'_>) -> Markup {
    let Some((status, schema)) = success(operation) else { return html! {} };
    let envelope = keys(document, schema);
    let data = records(document, &document.follow(schema)["properties"]);
    html! {
        h2 #answer { "Answer " span.status { (status) } }
        @if !envelope.is_empty() { (schema::table(document, &envelope, false)) }
        @if let Some((of, keys)) = data {
            @if !keys.is_empty() {
                h3 #data { (of) }
                (schema::table(document, &keys, false))
            }
            @if let Some(record) = document.schemas().and_then(|all| all.get(of)) { (schema::customs(record)) }
        }
    }
}

/// The record that an answer's data shows or lists: its schema's name and its keys.
fn records<'a>(document: &'a Document, properties: &'a Json) -> Option<(&'a str, Vec<schema::Key<'a>>)> {
    let inside = |schema: &'a Json| -> &'a Json {
        let some = schema["anyOf"].as_array().and_then(|any| any.first());
        let one = some.unwrap_or(schema);
        if one["items"].is_object() { &one["items"] } else { one }
    };
    for key in ["data", "records"] {
        let one = inside(&properties[key]);
        if let Some(name) = crate::apis::referred(one) {
            return Some((name, keys(document, one)));
        }
    }
    None
}

fn refusals(document: &Document, operation: &Operation<'_>) -> Markup {
    let responses = operation.json["responses"].as_object().into_iter().flatten();
    let refusals: Vec<(&String, &Json)> = responses.filter(|(status, _)| !status.starts_with('2')).collect();
    html! {
        @if !refusals.is_empty() {
            h2 #errors { "Errors" }
            div.wide { table.keys {
                thead { tr { th { "Status" } th { "When" } } }
                tbody {
                    @for (status, response) in refusals {
                        tr {
                            td { @if status == "default" { "others" } @else { span.status { (status) } } }
                            td { (said(document.follow(response))) }
                        }
                    }
                }
            } }
        }
    }
}

fn recorded(document: &Document, operation: &Operation<'_>) -> Markup {
    let title = format!("{} {} {}", document.api.name, operation.method, operation.path);
    let examples = examples::of(&title);
    html! {
        @if !examples.is_empty() {
            h2 #examples { "Recorded by a test" }
            @for (at, example) in examples.iter().enumerate() {
                details open[at == 0] {
                    summary { span class={ "status " (example.class()) } { (example.status) } " " (super::sentence(&example.name)) }
                    p { code { (example.asked) } }
                    @if let Some(body) = &example.request { (block("Request", "json", &shortened(&pretty(body)))) }
                    (block("Answer", "json", &shortened(&pretty(&example.body))))
                }
            }
        }
    }
}

fn pretty(json: &Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}

/// The most lines of an example that a page shows.
const LINES: usize = 160;

fn shortened(text: &str) -> String {
    if text.lines().count() <= LINES {
        return text.to_owned();
    }
    let mut lines: Vec<&str> = text.lines().take(LINES).collect();
    lines.push("…");
    lines.join("\n")
}
