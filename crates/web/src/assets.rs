//! Style and pictures. Their names hold a hash of their content, so that browsers may keep them for ever.

use std::{fmt::Write, sync::LazyLock};

use sha2::{Digest, Sha256};

use crate::page::Page;

struct Asset {
    stem: &'static str,
    extension: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

const ASSETS: [Asset; 2] = [
    Asset {
        stem: "site",
        extension: "css",
        content_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/site.css"),
    },
    Asset {
        stem: "mark",
        extension: "svg",
        content_type: "image/svg+xml",
        bytes: include_bytes!("../assets/mark.svg"),
    },
];

/// The paths, in the order of [`ASSETS`].
static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let path = |asset: &Asset| {
        let mut hash = String::new();
        for byte in Sha256::digest(asset.bytes).iter().take(6) {
            // Writing to memory can't fail.
            let _ = write!(hash, "{byte:02x}");
        }
        format!("/assets/{}.{hash}.{}", asset.stem, asset.extension)
    };
    ASSETS.iter().map(path).collect()
});

/// The path of the style sheet.
pub(crate) fn style() -> &'static str {
    &PATHS[0]
}

/// The path of the mark, which is also the icon.
pub(crate) fn mark() -> &'static str {
    &PATHS[1]
}

/// The asset at a path.
pub(crate) fn find(path: &str) -> Option<Page> {
    let at = PATHS.iter().position(|p| p == path)?;
    Some(Page::bytes(ASSETS[at].content_type, ASSETS[at].bytes, true))
}

/// Every asset's path.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    PATHS.iter().map(String::as_str)
}
