//! Activity types: the six that a company starts with, and how a key string is made (pipedrive-contract 3.10).

use penstock_model::{
    Error, Result, ValueRef, at,
    objects::{ACTIVITY_ICON, ACTIVITY_TYPE},
};
use penstock_store::{one_int, sql::Record};

use super::{Rules, begin, zeroes};
use crate::{Patch, Tx, create};

pub(super) static RULES: Rules = Rules { before_write, after_write: |tx, _, _| tx.reload_schema(), ..Rules::NONE };

/// Name, key string and icon of the types that a company starts with.
const DEFAULTS: [(&str, &str); 6] = [
    ("Call", "call"),
    ("Meeting", "meeting"),
    ("Task", "task"),
    ("Deadline", "deadline"),
    ("Email", "email"),
    ("Lunch", "lunch"),
];

pub(super) fn defaults(tx: &mut Tx<'_>) -> Result<()> {
    let object = &ACTIVITY_TYPE;
    for (name, icon) in DEFAULTS {
        let mut patch = Patch::default();
        patch
            .put(at!(ACTIVITY_TYPE, "name"), name)
            .put(at!(ACTIVITY_TYPE, "icon_key"), icon)
            .put(at!(ACTIVITY_TYPE, "is_custom"), false);
        create(tx, object, &patch)?;
    }
    Ok(())
}

/// Lower case, everything but letters and digits as underscores.
fn key_of(name: &str) -> String {
    name.trim().chars().flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    if before.is_none() {
        let company = tx.access.company().into();
        let last = one_int(tx.conn, "SELECT MAX(order_nr) FROM activity_type WHERE company_id = ?1", &[company])?;
        if record.get(at!(ACTIVITY_TYPE, "order_nr")).is_null() {
            record.set(at!(ACTIVITY_TYPE, "order_nr"), last.unwrap_or(0) + 1);
        }
        if record.get(at!(ACTIVITY_TYPE, "is_custom")).is_null() {
            record.set(at!(ACTIVITY_TYPE, "is_custom"), true);
        }
        // The key string never changes again; a name that is taken gets a number.
        let base = key_of(record.get(at!(ACTIVITY_TYPE, "name")).text().unwrap_or(""));
        let mut key = base.clone();
        let mut number = 1;
        let taken = "SELECT 1 FROM activity_type WHERE company_id = ?1 AND key_string = ?2";
        while one_int(tx.conn, taken, &[company, ValueRef::Text(&key)])?.is_some() {
            number += 1;
            key = format!("{base}{number}");
        }
        record.set(at!(ACTIVITY_TYPE, "key_string"), key);
    }
    if record.get(at!(ACTIVITY_TYPE, "icon_key")).text().is_some_and(|icon| !ACTIVITY_ICON.contains(&icon)) {
        return Err(Error::invalid("icon_key", &format!("must be one of {}", ACTIVITY_ICON.join(", "))));
    }
    if let Some(color) = record.get(at!(ACTIVITY_TYPE, "color")).text()
        && (color.len() != 6 || !color.bytes().all(|b| b.is_ascii_hexdigit()))
    {
        return Err(Error::invalid("color", "must be six hexadecimal digits"));
    }
    zeroes(record);
    Ok(())
}
