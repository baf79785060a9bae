//! Organizations: who owns and follows them (pipedrive-contract 3.3).

use penstock_model::Result;
use penstock_store::sql::Record;

use super::{Rules, begin, check, zeroes};
use crate::{Patch, Tx, followers};

pub(super) static RULES: Rules = Rules { prepare, foretell: followers::foretell, settle, revives: true, ..Rules::NONE };

fn prepare(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    zeroes(record);
    check::values(record)
}

fn settle(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    followers::owner_follows(tx, before, after)
}
