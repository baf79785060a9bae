//! Company schemas: read from the records, cached by version within a budget of bytes (DESIGN 9).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use penstock_model::{
    CompanyId, CompanySchema, CustomField, Error, Kind, Result,
    schema::{OptionItem, Stage},
};
use penstock_store::Conn;

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

    /// Whether a company's schema of that version is kept.
    pub(crate) fn has(&self, company: CompanyId, version: i64) -> bool {
        self.kept(company, version).is_some()
    }

    fn kept(&self, company: CompanyId, version: i64) -> Option<Arc<CompanySchema>> {
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
        "SELECT schema_version, name, domain, currency, timezone, sandbox, add_time, country FROM company WHERE id = ?1",
        &[company.into()],
        &mut |row| {
            let text = |i| -> Box<str> { row.get(i).text().unwrap_or("").into() };
            schema = Some(CompanySchema {
                company,
                version: row.get(0).int().unwrap_or(0),
                name: text(1),
                domain: text(2),
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
            let text = |i| -> Box<str> { row.get(i).text().unwrap_or("").into() };
            let built_in = row.get(5).truth();
            schema.fields.push(CustomField {
                number: u32::try_from(row.get(0).int().unwrap_or(0)).unwrap_or(0),
                object: text(1),
                key: text(2),
                api_name: text(7),
                name: text(3),
                kind: Kind::creatable(&text(4)).unwrap_or(Kind::Text),
                built_in,
                options: options(row.get(6).text().unwrap_or("[]")),
            });
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

/// Options as they are stored.
fn options(json: &str) -> Vec<OptionItem> {
    let list: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    list.iter()
        .map(|o| OptionItem {
            id: o["id"].as_i64().unwrap_or(0),
            label: o["label"].as_str().unwrap_or("").into(),
            color: o["color"].as_str().map(Into::into),
            deleted: o["deleted"].as_bool().unwrap_or(false),
        })
        .collect()
}
