//! One record as a whole: found, inserted, changed, removed.

use std::{collections::HashMap, sync::LazyLock};

use penstock_model::{
    CompanyId, Object, Result, Value, ValueRef,
    kind::fold,
    object::{Named, Visibility},
    visibility::{Facts, Openness},
};

use super::statement::Statement;
use crate::{Conn, Engine};

/// A stored record.
#[derive(Clone, Debug)]
pub struct Record {
    /// What it is.
    pub object: &'static Object,
    /// Its values by field position; fields without a column are unset.
    pub values: Vec<Value>,
    /// Its custom values: canonical JSON by field number, or unset.
    pub custom: Value,
    /// The sequence of its last event.
    pub version: i64,
}

impl Record {
    /// A record with nothing set.
    #[must_use]
    pub fn empty(object: &'static Object) -> Self {
        Self { object, values: vec![Value::Null; object.fields.len()], custom: Value::Null, version: 0 }
    }
    /// The value of a field. What the object does not have is unset in its records; that it is asked for is a fault of
    /// the caller, at which tests stop.
    #[must_use]
    pub fn get(&self, field: impl Named) -> &Value {
        static UNSET: Value = Value::Null;
        self.position(field).map_or(&UNSET, |at| &self.values[at])
    }
    /// Sets a field. Setting what the object does not have is a fault of the caller, at which tests stop.
    pub fn set(&mut self, field: impl Named, value: impl Into<Value>) {
        if let Some(at) = self.position(field) {
            self.values[at] = value.into();
        }
    }
    fn position(&self, field: impl Named) -> Option<usize> {
        let position = field.position_in(self.object);
        debug_assert!(position.is_some(), "{} has no field {field:?}", self.object.name);
        position
    }
    /// The record's number.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.values[0].int().unwrap_or(0)
    }
}

impl Facts for Record {
    fn id(&self) -> i64 {
        Self::id(self)
    }
    fn number(&self, field: &str) -> Option<i64> {
        self.get(field).int()
    }
}

/// Whether its `visible_to` opens a record to the whole company: what its hidden column `shared` says.
#[must_use]
pub fn is_shared(record: &Record) -> bool {
    Openness::of(record.number("visible_to")) == Openness::Company
}

/// The folded key that is stored beside a text.
fn key_of(value: &Value) -> Value {
    value.text().map_or(Value::Null, |t| Value::from(fold(t)))
}

/// The record with that number, deleted ones included.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut dyn Conn, object: &'static Object, company: CompanyId, id: i64) -> Result<Option<Record>> {
    let mut text = String::with_capacity(1024);
    text.push_str("SELECT ");
    for (_, field) in object.columns() {
        text.push_str(field.name);
        text.push_str(", ");
    }
    if object.custom.is_some() {
        text.push_str("custom, ");
    }
    text.push_str("version FROM ");
    text.push_str(object.table());
    text.push_str(" WHERE company_id = ?1 AND id = ?2");
    let mut found = None;
    conn.query(&text, &[company.into(), ValueRef::Int(id)], &mut |row| {
        let mut record = Record::empty(object);
        let mut column = 0;
        for (position, field) in object.columns() {
            let value = row.get(column);
            record.values[position] = match field.kind {
                penstock_model::Kind::Boolean if !value.is_null() => Value::Bool(value.truth()),
                _ => value.to_value(),
            };
            column += 1;
        }
        if object.custom.is_some() {
            record.custom = row.get(column).to_value();
            column += 1;
        }
        record.version = row.get(column).int().unwrap_or(0);
        found = Some(record);
        Ok(())
    })?;
    Ok(found)
}

/// Inserts a record.
///
/// # Errors
/// As [`Conn::execute`]; `Conflict` when its number or a unique key is taken.
pub fn insert(conn: &mut dyn Conn, company: CompanyId, record: &Record) -> Result<()> {
    let object = record.object;
    let keys: Vec<Value> = object
        .columns()
        .filter(|(_, field)| field.has_key_column())
        .map(|(position, _)| key_of(&record.values[position]))
        .collect();
    let mut keys = keys.iter();
    let mut params = Vec::with_capacity(object.fields.len() + 8);
    params.push(company.into());
    for (position, field) in object.columns() {
        params.push(record.values[position].as_ref());
        if field.has_key_column() {
            params.push(keys.next().map_or(ValueRef::Null, Value::as_ref));
        }
    }
    if object.visibility == Visibility::Owned {
        params.push(ValueRef::Bool(is_shared(record)));
    }
    if object.custom.is_some() {
        params.push(record.custom.as_ref());
    }
    params.push(ValueRef::Int(record.version));
    conn.defer(insertion(conn.engine(), object), &params)
}

/// The text that inserts a record of an object, made once.
fn insertion(engine: Engine, object: &'static Object) -> &'static str {
    static TEXTS: LazyLock<HashMap<(bool, u8), String>> = LazyLock::new(|| {
        let of_engine = |engine| {
            let objects = penstock_model::objects::ALL.iter();
            objects.map(move |object| ((engine == Engine::Sqlite, object.code), insertion_of(engine, object)))
        };
        of_engine(Engine::Sqlite).chain(of_engine(Engine::Postgres)).collect()
    });
    TEXTS.get(&(engine == Engine::Sqlite, object.code)).map_or("", String::as_str)
}

fn insertion_of(engine: Engine, object: &Object) -> String {
    let mut names = vec!["company_id".to_owned()];
    for (_, field) in object.columns() {
        names.push(field.name.to_owned());
        if field.has_key_column() {
            names.push(format!("{}_key", field.name));
        }
    }
    if object.visibility == Visibility::Owned {
        names.push("shared".to_owned());
    }
    if object.custom.is_some() {
        names.push("custom".to_owned());
    }
    names.push("version".to_owned());
    let mut marks: Vec<String> = (1..=names.len()).map(|number| format!("?{number}")).collect();
    if engine == Engine::Sqlite {
        names.push("rowid".to_owned());
        marks.push(super::rowid("?1", "?2"));
    }
    format!("INSERT INTO {} ({}) VALUES ({})", object.table(), names.join(", "), marks.join(", "))
}

/// Writes the values at the given positions, the custom values if asked, and the version.
///
/// # Errors
/// As [`Conn::execute`].
pub fn update(
    conn: &mut dyn Conn,
    company: CompanyId,
    record: &Record,
    positions: &[usize],
    custom: bool,
) -> Result<()> {
    let object = record.object;
    let mut statement = Statement::new(conn.engine(), company);
    statement.push("UPDATE ").push(object.table()).push(" SET version = ").push_bound(record.version);
    for &position in positions {
        let field = &object.fields[position];
        let value = &record.values[position];
        statement.push(", ").push(field.name).push(" = ").push_bound(value.clone());
        if field.has_key_column() {
            statement.push(", ").push(field.name).push("_key = ").push_bound(key_of(value));
        }
        if object.visibility == Visibility::Owned && field.name == "visible_to" {
            statement.push(", shared = ").push_bound(is_shared(record));
        }
    }
    if custom {
        statement.push(", custom = ").push_bound(record.custom.clone());
    }
    statement.push(" WHERE company_id = ?1 AND id = ").push_bound(record.id());
    conn.defer(&statement.text, &statement.bound())
}

/// Removes the row of a record.
///
/// # Errors
/// As [`Conn::execute`].
pub fn delete(conn: &mut dyn Conn, object: &'static Object, company: CompanyId, id: i64) -> Result<()> {
    let text = format!("DELETE FROM {} WHERE company_id = ?1 AND id = ?2", object.table());
    conn.defer(&text, &[company.into(), ValueRef::Int(id)])
}
