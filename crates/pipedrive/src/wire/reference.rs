//! Referenced records: embedded as objects with `value`, and beside the data as `related_objects`
//! (pipedrive-contract 2.1, 3.0). Each is rendered once per page and copied.

use std::{collections::HashMap, ops::Range};

use penstock_crm::{Lookup, Page, Reader};
use penstock_model::{Codec, Kind, Object, Result, ValueRef};

use super::{
    codec::{self, Context},
    plan::{Plan, Wanted},
    scalar,
};

/// One key of a reference: `(key, codec, column)`. A column that is empty gives a constant.
pub(crate) type Key = (&'static str, Shown, &'static str);

/// How a key of a reference is written.
#[derive(Clone, Copy)]
pub(crate) enum Shown {
    As(Codec, Kind),
    CompanyId,
    CompanyMail,
    NoPicture,
    Null,
}

use Shown::{As, CompanyId, CompanyMail, NoPicture, Null};

const TEXT: Shown = As(Codec::Plain, Kind::Text);
const INT: Shown = As(Codec::Plain, Kind::Integer);
const FLAG: Shown = As(Codec::Plain, Kind::Boolean);

/// An object that can be embedded or related: its keys, and whether an embedded one shows its own `id`.
pub(crate) struct Form {
    pub(crate) object: &'static str,
    pub(crate) id_embedded: bool,
    pub(crate) keys: &'static [Key],
}

/// Every object that can be embedded or related.
pub(crate) static FORMS: &[Form] = &[
    Form {
        object: "user",
        id_embedded: true,
        keys: &[
            ("name", TEXT, "name"),
            ("email", TEXT, "email"),
            ("has_pic", NoPicture, ""),
            ("pic_hash", Null, ""),
            ("active_flag", FLAG, "is_active"),
        ],
    },
    Form {
        object: "person",
        id_embedded: false,
        keys: &[
            ("active_flag", As(Codec::Negated, Kind::Boolean), "is_deleted"),
            ("name", TEXT, "name"),
            ("email", As(Codec::Contacts, Kind::Emails), "emails"),
            ("phone", As(Codec::Contacts, Kind::Phones), "phones"),
            ("owner_id", INT, "owner_id"),
            ("company_id", CompanyId, ""),
        ],
    },
    Form {
        object: "organization",
        id_embedded: false,
        keys: &[
            ("name", TEXT, "name"),
            ("people_count", INT, "people_count"),
            ("owner_id", INT, "owner_id"),
            ("address", As(Codec::AddressLine, Kind::Address), "address"),
            ("label_ids", As(Codec::List, Kind::Choices), "label_ids"),
            ("active_flag", As(Codec::Negated, Kind::Boolean), "is_deleted"),
            ("cc_email", CompanyMail, ""),
            ("owner_name", TEXT, "owner_name"),
        ],
    },
    Form {
        object: "deal",
        id_embedded: true,
        keys: &[
            ("title", TEXT, "title"),
            ("status", TEXT, "status"),
            ("value", As(Codec::Plain, Kind::Money), "value"),
            ("currency", TEXT, "currency"),
            ("stage_id", INT, "stage_id"),
            ("pipeline_id", INT, "pipeline_id"),
        ],
    },
    Form {
        object: "stage",
        id_embedded: true,
        keys: &[
            ("company_id", CompanyId, ""),
            ("order_nr", INT, "order_nr"),
            ("name", TEXT, "name"),
            ("active_flag", As(Codec::Negated, Kind::Boolean), "is_deleted"),
            ("deal_probability", INT, "deal_probability"),
            ("pipeline_id", INT, "pipeline_id"),
            ("rotten_flag", FLAG, "rot_enabled"),
            ("rotten_days", INT, "rotten_days"),
            ("add_time", As(Codec::SpaceTime, Kind::DateTime), "add_time"),
            ("update_time", As(Codec::SpaceTime, Kind::DateTime), "update_time"),
            ("pipeline_name", TEXT, "pipeline_name"),
            ("pipeline_deal_probability", FLAG, "pipeline_deal_probability"),
        ],
    },
    Form {
        object: "pipeline",
        id_embedded: true,
        keys: &[
            ("name", TEXT, "name"),
            ("url_title", TEXT, "url_title"),
            ("order_nr", INT, "order_nr"),
            ("active", As(Codec::Negated, Kind::Boolean), "is_deleted"),
            ("deal_probability", FLAG, "deal_probability"),
            ("add_time", As(Codec::SpaceTime, Kind::DateTime), "add_time"),
            ("update_time", As(Codec::SpaceTime, Kind::DateTime), "update_time"),
        ],
    },
];

fn form(object: &str) -> Option<&'static Form> {
    FORMS.iter().find(|f| f.object == object)
}

/// Whether records of an object appear in `related_objects`.
pub(crate) fn is_related(object: &str) -> bool {
    form(object).is_some()
}

/// The columns that a reference's form reads.
pub(super) fn columns(object: &str) -> &'static [&'static str] {
    static NAMES: std::sync::LazyLock<HashMap<&'static str, Vec<&'static str>>> = std::sync::LazyLock::new(|| {
        let own = |f: &Form| f.keys.iter().filter(|k| matches!(k.1, As(..))).map(|k| k.2).collect();
        FORMS.iter().map(|f| (f.object, own(f))).collect()
    });
    NAMES.get(object).map_or(&[], Vec::as_slice)
}

/// How the records of a lookup are written: the leads of their keys, and where each finds its column.
struct Layout {
    form: &'static Form,
    keys: Vec<(Box<[u8]>, Option<usize>)>,
}

impl Layout {
    fn of(object: &str, lookup: &Lookup) -> Option<Self> {
        let form = form(object)?;
        let lead = |key: &str| format!(",\"{key}\":").into_bytes().into_boxed_slice();
        let keys = form.keys.iter().map(|(key, _, column)| (lead(key), lookup.position(column))).collect();
        Some(Self { form, keys })
    }
}

/// The referenced records of a page.
pub(crate) struct References {
    pub(crate) lookups: Vec<Lookup>,
    forms: Vec<Option<Rendered>>,
}

/// How the records of a lookup are shown, each rendered when it is first asked for.
struct Rendered {
    object: &'static str,
    layout: Layout,
    /// The keys between an object's own `id` and what is particular to its place, with a comma before each.
    keys: Vec<u8>,
    /// Where the keys of each row are.
    rows: Vec<Option<Range<usize>>>,
}

impl Rendered {
    fn of(object: &'static str, lookup: &Lookup) -> Option<Self> {
        let layout = Layout::of(object, lookup)?;
        Some(Self { object, layout, keys: Vec::new(), rows: vec![None; lookup.len()] })
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
        if self.layout.form.id_embedded {
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
        scalar::key(out, self.object);
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
    pub(crate) fn of(found: Vec<(&'static str, Lookup)>) -> Self {
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
            found.push((object.name, reader.lookup(object, &ids, fields)?));
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
    let fields: Vec<_> = columns(object.name).iter().filter_map(|name| object.field(name)).collect();
    reader.lookup(object, ids, &fields)
}

/// What the forms need of the company.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) company: penstock_model::CompanyId,
    pub(crate) domain: &'a str,
    /// The object of the page.
    pub(crate) about: &'a str,
}

/// Writes the keys of a record, with a comma before each.
fn keys(out: &mut Vec<u8>, layout: &Layout, lookup: &Lookup, row: usize, facts: Facts<'_>) {
    let visible = lookup.visible(row);
    let context = Context { company: facts.company, uuid_object: 0 };
    for ((_, shown, column), (lead, at)) in layout.form.keys.iter().zip(&layout.keys) {
        out.extend_from_slice(lead);
        match shown {
            // A record that the reader can't see keeps its place, without what it says (pipedrive-contract 12.7).
            As(_, Kind::Text) if !visible && *column == "name" => scalar::string(out, "(hidden)"),
            As(codec, kind) if !visible => codec::write(out, *codec, *kind, ValueRef::Null, context),
            As(codec, kind) => codec::write(out, *codec, *kind, lookup.at(row, *at), context),
            CompanyId => scalar::int(out, facts.company.get()),
            CompanyMail => scalar::string(out, &format!("{}@{}", facts.domain, super::computed::MAIL_HOST)),
            // A flag beside deals, a number beside everything else: clients declare it so.
            NoPicture if facts.about == "deal" => scalar::flag(out, false),
            NoPicture => scalar::int(out, 0),
            Null => scalar::null(out),
        }
    }
}
