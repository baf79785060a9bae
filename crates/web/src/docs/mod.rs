//! The documentation: what stands at which path below `/docs`.

mod code;
mod console;
mod examples;
pub(crate) mod guides;
mod index;
mod markdown;
mod operation;
mod reference;
mod samples;
mod schema;
pub(crate) mod search;

use crate::{
    apis::{self, slug},
    page::Page,
};

pub(crate) use code::block;

/// The page at a path that begins with `/docs`.
pub(crate) fn page(path: &str, origin: &str) -> Option<Page> {
    let mut parts = path.split('/').skip(2);
    let [first, second, third, rest] = [parts.next(), parts.next(), parts.next(), parts.next()];
    let markup = match (first, second, third, rest) {
        (None, ..) => index::overview(origin),
        (Some("openapi"), None, ..) => index::openapi(),
        (Some("guides"), Some(name), None, _) => guides::page(guides::GUIDES, name)?,
        (Some("project"), Some(name), None, _) => guides::page(guides::PROJECT, name)?,
        (Some(api), None, ..) => reference::api(apis::find(api)?.read()),
        (Some(api), Some("schemas"), Some(name), None) => schema::page(apis::find(api)?.read(), name)?,
        (Some(api), Some(group), None, _) => reference::group(apis::find(api)?.read(), group)?,
        (Some(api), Some(group), Some(id), None) => operation::page(apis::find(api)?.read(), group, id)?,
        _ => return None,
    };
    Some(Page::html(200, markup))
}

/// Every path of the documentation.
pub(crate) fn paths() -> Vec<String> {
    let mut paths: Vec<String> = ["/docs", "/docs/openapi"].map(str::to_owned).into();
    paths.extend(guides::GUIDES.iter().chain(guides::PROJECT).map(guides::Guide::path));
    for api in apis::ALL {
        let (document, base) = (api.read(), format!("/docs/{}", api.name));
        paths.extend(document.groups().map(|group| format!("{base}/{}", slug(group))));
        paths.extend(document.operations().map(|one| reference::path_of(api.name, &one)));
        paths.extend(document.schemas().into_iter().flatten().map(|(name, _)| format!("{base}/schemas/{name}")));
        paths.push(base);
    }
    paths
}

/// A text as a sentence begins: with a capital letter.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
