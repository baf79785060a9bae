//! The mapping file: which column of which file goes to which field of which object. `docs/guides/import.md` is its
//! reference.
//!
//! These types are the file as it is written; what its names mean is found out in [`plan`](super::plan).

mod spec;

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

pub(super) use spec::{By, MapOf, Missing, Other, Spec, WhenBlank};

use super::failure::{Failure, Outcome};

/// A mapping file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    /// Under which name the rows' keys are kept: the source of the records' external ids.
    pub(super) source: String,
    /// How the files are written.
    #[serde(default)]
    pub(super) format: Format,
    /// Value maps that several fields share.
    #[serde(default)]
    pub(super) maps: BTreeMap<String, BTreeMap<String, String>>,
    /// Files whose columns are added to the rows of other files.
    #[serde(default)]
    pub(super) tables: BTreeMap<String, Table>,
    /// Custom fields that the company is to have.
    #[serde(default)]
    pub(super) fields: Vec<NewField>,
    /// Pipelines that the company is to have.
    #[serde(default)]
    pub(super) pipelines: Vec<NewPipeline>,
    /// What becomes of the rows of each file, in the order in which it is done.
    pub(super) rows: Vec<Rows>,
}

/// How files are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Format {
    /// What stands between two cells.
    pub(super) delimiter: char,
    /// Texts that mean that a cell is blank; an empty cell always is.
    pub(super) blank: Vec<String>,
    /// The forms of dates; `YYYY-MM-DD` is always read.
    pub(super) dates: Dates,
    /// The time zone of dates and times that name none; unset: the company's.
    pub(super) timezone: Option<String>,
    /// The decimal mark, `.` or `,`.
    pub(super) decimal: char,
    /// What becomes of rows that have fewer cells than the header.
    pub(super) short_rows: ShortRows,
}

/// What becomes of rows that have fewer cells than the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ShortRows {
    /// They are refused.
    #[default]
    Refuse,
    /// The cells that are missing at their end are blank.
    Pad,
}

impl Default for Format {
    fn default() -> Self {
        Self {
            delimiter: ',',
            blank: Vec::new(),
            dates: Dates::default(),
            timezone: None,
            decimal: '.',
            short_rows: ShortRows::Refuse,
        }
    }
}

/// One form of dates or several, in order of preference.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "OneOrMore")]
pub(super) struct Dates(pub(super) Vec<String>);

#[derive(Deserialize)]
#[serde(untagged, expecting = "a form of dates, or a list of them")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl From<OneOrMore> for Dates {
    fn from(given: OneOrMore) -> Self {
        Self(match given {
            OneOrMore::One(form) => vec![form],
            OneOrMore::More(forms) => forms,
        })
    }
}

/// A file whose columns are added to the rows of other files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// The file's name.
    pub(super) file: String,
    /// Its column that tells its rows apart.
    pub(super) key: String,
    /// What of the other file's row is looked up in that column.
    pub(super) on: Spec,
}

/// A custom field that the company is to have: found by its name, else made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewField {
    /// The name of the object that carries it.
    pub(super) object: String,
    /// Its name.
    pub(super) name: String,
    /// Pipedrive's word for its kind.
    #[serde(rename = "type")]
    pub(super) field_type: String,
    /// Options that it is to have, for `enum` and `set`.
    #[serde(default)]
    pub(super) options: Vec<String>,
}

/// A pipeline that the company is to have: found by its name, else made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPipeline {
    /// Its name.
    pub(super) name: String,
    /// Stages that it is to have; those that it lacks are added behind the others.
    pub(super) stages: Vec<String>,
}

/// What becomes of the rows of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    /// The file's name.
    pub(super) file: String,
    /// What each row is.
    pub(super) object: String,
    /// Only rows in which this is not blank are taken.
    pub(super) when: Option<Spec>,
    /// What tells the rows apart: kept as an external id, by which a later import finds the record.
    pub(super) key: Option<Spec>,
    /// What becomes of a row whose record is there.
    #[serde(default)]
    pub(super) on_match: OnMatch,
    /// What becomes of a row whose record is not there.
    #[serde(default)]
    pub(super) on_new: OnNew,
    /// What goes to each field.
    #[serde(default)]
    pub(super) fields: BTreeMap<String, Spec>,
    /// For deals: when they entered their stages, first one first.
    #[serde(default)]
    pub(super) stays: Vec<StageVisit>,
}

/// What becomes of a row whose record is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OnMatch {
    /// The record is changed to what the row says.
    #[default]
    Update,
    /// The row is passed over.
    Skip,
    /// The row is refused.
    Refuse,
}

/// What becomes of a row whose record is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OnNew {
    /// The record is made.
    #[default]
    Create,
    /// The row is passed over.
    Skip,
    /// The row is refused.
    Refuse,
}

/// When a deal entered a stage.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StageVisit {
    /// The stage's name.
    pub(super) stage: String,
    /// The moment; blank: the deal was never there.
    pub(super) entered: Spec,
}

impl Mapping {
    /// Reads a mapping file; gives its text as well, which is part of an import's identity.
    pub(super) fn read(path: &Path) -> Outcome<(Self, String)> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|e| Failure::new(format!("can't read the mapping file {shown}: {e}")))?;
        let mapping = Self::parse(&text)
            .map_err(|reason| Failure::new(format!("the mapping file {shown} is wrong: {}", reason.trim_end())))?;
        Ok((mapping, text))
    }

    /// Reads the text of a mapping file; refuses with the place and the reason.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| e.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "source = 's'\n[[rows]]\nfile = 'a.csv'\nobject = 'person'\n";

    #[test]
    fn a_column_can_be_named_short_or_at_length() {
        let text = format!("{SMALL}[rows.fields]\nname = 'Name'\njob_title = {{ column = 'Job', default = '?' }}\n");
        let mapping = Mapping::parse(&text).unwrap();
        let fields = &mapping.rows[0].fields;
        assert_eq!(fields["name"].column.as_deref(), Some("Name"));
        assert_eq!(fields["job_title"].column.as_deref(), Some("Job"));
        assert_eq!(fields["job_title"].default.as_ref().map(|d| d.0.as_str()), Some("?"));
        assert_eq!(mapping.rows[0].on_match, OnMatch::Update);
    }

    #[test]
    fn a_wrong_key_is_named_with_its_line() {
        for (text, part) in [
            (format!("{SMALL}[rows.fields]\nname = {{ colum = 'Name' }}\n"), "colum"),
            (format!("{SMALL}on_match = 'replace'\n"), "replace"),
            (format!("{SMALL}keys = 'x'\n"), "keys"),
            ("rows = []".to_owned(), "source"),
        ] {
            let refused = Mapping::parse(&text).unwrap_err();
            assert!(refused.contains(part) && refused.contains("line"), "{refused}");
        }
    }
}
