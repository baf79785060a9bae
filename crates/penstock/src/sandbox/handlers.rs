//! `POST /v1/sandbox/reset`, `/v1/sandbox/clock`, `/v1/sandbox/faults`.

use std::{sync::Arc, time::Instant};

use penstock_crm::company::Turn;
use penstock_model::{Access, Code, CompanyId, Error, Result, time, time::SECOND};
use penstock_pipedrive::{Face, Request, Response};
use serde_json::{Map, Value as Json, json};

use super::faults::Fault;
use crate::{company, http::App};

/// The act that a path names, if it is one of a sandbox.
pub(crate) fn act_of(path: &str) -> Option<&'static str> {
    let rest = path.strip_prefix("/v1/sandbox/").or_else(|| path.strip_prefix("/api/v1/sandbox/"))?;
    let rest = rest.trim_end_matches('/');
    ["reset", "clock", "faults"].into_iter().find(|act| *act == rest)
}

/// Answers one of the paths. For a company that is no sandbox it answers as any path that is not there.
pub(crate) async fn respond(app: &Arc<App>, act: &'static str, request: Request) -> Response {
    let path = request.path.clone();
    let correlation = request.correlation.clone();
    let result = match admitted(app, &request).await {
        Ok(Some(access)) => run(app, act, &access, &request).await,
        Ok(None) => return app.face.respond(request).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(data) => {
            let body = json!({"success": true, "data": data}).to_string().into_bytes();
            Response { status: 200, headers: Vec::new(), body, company: None }
        }
        Err(error) => {
            if error.code.status() >= 500 {
                tracing::error!(%correlation, error = %error.message, "a sandbox's request failed");
            }
            Face::refuse(&path, &error)
        }
    }
}

/// The access of the asking user, if the company is a sandbox.
async fn admitted(app: &Arc<App>, request: &Request) -> Result<Option<Access>> {
    let unauthorized = || Error::new(Code::Unauthenticated, "unauthorized access");
    let token = request.api_token().ok_or_else(unauthorized)?;
    let correlation = request.correlation.clone();
    app.crm
        .database
        .read(move |conn| {
            let access = penstock_auth::authenticate(conn, &token, &correlation)?;
            Ok(penstock_crm::company::by_id(conn, access.company())?.sandbox.then_some(access))
        })
        .await
}

async fn run(app: &Arc<App>, act: &str, access: &Access, request: &Request) -> Result<Json> {
    if request.method != "POST" {
        return Err(Error::new(Code::MethodUnknown, "this path does not have this method").at("POST"));
    }
    if !access.is_admin() {
        return Err(Error::new(Code::Forbidden, "only admins may do this to a sandbox"));
    }
    let body = body(&request.body)?;
    match act {
        "reset" => reset(app, access.company(), &body).await,
        "clock" => clock(app, access.company(), &body).await,
        _ => faults(app, access.company(), &body),
    }
}

fn body(bytes: &[u8]) -> Result<Map<String, Json>> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Json::Object(map)) => Ok(map),
        Ok(_) => Err(Error::new(Code::BodyMalformed, "the body must be a JSON object")),
        Err(e) => Err(Error::new(Code::BodyMalformed, format!("the body is not JSON: {e}"))),
    }
}

/// Refuses keys that mean nothing: a misspelt one would be a test that tests nothing.
fn known(body: &Map<String, Json>, keys: &[&str]) -> Result<()> {
    match body.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => {
            let message = if keys.is_empty() {
                "takes no keys".to_owned()
            } else {
                format!("known keys are {}", keys.join(", "))
            };
            Err(Error::new(Code::FieldUnknown, format!("{key}: {message}")).at(key))
        }
        None => Ok(()),
    }
}

async fn reset(app: &Arc<App>, company: CompanyId, body: &Map<String, Json>) -> Result<Json> {
    known(body, &[])?;
    let started = Instant::now();
    // The reset goes on when the client goes away: half of one is of no use to anyone.
    let task = tokio::spawn({
        let app = Arc::clone(app);
        async move {
            app.faults.clear(company);
            let closed = app.faults.close(company);
            let done = company::reset(&app.crm, company).await;
            drop(closed);
            done
        }
    });
    task.await.unwrap_or_else(|_| Err(Error::internal("a reset panicked")))?;
    let seed = app.crm.database.read(move |conn| Ok(penstock_crm::company::by_id(conn, company)?.seed)).await?;
    Ok(json!({"seed": seed, "seconds": started.elapsed().as_secs_f64()}))
}

async fn clock(app: &Arc<App>, company: CompanyId, body: &Map<String, Json>) -> Result<Json> {
    known(body, &["set", "advance"])?;
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
    let (now, ahead) = penstock_crm::company::turn_clock(&app.crm, company, turn).await?;
    app.purge.notify_one();
    Ok(json!({"now": time::format(now, time::Spelling::Rfc), "seconds_ahead": ahead / SECOND}))
}

fn faults(app: &App, company: CompanyId, body: &Map<String, Json>) -> Result<Json> {
    known(body, &["path", "status", "delay_ms", "cut", "count"])?;
    if !body.is_empty() {
        app.faults.add(company, Fault::parse(body)?);
    }
    Ok(json!({"faults": app.faults.list(company)}))
}

#[cfg(test)]
mod tests {
    use super::act_of;

    #[test]
    fn only_the_sandbox_paths_are_acts() {
        assert_eq!(act_of("/v1/sandbox/reset"), Some("reset"));
        assert_eq!(act_of("/api/v1/sandbox/clock/"), Some("clock"));
        for path in ["/v1/sandbox", "/v1/sandbox/", "/v1/sandbox/reset/1", "/api/v2/sandbox/reset", "/v1/deals"] {
            assert_eq!(act_of(path), None, "{path}");
        }
    }
}
