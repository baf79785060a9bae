//! `--check`: every row is looked at, nothing is written.

use std::sync::Arc;

use penstock_crm::Crm;
use penstock_model::{Access, CompanySchema};

use super::failure::Outcome;
use super::{
    draft::{Draft, Problem},
    dry::Dry,
    judge::{Stop, Verdict, judge},
    plan::{Plan, Step},
    state::Counts,
    walk::Walk,
    watcher::Watcher,
};

/// Rows that are looked at in one read.
const ROWS: usize = 500;

/// What would become of the rows, with every reason for which one would be refused, handed to the watcher with its file.
pub(super) async fn check(
    crm: &Crm,
    access: &Access,
    plan: &Arc<Plan>,
    schema: Arc<CompanySchema>,
    watcher: &mut dyn Watcher,
) -> Outcome<Counts> {
    let mut dry = Dry::new(Arc::clone(plan), schema);
    let mut counts = Counts::default();
    for step in &plan.steps {
        let mut walk = Walk::new(step, 0)?;
        loop {
            let rows = walk.take(ROWS)?;
            if rows.is_empty() {
                break;
            }
            watcher.progress(&step.file.name, counts.all(), plan.rows, counts.refused);
            let mut drafts: Vec<Draft> = Vec::with_capacity(rows.len());
            let mut problems: Vec<Problem> = Vec::new();
            for row in rows {
                match row {
                    Ok(Some(draft)) => drafts.push(draft),
                    Ok(None) => counts.passed += 1,
                    Err(why) => {
                        counts.refused += 1;
                        problems.extend(why);
                    }
                }
            }
            look(crm, access, &mut dry, step, &drafts).await?;
            for draft in &drafts {
                judged(&mut dry, step, draft, &mut counts, &mut problems)?;
            }
            problems.sort_by_key(|problem| problem.line);
            problems.iter().try_for_each(|problem| watcher.refused(&step.file.name, problem))?;
        }
    }
    watcher.end(counts.all(), plan.rows, counts.refused);
    Ok(counts)
}

/// Looks up what the company has of some rows.
async fn look(crm: &Crm, access: &Access, dry: &mut Dry, step: &Step, drafts: &[Draft]) -> Outcome {
    let asks = Arc::new(dry.unknown(step, drafts));
    let (company, source, asked) = (access.company(), dry.source().to_owned(), Arc::clone(&asks));
    let found = crm.database.read(move |conn| Dry::look(conn, company, &source, &asked)).await?;
    dry.learn(&asks, found);
    Ok(())
}

fn judged(dry: &mut Dry, step: &Step, draft: &Draft, counts: &mut Counts, problems: &mut Vec<Problem>) -> Outcome {
    match judge(step, draft, dry) {
        Ok(verdict) => {
            dry.take(step, draft, &verdict);
            match verdict {
                Verdict::Make(_) => counts.made += 1,
                Verdict::Change(..) => counts.changed += 1,
                Verdict::Pass => counts.passed += 1,
                Verdict::Refuse(why) => {
                    counts.refused += 1;
                    problems.extend(why);
                }
            }
        }
        Err(Stop::Row(problem)) => {
            counts.refused += 1;
            problems.push(problem);
        }
        Err(Stop::Engine(error)) => return Err(error.into()),
    }
    Ok(())
}
