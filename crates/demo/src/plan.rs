//! What happened in the demo's company, in order: acts as its users would have done them.

use penstock_model::{Micros, Object, time::DAY};
use serde_json::{Map, Value as Json};

use super::{contacts, sales};

/// Days that the demo's scenario takes, in whole weeks.
pub(super) const DAYS: i64 = 54 * 7;

/// One act of a user at one moment.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) at: Micros,
    pub(super) user: i64,
    pub(super) object: &'static Object,
    /// The record's number: acts come in the order in which the company numbers its records.
    pub(super) id: i64,
    pub(super) makes: bool,
    /// Values by field, custom fields by their names; choices by label.
    pub(super) body: Map<String, Json>,
}

/// The scenario of a seed that begins at `start`, a Monday at midnight.
pub(super) fn plan(seed: i64, start: Micros) -> Vec<Act> {
    let mut acts = Vec::with_capacity(4096);
    let contacts = contacts::meet(seed, start, &mut acts);
    sales::sell(seed, start, &contacts, &mut acts);
    acts.retain(|act| act.at < start + DAYS * DAY);
    // Records that others refer to come first when moments are the same: their objects' codes are lower.
    acts.sort_by_key(|act| (act.at, rank(act.object), act.id, !act.makes));
    acts
}

fn rank(object: &Object) -> usize {
    const ORDER: [&str; 6] = ["organization", "person", "deal", "lead", "activity", "note"];
    ORDER.iter().position(|name| *name == object.name).unwrap_or(ORDER.len())
}

/// Values by name, those that are unset left out.
macro_rules! body {
    ($($name:expr => $value:expr),* $(,)?) => {{
        let mut map = serde_json::Map::new();
        $(
            let value = serde_json::json!($value);
            if !value.is_null() {
                map.insert($name.to_owned(), value);
            }
        )*
        map
    }};
}
pub(super) use body;

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_seed_tells_one_story() {
        let text = |seed| format!("{:?}", plan(seed, 0));
        assert_eq!(text(1), text(1));
        assert_ne!(text(1), text(2));
    }

    #[test]
    fn records_are_numbered_in_the_order_in_which_they_are_made() {
        for seed in 0..30 {
            check(seed);
        }
    }

    fn check(seed: i64) {
        let mut last: HashMap<&str, i64> = HashMap::new();
        for act in plan(seed, 0) {
            let id = last.entry(act.object.name).or_default();
            if act.makes {
                *id += 1;
                assert_eq!(act.id, *id, "{}", act.object.name);
            } else {
                assert!(act.id <= *id, "{} {} is changed before it is made", act.object.name, act.id);
            }
            for (name, of) in
                [("org_id", "organization"), ("person_id", "person"), ("deal_id", "deal"), ("lead_id", "lead")]
            {
                if let Some(to) = act.body.get(name).and_then(Json::as_i64) {
                    assert!(to <= last.get(of).copied().unwrap_or(0), "{} {} names {of} {to}", act.object.name, act.id);
                }
            }
        }
        assert!(last["organization"] >= 200 && last["person"] >= 300 && last["deal"] >= 300, "{last:?}");
        assert!(last["activity"] >= 600 && last["note"] >= 150 && last["lead"] >= 30, "{last:?}");
    }
}
