//! Where a page of a list ended, as text: the key of the order and the id of the last record. It has the form of
//! Pipedrive's own cursors (pipedrive-contract 2.3); how clients get to see it is a face's affair.

use serde_json::{Value as Json, json};

use crate::{Field, Value, kind::SqlType};

const fn direction(descending: bool) -> &'static str {
    if descending { "desc" } else { "asc" }
}

/// The position behind a record, in a list that is ordered by a field and then by id.
#[must_use]
pub fn write(field: &Field, descending: bool, key: &Value, id: i64) -> String {
    json!({ "field": field.name, "fieldValue": key.to_json(), "sortDirection": direction(descending), "id": id })
        .to_string()
}

/// The key and the id of a position; nothing when it was not made by a list in the same order.
#[must_use]
pub fn read(text: &str, field: &Field, descending: bool) -> Option<(Value, i64)> {
    let position: Json = serde_json::from_str(text).ok()?;
    let id = position.get("id")?.as_i64()?;
    if position["field"] != field.name || position["sortDirection"] != direction(descending) {
        return None;
    }
    let key = Value::from_json(position.get("fieldValue")?);
    let fits = match &key {
        Value::Null => true,
        Value::Int(_) => matches!(field.kind.sql_type(), SqlType::Int | SqlType::Real),
        Value::Real(_) => field.kind.sql_type() == SqlType::Real,
        Value::Bool(_) => field.kind.sql_type() == SqlType::Bool,
        Value::Text(_) => field.kind.sql_type() == SqlType::Text,
    };
    fits.then_some((key, id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects;

    #[test]
    fn a_position_reads_back_and_a_foreign_one_is_refused() {
        for (name, key) in [
            ("update_time", Value::Int(7)),
            ("update_time", Value::Null),
            ("title", Value::from("ä")),
            ("probability", Value::Real(0.5)),
            ("is_deleted", Value::Bool(true)),
        ] {
            let field = objects::DEAL.field(name).unwrap();
            let position = write(field, true, &key, 3);
            assert_eq!(read(&position, field, true), Some((key, 3)), "{position}");
            assert_eq!(read(&position, field, false), None);
            assert_eq!(read(&position, &objects::DEAL.fields[0], true), None);
        }
        let field = objects::DEAL.field("title").unwrap();
        let foreign = write(field, false, &Value::Int(7), 3);
        for text in ["", "!", "{}", "null", "[]", "5", &*foreign] {
            assert_eq!(read(text, field, false), None, "{text}");
        }
    }
}
