//! A built-in field as metadata shows it: the object's table, Pipedrive's own additions and the company's options
//! together.

use penstock_model::{
    Field, Kind, Object, Right,
    field::{
        Shown, Writable,
        listing::{Entry, Options},
    },
    objects,
    visibility::LEVELS,
};
use serde_json::{Value as Json, json};

use super::{catalogue::Catalogue, choices, definition::Definition};
use crate::{operations::Version, wire::plan::form_of};

/// A built-in field.
#[derive(Clone, Copy)]
pub(super) struct BuiltIn<'a> {
    pub(super) object: &'static Object,
    /// The field that the version spells.
    pub(super) field: &'static Field,
    /// The field by whose number it is known, which differs where a version spells a column in another way.
    pub(super) listed: &'static Field,
    /// What Pipedrive says of it.
    pub(super) entry: Option<&'static Entry>,
    /// What the company says of it.
    pub(super) definition: Option<&'a Definition>,
}

impl BuiltIn<'_> {
    /// Whether v2 shows a field, asked for or not.
    pub(super) fn has_code(field: &Field) -> bool {
        !field.v2.key.is_empty() && field.v2.shown != Shown::Never
    }

    /// Its number: v1's id.
    pub(super) fn number(&self) -> i64 {
        i64::from(self.object.field_base + u32::from(self.listed.number))
    }

    /// Its name in a version.
    pub(super) fn key(&self, version: Version) -> &'static str {
        match self.entry {
            Some(entry) if version == Version::V1 && !entry.key.is_empty() => entry.key,
            _ => form_of(self.field, version).key,
        }
    }

    /// Its name for people.
    pub(super) fn label(&self) -> &'static str {
        self.entry.map(|e| e.label).filter(|label| !label.is_empty()).unwrap_or(self.listed.label)
    }

    /// Its `field_type`. v2 knows flags, where v1 has options.
    pub(super) fn field_type(&self, version: Version) -> &'static str {
        if version == Version::V2 && self.field.kind == Kind::Boolean {
            return "boolean";
        }
        self.entry
            .map(|e| e.field_type)
            .filter(|field_type| !field_type.is_empty())
            .unwrap_or_else(|| self.listed.kind.field_type())
    }

    /// The field whose form the version's bodies are read by.
    fn written(&self, version: Version) -> &'static Field {
        let key = self.key(version);
        self.object.fields.iter().find(|f| form_of(f, version).key == key).unwrap_or(self.field)
    }

    /// Whether a create and an update may give it, by someone who has the rights that `may` names.
    pub(super) fn writable(&self, version: Version, may: impl Fn(Right) -> bool) -> (bool, bool) {
        let field = self.written(version);
        if form_of(field, version).read_only {
            return (false, false);
        }
        match field.writable {
            Writable::Never => (false, false),
            Writable::OnCreate => (true, false),
            Writable::Always => (true, true),
            Writable::WithRight(right) => (may(right), may(right)),
        }
    }

    /// Its options; nothing when it is no choice.
    pub(super) fn options(&self, catalogue: &Catalogue) -> Option<Json> {
        let is_choice = matches!(self.field_type(catalogue.version), "enum" | "set");
        if catalogue.version == Version::V2 && self.field.kind == Kind::Boolean {
            return None;
        }
        match self.entry.map_or(Options::Kind, |e| e.options) {
            Options::Kind => self.options_of_kind(catalogue).or_else(|| is_choice.then(|| json!([]))),
            Options::Words(words) => Some(pairs(words)),
            Options::Flag(no, yes) => Some(pairs(&[(0, no), (1, yes)])),
            Options::Truth(no, yes) => Some(pairs(&[(false, no), (true, yes)])),
        }
    }

    fn options_of_kind(&self, catalogue: &Catalogue) -> Option<Json> {
        match self.listed.kind {
            _ if self.listed.names == objects::ACTIVITY_TYPE.name => {
                let types = &catalogue.schema.activity_types;
                Some(types.iter().map(|(key, name)| json!({ "id": key, "label": name })).collect())
            }
            Kind::References(to) if to == objects::LEAD_LABEL.name => {
                let labels = catalogue.lead_labels.iter();
                Some(labels.map(|[id, name, color]| json!({ "id": id, "label": name, "color": color })).collect())
            }
            Kind::Boolean => Some(pairs(&[(1, "Yes"), (0, "No")])),
            Kind::VisibleTo => {
                let known = LEVELS.iter().filter_map(|level| Some((level.number, level.published?)));
                Some(pairs(&known.collect::<Vec<_>>()))
            }
            Kind::Enumeration(words) => {
                Some(words.iter().map(|word| json!({ "id": word, "label": sentence(word) })).collect())
            }
            Kind::Choice | Kind::Choices => {
                Some(self.definition.map_or_else(|| json!([]), |d| choices::shown(catalogue.version, d)))
            }
            _ => None,
        }
    }
}

fn pairs<T: Copy + Into<Json>>(options: &[(T, &str)]) -> Json {
    options.iter().map(|(id, label)| json!({ "id": (*id).into(), "label": label })).collect()
}

/// `no_consent` as `No consent`.
fn sentence(word: &str) -> String {
    let mut text = word.replace('_', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
