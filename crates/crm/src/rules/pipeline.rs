//! Pipelines: their place in the order, and what deleting one takes with it.

use penstock_model::{
    Code, Error, Result, Value, ValueRef, at,
    objects::{self, PIPELINE},
};
use penstock_store::{ints, one_int, sql::Record};

use super::{Rules, begin, zeroes};
use crate::{Patch, Tx};

pub(super) static RULES: Rules = Rules { before_write, after_write, can_restore: true, ..Rules::NONE };

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, _: &Patch) -> Result<()> {
    begin(tx, before, record);
    if before.is_none() && record.get(at!(PIPELINE, "order_nr")).is_null() {
        let company = tx.access.company().into();
        let last = one_int(
            tx.conn,
            "SELECT MAX(order_nr) FROM pipeline WHERE company_id = ?1 AND is_deleted = FALSE",
            &[company],
        )?;
        record.set(at!(PIPELINE, "order_nr"), last.map_or(0, |n| n + 1));
    }
    zeroes(record);
    let words: Vec<&str> = record.get(at!(PIPELINE, "name")).text().unwrap_or("").split_whitespace().collect();
    let title = words.join("-");
    record.set(at!(PIPELINE, "url_title"), title);
    let deletes = before.is_some_and(|b| !b.get(at!(PIPELINE, "is_deleted")).truth())
        && record.get(at!(PIPELINE, "is_deleted")).truth();
    if deletes {
        let key = [tx.access.company().into(), ValueRef::Int(record.id())];
        let open = "SELECT 1 FROM deal WHERE company_id = ?1 AND pipeline_id = ?2 AND is_deleted = FALSE \
                    AND status = 'open' LIMIT 1";
        if one_int(tx.conn, open, &key)?.is_some() {
            return Err(Error::new(Code::RuleViolated, "the pipeline still has open deals: move or delete them first"));
        }
        let others = "SELECT 1 FROM pipeline WHERE company_id = ?1 AND id <> ?2 AND is_deleted = FALSE LIMIT 1";
        if one_int(tx.conn, others, &key)?.is_none() {
            return Err(Error::new(Code::RuleViolated, "the last pipeline can't be deleted"));
        }
    }
    Ok(())
}

fn after_write(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let (Some(before), Some(after)) = (before, after) else { return tx.reload_schema() };
    let deleted = |r: &Record| r.get(at!(PIPELINE, "is_deleted")) == &Value::Bool(true);
    if !deleted(before) && deleted(after) {
        let key = [tx.access.company().into(), ValueRef::Int(after.id())];
        let stages = "SELECT id FROM stage WHERE company_id = ?1 AND pipeline_id = ?2 AND is_deleted = FALSE";
        for stage in ints(tx.conn, stages, &key)? {
            crate::delete(tx, &objects::STAGE, stage)?;
        }
    }
    tx.reload_schema()
}
