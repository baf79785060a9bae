//! Deals whose past an import knows, and what many changes in one write share.

use penstock_crm::{
    Patch, create,
    past::{self, StageVisit},
};
use penstock_model::{
    Code, Value,
    objects::{DEAL, ORGANIZATION, PERSON},
};
use penstock_store::sql::Record;

use crate::test_company::{ADMIN, ANN, TestCompany, moment, patch, refusal, tenants};

const MADE: &str = "2017-01-02 00:00:00";
const MOVED: &str = "2017-02-03 00:00:00";
const WON: &str = "2017-03-04 00:00:00";

fn won_deal() -> Patch {
    patch(
        &DEAL,
        [
            ("title", "Engines".into()),
            ("stage_id", 2.into()),
            ("status", "won".into()),
            ("add_time", moment(MADE).into()),
            ("close_time", moment(WON).into()),
        ],
    )
}

fn visits(list: &[(i64, &str)]) -> Vec<StageVisit> {
    list.iter().map(|(stage, entered)| StageVisit { stage: *stage, entered: moment(entered) }).collect()
}

async fn make(tenant: &TestCompany, patch: Patch, visits: Vec<StageVisit>) -> penstock_model::Result<Record> {
    tenant.write(ADMIN, move |tx| past::create(tx, &patch, &visits)).await
}

/// The visits of the only deal, as text.
async fn stored(tenant: &TestCompany) -> String {
    let company = tenant.company;
    let text = "SELECT stage_id, entered, left_at FROM deal_stage_visit WHERE company_id = ?1 ORDER BY id";
    let read = move |reader: &mut penstock_crm::Reader<'_>| {
        let mut all = Vec::new();
        reader.conn.query(text, &[company.into()], &mut |row| {
            all.push((0..3).map(|at| format!("{:?}", row.get(at).int())).collect::<Vec<_>>().join(" "));
            Ok(())
        })?;
        Ok(all.join("; "))
    };
    tenant.read(ADMIN, read).await.unwrap()
}

#[tokio::test]
async fn a_deal_can_be_made_with_the_stays_that_it_had() {
    for tenant in tenants().await {
        let deal = make(&tenant, won_deal(), visits(&[(1, MADE), (2, MOVED)])).await.unwrap();
        for (name, wanted) in [("add_time", MADE), ("stage_change_time", MOVED), ("won_time", WON), ("close_time", WON)]
        {
            assert_eq!(*deal.get(name), Value::Int(moment(wanted)), "{name}");
        }
        let wanted =
            format!("Some(1) Some({}) Some({moved}); Some(2) Some({moved}) None", moment(MADE), moved = moment(MOVED));
        assert_eq!(stored(&tenant).await, wanted);
    }
}

#[tokio::test]
async fn stays_that_cannot_have_been_are_refused() {
    for tenant in tenants().await {
        for wrong in [&[(2, MOVED), (1, MADE)][..], &[(1, MADE)], &[(1, MOVED), (2, MADE)]] {
            assert_eq!(refusal(make(&tenant, won_deal(), visits(wrong)).await), Code::RuleViolated, "{wrong:?}");
        }
        assert_eq!(tenant.number("SELECT COUNT(*) FROM deal WHERE company_id = ?1").await, 0);
    }
}

#[tokio::test]
async fn stays_are_replaced_when_they_differ_and_the_rules_keep_them_again_afterwards() {
    for tenant in tenants().await {
        let deal = make(&tenant, won_deal(), visits(&[(1, MADE), (2, MOVED)])).await.unwrap();
        let again = |list: &'static [(i64, &'static str)]| {
            let (patch, visits, id) = (won_deal(), visits(list), deal.id());
            tenant.write(ADMIN, move |tx| past::update(tx, id, &patch, &visits))
        };
        assert_eq!(again(&[(1, MADE), (2, MOVED)]).await.unwrap().version, deal.version, "nothing changed");
        let before = stored(&tenant).await;
        again(&[(1, MADE), (1, MOVED), (2, WON)]).await.unwrap();
        let after = stored(&tenant).await;
        assert_ne!(before, after);
        assert_eq!(after.matches("None").count(), 1, "{after}");
        tenant.update(ANN, &DEAL, deal.id(), patch(&DEAL, [("stage_id", 3.into())])).await.unwrap();
        let now = tenant.number("SELECT COUNT(*) FROM deal_stage_visit WHERE company_id = ?1").await;
        assert_eq!(now, 4, "a move of today is one more stay");
    }
}

#[tokio::test]
async fn numbers_go_on_from_one_write_to_the_next() {
    for tenant in tenants().await {
        let three = tenant.write(ANN, |tx| {
            let mut ids = Vec::new();
            for name in ["A", "B", "C"] {
                ids.push(create(tx, &PERSON, &patch(&PERSON, [("name", name.into())]))?.id());
            }
            Ok(ids)
        });
        assert_eq!(three.await.unwrap(), [1, 2, 3]);
        let undone = tenant.write(ANN, |tx| {
            for name in ["D", "E", " "] {
                create(tx, &PERSON, &patch(&PERSON, [("name", name.into())]))?;
            }
            Ok(())
        });
        assert_eq!(refusal(undone.await), Code::FieldRequired);
        assert_eq!(tenant.person(ANN, "D").await.id(), 4, "what was undone did not count");
    }
}

#[tokio::test]
async fn what_was_deleted_in_the_same_write_can_not_be_referred_to() {
    for tenant in tenants().await {
        let firm = tenant.organization(ANN, "Acme").await.id();
        let refused = tenant.write(ANN, move |tx| {
            let member = patch(&PERSON, [("name", "A".into()), ("org_id", firm.into())]);
            create(tx, &PERSON, &member)?;
            create(tx, &PERSON, &member)?;
            penstock_crm::delete(tx, &ORGANIZATION, firm)?;
            create(tx, &PERSON, &member)
        });
        assert_eq!(refusal(refused.await), Code::ReferenceUnknown);
    }
}
