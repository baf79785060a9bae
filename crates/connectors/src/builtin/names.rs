//! What custom fields are called in the Virtual API: the name that the field had when it was made, in small letters.
//!
//! A name never changes while the field lives: renaming the field is an event, and the name at creation is what the
//! first such event says was there before. Deleted fields keep their names, so that no other field inherits one. A
//! name that is taken, by a built-in field or an older custom one, gets a number.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use penstock_model::{CompanySchema, Result, ValueRef, objects};
use penstock_store::Conn;
use serde_json::Value as Json;

/// Names by the field's number.
pub(super) type Names = HashMap<u32, String>;

/// Companies whose names are kept.
const MOST: usize = 1000;

/// Words that filter texts use, and keys that answers have besides fields.
const RESERVED: &[&str] = &[
    "and",
    "or",
    "not",
    "in",
    "is",
    "null",
    "true",
    "false",
    "starts",
    "with",
    "contains",
    "id",
    "etag",
    "deleted",
    "external_ids",
    "expanded",
    "warnings",
];

/// Names by company, each of one version of the company's schema.
#[derive(Default)]
pub(super) struct Cache(Mutex<HashMap<i64, (i64, Arc<Names>)>>);

impl Cache {
    /// The names of a company's custom fields.
    pub(super) fn get(&self, conn: &mut dyn Conn, schema: &CompanySchema) -> Result<Arc<Names>> {
        if schema.fields.iter().all(|f| f.built_in) {
            return Ok(Arc::default());
        }
        if let Some((version, names)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&schema.company)
            && *version == schema.version
        {
            return Ok(Arc::clone(names));
        }
        let names = Arc::new(given(&read(conn, schema.company)?));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(schema.company, (schema.version, Arc::clone(&names)));
        Ok(names)
    }
}

/// A custom field as it was made: number, object, name.
type Made = (u32, String, String);

fn read(conn: &mut dyn Conn, company: i64) -> Result<Vec<Made>> {
    let key = [ValueRef::Int(company)];
    let mut made: Vec<Made> = Vec::new();
    let fields = "SELECT id, object, name FROM custom_field WHERE company_id = ?1 AND built_in = FALSE ORDER BY id";
    conn.query(fields, &key, &mut |row| {
        let text = |at| row.get(at).text().unwrap_or_default().to_owned();
        let number = row.get(0).int().and_then(|id| u32::try_from(id).ok()).unwrap_or(0);
        made.push((number, text(1), text(2)));
        Ok(())
    })?;
    let mut renamed = HashSet::new();
    let code = ValueRef::Int(i64::from(objects::CUSTOM_FIELD.code));
    let changes = "SELECT record_id, changes FROM event WHERE company_id = ?1 AND object = ?2 AND changes IS NOT NULL \
                   ORDER BY record_id, seq";
    conn.query(changes, &[ValueRef::Int(company), code], &mut |row| {
        let changes: Json = row.get(1).text().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
        let number = row.get(0).int().and_then(|id| u32::try_from(id).ok()).unwrap_or(0);
        if let Some(before) = changes["name"][0].as_str()
            && renamed.insert(number)
            && let Some(field) = made.iter_mut().find(|(n, ..)| *n == number)
        {
            before.clone_into(&mut field.2);
        }
        Ok(())
    })?;
    Ok(made)
}

/// Gives every field its name, older ones first.
fn given(made: &[Made]) -> Names {
    let mut taken: HashMap<&str, HashSet<String>> = HashMap::new();
    let mut names = Names::new();
    for (number, object, name) in made {
        let taken = taken.entry(object).or_insert_with(|| built_in(object));
        let base = slug(name);
        let name = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}_{n}") });
        let name = name.into_iter().find(|n| !taken.contains(n)).unwrap_or(base);
        taken.insert(name.clone());
        names.insert(*number, name);
    }
    names
}

/// The names that the objects which carry an object's custom fields use already.
fn built_in(owner: &str) -> HashSet<String> {
    let carriers = objects::ALL.iter().filter(|o| o.custom == Some(owner));
    let names = carriers.flat_map(|o| o.fields.iter()).map(|f| f.virtual_name).filter(|n| !n.is_empty());
    names.chain(RESERVED.iter().copied()).map(str::to_owned).collect()
}

/// Small letters and digits of any script, everything else as single underscores; begins with a letter.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        if out.chars().count() >= 60 {
            break;
        }
    }
    let out = out.trim_end_matches('_');
    if out.starts_with(char::is_alphabetic) {
        out.to_owned()
    } else {
        format!("field_{out}").trim_end_matches('_').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_clean_and_its_own() {
        assert_eq!(slug("Delivery  Date (planned)"), "delivery_date_planned");
        assert_eq!(slug("Größe"), "größe");
        assert_eq!(slug("2nd choice"), "field_2nd_choice");
        assert_eq!(slug("!!!"), "field");
        let made = |number, name: &str| (number, "deal".to_owned(), name.to_owned());
        let names = given(&[made(1, "Region"), made(2, "Title"), made(3, "region"), made(4, "Not")]);
        let of = |number: u32| names.get(&number).map(String::as_str);
        assert_eq!(of(1), Some("region"));
        assert_eq!(of(2), Some("title_2"), "deals have a title");
        assert_eq!(of(3), Some("region_2"));
        assert_eq!(of(4), Some("not_2"), "filter texts use the word");
    }
}
