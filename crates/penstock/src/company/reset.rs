//! Putting a sandbox back to its seed.

use penstock_crm::{Crm, company};
use penstock_demo as demo;
use penstock_model::{CompanyId, Result, ValueRef};
use penstock_store::Conn;

/// Puts a sandbox back to its seed: ids from 1, the clock as everyone's. The tokens of users that are part of the
/// seed stay, those of others end.
///
/// The company is cleared and founded anew in one transaction; its demo records follow in smaller ones, so for a
/// moment a reader sees a part of them.
pub(crate) async fn reset(crm: &Crm, company: CompanyId) -> Result<()> {
    let writer = crm.clone();
    crm.database.write(company, move |conn| found_anew(&writer, conn, company)).await?;
    demo::fill(crm, company).await
}

fn found_anew(crm: &Crm, conn: &mut dyn Conn, company: CompanyId) -> Result<()> {
    let old = company::by_id(conn, company)?;
    let (admin, writer) = match old.seed {
        Some(seed) => (Some(demo::admin(seed)), demo::past(crm)),
        None => (None, crm.clone()),
    };
    let seeded = old.seed.map_or(1, |_| demo::USERS);
    company::reset(&writer, conn, old, admin)?;
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

    use super::found_anew;

    #[tokio::test]
    async fn a_reset_that_breaks_off_leaves_no_token_for_the_next_user_of_that_number() {
        for tenant in tenants().await {
            let (crm, company) = (tenant.crm.clone(), tenant.company);
            let begun = tenant.crm.database.write(company, move |conn| found_anew(&crm, conn, company)).await;
            begun.expect("a sandbox founded anew");
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
