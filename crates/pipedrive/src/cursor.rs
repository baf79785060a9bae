//! Cursors of v2 and of v1's collections: a sealed position, in Pipedrive's own form (pipedrive-contract 2.3).

use penstock_api::cursor::{open, seal};
use penstock_model::{Code, Error, Field, Result, Value, position};
use penstock_store::sql::Direction;

/// The cursor behind the last record of a page.
pub(crate) fn write(field: &Field, direction: Direction, key: &Value, id: i64) -> String {
    seal(&position::write(field, direction == Direction::Descending, key, id))
}

/// The position that a cursor names. It must have been made by a list in the same order.
pub(crate) fn read(cursor: &str, field: &Field, direction: Direction) -> Result<(Value, i64)> {
    let position = open(cursor).and_then(|text| position::read(&text, field, direction == Direction::Descending));
    position.ok_or_else(|| {
        Error::new(Code::CursorInvalid, "cursor: was not made by this list: start again without it").at("cursor")
    })
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
        assert!(read(&cursor, objects::DEAL.id(), Direction::Descending).is_err());
        for bad in ["", "!", "e30", "bnVsbA", "W10"] {
            assert!(read(bad, field, Direction::Descending).is_err(), "{bad}");
        }
    }
}
