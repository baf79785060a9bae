//! Stages: their order within the pipeline, their probability, and deals in their way when one is deleted.

use penstock_model::{
    Code, Error, Result, ValueRef, at,
    objects::{self, DEAL, STAGE},
};
use penstock_store::{ints, one_int, sql::Record};

use super::{Rules, begin, zeroes};
use crate::{Patch, Tx, update};

pub(super) static RULES: Rules = Rules { before_write, after_write, can_restore: true, ..Rules::NONE };

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    begin(tx, before, record);
    let key = [tx.access.company().into(), record.get(at!(STAGE, "pipeline_id")).as_ref()];
    let moved = before.is_none_or(|b| b.get(at!(STAGE, "pipeline_id")) != record.get(at!(STAGE, "pipeline_id")));
    if moved && patch.get(record.object, "order_nr").is_none() {
        let last = "SELECT MAX(order_nr) FROM stage WHERE company_id = ?1 AND pipeline_id = ?2 AND is_deleted = FALSE";
        let last = one_int(tx.conn, last, &key)?.unwrap_or(0);
        record.set(at!(STAGE, "order_nr"), last + 1);
    }
    if record.get(at!(STAGE, "deal_probability")).is_null() {
        record.set(at!(STAGE, "deal_probability"), 100);
    }
    if !record.get(at!(STAGE, "deal_probability")).int().is_some_and(|p| (0..=100).contains(&p)) {
        return Err(Error::invalid("deal_probability", "must be between 0 and 100"));
    }
    if record.get(at!(STAGE, "rotten_days")).int().is_some_and(|days| days < 0) {
        return Err(Error::invalid("rotten_days", "must not be negative"));
    }
    zeroes(record);
    let (was, is) =
        (before.is_some_and(|b| b.get(at!(STAGE, "is_deleted")).truth()), record.get(at!(STAGE, "is_deleted")).truth());
    let pipeline = record.get(at!(STAGE, "pipeline_id")).int().unwrap_or(0);
    if was && !is && !tx.can_see_alive(&objects::PIPELINE, pipeline)? {
        return Err(Error::new(Code::RuleViolated, "the stage's pipeline is deleted: bring that back first"));
    }
    let deletes = before.is_some() && is && !was;
    if before.is_some_and(|b| b.get(at!(STAGE, "pipeline_id")) != record.get(at!(STAGE, "pipeline_id"))) {
        let many = deals(tx, record.id())?.len();
        if many > MOST_DEALS {
            let message = format!("the stage has {many} deals and at most {MOST_DEALS} can move at once");
            return Err(Error::new(Code::RuleViolated, message).at("pipeline_id"));
        }
    }
    if deletes {
        let key = [tx.access.company().into(), ValueRef::Int(record.id())];
        let used = "SELECT 1 FROM deal WHERE company_id = ?1 AND stage_id = ?2 AND is_deleted = FALSE \
                    AND status = 'open' LIMIT 1";
        if one_int(tx.conn, used, &key)?.is_some() {
            return Err(Error::new(Code::RuleViolated, "the stage still has open deals: move or delete them first"));
        }
    }
    Ok(())
}

/// The most deals that a stage takes along to another pipeline in one write.
const MOST_DEALS: usize = 500;

/// The deals that stand in a stage.
fn deals(tx: &mut Tx<'_>, stage: i64) -> Result<Vec<i64>> {
    let key = [tx.access.company().into(), ValueRef::Int(stage)];
    let deals = "SELECT id FROM deal WHERE company_id = ?1 AND stage_id = ?2 AND is_deleted = FALSE ORDER BY id";
    ints(tx.conn, deals, &key)
}

/// The deals of a stage go with it to another pipeline.
fn after_write(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    tx.reload_schema()?;
    let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
    if before.get(at!(STAGE, "pipeline_id")) == after.get(at!(STAGE, "pipeline_id")) {
        return Ok(());
    }
    let object = &DEAL;
    for deal in deals(tx, after.id())? {
        let deal = tx.record(object, deal)?;
        let mut patch = Patch::default();
        patch.put(at!(DEAL, "stage_id"), after.id());
        update::amend(tx, deal, &patch)?;
    }
    Ok(())
}
