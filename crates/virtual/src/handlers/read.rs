//! Pages and single records.

use http::{StatusCode, header};
use penstock_api::{Content, Reply};
use penstock_connector::{Page, Query, Record};

use super::{Call, change::changed};
use crate::{
    query::{Parameters, Selection},
    refusal::Refusal,
    render::Renderer,
    view::View,
    wire,
};

/// A page of records.
pub(crate) async fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let view = call.view().await?;
    let asked = Query {
        object: view.object.to_string(),
        fields: fields(&call.query, &view)?,
        filter: call.query.filter(&view)?,
        order: call.query.order(&view)?,
        after: call.query.after(&view, call.connector.secret())?,
        limit: call.query.limit(call.connector.max_page())?,
        deleted: call.query.deleted()?,
    };
    // A filter that is known to hold for nothing needs no call.
    let page = if asked.filter.is_nothing() {
        Page::default()
    } else {
        call.connector.list(asked).await.map_err(|e| view.renamed(e))?
    };
    let renderer = call.renderer(&view, &page.records).await?;
    let next = page.next.as_deref().map(|cursor| call.query.token(&view, call.connector.secret(), cursor));
    let write = move |renderer: &Renderer, records: &[Record]| written(renderer, records, next.as_deref());
    Ok(Reply::json(200, renderer.write(page.records, write).await?))
}

/// A page, with the token of the next one.
fn written(renderer: &Renderer, records: &[Record], next: Option<&str>) -> Vec<u8> {
    let mut body = format!("{{\"length\":{},\"records\":[", records.len()).into_bytes();
    for (position, record) in records.iter().enumerate() {
        if position > 0 {
            body.push(b',');
        }
        renderer.record(&mut body, record, &[]);
    }
    body.extend_from_slice(b"],\"nextPageToken\":");
    match next {
        Some(token) => wire::string(&mut body, token),
        None => body.extend_from_slice(b"null"),
    }
    body.extend_from_slice(b",\"nextDeltaToken\":null}");
    body
}

/// The provider's fields that the answer needs.
fn fields(query: &Parameters, view: &View) -> Result<Vec<penstock_connector::Name>, Refusal> {
    let Selection { own, beside } = query.selection(view)?;
    let wanted = own.into_iter().chain(beside.into_iter().map(|(at, _)| at));
    Ok(wanted.flat_map(|at| view.fields[at].paths().iter().cloned()).collect())
}

/// One record.
pub(crate) async fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let view = call.view().await?;
    let deleted = call.query.deleted()?;
    let record = call.connector.get(&view.object, &call.key()?, deleted).await?;
    if !call.conditions.allow_reading(&record.version) {
        return Err(changed().into());
    }
    let mut reply = call.shown(&view, 200, record, Vec::new()).await?;
    let tag = reply.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    if tag.is_some_and(|tag| call.conditions.know(tag.trim_matches('"'))) {
        reply.status = StatusCode::NOT_MODIFIED;
        reply.content = Content::Empty;
    }
    Ok(reply)
}
