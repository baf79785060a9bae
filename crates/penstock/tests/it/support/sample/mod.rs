//! The sample of `PENSTOCK_SAMPLE`, or files that are made in its likeness, with the mapping file that the project ships.

mod made;

use std::{path::PathBuf, process::Output, sync::Once};

use penstock_testing::{ran, say, variable};
use tempfile::TempDir;

use super::Place;
use made::generate;

/// The mapping file of the sample.
pub(crate) const MAP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/crm-sales-opportunities.toml");

/// What there is in a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) users: usize,
    pub(crate) organizations: usize,
    /// How many of them have a parent.
    pub(crate) subsidiaries: usize,
    pub(crate) deals: usize,
    pub(crate) won: usize,
    pub(crate) won_value: i64,
    pub(crate) lost: usize,
    pub(crate) open: usize,
    pub(crate) without_organization: usize,
    /// Deals about the product that is spelt in two ways.
    pub(crate) two_spellings: usize,
}

/// The sample's totals, as it was published.
const PUBLISHED: Totals = Totals {
    users: 35,
    organizations: 85,
    subsidiaries: 15,
    deals: 8_800,
    won: 4_238,
    won_value: 10_005_534,
    lost: 2_473,
    open: 2_089,
    without_organization: 1_425,
    two_spellings: 1_480,
};

/// Files to import, and what there is in them.
pub(crate) struct Files {
    pub(crate) folder: PathBuf,
    pub(crate) totals: Totals,
    _made: Option<TempDir>,
}

/// The sample, or files that are made in its likeness.
pub(crate) fn sample() -> Files {
    static SAID: Once = Once::new();
    if let Some(folder) = variable("PENSTOCK_SAMPLE") {
        SAID.call_once(|| ran("the sample of PENSTOCK_SAMPLE"));
        return Files { folder: PathBuf::from(folder), totals: PUBLISHED, _made: None };
    }
    SAID.call_once(|| {
        say("!!! DID NOT RUN: the sample: PENSTOCK_SAMPLE is not set; files with the same dirt and known totals did !!!");
    });
    made(PUBLISHED.deals)
}

/// Files that are made for the test.
pub(crate) fn made(deals: usize) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    let totals = generate(folder.path(), deals);
    Files { folder: folder.path().to_owned(), totals, _made: Some(folder) }
}

impl Files {
    pub(crate) fn path(&self) -> &str {
        self.folder.to_str().expect("a path")
    }
    /// Puts a text in place of another in one of the files.
    pub(crate) fn edit(&self, file: &str, old: &str, new: &str) {
        let path = self.folder.join(file);
        let text = std::fs::read_to_string(&path).expect("a file");
        assert!(text.contains(old), "{file} has {old}");
        std::fs::write(path, text.replacen(old, new, 1)).expect("a file");
    }
    /// Adds a line to one of the files.
    pub(crate) fn add(&self, file: &str, line: &[u8]) {
        let path = self.folder.join(file);
        let mut bytes = std::fs::read(&path).expect("a file");
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
        std::fs::write(path, bytes).expect("a file");
    }
    pub(crate) fn import(&self, place: &Place, flags: &[&str]) -> Output {
        place.run(&[&["import", "csv", "--map", MAP, self.path()], flags].concat())
    }
    /// Imports without a refusal, and gives what was said.
    pub(crate) fn imported(&self, place: &Place, flags: &[&str]) -> String {
        place.say(&[&["import", "csv", "--map", MAP, self.path()], flags].concat())
    }
}
