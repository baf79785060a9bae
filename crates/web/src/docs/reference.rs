//! The pages of an API and of its groups.

use maud::{Markup, html};

use super::schema::prose;
use crate::{
    apis::{Document, Operation, slug},
    layout::{self, Place, trail},
};

/// Where an operation's page is.
pub(super) fn path_of(api: &str, operation: &Operation<'_>) -> String {
    format!("/docs/{api}/{}/{}", slug(operation.group()), operation.id())
}

/// The groups of an API for the menu.
pub(super) fn groups(document: &Document) -> Vec<(String, String)> {
    document.groups().map(|group| (slug(group), group.to_owned())).collect()
}

/// A method and a path.
pub(super) fn route(document: &Document, operation: &Operation<'_>) -> Markup {
    let mut parts = Vec::new();
    for (at, part) in operation.path.split('/').enumerate() {
        parts.push((at > 0, part.starts_with('{'), part));
    }
    html! {
        span class={ "method " (operation.method.to_lowercase()) } { (operation.method) } " "
        code.path {
            span.prefix { (document.prefix()) }
            @for (behind, named, part) in parts {
                @if behind { "/" wbr; }
                @if named { var { (part) } } @else { (part) }
            }
        }
    }
}

fn table<'a>(document: &'a Document, operations: impl Iterator<Item = Operation<'a>>) -> Markup {
    html! {
        div.wide { table.operations {
            tbody {
                @for one in operations {
                    tr {
                        td { (route(document, &one)) }
                        td { a href=(path_of(document.api.name, &one)) { (one.summary()) } }
                    }
                }
            }
        } }
    }
}

/// The page of an API.
pub(super) fn api(document: &Document) -> Markup {
    let api = document.api;
    let groups = groups(document);
    let content = html! {
        (trail(&[("/docs", "Documentation")]))
        h1 { (api.title) }
        p.lead { (api.about) }
        p { (prose(document.description())) }
        p {
            "Its " a href={ "/openapi/" (api.name) ".json" } { "OpenAPI document" } " describes all of its "
            (api.size()) " operations."
        }
        @for (name, group) in &groups {
            h2 id=(name) { a href={ "/docs/" (api.name) "/" (name) } { (group) } }
            (table(document, document.of_group(group)))
        }
        h2 #schemas { "Schemas" }
        ul.names {
            @for (name, _) in document.schemas().into_iter().flatten() {
                li { a href={ "/docs/" (api.name) "/schemas/" (name) } { (name) } }
            }
        }
    };
    layout::docs(api.title, Place { api: api.name, groups: &groups, ..Place::default() }, &content)
}

/// The page of a group.
pub(super) fn group(document: &Document, name: &str) -> Option<Markup> {
    let group = document.group(name)?;
    let api = document.api;
    let groups = groups(document);
    let base = format!("/docs/{}", api.name);
    let content = html! {
        (trail(&[("/docs", "Documentation"), (&base, api.title)]))
        h1 { (group) }
        (table(document, document.of_group(group)))
    };
    let place = Place { api: api.name, groups: &groups, group: name, ..Place::default() };
    Some(layout::docs(&format!("{group}, {}", api.title), place, &content))
}
