//! Pipelines and stages.

use penstock_crm::{Tx, create};
use penstock_model::{
    Code,
    objects::{DEAL, PIPELINE, STAGE},
};

use crate::{
    recount::Recount,
    test_company::{ADMIN, ANN, patch, refusal, tenants},
};

#[tokio::test]
async fn a_pipeline_alone_means_its_first_stage() {
    for tenant in tenants().await {
        let other = tenant.create(ADMIN, &PIPELINE, patch(&PIPELINE, [("name", "Other".into())])).await.unwrap().id();
        let deal = patch(&DEAL, [("title", "x".into()), ("pipeline_id", other.into())]);
        assert_eq!(refusal(tenant.create(ANN, &DEAL, deal.clone()).await), Code::RuleViolated, "it has no stage");
        let mut stages = Vec::new();
        for name in ["First", "Second"] {
            let stage = patch(&STAGE, [("name", name.into()), ("pipeline_id", other.into())]);
            stages.push(tenant.create(ADMIN, &STAGE, stage).await.unwrap());
        }
        assert!(stages[0].get("order_nr").int() < stages[1].get("order_nr").int(), "a new stage is the last");
        let made = tenant.create(ANN, &DEAL, deal).await.unwrap();
        assert_eq!(made.get("stage_id").int(), Some(stages[0].id()));
        let both = patch(&DEAL, [("stage_id", 2.into()), ("pipeline_id", other.into())]);
        let moved = tenant.update(ANN, &DEAL, made.id(), both).await.unwrap();
        assert_eq!(moved.get("pipeline_id").int(), Some(1), "the stage decides");
    }
}

#[tokio::test]
async fn a_stage_takes_its_deals_to_another_pipeline() {
    for tenant in tenants().await {
        let other = tenant.create(ADMIN, &PIPELINE, patch(&PIPELINE, [("name", "Other".into())])).await.unwrap().id();
        let deal = tenant.deal(ANN, "x").await;
        let moved = patch(&STAGE, [("pipeline_id", other.into())]);
        tenant.update(ADMIN, &STAGE, 1, moved).await.unwrap();
        let after = tenant.get(&DEAL, deal.id()).await;
        assert_eq!(after.get("pipeline_id").int(), Some(other));
        assert_eq!(after.get("stage_id").int(), Some(1));
        assert!(after.version > deal.version, "the deal has changed");
        assert!(after.get("stage_change_time").is_null(), "it did not change its stage");
    }
}

#[tokio::test]
async fn what_has_deals_stays() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await.id();
        assert_eq!(refusal(tenant.delete(ADMIN, &STAGE, 1).await), Code::RuleViolated);
        assert_eq!(refusal(tenant.delete(ADMIN, &PIPELINE, 1).await), Code::RuleViolated);
        tenant.delete(ANN, &DEAL, deal).await.unwrap();
        tenant.delete(ADMIN, &STAGE, 1).await.unwrap();
        assert_eq!(refusal(tenant.delete(ADMIN, &PIPELINE, 1).await), Code::RuleViolated, "the last one");
        let other = tenant.create(ADMIN, &PIPELINE, patch(&PIPELINE, [("name", "Other".into())])).await.unwrap().id();
        tenant.delete(ADMIN, &PIPELINE, 1).await.unwrap();
        let stages = "SELECT COUNT(*) FROM stage WHERE company_id = ?1 AND is_deleted = FALSE";
        assert_eq!(tenant.number(stages).await, 0, "its stages go with it");
        tenant.update(ADMIN, &PIPELINE, 1, patch(&PIPELINE, [("is_deleted", false.into())])).await.unwrap();
        assert!(!tenant.get(&PIPELINE, other).await.get("is_deleted").truth());
    }
}

#[tokio::test]
async fn a_stage_takes_five_hundred_deals_along_and_no_more() {
    for tenant in tenants().await {
        for part in [250, 251] {
            let make = move |tx: &mut Tx<'_>| {
                for _ in 0..part {
                    create(tx, &DEAL, &patch(&DEAL, [("title", "x".into()), ("stage_id", 1.into())]))?;
                }
                Ok(())
            };
            tenant.write(ANN, make).await.unwrap();
        }
        let other = tenant.create(ADMIN, &PIPELINE, patch(&PIPELINE, [("name", "Other".into())])).await.unwrap().id();
        let there = || patch(&STAGE, [("pipeline_id", other.into())]);
        let events = async || tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        let before = events().await;
        assert_eq!(refusal(tenant.update(ADMIN, &STAGE, 1, there()).await), Code::RuleViolated);
        assert_eq!(events().await, before, "nothing has changed");
        tenant.update(ANN, &DEAL, 1, patch(&DEAL, [("stage_id", 2.into())])).await.unwrap();
        tenant.update(ADMIN, &STAGE, 1, there()).await.unwrap();
        assert_eq!(events().await, before + 502);
        let moved = "SELECT COUNT(*) FROM deal WHERE company_id = ?1 AND pipeline_id = 2 AND stage_id = 1";
        assert_eq!((tenant.number(moved).await, other), (500, 2));
        tenant.recount().await;
    }
}

#[tokio::test]
async fn a_stage_with_too_many_deals_stays_where_it_is() {
    for tenant in tenants().await {
        let other = tenant.create(ADMIN, &PIPELINE, patch(&PIPELINE, [("name", "Other".into())])).await.unwrap().id();
        tenant
            .write(ADMIN, |tx| {
                let deal =
                    |number: usize| patch(&DEAL, [("title", format!("{number}").into()), ("stage_id", 1.into())]);
                (0..501).try_for_each(|number| penstock_crm::create(tx, &DEAL, &deal(number)).map(drop))
            })
            .await
            .unwrap();
        let before = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        let refused = tenant.write(ADMIN, move |tx| {
            let there = patch(&STAGE, [("pipeline_id", other.into())]);
            let refused = penstock_crm::update(tx, &STAGE, 1, &there, None).unwrap_err();
            let changed = tx.changed().count();
            Ok((refused.code, changed))
        });
        assert_eq!(refused.await.unwrap(), (Code::RuleViolated, 0), "it is refused before anything is written");
        assert_eq!(tenant.number("SELECT event_seq FROM company WHERE id = ?1").await, before);
        assert_eq!(tenant.get(&STAGE, 1).await.get("pipeline_id").int(), Some(1));
    }
}
