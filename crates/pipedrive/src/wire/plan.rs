//! A plan: which columns an answer reads and which pieces it writes, chosen once per kind of request.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use penstock_crm::{Single, read::needed};
use penstock_model::{
    Codec, Field, Kind, Object, Source,
    field::{Compute, Form, Shown},
    objects,
};
use penstock_store::sql::Column;

use super::{
    computed::{Input, wants},
    scalar,
};
use crate::operations::{References, Version};

/// The field whose options are labels.
pub(crate) const LABELS: &str = "label_ids";

/// How much of a record an answer shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    /// As one of a list.
    Listed,
    /// Read alone.
    Alone,
    /// Reduced, as `/collection` shows it.
    Collected,
}

/// One key of a record, and where its value comes from.
pub(crate) struct Piece {
    /// `"key":`, ready to copy.
    pub(crate) lead: Box<[u8]>,
    /// The key itself.
    pub(crate) key: &'static str,
    pub(crate) codec: Codec,
    pub(crate) kind: Kind,
    pub(crate) value: Origin,
    /// The code of the object that UUIDs name.
    pub(crate) uuid_object: u8,
}

/// Where the value of a piece comes from.
pub(crate) enum Origin {
    /// A column of the page.
    Cell(usize),
    /// An amount and its currency.
    Pair(usize, usize),
    /// A reference shown as an object: the column, and which lookup.
    Embedded(usize, usize),
    /// A column of a referenced record: the reference's column, which lookup, the place of the other column there.
    Joined(usize, usize, Option<usize>),
    /// Made on output from columns. Boxed, because the largest has seven inputs and a page walks all pieces for every record.
    Computed(Box<Compute<Input>>),
}

/// The records of one object that a page refers to.
pub(crate) struct Wanted {
    pub(crate) object: &'static Object,
    /// The page's columns with their numbers.
    pub(crate) columns: Vec<usize>,
    /// The columns to read of them.
    pub(crate) fields: Vec<&'static Field>,
    /// Whether they appear in `related_objects`.
    pub(crate) related: bool,
}

/// What to read and what to write.
pub(crate) struct Plan {
    pub(crate) object: &'static Object,
    pub(crate) version: Version,
    pub(crate) columns: Vec<Column>,
    /// How one record alone is read with the columns.
    pub(crate) single: Single,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) wanted: Vec<Wanted>,
    /// The column of the custom values, when they are shown.
    pub(crate) custom: Option<usize>,
    /// Only these custom fields, when the request named keys.
    pub(crate) only_custom: Option<Vec<Box<str>>>,
    /// Whether options of custom fields are shown with their labels.
    pub(crate) option_labels: bool,
    /// The column of the labels, when they are shown with their names.
    pub(crate) labels: Option<usize>,
    pub(crate) references: References,
}

/// What a request may ask for beyond the operation's own form.
#[derive(Debug, Default)]
pub(crate) struct Projection {
    /// v1: only these keys.
    pub(crate) selector: Option<Vec<Box<str>>>,
    /// v2: these keys too.
    pub(crate) include: Vec<Box<str>>,
    /// v2: only these custom fields.
    pub(crate) custom: Option<Vec<Box<str>>>,
    /// v2: options of custom fields with their labels.
    pub(crate) option_labels: bool,
    /// v2: labels with their names, beside their numbers.
    pub(crate) labels: bool,
}

impl Projection {
    fn is_plain(&self) -> bool {
        self.selector.is_none()
            && self.include.is_empty()
            && self.custom.is_none()
            && !self.option_labels
            && !self.labels
    }
}

type Key = (u8, Version, Shape, u8);
static PLANS: LazyLock<Mutex<HashMap<Key, Arc<Plan>>>> = LazyLock::new(Mutex::default);

impl Plan {
    /// The plan of a request; those without wishes of their own are made once.
    pub(crate) fn of(
        object: &'static Object,
        version: Version,
        shape: Shape,
        references: References,
        asked: &Projection,
    ) -> Arc<Self> {
        if !asked.is_plain() {
            return Arc::new(Self::make(object, version, shape, references, asked));
        }
        let key = (object.code, version, shape, references as u8);
        let mut plans = PLANS.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(Self::make(object, version, shape, references, asked));
        Arc::clone(plans.entry(key).or_insert_with(made))
    }

    fn make(
        object: &'static Object,
        version: Version,
        shape: Shape,
        references: References,
        asked: &Projection,
    ) -> Self {
        let mut plan = Self {
            object,
            version,
            columns: Vec::new(),
            single: Single::new(object, &[]),
            pieces: Vec::new(),
            wanted: Vec::new(),
            custom: None,
            only_custom: asked.custom.clone().or_else(|| asked.selector.clone()),
            option_labels: asked.option_labels,
            labels: None,
            references,
        };
        for field in object.fields {
            let form = form_of(field, version);
            if is_shown(form, shape, asked) {
                plan.add(field, form);
            }
        }
        if object.reference.is_some_and(|form| form.relates_itself)
            && version == Version::V1
            && references == References::Embedded
        {
            plan.relate_itself();
        }
        if asked.labels
            && let Some(field) = object.field(LABELS)
        {
            needed(object, field, &mut plan.columns);
            plan.labels = Some(plan.column(LABELS));
        }
        if object.custom.is_some() && shape != Shape::Collected {
            plan.custom = Some(plan.columns.len());
            plan.columns.push(Column::Custom);
        }
        plan.single = Single::new(object, &plan.columns);
        plan
    }

    /// The records stand in their own `related_objects` (pipedrive-contract 3.0).
    fn relate_itself(&mut self) {
        let id = |c: &Column| matches!(c, Column::Field(f) if f.name == "id");
        if let Some(at) = self.columns.iter().position(id) {
            self.want(self.object, at, &[], true);
        }
    }

    /// The place of a field's column in the page.
    pub(crate) fn column(&self, name: &str) -> usize {
        self.columns.iter().position(|c| matches!(c, Column::Field(f) if f.name == name)).unwrap_or(0)
    }

    fn add(&mut self, field: &'static Field, form: Form) {
        needed(self.object, field, &mut self.columns);
        let mut kind = field.kind;
        let mut uuid_object = self.object.code;
        if let Kind::Reference(to) | Kind::References(to) = field.kind {
            uuid_object = objects::get(to).code;
        }
        let value = match field.source {
            Source::Column | Source::Subquery(_) | Source::Alias(_) => {
                let name = if let Source::Alias(name) = field.source { name } else { field.name };
                let at = self.column(name);
                match (form.codec, field.kind) {
                    (Codec::Embedded, Kind::Reference(to)) if self.references == References::Embedded => {
                        Origin::Embedded(at, self.want(objects::get(to), at, &[], true))
                    }
                    (Codec::MoneyPair, _) => {
                        let currency = self.object.field("currency").map_or(at, |f| {
                            needed(self.object, f, &mut self.columns);
                            self.column("currency")
                        });
                        Origin::Pair(at, currency)
                    }
                    (_, Kind::Reference(to)) if self.version == Version::V1 && self.references != References::Ids => {
                        // Stage, pipeline and the ids of activities appear in `related_objects`.
                        let to = objects::get(to);
                        if to.reference.is_some() {
                            self.want(to, at, &[], true);
                        }
                        Origin::Cell(at)
                    }
                    _ => Origin::Cell(at),
                }
            }
            Source::Joined { via, field: other } => {
                let (at, Some(to)) = (self.column(via), self.object.target(via)) else { return };
                if let Some(other) = to.field(other) {
                    kind = other.kind;
                }
                let lookup = self.want(to, at, &[other], false);
                let place = self.wanted[lookup].fields.iter().position(|f| f.name == other);
                Origin::Joined(at, lookup, place)
            }
            Source::Computed(how) => {
                let wanted = wants(how, self.object);
                Origin::Computed(Box::new(how.map(|name| {
                    let (column, to) = (self.column(name), self.object.target(name));
                    let fields = wanted.iter().find(|(via, _)| *via == name).map(|(_, fields)| *fields);
                    let lookup = to.zip(fields).map(|(to, fields)| self.want(to, column, fields, false));
                    Input { column, to, lookup }
                })))
            }
        };
        let mut lead = Vec::with_capacity(form.key.len() + 3);
        scalar::string(&mut lead, form.key);
        lead.push(b':');
        self.pieces.push(Piece { lead: lead.into(), key: form.key, codec: form.codec, kind, value, uuid_object });
    }

    /// Notes that records of an object are needed; gives the number of their lookup.
    fn want(&mut self, object: &'static Object, column: usize, fields: &[&'static str], related: bool) -> usize {
        let known = self.wanted.iter().position(|w| w.object.name == object.name);
        let at = known.unwrap_or_else(|| {
            self.wanted.push(Wanted { object, columns: Vec::new(), fields: Vec::new(), related: false });
            self.wanted.len() - 1
        });
        let wanted = &mut self.wanted[at];
        wanted.related |= related;
        if !wanted.columns.contains(&column) {
            wanted.columns.push(column);
        }
        let own = related.then(|| super::reference::fields(object)).into_iter().flatten();
        for field in fields.iter().filter_map(|name| object.field(name)).chain(own) {
            if !wanted.fields.iter().any(|f| f.name == field.name) {
                wanted.fields.push(field);
            }
        }
        at
    }
}

/// A field's form in a version.
pub(crate) const fn form_of(field: &Field, version: Version) -> Form {
    match version {
        Version::V1 => field.v1,
        Version::V2 => field.v2,
    }
}

fn is_shown(form: Form, shape: Shape, asked: &Projection) -> bool {
    let named = |keys: &[Box<str>]| keys.iter().any(|k| &**k == form.key);
    if form.key.is_empty() {
        return false;
    }
    if let Some(selector) = &asked.selector
        && !named(selector)
    {
        return false;
    }
    match form.shown {
        Shown::Never => false,
        Shown::Collected => true,
        Shown::Always => shape != Shape::Collected,
        Shown::Alone => shape == Shape::Alone,
        Shown::Asked => named(&asked.include),
    }
}
