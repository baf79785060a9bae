//! Style, pictures, scripts and the index of the search. Their paths hold a hash of their content, so that browsers may
//! keep them for ever. The scripts import each other by relative paths, so they share a folder and its hash.

use std::{borrow::Cow, fmt::Write, sync::LazyLock};

use sha2::{Digest, Sha256};

use crate::{docs, page::Page};

struct Asset {
    path: String,
    content_type: &'static str,
    bytes: Cow<'static, [u8]>,
}

macro_rules! scripts {
    ($($name:literal),*) => { [$(($name, include_bytes!(concat!("../assets/scripts/", $name)).as_slice())),*] };
}

/// The modules: plain JavaScript, as it stands in the repository. The first is the one that pages name.
static SCRIPTS: [(&str, &[u8]); 8] = scripts![
    "main.mjs",
    "colour.mjs",
    "console.mjs",
    "copy.mjs",
    "languages.mjs",
    "menu.mjs",
    "ranking.mjs",
    "search.mjs"
];

/// How many assets come before the scripts.
const OTHERS: usize = 3;

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let file = |stem: &str, extension: &str, content_type, bytes: Cow<'static, [u8]>| {
        let path = format!("/assets/{stem}.{}.{extension}", hash([&*bytes]));
        Asset { path, content_type, bytes }
    };
    let mut all = vec![
        file("site", "css", "text/css; charset=utf-8", include_bytes!("../assets/site.css").into()),
        file("mark", "svg", "image/svg+xml", include_bytes!("../assets/mark.svg").into()),
        file("search", "json", "application/json", docs::search::index().into_bytes().into()),
    ];
    let folder = hash(SCRIPTS.iter().map(|(_, bytes)| *bytes));
    all.extend(SCRIPTS.iter().map(|(name, bytes)| Asset {
        path: format!("/assets/scripts.{folder}/{name}"),
        content_type: "text/javascript; charset=utf-8",
        bytes: (*bytes).into(),
    }));
    all
});

fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut digest = Sha256::new();
    parts.into_iter().for_each(|part| digest.update(part));
    let mut text = String::new();
    for byte in digest.finalize().iter().take(6) {
        // Writing to memory can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The path of the style sheet.
pub(crate) fn style() -> &'static str {
    &ASSETS[0].path
}

/// The path of the mark, which is also the icon.
pub(crate) fn mark() -> &'static str {
    &ASSETS[1].path
}

/// The path of the search's index.
pub(crate) fn index() -> &'static str {
    &ASSETS[2].path
}

/// The path of the script that loads the others.
pub(crate) fn script() -> &'static str {
    &ASSETS[OTHERS].path
}

/// The asset at a path.
pub(crate) fn find(path: &str) -> Option<Page> {
    let asset = ASSETS.iter().find(|asset| asset.path == path)?;
    Some(Page::bytes(asset.content_type, &asset.bytes, true))
}

/// Every asset's path.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    ASSETS.iter().map(|asset| asset.path.as_str())
}
