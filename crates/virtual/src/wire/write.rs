//! Normalised values as JSON. Composite values are canonical JSON texts and are copied.

use penstock_connector::Type;
use penstock_model::{
    Value,
    kind::canonical_number,
    time::{self, Spelling},
};
use serde_json::Value as Json;

use super::span;

/// Appends a value.
pub(crate) fn write(out: &mut Vec<u8>, kind: &Type, value: &Value) {
    match (kind, value) {
        (_, Value::Null) if kind.is_list() => out.extend_from_slice(b"[]"),
        (_, Value::Null) => out.extend_from_slice(b"null"),
        (_, Value::Bool(flag)) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
        (Type::DateTime, Value::Int(micros)) => {
            out.push(b'"');
            time::write(out, *micros, Spelling::RfcMicros);
            out.push(b'"');
        }
        (Type::Duration, Value::Int(seconds)) => string(out, &span::write(*seconds)),
        (_, Value::Int(int)) => out.extend_from_slice(int.to_string().as_bytes()),
        (_, Value::Real(number)) => out.extend_from_slice(canonical_number(*number).to_string().as_bytes()),
        (_, Value::Text(text)) if kind.is_composite() => out.extend_from_slice(text.as_bytes()),
        (_, Value::Text(text)) => string(out, text),
    }
}

/// Appends a JSON string.
pub(crate) fn string(out: &mut Vec<u8>, text: &str) {
    // Writing to a vector can't fail.
    let _ = serde_json::to_writer(out, text);
}

/// Appends `"name":`, after a comma unless it is the first key.
pub(crate) fn key(out: &mut Vec<u8>, name: &str) {
    if !out.ends_with(b"{") {
        out.push(b',');
    }
    string(out, name);
    out.push(b':');
}

/// The value as a JSON tree, as a client reads it.
pub(crate) fn json(kind: &Type, value: &Value) -> Json {
    let mut out = Vec::new();
    write(&mut out, kind, value);
    serde_json::from_slice(&out).unwrap_or_default()
}
