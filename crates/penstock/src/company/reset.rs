//! Putting a sandbox back to its seed.

use std::sync::Arc;

use penstock_crm::{Crm, company, jobs};
use penstock_demo::{self as demo, Demo};
use penstock_model::{CompanyId, Result, ValueRef};
use penstock_store::Conn;
use penstock_work::{Job, Outcome, Step};
use serde_json::{Value as Json, json};

/// Puts a sandbox back to its seed: ids from 1, the clock as everyone's. The tokens of users that are part of the
/// seed stay, those of others end. Until it is done the sandbox is closed. When somebody else is at it already, this
/// waits for that.
pub(crate) async fn reset(crm: &Crm, company: CompanyId) -> Result<()> {
    let writer = crm.clone();
    let begin = move |conn: &mut dyn Conn| company::begin_reset(&writer, conn, company);
    let (id, lease) = crm.database.write(company, begin).await?;
    let (worker, step) = (jobs::worker(crm), step(crm));
    match lease {
        Some(lease) => worker.finish_held(lease, &step).await,
        None => worker.finish(company, id, &step).await,
    }
}

/// How a sandbox is put back: its rows go in small writes, the last of them with the founding, and its demo follows.
pub(crate) fn step(crm: &Crm) -> Arc<dyn Step> {
    let (crm, demo) = (crm.clone(), Demo::new(crm));
    Arc::new(move |conn: &mut dyn Conn, job: &Job| {
        let company = job.company;
        let Some(step) = job.cursor.as_u64().and_then(|step| usize::try_from(step).ok()) else {
            if company::clear_some(conn, company)? {
                return Ok(Outcome::More(Json::Null));
            }
            found_again(&crm, conn, company)?;
            return Ok(Outcome::More(json!(0)));
        };
        Ok(if demo.step(conn, company, step)? { Outcome::More(json!(step + 1)) } else { Outcome::Done })
    })
}

fn found_again(crm: &Crm, conn: &mut dyn Conn, company: CompanyId) -> Result<()> {
    let old = company::by_id(conn, company)?;
    let (admin, writer) = match old.seed {
        Some(seed) => (Some(demo::admin(seed)), demo::past(crm)),
        None => (None, crm.clone()),
    };
    let seeded = old.seed.map_or(1, |_| demo::USERS);
    company::found_again(&writer, conn, old, admin)?;
    // In the same transaction: a reset that breaks off must leave no token for whoever gets a user's number next.
    end_tokens(conn, company, seeded)
}

/// Ends the tokens of users beyond the first, who are the seed's.
fn end_tokens(conn: &mut dyn Conn, company: CompanyId, seeded: i64) -> Result<()> {
    let key = [company.into(), ValueRef::Int(seeded)];
    conn.execute("DELETE FROM token WHERE company_id = ?1 AND user_id > ?2", &key)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use penstock_crm::rules::{company::root, user};
    use penstock_testing::{ADMIN, ANN, tenants};

    use super::found_again;

    #[tokio::test]
    async fn a_reset_that_breaks_off_leaves_no_token_for_the_next_user_of_that_number() {
        for tenant in tenants().await {
            let (crm, company) = (tenant.crm.clone(), tenant.company);
            let begun = tenant.crm.database.write(company, move |conn| found_again(&crm, conn, company)).await;
            begun.expect("a sandbox founded again");
            let crm = tenant.crm.clone();
            let add = move |conn: &mut dyn penstock_store::Conn| {
                crm.change(conn, &root(company, "test"), |tx| user::add(tx, "Eve", "eve@example.com", false, "EUR"))
            };
            assert_eq!(tenant.crm.database.write(company, add).await.expect("a user").id(), ANN.get());
            for (user, valid) in [(ADMIN, true), (ANN, false)] {
                let token = tenant.token(user);
                let seen = tenant.crm.database.read(move |conn| penstock_auth::authenticate(conn, &token, "")).await;
                assert_eq!(seen.is_ok(), valid, "user {user}");
            }
        }
    }
}
