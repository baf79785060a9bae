//! Events: one per changed record, in order, without gaps.

use std::collections::BTreeSet;

use penstock_crm::Patch;
use penstock_model::{
    Code,
    objects::{self, DEAL, PERSON},
};

use crate::test_company::{ADMIN, ANN, TestCompany, patch, refusal, tenants};

/// The events as `(seq, object, record, action)`.
async fn events(tenant: &TestCompany) -> Vec<(i64, i64, i64, i64)> {
    let company = tenant.company;
    tenant
        .read(ADMIN, move |reader| {
            let mut all = Vec::new();
            let sql = "SELECT seq, object, record_id, action FROM event WHERE company_id = ?1 ORDER BY seq";
            reader.conn.query(sql, &[company.into()], &mut |row| {
                let int = |i| row.get(i).int().unwrap();
                all.push((int(0), int(1), int(2), int(3)));
                Ok(())
            })?;
            Ok(all)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_change_is_one_event_and_no_change_is_none() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await;
        let before = events(&tenant).await;
        let same = patch(
            &DEAL,
            [("title", "x".into()), ("owner_id", ANN.into()), ("lost_reason", penstock_model::Value::Null)],
        );
        tenant.clock.set("2026-03-03 10:00:00");
        let unchanged = tenant.update(ANN, &DEAL, deal.id(), same).await.unwrap();
        assert_eq!(unchanged.version, deal.version);
        assert_eq!(events(&tenant).await, before);
        let changed = tenant.update(ANN, &DEAL, deal.id(), patch(&DEAL, [("title", "y".into())])).await.unwrap();
        let after = events(&tenant).await;
        assert_eq!(after.len(), before.len() + 1);
        assert_eq!(after.last().unwrap(), &(changed.version, i64::from(DEAL.code), deal.id(), 2));
        let text = "SELECT COUNT(*) FROM event WHERE company_id = ?1 AND changes LIKE '%[\"x\",\"y\"]%' \
                    AND changes LIKE '%update_time%' AND changes NOT LIKE '%owner%'";
        assert_eq!(tenant.number(text).await, 1, "only the changed fields");
    }
}

#[tokio::test]
async fn a_stale_version_is_refused() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await;
        tenant.update(ANN, &DEAL, deal.id(), patch(&DEAL, [("title", "y".into())])).await.unwrap();
        let (id, version) = (deal.id(), deal.version);
        let stale = tenant
            .write(ANN, move |tx| {
                penstock_crm::update(tx, &DEAL, id, &patch(&DEAL, [("title", "z".into())]), Some(version))
            })
            .await;
        assert_eq!(refusal(stale), Code::PreconditionFailed);
    }
}

#[tokio::test]
async fn concurrent_creates_get_ids_and_events_without_gaps() {
    for tenant in tenants().await {
        let start = events(&tenant).await.len();
        let mut tasks = Vec::new();
        for number in 0..50 {
            let (crm, access) = (tenant.crm.clone(), std::sync::Arc::new(tenant.access(ANN)));
            tasks.push(tokio::spawn(async move {
                crm.write(access, move |tx| {
                    let mut patch = Patch::default();
                    patch.set(&PERSON, "name", format!("Person {number}"));
                    let made = penstock_crm::create(tx, &PERSON, &patch)?;
                    // Every third one is refused after it has taken a number.
                    if number % 3 == 0 { Err(penstock_model::Error::internal("on purpose")) } else { Ok(made.id()) }
                })
                .await
            }));
        }
        let mut ids = BTreeSet::new();
        for task in tasks {
            ids.extend(task.await.unwrap().ok());
        }
        assert_eq!(ids, (1..=33).collect::<BTreeSet<i64>>());
        let all = events(&tenant).await;
        assert_eq!(all.len(), start + 33 * 2, "a person and its follower");
        assert!(all.iter().zip(1..).all(|(event, seq)| event.0 == seq), "without gaps");
        assert_eq!(
            tenant.number("SELECT event_seq FROM company WHERE id = ?1").await,
            i64::try_from(all.len()).unwrap()
        );
        assert!(all.iter().all(|e| objects::by_code(e.1).is_some()));
    }
}

#[tokio::test]
async fn companies_that_are_written_to_at_once_keep_their_own_numbers() {
    for tenant in tenants().await {
        let other = tenant.other_tenant("Other").await;
        let starts = [events(&tenant).await.len(), events(&other).await.len()];
        let mut tasks = Vec::new();
        for number in 0..40 {
            let tenant = if number % 3 == 0 { &other } else { &tenant };
            let (crm, access) = (tenant.crm.clone(), std::sync::Arc::new(tenant.access(ANN)));
            tasks.push(tokio::spawn(async move {
                let mut patch = Patch::default();
                patch.set(&PERSON, "name", format!("Person {number}"));
                let made = crm.write(access, move |tx| penstock_crm::create(tx, &PERSON, &patch)).await.unwrap();
                (number % 3 == 0, made.id())
            }));
        }
        let mut ids = [BTreeSet::new(), BTreeSet::new()];
        for task in tasks {
            let (others, id) = task.await.unwrap();
            ids[usize::from(others)].insert(id);
        }
        assert_eq!(ids, [(1..=26).collect(), (1..=14).collect()]);
        for (tenant, (start, made)) in [&tenant, &other].into_iter().zip(starts.into_iter().zip([26, 14])) {
            let all = events(tenant).await;
            assert_eq!(all.len(), start + made * 2, "a person and its follower");
            assert!(all.iter().zip(1..).all(|(event, seq)| event.0 == seq), "without gaps");
            let last = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
            assert_eq!(last, i64::try_from(all.len()).unwrap());
        }
    }
}

#[tokio::test]
async fn a_company_that_is_reset_among_its_writes_begins_anew() {
    for tenant in tenants().await {
        let person = |name: &'static str| {
            let (crm, access) = (tenant.crm.clone(), std::sync::Arc::new(tenant.access(ADMIN)));
            async move {
                let person = patch(&PERSON, [("name", name.into())]);
                crm.write(access, move |tx| penstock_crm::create(tx, &PERSON, &person)).await.unwrap().id()
            }
        };
        person("gone").await;
        let before = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        // They wait together, so the reset finds what the write before it hands on.
        tokio::join!(person("also gone"), tenant.reset());
        assert_eq!(tenant.number("SELECT COUNT(*) FROM person WHERE company_id = ?1").await, 0);
        assert_eq!(person("first").await, 1);
        assert!(tenant.number("SELECT event_seq FROM company WHERE id = ?1").await > before);
    }
}
