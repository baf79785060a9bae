//! From a path to its page.

use maud::html;

use crate::{apis, assets, docs, landing, layout, page::Page};

/// The pages of a server.
#[derive(Clone, Debug)]
pub struct Site {
    origin: String,
}

impl Site {
    /// The pages of the server at an origin such as `http://127.0.0.1:8080`, which examples name.
    #[must_use]
    pub fn new(origin: impl Into<String>) -> Self {
        let origin = origin.into();
        Self { origin: origin.trim_end_matches('/').to_owned() }
    }

    /// The page at a path; nothing when the path is not one of this crate's. A path below `/docs` that leads nowhere
    /// gives a page that says so.
    #[must_use]
    pub fn respond(&self, path: &str) -> Option<Page> {
        let path = if path == "/" { path } else { path.trim_end_matches('/') };
        let missing = || Page::html(404, layout::plain("Not found", &lost(path)));
        match path {
            "/" => Some(Page::html(200, landing::page(&self.origin))),
            "/openapi" => Some(Page::elsewhere("/docs/openapi")),
            "/favicon.ico" => Some(Page::elsewhere(assets::mark())),
            _ if path.starts_with("/assets/") => assets::find(path),
            _ if path.starts_with("/openapi/") => openapi(path),
            _ if path == "/docs" || path.starts_with("/docs/") => {
                Some(docs::page(path, &self.origin).unwrap_or_else(missing))
            }
            _ => None,
        }
    }

    /// Every path that there is a page at.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = ["/", "/openapi", "/favicon.ico"].map(str::to_owned).into();
        paths.extend(assets::paths().map(str::to_owned));
        paths.extend(apis::ALL.iter().map(|api| format!("/openapi/{}.json", api.name)));
        paths.extend(docs::paths());
        paths
    }
}

fn openapi(path: &str) -> Option<Page> {
    let name = path.strip_prefix("/openapi/")?.strip_suffix(".json")?;
    apis::find(name).map(|api| Page::bytes("application/json", api.text.as_bytes(), false))
}

fn lost(path: &str) -> maud::Markup {
    html! {
        h1 { "There is nothing here" }
        p { "No page stands at " code { (path) } ". The " a href="/docs" { "documentation" } " lists them all." }
    }
}
