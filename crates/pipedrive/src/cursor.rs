//! Cursors of v2 and of v1's collections: a sealed position, in Pipedrive's own form (pipedrive-contract 2.3).

use penstock_api::cursor::{open, seal};
use penstock_model::{Code, CompanySchema, Error, Field, Result, Value, position};
use penstock_store::sql::Direction;

use crate::call::Call;

/// The list of an operation, whose pages begin where cursors say: by a field, and then by id.
pub(crate) struct Place<'a> {
    operation: &'a str,
    schema: &'a CompanySchema,
    field: &'a Field,
    direction: Direction,
}

impl<'a> Place<'a> {
    /// The list of a call, in that order.
    pub(crate) fn new(call: &Call, schema: &'a CompanySchema, field: &'a Field, direction: Direction) -> Self {
        Self { operation: call.operation.id, schema, field, direction }
    }

    fn is_descending(&self) -> bool {
        self.direction == Direction::Descending
    }

    /// The cursor behind the last record of a page.
    pub(crate) fn write(&self, key: &Value, id: i64) -> String {
        let position = position::write(self.field, self.is_descending(), key, id);
        seal(&self.schema.secret, &[self.operation], &position)
    }

    /// The position that a cursor names. It must have been made by this operation for this company, in the same order.
    pub(crate) fn read(&self, cursor: &str) -> Result<(Value, i64)> {
        let text = open(&self.schema.secret, &[self.operation], cursor).ok();
        let position = text.and_then(|text| position::read(&text, self.field, self.is_descending()));
        position.ok_or_else(|| {
            Error::new(Code::CursorInvalid, "cursor: was not made by this list: start again without it").at("cursor")
        })
    }
}

#[cfg(test)]
mod tests {
    use penstock_model::objects;

    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_foreign_one_is_refused() {
        let schema = |secret: &str| CompanySchema { secret: secret.into(), ..CompanySchema::default() };
        let (own, other) = (schema("a"), schema("b"));
        let (time, id) = (objects::DEAL.field("update_time").unwrap(), objects::DEAL.id());
        let place = |operation, schema, field, direction| Place { operation, schema, field, direction };
        let here = place("getDeals", &own, time, Direction::Descending);
        let cursor = here.write(&Value::Int(7), 3);
        assert_eq!(here.read(&cursor).unwrap(), (Value::Int(7), 3));
        for elsewhere in [
            place("getDeals", &own, time, Direction::Ascending),
            place("getDeals", &own, id, Direction::Descending),
            place("getPersons", &own, time, Direction::Descending),
            place("getDeals", &other, time, Direction::Descending),
        ] {
            assert_eq!(elsewhere.read(&cursor).unwrap_err().code, Code::CursorInvalid);
        }
        for bad in ["", "!", "e30", "bnVsbA", "W10"] {
            assert!(here.read(bad).is_err(), "{bad}");
        }
    }
}
