//! What the search of the documentation looks through: every page and every part of a guide, as one JSON text that the
//! browser fetches and ranks (`assets/scripts/ranking.mjs`).

use serde_json::{Value as Json, json};

use super::{guides, markdown, reference::path_of, schema};
use crate::apis::{self, Api, Document, Operation, slug};

/// The index: a list of `{"title", "path", "kind", "about", "method"?, "route"?, "words", "weight"}`. The weight is how
/// likely it is that a page is what was meant: guides explain, schemas and the lists of the project are looked up.
pub(crate) fn index() -> String {
    let mut pages = Vec::new();
    for guide in guides::GUIDES {
        of_guide(guide, "Guide", [1.2, 1.0], &mut pages);
    }
    for guide in guides::PROJECT {
        of_guide(guide, "Project", [0.7, 0.7], &mut pages);
    }
    for api in apis::ALL {
        of_api(api, &mut pages);
    }
    Json::Array(pages).to_string()
}

fn of_guide(guide: &guides::Guide, kind: &str, [whole, part]: [f64; 2], pages: &mut Vec<Json>) {
    let path = guide.path();
    for section in markdown::sections(guide.text) {
        pages.push(if section.anchor.is_empty() {
            json!({ "title": guide.title, "path": path, "kind": kind, "about": guide.about, "words": section.text,
                "weight": whole })
        } else {
            let path = format!("{path}#{}", section.anchor);
            json!({ "title": section.title, "path": path, "kind": guide.title, "about": "", "words": section.text,
                "weight": part })
        });
    }
}

fn of_api(api: &'static Api, pages: &mut Vec<Json>) {
    let document = api.read();
    let base = format!("/docs/{}", api.name);
    pages.push(json!({ "title": api.title, "path": base, "kind": "Reference", "about": api.about, "words": "", "weight": 1.3 }));
    for group in document.groups() {
        let path = format!("{base}/{}", slug(group));
        let all: Vec<&str> = document.of_group(group).map(|one| one.summary()).collect();
        let about = format!("{} operations", all.len());
        pages.push(
            json!({ "title": group, "path": path, "kind": api.title, "about": about, "words": "", "weight": 1.0 }),
        );
    }
    for operation in document.operations() {
        pages.push(of_operation(document, &operation));
    }
    for (name, schema) in document.schemas().into_iter().flatten() {
        let words = schema::keys(document, schema).iter().map(|key| key.name).collect::<Vec<_>>().join(" ");
        let path = format!("{base}/schemas/{name}");
        let kind = format!("{} schema", api.short);
        pages.push(json!({ "title": name, "path": path, "kind": kind, "about": "", "words": words,
            "weight": 0.6 }));
    }
}

fn of_operation(document: &Document, operation: &Operation<'_>) -> Json {
    let parameters = operation.json["parameters"].as_array().into_iter().flatten();
    let mut words: Vec<&str> = vec![operation.id()];
    words.extend(parameters.filter_map(|one| document.follow(one)["name"].as_str()));
    let body = &operation.json["requestBody"]["content"]["application/json"]["schema"];
    words.extend(schema::keys(document, body).iter().map(|key| key.name));
    json!({
        "title": operation.summary(),
        "path": path_of(document.api.name, operation),
        "kind": document.api.title,
        "method": operation.method,
        "route": format!("{}{}", document.prefix(), operation.path),
        "about": operation.description(),
        "words": words.join(" "),
        "weight": 1.0,
    })
}
