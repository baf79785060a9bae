//! The console of an operation's page: a form for what a request needs, filled with the sample, which a script sends to
//! this server. Without scripts it says that it needs them.

use maud::{Markup, html};
use serde_json::Value as Json;

use crate::apis::{Document, Operation};

/// The console.
pub(super) fn console(document: &Document, operation: &Operation<'_>) -> Markup {
    let parameters: Vec<&Json> =
        operation.json["parameters"].as_array().into_iter().flatten().map(|one| document.follow(one)).collect();
    let of = |place: &str| parameters.iter().copied().filter(|one| one["in"] == place).collect::<Vec<_>>();
    let (required, optional): (Vec<_>, Vec<_>) = of("query").into_iter().partition(|one| one["required"] == true);
    let body = &operation.json["requestBody"]["content"]["application/json"];
    html! {
        details.console data-method=(operation.method) data-path={ (document.prefix()) (operation.path) } {
            summary { "Send it from here" }
            noscript { p { "The console needs JavaScript. The samples above do the same." } }
            form autocomplete="off" hidden {
                div.token {
                    label for="token" { "Token" }
                    input #token type="password" spellcheck="false" aria-describedby="token-kept";
                    button.small type="button" data-forget { "Forget" }
                    p #token-kept { "Kept in this tab until it is closed, and sent to this server alone." }
                }
                (inputs("Path", &of("path")))
                (inputs("Query", &required))
                @if !optional.is_empty() {
                    details {
                        summary { "Query: " (optional.len()) " that may be left out" }
                        (inputs("", &optional))
                    }
                }
                (inputs("Headers", &of("header")))
                @if !body.is_null() {
                    @let sample = sample(body);
                    div.body {
                        label for="sent-body" { "Body" }
                        textarea #sent-body spellcheck="false" rows=(rows(&sample)) data-in="body" { (sample) }
                    }
                }
                p.send {
                    button.button type="submit" { "Send" }
                    span.warning role="status" {}
                }
            }
            div.reply aria-live="polite" {}
        }
    }
}

fn sample(body: &Json) -> String {
    body.get("example").map(|example| serde_json::to_string_pretty(example).unwrap_or_default()).unwrap_or_default()
}

/// As many rows as a text has, and some to write in.
fn rows(text: &str) -> usize {
    (text.lines().count() + 1).clamp(4, 20)
}

/// A group of fields, one for each parameter.
fn inputs(title: &str, parameters: &[&Json]) -> Markup {
    html! {
        @if !parameters.is_empty() {
            fieldset {
                @if !title.is_empty() { legend { (title) } }
                div.inputs {
                    @for one in parameters {
                        @let name = one["name"].as_str().unwrap_or("");
                        @let place = one["in"].as_str().unwrap_or("");
                        @let id = format!("{place}-{name}");
                        label for=(id) { code { (name) } }
                        (input(&id, place, name, one))
                    }
                }
            }
        }
    }
}

/// The field of a parameter: a choice where there are words to choose from.
fn input(id: &str, place: &str, name: &str, parameter: &Json) -> Markup {
    let schema = &parameter["schema"];
    let required = parameter["required"] == true;
    let words: Vec<&str> = match (&schema["enum"], schema["type"].as_str()) {
        (Json::Array(words), _) => words.iter().filter_map(Json::as_str).collect(),
        (_, Some("boolean")) => vec!["true", "false"],
        _ => Vec::new(),
    };
    let example = match &parameter["example"] {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    html! {
        @if words.is_empty() {
            input id=(id) name=(name) data-in=(place) value=[(required && !example.is_empty()).then_some(&example)]
                placeholder=[schema["type"].as_str()] spellcheck="false" required[required];
        } @else {
            select id=(id) name=(name) data-in=(place) required[required] {
                option value="" { @if required { "choose one" } @else { "not sent" } }
                @for word in words { option value=(word) selected[required && word == example] { (word) } }
            }
        }
    }
}
