//! Comments: they are of whoever writes them, and stay at their note (pipedrive-contract 3.6).

use penstock_model::{Code, Error, Result, at, objects::COMMENT};
use penstock_store::sql::Record;

use super::{Rules, begin, zeroes};
use crate::{Patch, Tx};

pub(super) static RULES: Rules = Rules { before_write, ..Rules::NONE };

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    if before.is_some_and(|b| b.get(at!(COMMENT, "note_id")) != record.get(at!(COMMENT, "note_id"))) {
        return Err(Error::new(Code::RuleViolated, "a comment can't move to another note").at("note_id"));
    }
    zeroes(record);
    Ok(())
}
