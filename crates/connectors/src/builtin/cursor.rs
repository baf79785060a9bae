//! Where a page ended: the sort key and the id of its last record.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use penstock_model::{Code, Error, Result, Value};
use serde_json::{Value as Json, json};

pub(super) fn write(key: &Value, id: i64) -> String {
    URL_SAFE_NO_PAD.encode(json!([key.to_json(), id]).to_string())
}

pub(super) fn read(text: &str) -> Result<(Value, i64)> {
    let wrong = || Error::new(Code::CursorInvalid, "the page token was not made by this list: start again without it");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong())?;
    let parts: Vec<Json> = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
    let [key, id] = parts.as_slice() else { return Err(wrong()) };
    let scalar = !key.is_array() && !key.is_object();
    let id = id.as_i64().filter(|_| scalar).ok_or_else(wrong)?;
    Ok((Value::from_json(key), id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_foreign_one_is_refused() {
        for key in [Value::Null, Value::Int(7), Value::from("ä"), Value::Bool(true), Value::Real(0.5)] {
            assert_eq!(read(&write(&key, 9)).unwrap(), (key, 9));
        }
        for text in ["", "AAAA", "not base64!", &URL_SAFE_NO_PAD.encode("[[1],2]")] {
            assert_eq!(read(text).unwrap_err().code, Code::CursorInvalid, "{text}");
        }
    }
}
