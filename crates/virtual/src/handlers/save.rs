//! Creating and changing: the record is read, every given field goes through its lens, and what differs is written
//! under the version that was read.

use std::sync::Arc;

use http::header;
use penstock_api::{Reply, compute};
use penstock_connector::{Record, Type, composite};
use penstock_model::{Code, Value};
use serde_json::{Value as Json, json};

use super::Call;
use crate::{
    put::{self, Wanted},
    refusal::Refusal,
    view::View,
    wire,
};

/// A new record.
pub(crate) async fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let view = call.view().await?;
    call.offered(&view)?;
    let (record, warnings) = make(call, &view).await?;
    created(call, &view, record, warnings).await
}

/// A changed record.
pub(crate) async fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let view = call.view().await?;
    call.offered(&view)?;
    let key = call.key()?;
    let mut budget = RetryBudget::default();
    loop {
        let before = call.connector.get(&view.object, &key, false).await?;
        call.still(Some(&before))?;
        match amend(call, &view, before).await {
            Ok((record, warnings)) => return call.shown(&view, 200, record, warnings).await,
            Err(refusal) => budget.spend(call, refusal)?,
        }
    }
}

/// The record that another system's key names, changed, or made if there is none. Of many who ask at once one makes
/// it, and the others find it.
pub(crate) async fn upsert(call: &Call<'_>) -> Result<Reply, Refusal> {
    let view = call.view().await?;
    call.offered(&view)?;
    let key = call.key()?;
    let mut budget = RetryBudget::default();
    loop {
        let found = match call.connector.get(&view.object, &key, false).await {
            Ok(before) => Some(before),
            Err(error) if error.code == Code::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        call.still(found.as_ref())?;
        let outcome = match found {
            Some(before) => amend(call, &view, before).await.map(|done| (done, false)),
            None => make(call, &view).await.map(|done| (done, true)),
        };
        match outcome {
            Ok(((record, warnings), true)) => return created(call, &view, record, warnings).await,
            Ok(((record, warnings), false)) => return call.shown(&view, 200, record, warnings).await,
            Err(refusal) => budget.spend(call, refusal)?,
        }
    }
}

/// How often a change is begun again because someone else was faster.
#[derive(Default)]
struct RetryBudget {
    changed: u32,
    taken: u32,
}

impl RetryBudget {
    /// Rounds for a record that others change. In every round one of them gets through.
    const CHANGED: u32 = 64;
    /// Rounds for a key that others take: who still does not find the record then may not see it.
    const TAKEN: u32 = 2;

    /// Lets the caller try again, or gives the refusal back.
    fn spend(&mut self, call: &Call<'_>, refusal: Refusal) -> Result<(), Refusal> {
        let (spent, most) = match refusal.error.code {
            // Who names a version wants to be told.
            Code::PreconditionFailed if !call.is_tied() => (&mut self.changed, Self::CHANGED),
            Code::Conflict if refusal.error.field.as_deref() == Some("external_ids") => (&mut self.taken, Self::TAKEN),
            _ => return Err(refusal),
        };
        *spent += 1;
        if *spent < most { Ok(()) } else { Err(refusal) }
    }
}

/// What the body asks for of a record, or of one that is to be made. Gives the record back.
async fn wanted(
    call: &Call<'_>,
    view: &Arc<View>,
    before: Option<Record>,
) -> Result<(Option<Record>, Wanted), Refusal> {
    let (view, given) = (Arc::clone(view), Arc::clone(&call.given));
    let read = move || put::read(&view, before.as_ref(), &given).map(|wanted| (before, wanted));
    compute(call.given.size, read).await?
}

async fn make(call: &Call<'_>, view: &Arc<View>) -> Result<(Record, Vec<Json>), Refusal> {
    let (_, wanted) = wanted(call, view, None).await?;
    let made = call.connector.create(&view.object, wanted.edits.clone()).await;
    let record = made.map_err(|e| view.renamed(e))?;
    let warnings = warnings(view, &wanted, &record);
    Ok((record, warnings))
}

async fn amend(call: &Call<'_>, view: &Arc<View>, before: Record) -> Result<(Record, Vec<Json>), Refusal> {
    let (id, version) = (before.id.clone(), before.version.clone());
    let (before, wanted) = wanted(call, view, Some(before)).await?;
    if let Some(before) = before.filter(|_| wanted.edits.is_empty()) {
        return Ok((before, Vec::new()));
    }
    let expected = (wanted.depends || call.is_tied()).then_some(version.as_str());
    let done = call.connector.update(&view.object, &id, expected, wanted.edits.clone()).await;
    let record = done.map_err(|e| view.renamed(e))?;
    let warnings = warnings(view, &wanted, &record);
    Ok((record, warnings))
}

/// The fields that the provider keeps in another form than they were sent in.
fn warnings(view: &View, wanted: &Wanted, record: &Record) -> Vec<Json> {
    let differs = |(at, sent): &(usize, Value)| {
        let field = &view.fields[*at];
        let stored = field.get(record);
        let kind = &field.about.kind;
        (!is_kept(kind, sent, &stored)).then(|| {
            json!({
                "code": "provider.normalized",
                "field": field.name(),
                "sent": wire::json(kind, sent),
                "stored": wire::json(kind, &stored),
            })
        })
    };
    wanted.fields.iter().filter_map(differs).collect()
}

/// Whether a value reads back as it was sent; an amount that was sent without a currency has got one.
fn is_kept(kind: &Type, sent: &Value, stored: &Value) -> bool {
    let bare = |value: &Value| composite::money_parts(value).filter(|(_, currency)| currency.is_none());
    match bare(sent) {
        Some((amount, _)) if *kind == Type::Money => composite::money_parts(stored).is_some_and(|(a, _)| a == amount),
        _ => sent == stored,
    }
}

async fn created(call: &Call<'_>, view: &Arc<View>, record: Record, warnings: Vec<Json>) -> Result<Reply, Refusal> {
    let place = format!("/v1/dynamic/{}/objects/{}/{}", call.configuration.name, view.name, record.id);
    let mut reply = call.shown(view, 201, record, warnings).await?;
    reply.set_header(header::LOCATION, &place);
    Ok(reply)
}
