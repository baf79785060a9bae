//! Where a page ended: the keys of its order and the id of its last record. A list in one order is gone on with by the
//! engine's own comparison of key and id; of several keys the records behind are a condition like any other.

use penstock_model::{
    Field, Object, Value,
    filter::{Expr, Op},
    position,
};
use penstock_store::sql::Direction;

/// The order of a list, before the id.
type Order = [(&'static Field, Direction)];

/// The end of a page.
pub(super) struct Place {
    /// One value per key; the id's own when the list has no other order.
    pub(super) keys: Vec<Value>,
    pub(super) id: i64,
}

/// The keys with whether they descend.
fn keyed<'a>(object: &'static Object, order: &'a Order) -> impl Iterator<Item = (&'static Field, bool)> + 'a {
    let by_id = order.is_empty().then(|| (object.id(), false));
    order.iter().map(|(field, direction)| (*field, *direction == Direction::Descending)).chain(by_id)
}

/// The spelling of an end: a line per key.
pub(super) fn write(object: &'static Object, order: &Order, keys: &[Value], id: i64) -> String {
    let keys = keyed(object, order).zip(keys);
    keys.map(|((field, descending), key)| position::write(field, descending, key, id)).collect::<Vec<_>>().join("\n")
}

/// The end that a text spells; nothing when it was not made by a list in the same order.
pub(super) fn read(text: &str, object: &'static Object, order: &Order) -> Option<Place> {
    let mut lines = text.lines();
    let mut place = Place { keys: Vec::new(), id: 0 };
    for (field, descending) in keyed(object, order) {
        let (key, id) = position::read(lines.next()?, field, descending)?;
        place.keys.push(key);
        place.id = id;
    }
    lines.next().is_none().then_some(place)
}

/// The records behind an end, in the order of several keys and then of the id, which goes the way of the first.
pub(super) fn beyond(object: &'static Object, order: &Order, keys: &[Value], id: i64) -> Expr {
    let last = (object.id(), order.first().is_some_and(|(_, first)| *first == Direction::Descending));
    let id = Value::Int(id);
    let all: Vec<((&'static Field, bool), &Value)> =
        keyed(object, order).zip(keys).chain(std::iter::once((last, &id))).collect();
    let behind = |at: usize| {
        let same = all[..at].iter().map(|((field, _), value)| same(field, value));
        let ((field, descending), value) = all[at];
        Expr::All(same.chain(std::iter::once(behind(field, descending, value))).collect())
    };
    Expr::Any((0..all.len()).map(behind).collect())
}

fn same(field: &'static Field, value: &Value) -> Expr {
    if value.is_null() { Expr::empty(field) } else { Expr::eq(field, value.clone()) }
}

/// Unset values come first when ascending, last when descending.
fn behind(field: &'static Field, descending: bool, value: &Value) -> Expr {
    match (descending, value.is_null()) {
        (false, true) => Expr::empty(field).negated(),
        (false, false) => Expr::is(field, Op::Gt, value.clone()),
        (true, true) => Expr::nothing(),
        (true, false) => Expr::Any(vec![Expr::is(field, Op::Lt, value.clone()), Expr::empty(field)]),
    }
}
