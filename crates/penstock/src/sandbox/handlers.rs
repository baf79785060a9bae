//! What is done to sandboxes.

use std::time::Instant;

use penstock_crm::{
    company::Turn,
    sandbox::{add_fault, faults as faults_of},
};
use penstock_model::{Code, CompanyId, Error, Result, time, time::SECOND};
use serde_json::{Map, Value as Json, json};

use super::{
    face::Sandbox,
    faults::{parse, shown},
};
use crate::company;

/// Goes back to the seed.
pub(super) async fn reset(sandbox: Sandbox, company: CompanyId) -> Result<Json> {
    let started = Instant::now();
    // The reset goes on when the client goes away: half of one is of no use to anyone.
    let crm = sandbox.crm.clone();
    let task = tokio::spawn(async move { company::reset(&crm, company).await });
    task.await.unwrap_or_else(|_| Err(Error::internal("a reset panicked")))?;
    let seed = sandbox.crm.database.read(move |conn| Ok(penstock_crm::company::by_id(conn, company)?.seed)).await?;
    Ok(json!({"seed": seed, "seconds": started.elapsed().as_secs_f64()}))
}

/// Turns the clock.
pub(super) async fn clock(sandbox: Sandbox, company: CompanyId, body: Map<String, Json>) -> Result<Json> {
    let turn = match (body.get("set"), body.get("advance")) {
        (Some(Json::String(text)), None) if text == "now" => Turn::Real,
        (Some(Json::String(text)), None) => {
            let moment = time::parse(text);
            Turn::To(moment.ok_or_else(|| Error::invalid("set", "must be a time as 2026-01-31T09:00:00Z, or now"))?)
        }
        (None, Some(Json::Number(seconds))) => {
            let span = seconds.as_i64().and_then(|s| s.checked_mul(SECOND));
            Turn::By(span.ok_or_else(|| Error::invalid("advance", "must be a whole number of seconds"))?)
        }
        _ => {
            let message = "give either set, a time, or advance, a whole number of seconds";
            return Err(Error::new(Code::FieldRequired, message));
        }
    };
    let (now, ahead) = penstock_crm::company::turn_clock(&sandbox.crm, company, turn).await?;
    sandbox.woken.notify_one();
    Ok(json!({"now": time::format(now, time::Spelling::Rfc), "seconds_ahead": ahead / SECOND}))
}

/// Adds a fault, if the body describes one, and lists those that are left.
pub(super) async fn faults(sandbox: Sandbox, company: CompanyId, body: Map<String, Json>) -> Result<Json> {
    let fault = if body.is_empty() { None } else { Some(parse(&body)?) };
    let left = sandbox.crm.database.write(company, move |conn| {
        fault.map_or(Ok(()), |fault| add_fault(conn, company, &fault))?;
        faults_of(conn, company)
    });
    let left: Vec<Json> = left.await?.iter().map(shown).collect();
    Ok(json!({"faults": left}))
}
