//! Events: one per changed record, in order, without gaps.

use std::collections::BTreeSet;

use penstock_crm::Patch;
use penstock_model::{
    Code,
    objects::{self, DEAL, PERSON},
};

use crate::office::{ADMIN, ANN, Office, offices, patch, refusal};

/// The events as `(seq, object, record, action)`.
async fn events(office: &Office) -> Vec<(i64, i64, i64, i64)> {
    let company = office.company;
    office
        .read(ADMIN, move |reader| {
            let mut all = Vec::new();
            let sql = "SELECT seq, object, record_id, action FROM event WHERE company_id = ?1 ORDER BY seq";
            reader.conn.query(sql, &[penstock_model::ValueRef::Int(company)], &mut |row| {
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
    for office in offices().await {
        let deal = office.deal(ANN, "x").await;
        let before = events(&office).await;
        let same = patch(
            &DEAL,
            [("title", "x".into()), ("owner_id", ANN.into()), ("lost_reason", penstock_model::Value::Null)],
        );
        office.clock.set("2026-03-03 10:00:00");
        let unchanged = office.update(ANN, &DEAL, deal.id(), same).await.unwrap();
        assert_eq!(unchanged.version, deal.version);
        assert_eq!(events(&office).await, before);
        let changed = office.update(ANN, &DEAL, deal.id(), patch(&DEAL, [("title", "y".into())])).await.unwrap();
        let after = events(&office).await;
        assert_eq!(after.len(), before.len() + 1);
        assert_eq!(after.last().unwrap(), &(changed.version, i64::from(DEAL.code), deal.id(), 2));
        let text = "SELECT COUNT(*) FROM event WHERE company_id = ?1 AND changes LIKE '%[\"x\",\"y\"]%' \
                    AND changes LIKE '%update_time%' AND changes NOT LIKE '%owner%'";
        assert_eq!(office.number(text).await, 1, "only the changed fields");
    }
}

#[tokio::test]
async fn a_stale_version_is_refused() {
    for office in offices().await {
        let deal = office.deal(ANN, "x").await;
        office.update(ANN, &DEAL, deal.id(), patch(&DEAL, [("title", "y".into())])).await.unwrap();
        let (id, version) = (deal.id(), deal.version);
        let stale = office
            .write(ANN, move |tx| {
                penstock_crm::update(tx, &DEAL, id, &patch(&DEAL, [("title", "z".into())]), Some(version))
            })
            .await;
        assert_eq!(refusal(stale), Code::PreconditionFailed);
    }
}

#[tokio::test]
async fn concurrent_creates_get_ids_and_events_without_gaps() {
    for office in offices().await {
        let start = events(&office).await.len();
        let mut tasks = Vec::new();
        for number in 0..50 {
            let (crm, access) = (office.crm.clone(), std::sync::Arc::new(office.access(ANN)));
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
        let all = events(&office).await;
        assert_eq!(all.len(), start + 33 * 2, "a person and its follower");
        assert!(all.iter().zip(1..).all(|(event, seq)| event.0 == seq), "without gaps");
        assert_eq!(
            office.number("SELECT event_seq FROM company WHERE id = ?1").await,
            i64::try_from(all.len()).unwrap()
        );
        assert!(all.iter().all(|e| objects::by_code(e.1).is_some()));
    }
}
