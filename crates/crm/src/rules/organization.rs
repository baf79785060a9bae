//! Organizations: who owns and follows them (pipedrive-contract 3.3).

use penstock_model::Result;
use penstock_store::sql::Record;

use super::{Rules, begin, check, zeroes};
use crate::{Patch, Tx, followers};

pub(super) static RULES: Rules =
    Rules { before_write, initial_links: followers::initial_links, after_write, can_restore: true, ..Rules::NONE };

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    zeroes(record);
    check::values(before, record)
}

fn after_write(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    followers::owner_follows(tx, before, after)
}
