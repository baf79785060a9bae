//! Records as bytes.

use std::collections::HashMap;

use penstock_connector::Record;

use crate::{view::View, wire};

/// Writes records of a view.
pub(crate) struct Renderer<'a> {
    pub(crate) view: &'a View,
    /// The fields that are given, in order.
    pub(crate) selected: Vec<usize>,
    /// The references that are expanded, each with the rendered records that it may name.
    pub(crate) expanded: Vec<(usize, HashMap<String, Vec<u8>>)>,
}

/// What the provider keeps in another form than was sent: the field, and both forms.
pub(crate) type Warnings = [serde_json::Value];

impl Renderer<'_> {
    /// Appends a record.
    pub(crate) fn record(&self, out: &mut Vec<u8>, record: &Record, warnings: &Warnings) {
        out.push(b'{');
        for at in &self.selected {
            let field = &self.view.fields[*at];
            wire::key(out, field.name());
            wire::write(out, &field.about.kind, &field.get(record));
        }
        if !self.expanded.is_empty() {
            wire::key(out, "expanded");
            self.beside(out, record);
        }
        if !warnings.is_empty() {
            wire::key(out, "warnings");
            // Writing to a vector can't fail.
            let _ = serde_json::to_writer(&mut *out, warnings);
        }
        out.push(b'}');
    }

    /// The records of the expanded references; null where there is none that the user sees.
    fn beside(&self, out: &mut Vec<u8>, record: &Record) {
        out.push(b'{');
        for (at, records) in &self.expanded {
            let field = &self.view.fields[*at];
            wire::key(out, field.name());
            let copied = |id: &String| records.get(id).map_or(&b"null"[..], Vec::as_slice);
            let ids = super::expand::ids(field, record);
            if field.about.kind.is_list() {
                out.push(b'[');
                out.extend_from_slice(&ids.iter().map(copied).collect::<Vec<_>>().join(&b","[..]));
                out.push(b']');
            } else {
                out.extend_from_slice(ids.first().map_or(b"null", copied));
            }
        }
        out.push(b'}');
    }
}
