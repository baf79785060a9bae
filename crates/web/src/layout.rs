//! The frame of every page.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{apis, assets, docs::guides};

/// The version of the executable.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where a page stands in the documentation, for the menu.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    /// The guide, or the page about the project.
    pub(crate) guide: &'a str,
    /// The API.
    pub(crate) api: &'a str,
    /// The API's groups: name in paths and name for people.
    pub(crate) groups: &'a [(String, String)],
    /// The group.
    pub(crate) group: &'a str,
}

fn document(title: &str, class: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Penstock" }
                link rel="icon" type="image/svg+xml" href=(assets::mark());
                link rel="stylesheet" href=(assets::style());
                script type="module" src=(assets::script()) blocking="render" {}
            }
            body class=(class) {
                a.skip href="#main" { "Skip to the content" }
                header.site {
                    a.brand href="/" { (mark()) span { "Penstock" } }
                    (search())
                    nav.main aria-label="Main" {
                        a href="/docs" { "Documentation" }
                        @for api in apis::ALL {
                            a href={ "/docs/" (api.name) } { (api.short) }
                        }
                        a href="/docs/openapi" { "OpenAPI" }
                    }
                    button.menu type="button" popovertarget="menu" { "Menu" }
                }
                (body)
                footer.site {
                    p { "Penstock " (VERSION) ", under MIT or Apache-2.0. Independent of the makers of the services that it talks to." }
                }
            }
        }
    }
}

/// The search: its script shows it.
fn search() -> Markup {
    html! {
        div.search role="search" data-index=(assets::index()) hidden {
            input #search type="search" role="combobox" aria-label="Search the documentation" aria-expanded="false"
                aria-controls="found" aria-autocomplete="list" autocomplete="off" spellcheck="false" placeholder="Search";
            kbd aria-hidden="true" { "/" }
            div #found role="listbox" aria-label="Found" hidden {}
            p.unseen role="status" {}
        }
    }
}

/// A page without a menu at its side.
pub(crate) fn plain(title: &str, content: &Markup) -> Markup {
    alone(title, "plain", content)
}

/// The landing page.
pub(crate) fn front(title: &str, content: &Markup) -> Markup {
    alone(title, "front", content)
}

fn alone(title: &str, class: &str, content: &Markup) -> Markup {
    document(title, class, &html! { main #main tabindex="-1" { (content) } (side(Place::default())) })
}

/// A page of the documentation.
pub(crate) fn docs(title: &str, place: Place<'_>, content: &Markup) -> Markup {
    let body = html! {
        div.docs {
            (side(place))
            main #main tabindex="-1" { (content) }
        }
    };
    document(title, "reading", &body)
}

/// The menu: at the side of the documentation on a wide screen, and behind a button of the browser's own on a narrow one.
fn side(place: Place<'_>) -> Markup {
    html! {
        nav.side #menu popover aria-label="Documentation" {
            button.close type="button" popovertarget="menu" popovertargetaction="hide" { "Close" }
            (menu(place))
        }
    }
}

fn menu(place: Place<'_>) -> Markup {
    let current = |is: bool| is.then_some("page");
    html! {
        p { a href="/docs" { "Overview" } }
        h2 { "Guides" }
        ul {
            @for guide in guides::GUIDES {
                li { a href=(guide.path()) aria-current=[current(guide.name == place.guide)] { (guide.title) } }
            }
        }
        h2 { "Reference" }
        ul {
            @for api in apis::ALL {
                li {
                    a href={ "/docs/" (api.name) } aria-current=[current(api.name == place.api && place.group.is_empty())] { (api.title) }
                    @if api.name == place.api {
                        ul {
                            @for (name, title) in place.groups {
                                li { a href={ "/docs/" (api.name) "/" (name) } aria-current=[current(name == place.group)] { (title) } }
                            }
                        }
                    }
                }
            }
            li { a href="/docs/openapi" { "OpenAPI documents" } }
        }
        h2 { "The project" }
        ul {
            @for page in guides::PROJECT {
                li { a href=(page.path()) aria-current=[current(page.name == place.guide)] { (page.title) } }
            }
        }
    }
}

/// The mark: water falling through a pipe, in the colour of the text around it.
pub(crate) fn mark() -> Markup {
    PreEscaped(include_str!("../assets/mark-inline.svg").to_owned())
}

/// The way to a page, its last part being the page itself.
pub(crate) fn trail(parts: &[(&str, &str)]) -> Markup {
    html! {
        nav.trail aria-label="Where this page is" {
            ol { @for (path, title) in parts { li { a href=(path) { (title) } } } }
        }
    }
}
