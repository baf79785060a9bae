//! Which stored cells make which normalised values, and the way back.

use penstock_connector::{Columns, Name, Record, composite};
use penstock_model::{
    CompanyId, CompanySchema, Error, Field, Kind, Object, Value, ValueRef,
    field::{Compute, Source},
};
use penstock_store::sql::{self, Column};
use serde_json::{Map, Value as Json};

use super::{beside::Beside, external, ids, normal};

/// The built-in fields that are offered, in order.
pub(super) fn built_in(object: &'static Object) -> impl Iterator<Item = &'static Field> {
    object
        .fields
        .iter()
        .filter(move |f| !f.virtual_name.is_empty() && (f.is_column() || concerned(object, f).is_some()))
}

/// The built-in field of that name, if it is offered and has a column: what can be written, filtered and sorted by.
pub(super) fn find(object: &'static Object, name: &str) -> Option<&'static Field> {
    built_in(object).find(|f| f.name == name && f.is_column())
}

/// The references that the persons of a note are found by.
#[derive(Clone, Copy)]
pub(super) struct Concerned {
    pub(super) person: &'static Field,
    pub(super) deal: &'static Field,
    pub(super) lead: &'static Field,
}

/// By what a field's persons are found, if that is what it holds.
fn concerned(object: &'static Object, field: &Field) -> Option<Concerned> {
    match field.source {
        Source::Computed(Compute::Concerned { person, deal, lead }) => {
            Some(Concerned { person: object.field(person)?, deal: object.field(deal)?, lead: object.field(lead)? })
        }
        _ => None,
    }
}

/// The column of an amount's currency.
pub(super) fn currency(object: &'static Object) -> Option<&'static Field> {
    object.field("currency")
}

/// Names a field as the description does: a currency is part of its amount.
pub(super) fn blame(object: &'static Object, mut error: Error) -> Error {
    let amount = built_in(object).find(|f| f.kind == Kind::Money);
    if error.field.as_deref() == Some("currency")
        && let Some(amount) = amount
    {
        error.field = Some(amount.name.into());
    }
    error
}

/// Where a value comes from.
enum Cell {
    /// A column.
    Column(&'static Field),
    /// A custom field.
    Custom(String, Kind),
    /// The keys in other systems.
    External,
    /// The persons whom a note concerns.
    Concerned(Concerned),
}

/// The values that records are to carry.
pub(super) struct Layout {
    object: &'static Object,
    columns: Columns,
    cells: Vec<Cell>,
}

/// A stored row.
pub(super) trait Row {
    /// The value of a field's column.
    fn field(&self, field: &'static Field) -> ValueRef<'_>;
    /// The stored custom values.
    fn custom(&self) -> ValueRef<'_>;
    /// The sequence of the record's last event.
    fn version(&self) -> i64;
}

impl Layout {
    /// The named fields of an object; names that it does not have give no value.
    pub(super) fn new(object: &'static Object, schema: &CompanySchema, names: &[Name]) -> Self {
        let mut known: Vec<(Name, Cell)> = Vec::with_capacity(names.len());
        for name in names {
            let cell = if *name == external::NAME {
                Some(Cell::External)
            } else if let Some(field) = find(object, name) {
                Some(Cell::Column(field))
            } else if let Some(by) = built_in(object).find(|f| f.name == *name).and_then(|f| concerned(object, f)) {
                Some(Cell::Concerned(by))
            } else {
                schema.custom_by_key(object, name).map(|f| Cell::Custom(f.number.to_string(), f.kind))
            };
            known.extend(cell.map(|cell| (name.clone(), cell)));
        }
        known.sort_by(|a, b| a.0.cmp(&b.0));
        known.dedup_by(|a, b| a.0 == b.0);
        let columns = Columns::new(known.iter().map(|(name, _)| name.clone()));
        Self { object, columns, cells: known.into_iter().map(|(_, cell)| cell).collect() }
    }

    /// Every field of an object.
    pub(super) fn whole(object: &'static Object, schema: &CompanySchema) -> Self {
        let mut names: Vec<Name> = built_in(object).map(|f| Name::Borrowed(f.name)).collect();
        names.push(external::NAME.into());
        names.extend(schema.custom(object).map(|f| Name::Owned(f.key.to_string())));
        Self::new(object, schema, &names)
    }

    /// Whether the records carry their keys in other systems.
    pub(super) fn has_external(&self) -> bool {
        self.cells.iter().any(|c| matches!(c, Cell::External))
    }

    /// By what the persons whom a note concerns are found, if the records carry them.
    pub(super) fn concerned(&self) -> Option<Concerned> {
        self.cells.iter().find_map(|c| if let Cell::Concerned(by) = c { Some(*by) } else { None })
    }

    /// The columns that a statement must give, the version last.
    pub(super) fn needed(&self) -> Vec<Column> {
        let mut needed: Vec<&'static Field> = vec![self.object.id()];
        for cell in &self.cells {
            let fields: Vec<&'static Field> = match cell {
                Cell::Column(field) if field.kind == Kind::Money => {
                    std::iter::once(*field).chain(currency(self.object)).collect()
                }
                Cell::Column(field) => vec![*field],
                Cell::Concerned(by) => vec![by.person, by.deal, by.lead],
                Cell::Custom(..) | Cell::External => Vec::new(),
            };
            for field in fields {
                if !needed.iter().any(|f| f.name == field.name) {
                    needed.push(field);
                }
            }
        }
        needed.extend(self.object.field("is_deleted").filter(|f| f.is_column()));
        let mut columns: Vec<Column> = needed.into_iter().map(Column::Field).collect();
        if self.cells.iter().any(|c| matches!(c, Cell::Custom(..))) {
            columns.push(Column::Custom);
        }
        columns.push(Column::Version);
        columns
    }

    /// A row as a normalised record.
    pub(super) fn record(&self, company: CompanyId, row: &dyn Row, beside: &Beside) -> Record {
        let custom: Map<String, Json> =
            row.custom().text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let id = row.field(self.object.id()).int().unwrap_or(0);
        let value = |cell: &Cell| match cell {
            Cell::Column(field) if field.kind == Kind::Money => self.money(row, field),
            Cell::Column(field) => normal::value(company, field.kind, row.field(field)),
            Cell::Custom(number, kind) => custom_value(company, custom.get(number), *kind),
            Cell::External => beside.external.get(&id).cloned().unwrap_or_default(),
            Cell::Concerned(_) => beside.concerned.get(&id).cloned().unwrap_or_default(),
        };
        let deleted = self.object.field("is_deleted").filter(|f| f.is_column());
        Record::new(
            ids::spell(company, self.object, id),
            row.version().to_string(),
            deleted.is_some_and(|f| row.field(f).truth()),
            self.columns.clone(),
            self.cells.iter().map(value).collect(),
        )
    }

    fn money(&self, row: &dyn Row, field: &'static Field) -> Value {
        let code = currency(self.object).map_or(ValueRef::Null, |c| row.field(c));
        row.field(field).int().map_or(Value::Null, |units| composite::money(units, code.text()))
    }
}

fn custom_value(company: CompanyId, json: Option<&Json>, kind: Kind) -> Value {
    let stored = match json {
        None => Value::Null,
        Some(Json::Number(n)) if kind == Kind::Number => n.as_f64().map_or(Value::Null, Value::Real),
        Some(json) => Value::from_json(json),
    };
    normal::value(company, kind, stored.as_ref())
}

impl Row for sql::Record {
    fn field(&self, field: &'static Field) -> ValueRef<'_> {
        self.get(field.name).as_ref()
    }
    fn custom(&self) -> ValueRef<'_> {
        self.custom.as_ref()
    }
    fn version(&self) -> i64 {
        self.version
    }
}
