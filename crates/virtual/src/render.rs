//! Records as bytes.

use std::{collections::HashMap, sync::Arc};

use penstock_api::compute;
use penstock_connector::Record;
use penstock_model::{Error, Result};

use crate::{expand, view::View, wire};

/// The most bytes of what `expand` shows beside the records of an answer. A record that many refer to is shown beside
/// each of them.
const MOST_BESIDE: usize = 16 << 20;

/// Writes records of a view.
pub(crate) struct Renderer {
    pub(crate) view: Arc<View>,
    /// The fields that are given, in order.
    pub(crate) selected: Vec<usize>,
    /// The references that are expanded, each with the rendered records that it may name.
    pub(crate) expanded: Vec<(usize, HashMap<String, Vec<u8>>)>,
}

/// What the provider keeps in another form than was sent: the field, and both forms.
pub(crate) type Warnings = [serde_json::Value];

impl Renderer {
    /// What `work` writes of some records; far from the threads that serve connections, if it is much.
    ///
    /// # Errors
    /// `ParameterInvalid` when too much would stand beside the records.
    pub(crate) async fn write<T: Send + 'static>(
        self,
        records: Vec<Record>,
        work: impl FnOnce(&Self, &[Record]) -> T + Send + 'static,
    ) -> Result<T> {
        let beside: usize = records.iter().map(|record| self.size_beside(record)).sum();
        if beside > MOST_BESIDE {
            let most = MOST_BESIDE >> 20;
            let message = format!(
                "would show more than {most} MB beside the records: ask for fewer with limit, or for less of them with fields"
            );
            return Err(Error::parameter("expand", &message));
        }
        let own: usize = records.iter().map(Record::size).sum();
        compute(own + beside, move || work(&self, &records)).await
    }

    fn size_beside(&self, record: &Record) -> usize {
        let sizes = self.expanded.iter().map(|(at, records)| {
            let ids = expand::ids(&self.view.fields[*at], record);
            ids.iter().filter_map(|id| records.get(id)).map(Vec::len).sum::<usize>()
        });
        sizes.sum()
    }

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
            let ids = expand::ids(field, record);
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
