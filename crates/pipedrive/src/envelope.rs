//! Envelopes and error bodies (pipedrive-contract 2).

use penstock_api::{Envelope, Reply};
use penstock_model::{Code, Error};
use serde_json::Value as Json;

use crate::{operations::Version, query, wire::scalar};

/// Where the gateway's refusals and those of permissions point to.
const DOCS: &str = "Please check developers.pipedrive.com";
/// Where all others do.
const DOCS_IN_FULL: &str = "Please check developers.pipedrive.com for more information about Pipedrive API.";

/// A key or parameter that the request does not have (live facts 1.3, 1.4).
pub(crate) fn not_allowed(code: Code, name: &str) -> Error {
    let name = query::short(name);
    Error::new(code, format!("{name}: Parameter '{name}' is not allowed for this request")).at(&name)
}

/// The header that the gateway reads before any operation is asked.
pub(crate) const AUTHORIZATION: &str = "authorization";

/// `data` of ready JSON.
pub(crate) fn data(status: u16, json: &Json) -> Reply {
    let mut envelope = Envelope::new();
    write(envelope.data(), json);
    envelope.finish(status)
}

/// `data` and the keys of `additional_data`, or `null`, of ready JSON.
pub(crate) fn data_with(status: u16, json: &Json, additional: &Json) -> Reply {
    let mut envelope = Envelope::new();
    write(envelope.data(), json);
    match additional {
        Json::Object(keys) => keys.iter().for_each(|(key, value)| write(envelope.additional(key), value)),
        _ => envelope.no_additional(),
    }
    envelope.finish(status)
}

/// Appends a JSON value.
pub(crate) fn write(out: &mut Vec<u8>, json: &Json) {
    // Writing to memory can't fail.
    let _ = serde_json::to_writer(out, json);
}

/// An error as a version spells it.
pub(crate) fn refusal(version: Version, error: &Error) -> Reply {
    let status = error.code.status();
    let mut body = Vec::with_capacity(256);
    body.extend_from_slice(b"{\"success\":false");
    let mut text = |key: &str, value: &str| {
        scalar::key(&mut body, key);
        scalar::string(&mut body, value);
    };
    match error.code {
        Code::Unauthenticated => {
            text("error", "unauthorized access");
            scalar::key(&mut body, "errorCode");
            scalar::int(&mut body, 401);
            scalar::key(&mut body, "error_info");
            scalar::string(&mut body, DOCS);
        }
        Code::NotFound => {
            text("error", &not_found(version, error));
            text("error_info", "Object was not found.");
            empty(&mut body);
        }
        // v2 tells the sender's faults, those against a rule, and its own apart, with three keys in all (live facts
        // 1.1, 1.2, 1.5, 1.6). What the gateway refuses never comes that far.
        Code::Internal if version == Version::V2 => {
            text("error", "Internal Server Error");
            text("code", "ERR_UNKNOWN");
        }
        code if version == Version::V2 && status == 400 && error.field.as_deref() != Some(AUTHORIZATION) => {
            if code.is_rule() {
                text("error", &error.message);
                text("code", "ERR_BAD_REQUEST");
            } else {
                text("error", &format!("Validation failed: {}", error.message));
                text("code", "ERR_SCHEMA_VALIDATION_FAILED");
            }
        }
        // A server's fault says where to look and nothing of the inside (DESIGN 16).
        Code::Internal | Code::Unavailable => {
            let down = error.code == Code::Unavailable;
            text("error", if down { "The server can't do this now: try again later" } else { "Server error" });
            text("error_info", "The server's log has the details under this request's x-correlation-id.");
            empty(&mut body);
        }
        Code::TooManyRequests => {
            text("error", "request over limit");
            scalar::key(&mut body, "errorCode");
            scalar::int(&mut body, 429);
            scalar::key(&mut body, "error_info");
            scalar::string(&mut body, DOCS);
        }
        _ => {
            text("error", &error.message);
            text("error_info", if error.code == Code::Forbidden { DOCS } else { DOCS_IN_FULL });
            empty(&mut body);
        }
    }
    body.push(b'}');
    Reply::json(status, body)
}

fn empty(body: &mut Vec<u8>) {
    body.extend_from_slice(b",\"data\":null,\"additional_data\":null");
}

/// What each version says of a missing record (pipedrive-contract 2.2).
fn not_found(version: Version, error: &Error) -> String {
    let object = error.field.as_deref().unwrap_or("record");
    match (version, object) {
        // Live facts 1.7.
        (Version::V2, "deal") => "Deal not found".to_owned(),
        (Version::V2, _) => "Entity was not found".to_owned(),
        (Version::V1, "lead") => "requested lead not found".to_owned(),
        (Version::V1, "user") => "User not found or not accessible.".to_owned(),
        (Version::V1, other) => {
            let label = penstock_model::objects::find(other).map_or("Record", |o| o.label);
            format!("{label} not found")
        }
    }
}
