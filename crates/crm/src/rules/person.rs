//! Persons: their name and its parts (pipedrive-contract 3.2, 4.2, 12.23).

use penstock_model::{Code, Error, Result, Value, at, objects::PERSON};
use penstock_store::sql::Record;

use super::{Rules, begin, check, zeroes};
use crate::{Patch, Tx, followers};

pub(super) static RULES: Rules = Rules {
    normalize,
    before_write,
    initial_links: followers::initial_links,
    after_write,
    can_restore: true,
    ..Rules::NONE
};

/// Splits a name into its first word and the rest, or joins the parts to the name, whichever was given. Both together
/// may contradict each other: a strict caller is refused (live facts 3.18), others have them kept side by side.
fn normalize(before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    let object = record.object;
    let changed = |name: &&str| patch.changed(before, object, *name).is_some();
    let parts = ["first_name", "last_name"].iter().any(changed);
    if patch.changed(before, object, "name").is_some_and(|name| !name.is_null()) {
        if parts && patch.strict {
            let message = "name can't be set together with first_name or last_name: give the one or the others";
            return Err(Error::new(Code::RuleViolated, message).at("name"));
        }
        let name = record.get(at!(PERSON, "name")).text().unwrap_or_default().trim().to_owned();
        if !parts && before.is_none_or(|b| b.get(at!(PERSON, "name")).text() != Some(&*name)) {
            let (first, last) = name.split_once(char::is_whitespace).unwrap_or((&name, ""));
            record.set(at!(PERSON, "first_name"), unless_empty(first));
            record.set(at!(PERSON, "last_name"), unless_empty(last));
        }
        record.set(at!(PERSON, "name"), name);
    } else if parts {
        let words: Vec<&str> = ["first_name", "last_name"]
            .iter()
            .filter_map(|name| record.get(name).text())
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let name = words.join(" ");
        if name.chars().count() > 255 {
            return Err(Error::invalid("name", "must have at most 255 characters"));
        }
        record.set(at!(PERSON, "name"), name);
    }
    Ok(())
}

fn unless_empty(text: &str) -> Value {
    let text = text.trim();
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    if record.get(at!(PERSON, "marketing_status")).is_null() {
        record.set(at!(PERSON, "marketing_status"), "no_consent");
    }
    zeroes(record);
    check::values(before, record)
}

fn after_write(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    followers::owner_follows(tx, before, after)
}
