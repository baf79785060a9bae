//! Referenced records: embedded as objects with `value`, and beside the data as `related_objects`
//! (pipedrive-contract 2.1, 3.0). Each is rendered once per page and copied.

use std::ops::Range;

use penstock_crm::{Lookup, Page, Reader};
use penstock_model::{Codec, Field, Kind, Object, Result, ValueRef, reference::Shows};

use super::{
    codec::{self, Context},
    plan::{Plan, Wanted},
    scalar,
};

/// How a key of a reference is written, found once per page.
#[derive(Clone, Copy)]
enum Shown {
    Cell {
        codec: Codec,
        kind: Kind,
        /// Its column in the lookup.
        at: Option<usize>,
        /// Whether it says that it is hidden, rather than nothing, of a record that the reader can't see.
        is_title: bool,
    },
    CompanyId,
    CompanyMail,
    NoPicture,
    Null,
}

impl Shown {
    fn of(shows: Shows, object: &Object, lookup: &Lookup) -> Self {
        match shows {
            Shows::Field(name, codec) => Self::Cell {
                codec,
                kind: object.field(name).map_or(Kind::Text, |f| f.kind),
                at: lookup.position(name),
                is_title: name == object.title,
            },
            Shows::CompanyId => Self::CompanyId,
            Shows::CompanyMail => Self::CompanyMail,
            Shows::NoPicture => Self::NoPicture,
            Shows::Null => Self::Null,
        }
    }
}

/// The fields that references to an object show.
pub(super) fn fields(object: &'static Object) -> impl Iterator<Item = &'static Field> {
    let names = object.reference.iter().flat_map(penstock_model::reference::ReferenceForm::fields);
    names.filter_map(|name| object.field(name))
}

/// The referenced records of a page.
pub(crate) struct References {
    pub(crate) lookups: Vec<Lookup>,
    forms: Vec<Option<Rendered>>,
}

/// How the records of a lookup are shown, each rendered when it is first asked for.
struct Rendered {
    object: &'static Object,
    id_embedded: bool,
    /// The leads of its keys, and what each shows.
    layout: Vec<(Box<[u8]>, Shown)>,
    /// The keys between an object's own `id` and what is particular to its place, with a comma before each.
    keys: Vec<u8>,
    /// Where the keys of each row are.
    rows: Vec<Option<Range<usize>>>,
}

impl Rendered {
    fn of(object: &'static Object, lookup: &Lookup) -> Option<Self> {
        let form = object.reference?;
        let lead = |key: &str| format!(",\"{key}\":").into_bytes().into_boxed_slice();
        let layout = form.keys.iter().map(|k| (lead(k.key), Shown::of(k.shows, object, lookup))).collect();
        Some(Self { object, id_embedded: form.id_embedded, layout, keys: Vec::new(), rows: vec![None; lookup.len()] })
    }

    fn keys(&mut self, lookup: &Lookup, row: usize, facts: Facts<'_>) -> &[u8] {
        let range = self.rows[row].get_or_insert_with(|| {
            let start = self.keys.len();
            keys(&mut self.keys, &self.layout, lookup, row, facts);
            start..self.keys.len()
        });
        &self.keys[range.clone()]
    }

    fn embed(&mut self, out: &mut Vec<u8>, lookup: &Lookup, id: i64, row: usize, facts: Facts<'_>) {
        if self.id_embedded {
            out.extend_from_slice(b"{\"id\":");
            scalar::int(out, id);
            out.extend_from_slice(self.keys(lookup, row, facts));
        } else {
            out.push(b'{');
            out.extend_from_slice(self.keys(lookup, row, facts).get(1..).unwrap_or_default());
        }
        out.extend_from_slice(b",\"value\":");
        scalar::int(out, id);
        out.push(b'}');
    }

    /// Writes the records that the reader sees, by number: nothing when there is none.
    fn related(&mut self, out: &mut Vec<u8>, lookup: &Lookup, facts: Facts<'_>) {
        let mut visible = lookup.rows().filter(|(_, row)| lookup.visible(*row)).peekable();
        if visible.peek().is_none() {
            return;
        }
        scalar::key(out, self.object.name);
        let mut before = b'{';
        for (id, row) in visible {
            out.extend_from_slice(&[before, b'"']);
            scalar::int(out, id);
            out.extend_from_slice(b"\":{\"id\":");
            scalar::int(out, id);
            out.extend_from_slice(self.keys(lookup, row, facts));
            out.push(b'}');
            before = b',';
        }
        out.push(b'}');
    }
}

impl References {
    /// Those of some lookups, each of an object.
    pub(crate) fn of(found: Vec<(&'static Object, Lookup)>) -> Self {
        let forms = found.iter().map(|(object, lookup)| Rendered::of(object, lookup)).collect();
        Self { lookups: found.into_iter().map(|(_, lookup)| lookup).collect(), forms }
    }

    /// Reads what a page refers to: one statement per object, in the page's snapshot.
    pub(crate) fn read(reader: &mut Reader<'_>, plan: &Plan, page: &Page) -> Result<Self> {
        let mut found = Vec::with_capacity(plan.wanted.len());
        let mut ids = Vec::new();
        for Wanted { object, columns, fields, .. } in &plan.wanted {
            ids.clear();
            ids.extend(columns.iter().flat_map(|column| page.numbers(*column)));
            found.push((*object, reader.lookup(object, &ids, fields)?));
        }
        Ok(Self::of(found))
    }

    /// Writes a reference as an object with `value`; `null` when the record does not exist.
    pub(crate) fn embed(&mut self, out: &mut Vec<u8>, at: usize, id: ValueRef<'_>, facts: Facts<'_>) {
        let lookup = &self.lookups[at];
        let found = id.int().and_then(|id| Some((id, lookup.row(id)?)));
        match (found, &mut self.forms[at]) {
            (Some((id, row)), Some(form)) => form.embed(out, lookup, id, row, facts),
            _ => scalar::null(out),
        }
    }

    /// Writes `related_objects` of the wanted lookups: by object, then by number. Records that the reader can't see are
    /// left out.
    pub(crate) fn related(&mut self, out: &mut Vec<u8>, wanted: impl Fn(usize) -> bool, facts: Facts<'_>) {
        out.push(b'{');
        for (at, (form, lookup)) in self.forms.iter_mut().zip(&self.lookups).enumerate() {
            if let Some(form) = form.as_mut().filter(|_| wanted(at)) {
                form.related(out, lookup, facts);
            }
        }
        out.push(b'}');
    }
}

/// Reads records of an object by number, with what `related_objects` shows of them.
pub(crate) fn find(reader: &mut Reader<'_>, object: &'static Object, ids: &[i64]) -> Result<Lookup> {
    let fields: Vec<_> = fields(object).collect();
    reader.lookup(object, ids, &fields)
}

/// What the forms need of the company.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) company: penstock_model::CompanyId,
    pub(crate) domain: &'a str,
    /// The object of the page.
    pub(crate) about: &'static Object,
}

/// Writes the keys of a record, with a comma before each.
fn keys(out: &mut Vec<u8>, layout: &[(Box<[u8]>, Shown)], lookup: &Lookup, row: usize, facts: Facts<'_>) {
    let visible = lookup.visible(row);
    let context = Context { company: facts.company, uuid_object: 0 };
    for (lead, shown) in layout {
        out.extend_from_slice(lead);
        match *shown {
            // A record that the reader can't see keeps its place, without what it says (pipedrive-contract 12.7).
            Shown::Cell { is_title: true, .. } if !visible => scalar::string(out, "(hidden)"),
            Shown::Cell { codec, kind, .. } if !visible => codec::write(out, codec, kind, ValueRef::Null, context),
            Shown::Cell { codec, kind, at, .. } => codec::write(out, codec, kind, lookup.at(row, at), context),
            Shown::CompanyId => scalar::int(out, facts.company.get()),
            Shown::CompanyMail => scalar::string(out, &format!("{}@{}", facts.domain, super::computed::MAIL_HOST)),
            Shown::NoPicture if facts.about.flags_pictures => scalar::flag(out, false),
            Shown::NoPicture => scalar::int(out, 0),
            Shown::Null => scalar::null(out),
        }
    }
}
