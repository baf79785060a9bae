//! Deals with a past: an import knows when a deal entered its stages, which the rules would take to be now (DESIGN 7).
//! Closing times and the time at which a deal was made need nothing of this: they are fields that a patch sets.

use penstock_model::{
    Code, CompanyId, Error, Micros, Result, Value, ValueRef, at,
    objects::{DEAL, DEAL_STAGE_VISIT},
};
use penstock_store::{
    Conn,
    sql::{self, Record},
};

use crate::{Patch, Tx};

/// When a deal entered a stage. The stay ends when the next one begins; the last one goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageVisit {
    /// The stage's number.
    pub stage: i64,
    /// When the deal entered it, in microseconds since 1970 UTC.
    pub entered: Micros,
}

/// Makes a deal that entered its stages at the given times. Without any it entered its stage when it was made.
///
/// # Errors
/// Those of [`create`](crate::create()); `RuleViolated` when the visits are not in order, or the last one is not in the
/// stage that the patch names; nothing is changed then.
pub fn create(tx: &mut Tx<'_>, patch: &Patch, visits: &[StageVisit]) -> Result<Record> {
    let patch = patch_with(patch, visits)?;
    let deal = keeping_visits(tx, visits, |tx| crate::create(tx, &DEAL, &patch))?;
    write(tx, deal.id(), visits)?;
    Ok(deal)
}

/// Changes a deal, and when it entered its stages. Without any visits they follow from the change, as ever.
///
/// # Errors
/// Those of [`update`](crate::update()), and of [`create`].
pub fn update(tx: &mut Tx<'_>, id: i64, patch: &Patch, visits: &[StageVisit]) -> Result<Record> {
    let patch = patch_with(patch, visits)?;
    let deal = keeping_visits(tx, visits, |tx| crate::update(tx, &DEAL, id, &patch, None))?;
    let company = tx.access.company();
    if !visits.is_empty() && stored(tx.conn, company, id)? != visits {
        let key = [company.into(), ValueRef::Int(id)];
        tx.conn.defer("DELETE FROM deal_stage_visit WHERE company_id = ?1 AND deal_id = ?2", &key)?;
        write(tx, id, visits)?;
    }
    Ok(deal)
}

/// The patch with the last change of stage that the visits tell of.
fn patch_with(patch: &Patch, visits: &[StageVisit]) -> Result<Patch> {
    let mut patch = patch.clone();
    let Some(last) = visits.last() else { return Ok(patch) };
    let refused = |message| Err(Error::new(Code::RuleViolated, message).at("stage_id"));
    if patch.get(&DEAL, "stage_id") != Some(&Value::Int(last.stage)) {
        return refused("the last stay of a deal must be in its stage");
    }
    if visits.windows(2).any(|pair| pair[0].entered > pair[1].entered) {
        return refused("the visits of a deal must be in order");
    }
    let changed = (visits.len() > 1).then_some(last.entered);
    patch.put(at!(DEAL, "stage_change_time"), Value::from(changed));
    Ok(patch)
}

/// Runs an act that leaves the visits to its caller, if there are any.
fn keeping_visits<T>(tx: &mut Tx<'_>, visits: &[StageVisit], act: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
    tx.importing = !visits.is_empty();
    let done = act(tx);
    tx.importing = false;
    done
}

/// The visits that are stored. One that does not end where the next begins reads as none that could be asked for.
fn stored(conn: &mut dyn Conn, company: CompanyId, deal: i64) -> Result<Vec<StageVisit>> {
    let text = "SELECT stage_id, entered, left_at FROM deal_stage_visit WHERE company_id = ?1 AND deal_id = ?2 ORDER BY entered, id";
    let (mut visits, mut end, mut whole) = (Vec::<StageVisit>::new(), None, true);
    conn.query(text, &[company.into(), ValueRef::Int(deal)], &mut |row| {
        let entered = row.get(1).int().unwrap_or(0);
        whole &= visits.is_empty() || end == Some(entered);
        visits.push(StageVisit { stage: row.get(0).int().unwrap_or(0), entered });
        end = row.get(2).int();
        Ok(())
    })?;
    Ok(if whole && end.is_none() { visits } else { Vec::new() })
}

fn write(tx: &mut Tx<'_>, deal: i64, visits: &[StageVisit]) -> Result<()> {
    let company = tx.access.company();
    for (at, visit) in visits.iter().enumerate() {
        let mut row = Record::empty(&DEAL_STAGE_VISIT);
        row.set(at!(DEAL_STAGE_VISIT, "id"), tx.next("deal_stage_visit"));
        row.set(at!(DEAL_STAGE_VISIT, "deal_id"), deal);
        row.set(at!(DEAL_STAGE_VISIT, "stage_id"), visit.stage);
        row.set(at!(DEAL_STAGE_VISIT, "entered"), visit.entered);
        row.set(at!(DEAL_STAGE_VISIT, "left_at"), Value::from(visits.get(at + 1).map(|next| next.entered)));
        sql::insert(tx.conn, company, &row)?;
    }
    Ok(())
}
