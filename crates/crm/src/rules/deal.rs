//! Deals: their stage and pipeline, their status and its times, and what hangs on them (pipedrive-contract 12.3-12.6).

use penstock_model::{
    Code, Error, Object, Result, Value, ValueRef, at,
    objects::{self, DEAL, DEAL_STAGE_VISIT},
    schema::Stage,
};
use penstock_store::sql::{self, Record};

use super::{Rules, begin, check, origin, zeroes};
use crate::{Patch, Tx, followers, participants};

pub(super) static RULES: Rules = Rules { before_write, initial_links, after_write, can_restore: true, ..Rules::NONE };

fn before_write(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    begin(tx, before, record);
    delete_or_restore(before, record, patch);
    if before.is_none() {
        if record.get(at!(DEAL, "currency")).is_null() {
            let currency = own_currency(tx)?;
            record.set(at!(DEAL, "currency"), currency);
        }
        if record.get(at!(DEAL, "status")).is_null() {
            record.set(at!(DEAL, "status"), "open");
        }
        record.set(at!(DEAL, "origin"), origin(tx));
    }
    if let Some(code) = record.get(at!(DEAL, "currency")).text().map(str::to_uppercase) {
        record.set(at!(DEAL, "currency"), code);
    }
    place(tx, before, record, patch)?;
    close(tx, before, record, patch)?;
    if let Value::Real(probability) = record.get(at!(DEAL, "probability"))
        && !(0.0..=100.0).contains(probability)
    {
        return Err(Error::invalid("probability", "must be between 0 and 100"));
    }
    zeroes(record);
    check::values(before, record)
}

/// v1 deletes by status, and undeletes by another one (pipedrive-contract 12.4, 12.8). The stored status of a
/// deleted deal stays what it was.
fn delete_or_restore(before: Option<&Record>, record: &mut Record, patch: &Patch) {
    let was_deleted = before.is_some_and(|b| b.get(at!(DEAL, "is_deleted")).truth());
    if record.get(at!(DEAL, "status")).text() == Some("deleted") {
        record.set(at!(DEAL, "status"), before.map_or(Value::from("open"), |b| b.get(at!(DEAL, "status")).clone()));
        record.set(at!(DEAL, "is_deleted"), true);
    } else if was_deleted && patch.get(record.object, "status").is_some_and(|v| !v.is_null()) {
        record.set(at!(DEAL, "is_deleted"), false);
    }
}

/// The acting user's default currency.
pub(super) fn own_currency(tx: &mut Tx<'_>) -> Result<Value> {
    if let Some(currency) = tx.access.currency() {
        return Ok(Value::from(currency));
    }
    let user = tx.access.user();
    let currency = tx.value(&objects::USER, user.get(), "currency")?;
    Ok(currency.unwrap_or_else(|| Value::from(&*tx.schema.currency)))
}

/// Finds stage and pipeline: a stage sets its pipeline; a pipeline alone means its first stage.
fn place(tx: &mut Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    let asked = |name| patch.get(record.object, name).and_then(Value::int);
    let (stage, pipeline) = (asked("stage_id"), asked("pipeline_id"));
    if let (Some(before), None) = (before, stage) {
        let elsewhere = pipeline.is_some() && before.get(at!(DEAL, "pipeline_id")).int() != pipeline;
        let restored = before.get(at!(DEAL, "is_deleted")).truth() && !record.get(at!(DEAL, "is_deleted")).truth();
        let reopened = before.get(at!(DEAL, "status")) != record.get(at!(DEAL, "status"))
            && record.get(at!(DEAL, "status")).text() == Some("open");
        if restored || reopened {
            return come_back(tx, before, record, pipeline.filter(|_| elsewhere));
        }
        if !elsewhere {
            return Ok(());
        }
    }
    enter(tx, before, record, stage, pipeline)
}

/// Puts a deal that comes back where it was: into its stage, wherever that is now, or when it is gone into the first one
/// of its pipeline, or when that is gone too of the first pipeline. Another pipeline that is asked for goes first.
fn come_back(tx: &mut Tx<'_>, before: &Record, record: &mut Record, asked: Option<i64>) -> Result<()> {
    if asked.is_some() {
        return enter(tx, Some(before), record, None, asked);
    }
    let stages = || tx.schema.stages.iter();
    let (stage, own) = (before.get(at!(DEAL, "stage_id")).int(), before.get(at!(DEAL, "pipeline_id")).int());
    let stage = stage.filter(|old| stages().any(|stage| stage.id == *old));
    let pipeline = own.filter(|own| stages().any(|stage| stage.pipeline == *own));
    enter(tx, Some(before), record, stage, pipeline)
}

/// Puts the deal into a stage, into the first one of a pipeline, or of the first pipeline.
fn enter(
    tx: &mut Tx<'_>,
    before: Option<&Record>,
    record: &mut Record,
    stage: Option<i64>,
    pipeline: Option<i64>,
) -> Result<()> {
    let found = tx.schema.stages.iter().find(|known| match (stage, pipeline) {
        (Some(stage), _) => known.id == stage,
        (None, Some(pipeline)) => known.pipeline == pipeline,
        (None, None) => true,
    });
    let Some(&Stage { id: stage, pipeline }) = found else {
        return Err(Error::new(Code::RuleViolated, "the pipeline has no stage: add one first").at("pipeline_id"));
    };
    if before.is_some_and(|b| b.get(at!(DEAL, "stage_id")).int() != Some(stage)) {
        record.set(at!(DEAL, "stage_change_time"), tx.now);
    }
    record.set(at!(DEAL, "stage_id"), stage);
    record.set(at!(DEAL, "pipeline_id"), pipeline);
    Ok(())
}

/// Keeps status and times in step: won and lost set theirs, reopening clears them; the first win is kept, and so is the
/// reason of a loss (live facts 3.16, 3.17).
fn close(tx: &Tx<'_>, before: Option<&Record>, record: &mut Record, patch: &Patch) -> Result<()> {
    let object = record.object;
    let given = |name: &str| patch.changed(before, object, name).filter(|v| !v.is_null()).cloned();
    let status = record.get(at!(DEAL, "status")).text().unwrap_or("open").to_owned();
    let was = before.map(|b| b.get(at!(DEAL, "status")).text().unwrap_or("open").to_owned());
    let changed = was.as_deref() != Some(&*status);
    if given("won_time").is_some() && status != "won" {
        return Err(Error::new(Code::RuleViolated, "won_time can only be set on a won deal").at("won_time"));
    }
    if given("lost_time").is_some() && status != "lost" {
        return Err(Error::new(Code::RuleViolated, "lost_time can only be set on a lost deal").at("lost_time"));
    }
    if patch.strict && given("lost_reason").is_some() && status != "lost" {
        return Err(Error::new(Code::RuleViolated, "lost_reason can only be set on a lost deal").at("lost_reason"));
    }
    if given("close_time").is_some() && status == "open" {
        return Err(Error::new(Code::RuleViolated, "close_time can only be set on a won or lost deal").at("close_time"));
    }
    let now = Value::Int(tx.now);
    match &*status {
        "open" => {
            for name in ["won_time", "lost_time", "close_time"] {
                record.set(name, Value::Null);
            }
        }
        closed => {
            let (own, other) = if closed == "won" { ("won_time", "lost_time") } else { ("lost_time", "won_time") };
            let kept = if changed { None } else { before.map(|b| b.get(own).clone()) };
            let time = given(own).or_else(|| given("close_time")).or(kept).filter(|v| !v.is_null()).unwrap_or(now);
            // A closing time that was set apart from the other stays until either is set again.
            let untouched = !changed && given(own).is_none() && given("close_time").is_none();
            if !untouched || record.get(at!(DEAL, "close_time")).is_null() {
                record.set(at!(DEAL, "close_time"), given("close_time").unwrap_or_else(|| time.clone()));
            }
            record.set(own, time.clone());
            record.set(other, Value::Null);
            if closed == "won" && record.get(at!(DEAL, "first_won_time")).is_null() {
                record.set(at!(DEAL, "first_won_time"), time);
            }
        }
    }
    Ok(())
}

fn initial_links(deal: &Record) -> Vec<&'static Object> {
    let mut links = followers::initial_links(deal);
    links.extend(deal.get(at!(DEAL, "person_id")).int().map(|_| &objects::PARTICIPANT));
    links
}

fn after_write(tx: &mut Tx<'_>, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let Some(after) = after else { return Ok(()) };
    if !tx.importing {
        visit(tx, before, after)?;
    }
    followers::owner_follows(tx, before, Some(after))?;
    participants::main_person_takes_part(tx, before, after)
}

/// Keeps the stays in stages: moving ends one and begins the next.
fn visit(tx: &mut Tx<'_>, before: Option<&Record>, after: &Record) -> Result<()> {
    let moved = before.is_none_or(|b| b.get(at!(DEAL, "stage_id")) != after.get(at!(DEAL, "stage_id")));
    if !moved {
        return Ok(());
    }
    let (company, now) = (tx.access.company(), tx.now);
    if before.is_some() {
        tx.conn.defer(
            "UPDATE deal_stage_visit SET left_at = ?3 WHERE company_id = ?1 AND deal_id = ?2 AND left_at IS NULL",
            &[company.into(), ValueRef::Int(after.id()), ValueRef::Int(now)],
        )?;
    }
    let entered = if before.is_some() { Value::Int(now) } else { after.get(at!(DEAL, "add_time")).clone() };
    let mut visit = Record::empty(&DEAL_STAGE_VISIT);
    visit.set(at!(DEAL_STAGE_VISIT, "id"), tx.next("deal_stage_visit"));
    visit.set(at!(DEAL_STAGE_VISIT, "deal_id"), after.id());
    visit.set(at!(DEAL_STAGE_VISIT, "stage_id"), after.get(at!(DEAL, "stage_id")).clone());
    visit.set(at!(DEAL_STAGE_VISIT, "entered"), entered);
    sql::insert(tx.conn, company, &visit)
}
