//! Rows of `field_value`: every custom value that filters find, and each member of built-in lists.

use penstock_model::{
    CompanyId, Kind, Object, Result, Value,
    kind::{ValueKey, value_keys},
};
use penstock_store::{Conn, sql::Record};

use crate::tx::insert_many;

fn split(key: ValueKey) -> (Value, Value) {
    match key {
        ValueKey::Number(number) => (Value::Real(number), Value::from("")),
        ValueKey::Text(text) => (Value::Real(0.0), Value::from(text)),
    }
}

/// Collects the rows that changed fields lose and gain, then writes them.
#[derive(Default)]
pub(crate) struct FieldValueIndex {
    lost: Vec<(u32, ValueKey)>,
    gained: Vec<(u32, ValueKey)>,
}

impl FieldValueIndex {
    pub(crate) fn change(&mut self, field: u32, kind: Kind, before: &Value, after: &Value) {
        let (old, new) = (value_keys(kind, before), value_keys(kind, after));
        self.lost.extend(old.iter().filter(|k| !new.contains(k)).map(|k| (field, k.clone())));
        let mut seen: Vec<&ValueKey> = Vec::new();
        for key in &new {
            if !old.contains(key) && !seen.contains(&key) {
                seen.push(key);
                self.gained.push((field, key.clone()));
            }
        }
    }

    /// How many rows that is.
    pub(crate) fn len(&self) -> usize {
        self.lost.len() + self.gained.len()
    }

    /// The built-in lists of a record that changed.
    pub(crate) fn built_in(&mut self, object: &Object, before: Option<&Record>, after: &Record) {
        for (position, field) in object.columns().filter(|(_, f)| f.is_indexed_by_value()) {
            let old = before.map_or(&Value::Null, |r| &r.values[position]);
            let new = &after.values[position];
            if old != new {
                self.change(object.field_base + u32::from(field.number), field.kind, old, new);
            }
        }
    }

    /// Leads carry the fields of deals, so the object is part of each row.
    pub(crate) fn write(self, conn: &mut dyn Conn, company: CompanyId, object: &Object, record: i64) -> Result<()> {
        let code = i64::from(object.code);
        let row = |field: u32, key| {
            let (number, text) = split(key);
            [company.into(), Value::Int(field.into()), Value::Int(code), number, text, Value::Int(record)]
        };
        for (field, key) in self.lost {
            let row = row(field, key);
            conn.defer(
                "DELETE FROM field_value WHERE company_id = ?1 AND field = ?2 AND object = ?3 AND number = ?4 \
                 AND text_key = ?5 AND record_id = ?6",
                &row.each_ref().map(Value::as_ref),
            )?;
        }
        let values: Vec<Value> = self.gained.into_iter().flat_map(|(field, key)| row(field, key)).collect();
        insert_many(
            conn,
            "INSERT INTO field_value (company_id, field, object, number, text_key, record_id) VALUES ",
            "",
            6,
            &values,
        )
    }
}
