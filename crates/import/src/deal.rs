//! What is particular to the rows of deals: the stage in its pipeline, when the deal entered its stages, and when it was
//! closed.

use csv::StringRecord;
use penstock_model::{Kind, Micros, Value, kind::fold};

use super::{
    ask::Ask,
    draft::{Draft, Problem, Wanted, problem},
    mapping::By,
    plan::Step,
};

/// The times of closing, and the status that each needs; empty: won or lost.
const CLOSING: [(&str, &str); 3] = [("close_time", ""), ("won_time", "won"), ("lost_time", "lost")];

/// Completes what a row says of a deal; gives why it must be refused.
pub(super) fn complete(step: &Step, draft: &mut Draft, cells: &StringRecord) -> Vec<Problem> {
    place(step, draft);
    let mut problems = close(step, draft);
    problems.extend(stay(step, draft, cells).err());
    problems
}

/// Closing times of a deal that is not closed, or not so. Without a status the rules know better.
fn close(step: &Step, draft: &Draft) -> Vec<Problem> {
    let Some(status) = draft.value(step, "status").and_then(Value::text) else { return Vec::new() };
    let wrong = CLOSING.iter().filter_map(|(name, needed)| {
        draft.value(step, name)?;
        let fits = if needed.is_empty() { status != "open" } else { status == *needed };
        let needed = if needed.is_empty() { "won or lost" } else { needed };
        let reason = format!("can only be given for a deal that is {needed}, and this one is {status}");
        if fits { None } else { Some(draft.problem(step, step.built_in(name)?, reason)) }
    });
    wrong.collect()
}

/// A stage is looked up in the pipeline that the row names.
fn place(step: &Step, draft: &mut Draft) {
    let pipeline = match draft.wanted(step.built_in("pipeline_id")) {
        Some(Wanted::Link { ask: Ask::Record { by: By::Name, .. }, name, .. }) => fold(name),
        _ => return,
    };
    let stage = step.built_in("stage_id");
    for (at, wanted) in &mut draft.fields {
        if let (true, Wanted::Link { ask: Ask::Stage { pipeline: of, .. }, .. }) = (Some(*at) == stage, wanted) {
            *of = Some(pipeline.clone());
        }
    }
}

/// Finds out when the deal entered its stages, up to the one that it is in.
fn stay(step: &Step, draft: &mut Draft, cells: &StringRecord) -> Result<(), Problem> {
    let (Some(field), Some(Wanted::Link { ask: Ask::Stage { pipeline, name }, .. })) =
        (step.built_in("stage_id"), draft.wanted(step.built_in("stage_id")))
    else {
        return Ok(());
    };
    let (pipeline, own) = (pipeline.clone(), name.clone());
    let mut stays: Vec<(String, Micros)> = Vec::with_capacity(step.stays.len());
    for stay in &step.stays {
        let (reading, refuse) =
            (&stay.reading, |reason| problem(draft.line, &stay.reading.label, stay.reading.raw(cells), reason));
        let entered = match reading.text(cells).map_err(refuse)? {
            Some(text) => stay.conversion.value(Kind::DateTime, "", &text).map_err(refuse)?.int(),
            None => None,
        };
        if let Some(entered) = entered {
            if stays.last().is_some_and(|(_, before)| *before > entered) {
                return Err(refuse(format!("the deal entered {} before the stage that stands before it", stay.stage)));
            }
            stays.push((fold(&stay.stage), entered));
        }
        // Stages behind the one that the deal is in were not entered yet.
        if fold(&stay.stage) == own {
            break;
        }
    }
    let Some((last, entered)) = stays.last() else { return Ok(()) };
    if *last != own {
        return Err(draft.problem(step, field, "the row does not say when the deal entered this stage"));
    }
    let closed = |name: &str| draft.value(step, name).and_then(Value::int);
    if CLOSING.iter().filter_map(|(name, _)| closed(name)).any(|closed| closed < *entered) {
        return Err(draft.problem(step, field, "the deal was closed before it entered this stage"));
    }
    draft.add_time = stays.first().map(|(_, entered)| *entered);
    draft.stays = stays.into_iter().map(|(stage, at)| (Ask::stage(pipeline.as_deref(), &stage), at)).collect();
    Ok(())
}
