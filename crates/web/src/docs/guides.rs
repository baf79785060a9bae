//! The guides and the pages about the project: Markdown files of `docs`, as pages.

use maud::{Markup, html};

use super::markdown;
use crate::layout::{self, Place};

/// A Markdown file.
pub(crate) struct Guide {
    folder: &'static str,
    /// Its name in paths.
    pub(crate) name: &'static str,
    /// Its name in the menu.
    pub(crate) title: &'static str,
    /// What it is about, in a sentence.
    pub(crate) about: &'static str,
    /// Its Markdown.
    pub(crate) text: &'static str,
}

impl Guide {
    /// Where it is served.
    pub(crate) fn path(&self) -> String {
        format!("/docs/{}/{}", self.folder, self.name)
    }
}

/// The guides, in the order in which they are best read.
pub(crate) static GUIDES: &[Guide] = &[
    Guide {
        folder: "guides",
        name: "getting-started",
        title: "Getting started",
        about: "A server, a token, the first requests, and a client that was written for Pipedrive.",
        text: include_str!("../../../../docs/guides/getting-started.md"),
    },
    Guide {
        folder: "guides",
        name: "responses-and-errors",
        title: "Responses and errors",
        about: "What every answer has in common, and what a refusal says.",
        text: include_str!("../../../../docs/guides/responses-and-errors.md"),
    },
    Guide {
        folder: "guides",
        name: "paging",
        title: "Paging",
        about: "Lists by cursor and by offset, their order, and how to follow changes.",
        text: include_str!("../../../../docs/guides/paging.md"),
    },
    Guide {
        folder: "guides",
        name: "custom-fields",
        title: "Custom fields",
        about: "How to define them, write them, read them, and find out what there is.",
        text: include_str!("../../../../docs/guides/custom-fields.md"),
    },
    Guide {
        folder: "guides",
        name: "virtual-api",
        title: "The Virtual API",
        about: "Metadata, references, external ids, filters: everything read and written alike.",
        text: include_str!("../../../../docs/guides/virtual-api.md"),
    },
    Guide {
        folder: "guides",
        name: "import",
        title: "Importing CSV files",
        about: "A mapping file, a look before, one command, and a report of every row that was refused.",
        text: include_str!("../../../../docs/guides/import.md"),
    },
    Guide {
        folder: "guides",
        name: "sandbox",
        title: "Sandboxes",
        about: "Companies for testing: reset them, set their clock, make them fail.",
        text: include_str!("../../../../docs/sandbox.md"),
    },
    Guide {
        folder: "guides",
        name: "configuration",
        title: "Configuration",
        about: "Every setting: its flag, its environment variable, its key in the file.",
        text: include_str!("../../../../docs/configuration.md"),
    },
];

/// The pages about the project.
pub(crate) static PROJECT: &[Guide] = &[
    Guide {
        folder: "project",
        name: "compatibility",
        title: "Compatibility",
        about: "Each of Pipedrive's operations, with the tests of it, or that it is to come.",
        text: include_str!("../../../../docs/compatibility.md"),
    },
    Guide {
        folder: "project",
        name: "objects",
        title: "Objects",
        about: "Every field of every object, under its names on each wire.",
        text: include_str!("../../../../docs/objects.md"),
    },
    Guide {
        folder: "project",
        name: "review",
        title: "The review, as tests",
        about: "What a review found wrong with Pipedrive's API, what Penstock does about it, and the tests that show it.",
        text: include_str!("../../../../docs/review.md"),
    },
    Guide {
        folder: "project",
        name: "guesses",
        title: "Guesses",
        about: "Where Pipedrive's behaviour is not documented, and what was decided.",
        text: include_str!("../../../../docs/guesses.md"),
    },
];

/// The guide or page of that name.
pub(super) fn find(name: &str) -> Option<&'static Guide> {
    GUIDES.iter().chain(PROJECT).find(|guide| guide.name == name)
}

/// The page of a guide.
pub(super) fn page(among: &'static [Guide], name: &str) -> Option<Markup> {
    let guide = among.iter().find(|guide| guide.name == name)?;
    let text = markdown::render(guide.text);
    let title = markdown::title(guide.text);
    let next = among.iter().skip_while(|g| g.name != name).nth(1);
    let content = html! {
        article class={ "guide " (guide.folder) } {
            h1 { (title) }
            @if text.headings.len() > 2 {
                nav.contents aria-label="On this page" {
                    ul { @for (anchor, words) in &text.headings { li { a href={ "#" (anchor) } { (words) } } } }
                }
            }
            (text.markup)
            @if let Some(next) = next {
                p.next { "Next: " a href=(next.path()) { (next.title) } }
            }
        }
    };
    Some(layout::docs(title, Place { guide: name, ..Place::default() }, &content))
}
