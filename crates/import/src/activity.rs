//! What is particular to the rows of activities: when one is due is said on people's clocks, and kept in UTC.

use penstock_model::Value;

use super::{
    draft::{Draft, Wanted},
    plan::Step,
};

/// Moves a due day and time, where a row has both, from the clock of its time zone to UTC.
pub(super) fn complete(step: &Step, draft: &mut Draft) {
    let (Some(day), Some(clock)) = (step.built_in("due_date"), step.built_in("due_time")) else { return };
    let text = |name| draft.value(step, name).and_then(Value::text);
    let (Some(due_day), Some(due_clock)) = (text("due_date"), text("due_time")) else { return };
    let Some((utc_day, utc_clock)) = step.fields[clock].conversion.in_utc(due_day, due_clock) else { return };
    for (at, wanted) in &mut draft.fields {
        if *at == day {
            *wanted = Wanted::Value(Value::from(utc_day.as_str()));
        } else if *at == clock {
            *wanted = Wanted::Value(Value::from(utc_clock.as_str()));
        }
    }
}
