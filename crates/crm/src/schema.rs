//! Company schemas: read from the records, cached by version within a budget of bytes (DESIGN 9).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use penstock_model::{
    CompanyId, CompanySchema, CustomField, Error, Kind, Result,
    schema::{OptionItem, Stage},
};
use penstock_store::{Conn, Row};
use serde_json::Value as Json;

/// Bytes that cached schemas may take.
const BUDGET: usize = 64 << 20;

/// The cache. Entries leave in order of their last use when the budget is exceeded.
#[derive(Default)]
pub(crate) struct Schemas(Mutex<Cache>);

#[derive(Default)]
struct Cache {
    entries: HashMap<CompanyId, (Arc<CompanySchema>, u64)>,
    bytes: usize,
    uses: u64,
}

impl Schemas {
    /// A company's schema, read in a snapshot of what is committed. It is kept for the next who ask.
    pub(crate) fn get(&self, conn: &mut dyn Conn, company: CompanyId, version: i64) -> Result<Arc<CompanySchema>> {
        if let Some(schema) = self.kept(company, version) {
            return Ok(schema);
        }
        let schema = Arc::new(load(conn, company)?);
        // The versions of the request may be older than the snapshot: only what was asked for is kept.
        if schema.version == version {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(Arc::clone(&schema));
        }
        Ok(schema)
    }

    /// As [`Schemas::get`], inside a write. What is read there may never be committed, so it is not kept.
    pub(crate) fn inside_write(
        &self,
        conn: &mut dyn Conn,
        company: CompanyId,
        version: i64,
    ) -> Result<Arc<CompanySchema>> {
        match self.kept(company, version) {
            Some(schema) => Ok(schema),
            None => Ok(Arc::new(load(conn, company)?)),
        }
    }

    /// A company's schema, if it is kept in that version.
    pub(crate) fn kept(&self, company: CompanyId, version: i64) -> Option<Arc<CompanySchema>> {
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cache.uses += 1;
        let uses = cache.uses;
        let (schema, last_use) = cache.entries.get_mut(&company)?;
        (schema.version == version).then(|| {
            *last_use = uses;
            Arc::clone(schema)
        })
    }
}

impl Cache {
    fn insert(&mut self, schema: Arc<CompanySchema>) {
        self.bytes += schema.weight();
        if let Some((old, _)) = self.entries.insert(schema.company, (schema, self.uses)) {
            self.bytes -= old.weight();
        }
        if self.bytes > BUDGET {
            let mut by_use: Vec<(u64, CompanyId)> = self.entries.iter().map(|(id, (_, used))| (*used, *id)).collect();
            by_use.sort_unstable();
            for (_, id) in by_use {
                if self.bytes <= BUDGET / 2 {
                    break;
                }
                if let Some((old, _)) = self.entries.remove(&id) {
                    self.bytes -= old.weight();
                }
            }
        }
    }
}

/// Reads a company's schema as it stands in the connection's transaction.
pub(crate) fn load(conn: &mut dyn Conn, company: CompanyId) -> Result<CompanySchema> {
    let mut schema = None;
    conn.query(
        "SELECT schema_version, name, domain, currency, timezone, sandbox, add_time, country, secret FROM company WHERE id = ?1",
        &[company.into()],
        &mut |row| {
            let text = |i| -> Box<str> { row.get(i).text().unwrap_or("").into() };
            schema = Some(CompanySchema {
                company,
                version: row.get(0).int().unwrap_or(0),
                name: text(1),
                domain: text(2),
                secret: text(8),
                country: row.get(7).text().map(Box::from),
                currency: text(3),
                timezone: text(4),
                sandbox: row.get(5).truth(),
                add_time: row.get(6).int().unwrap_or(0),
                ..CompanySchema::default()
            });
            Ok(())
        },
    )?;
    let mut schema = schema.ok_or_else(|| Error::not_found("company"))?;
    conn.query(
        "SELECT id, object, key, name, kind, built_in, options, api_name FROM custom_field WHERE company_id = ?1 \
         AND is_deleted = FALSE ORDER BY order_nr, id",
        &[company.into()],
        &mut |row| {
            schema.fields.push(definition(row)?);
            Ok(())
        },
    )?;
    conn.query(
        "SELECT key_string, name FROM activity_type WHERE company_id = ?1 AND is_deleted = FALSE ORDER BY order_nr, id",
        &[company.into()],
        &mut |row| {
            schema
                .activity_types
                .push((row.get(0).text().unwrap_or("").into(), row.get(1).text().unwrap_or("").into()));
            Ok(())
        },
    )?;
    conn.query(
        "SELECT s.id, s.pipeline_id FROM stage s JOIN pipeline p ON p.company_id = s.company_id \
         AND p.id = s.pipeline_id WHERE s.company_id = ?1 AND s.is_deleted = FALSE AND p.is_deleted = FALSE \
         ORDER BY p.order_nr, p.id, s.order_nr, s.id",
        &[company.into()],
        &mut |row| {
            let number = |column| row.get(column).int().unwrap_or(0);
            schema.stages.push(Stage { id: number(0), pipeline: number(1) });
            Ok(())
        },
    )?;
    Ok(schema)
}

/// A custom field as it is stored. What can't be understood is a fault of the server: a field that is taken for another
/// kind, or has lost its options, would show wrong values and let wrong ones in.
fn definition(row: &dyn Row) -> Result<CustomField> {
    let text = |i| -> Box<str> { row.get(i).text().unwrap_or("").into() };
    let id = row.get(0).int().unwrap_or(0);
    let corrupt = |what: String| Error::internal(format!("the definition of field {id} is corrupt: {what}"));
    let stored = row.get(4).text().unwrap_or("");
    Ok(CustomField {
        number: u32::try_from(id).map_err(|_| corrupt("its number is out of range".to_owned()))?,
        object: text(1),
        key: text(2),
        api_name: text(7),
        name: text(3),
        kind: Kind::creatable(stored).ok_or_else(|| corrupt(format!("there is no kind {stored}")))?,
        built_in: row.get(5).truth(),
        options: row.get(6).text().map_or(Ok(Vec::new()), options).map_err(corrupt)?,
    })
}

/// Options as they are stored.
fn options(json: &str) -> Result<Vec<OptionItem>, String> {
    let list: Vec<Json> = serde_json::from_str(json).map_err(|e| format!("its options are no list: {e}"))?;
    let option = |o: &Json| {
        Some(OptionItem {
            id: o["id"].as_i64()?,
            label: o["label"].as_str()?.into(),
            color: o["color"].as_str().map(Into::into),
            deleted: o["deleted"].as_bool().unwrap_or(false),
        })
    };
    list.iter().map(|o| option(o).ok_or_else(|| format!("{o} is no option"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_are_not_understood_are_no_options() {
        let good = options(r#"[{"id":1,"label":"A"},{"id":2,"label":"B","color":"red","deleted":true}]"#).unwrap();
        assert_eq!((good.len(), good[1].deleted), (2, true));
        for stored in ["", "{}", "[1]", r#"[{"label":"A"}]"#, r#"[{"id":1}]"#, r#"[{"id":1,"label":"A"}"#] {
            assert!(options(stored).is_err(), "{stored}");
        }
    }
}
