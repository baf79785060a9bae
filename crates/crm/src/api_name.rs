//! What a custom field is called in the Virtual API: the name that it is made with, in small letters.
//!
//! The name is given once and stays while the field lives, whatever it is renamed to. Deleted fields keep theirs, so
//! that no other field inherits one. A name that is taken, by a built-in field or another custom one, gets a number.

use std::collections::HashSet;

use penstock_model::{
    Result, ValueRef, at,
    objects::{self, CUSTOM_FIELD},
};
use penstock_store::sql::Record;

use crate::Tx;

/// The most characters of a name before its number.
const LONGEST: usize = 60;

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
    "like",
    "id",
    "etag",
    "deleted",
    "external_ids",
    "expanded",
    "warnings",
];

/// The name of a field that is being made.
pub(crate) fn give(tx: &mut Tx<'_>, field: &Record) -> Result<String> {
    let object = field.get(at!(CUSTOM_FIELD, "object")).text().unwrap_or_default();
    let mut taken = built_in(object);
    let key = [tx.access.company().into(), ValueRef::Text(object)];
    let names = "SELECT api_name FROM custom_field WHERE company_id = ?1 AND object = ?2 AND api_name IS NOT NULL";
    tx.conn.query(names, &key, &mut |row| {
        taken.extend(row.get(0).text().map(str::to_owned));
        Ok(())
    })?;
    Ok(free(&slug(field.get(at!(CUSTOM_FIELD, "name")).text().unwrap_or_default()), &taken))
}

/// The names that the objects which carry an object's custom fields use already.
fn built_in(owner: &str) -> HashSet<String> {
    let carriers = objects::ALL.iter().filter(|o| o.custom == Some(owner));
    let names = carriers.flat_map(|o| o.fields.iter()).map(|f| f.virtual_name).filter(|n| !n.is_empty());
    names.chain(RESERVED.iter().copied()).map(str::to_owned).collect()
}

/// The name itself, or with the first number that makes it one of its own.
fn free(name: &str, taken: &HashSet<String>) -> String {
    let numbered = (2..).map(|n: usize| format!("{name}_{n}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|n| !taken.contains(n)).unwrap_or_default()
}

/// Small letters and digits of any script, everything else as single underscores; begins with a letter.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase).take(255) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        if out.chars().count() >= LONGEST {
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
    fn a_name_is_clean_and_begins_with_a_letter() {
        assert_eq!(slug("Delivery  Date (planned)"), "delivery_date_planned");
        assert_eq!(slug("Größe"), "größe");
        assert_eq!(slug("2nd choice"), "field_2nd_choice");
        assert_eq!(slug("!!!"), "field");
        assert_eq!(slug(&"Long name ".repeat(20)).chars().count(), 59, "cut, without the last underscore");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut taken = built_in("deal");
        for (name, own) in [("region", "region"), ("title", "title_2"), ("region", "region_2"), ("not", "not_2")] {
            assert_eq!(free(name, &taken), own);
            taken.insert(own.to_owned());
        }
        assert_eq!(free("was_seen", &taken), "was_seen_2", "leads carry the fields of deals");
    }
}
