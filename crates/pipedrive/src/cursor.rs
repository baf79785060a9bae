//! Cursors of v2 and of v1's collections: a keyset position, in Pipedrive's own form (pipedrive-contract 2.3).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use penstock_model::{Code, Error, Field, Result, Value};
use penstock_store::sql::Direction;
use serde_json::{Value as Json, json};

const fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "asc",
        Direction::Descending => "desc",
    }
}

/// The cursor behind the last record of a page.
pub(crate) fn write(field: &Field, direction: Direction, key: &Value, id: i64) -> String {
    let position =
        json!({"field": field.name, "fieldValue": key.to_json(), "sortDirection": word(direction), "id": id});
    URL_SAFE_NO_PAD.encode(position.to_string())
}

/// The position that a cursor names. It must have been made by a list in the same order.
pub(crate) fn read(cursor: &str, field: &Field, direction: Direction) -> Result<(Value, i64)> {
    let wrong =
        || Error::new(Code::CursorInvalid, "cursor: was not made by this list; start again without it").at("cursor");
    let bytes = URL_SAFE_NO_PAD.decode(cursor.trim_end_matches('=')).map_err(|_| wrong())?;
    let position: Json = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
    let id = position["id"].as_i64().ok_or_else(wrong)?;
    if position["field"] != field.name || position["sortDirection"] != word(direction) {
        return Err(wrong());
    }
    let key = Value::from_json(&position["fieldValue"]);
    let fits = match (&key, field.kind.sql_type()) {
        (Value::Null, _) => true,
        (Value::Int(_), kind) => kind == penstock_model::kind::SqlType::Int,
        (Value::Text(_), kind) => kind == penstock_model::kind::SqlType::Text,
        _ => false,
    };
    if fits { Ok((key, id)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use penstock_model::objects;

    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_foreign_one_is_refused() {
        let field = objects::DEAL.field("update_time").unwrap();
        let cursor = write(field, Direction::Descending, &Value::Int(7), 3);
        assert_eq!(read(&cursor, field, Direction::Descending).unwrap(), (Value::Int(7), 3));
        assert!(read(&cursor, field, Direction::Ascending).is_err());
        assert!(read(&cursor, &objects::DEAL.fields[0], Direction::Descending).is_err());
        for bad in ["", "!", "e30", "bnVsbA", "W10"] {
            assert!(read(bad, field, Direction::Descending).is_err(), "{bad}");
        }
    }
}
