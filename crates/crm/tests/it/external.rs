//! External ids.

use penstock_crm::{Patch, external_ids};
use penstock_model::{
    Code, UserId,
    objects::{DEAL, PERSON},
};

use crate::test_company::{ADMIN, ANN, BOB, TestCompany, patch, refusal, tenants};

fn known_as(mut patch: Patch, keys: &[(&str, &str)]) -> Patch {
    patch.external_ids = Some(keys.iter().map(|(s, k)| ((*s).to_owned(), (*k).to_owned())).collect());
    patch
}

async fn found(tenant: &TestCompany, user: UserId, source: &'static str, key: &'static str) -> Option<i64> {
    tenant.read(user, move |reader| external_ids::find(reader, &PERSON, source, key)).await.unwrap()
}

#[tokio::test]
async fn a_record_is_found_by_its_key_elsewhere() {
    for tenant in tenants().await {
        let named = |name: &str| patch(&PERSON, [("name", name.into())]);
        let carol = known_as(named("Carol"), &[("hubspot", "A1"), ("sap", "9")]);
        let carol = tenant.create(ANN, &PERSON, carol).await.unwrap().id();
        assert_eq!(found(&tenant, BOB, "hubspot", "A1").await, Some(carol));
        assert_eq!(found(&tenant, BOB, "hubspot", "a1").await, None, "compared exactly");
        let twin = tenant.create(ANN, &PERSON, known_as(named("Eve"), &[("sap", "9")])).await.unwrap_err();
        assert_eq!(twin.code, Code::Conflict);
        assert!(twin.message.contains(&format!("person {carol}")), "{}", twin.message);
        let deal = known_as(patch(&DEAL, [("title", "x".into())]), &[("sap", "9")]);
        tenant.create(ANN, &DEAL, deal).await.unwrap();
        let before = tenant.get(&PERSON, carol).await.version;
        let replaced = known_as(Patch::default(), &[("sap", "9"), ("crm", "7"), ("crm", "7")]);
        tenant.update(ANN, &PERSON, carol, replaced.clone()).await.unwrap();
        let renamed = tenant.get(&PERSON, carol).await.version;
        assert!(renamed > before, "who keeps a copy hears of it");
        tenant.update(ANN, &PERSON, carol, replaced).await.unwrap();
        assert_eq!(tenant.get(&PERSON, carol).await.version, renamed, "the same ones are no change");
        let all = tenant.read(ANN, move |r| external_ids::of_records(r, &PERSON, &[carol, 99])).await.unwrap();
        assert_eq!(all, [(carol, "crm".to_owned(), "7".to_owned()), (carol, "sap".to_owned(), "9".to_owned())]);
        let blank = known_as(Patch::default(), &[("sap", " ")]);
        assert_eq!(refusal(tenant.update(ANN, &PERSON, carol, blank).await), Code::FieldInvalid);
    }
}

#[tokio::test]
async fn a_deleted_record_gives_its_key_away_and_a_hidden_one_keeps_its_name_to_itself() {
    for tenant in tenants().await {
        let named = |name: &str| patch(&PERSON, [("name", name.into())]);
        let carol = tenant.create(ANN, &PERSON, known_as(named("Carol"), &[("sap", "9")])).await.unwrap().id();
        tenant.update(ANN, &PERSON, carol, patch(&PERSON, [("visible_to", 1.into())])).await.unwrap();
        let taken = tenant.create(BOB, &PERSON, known_as(named("Eve"), &[("sap", "9")])).await.unwrap_err();
        assert_eq!(taken.code, Code::Conflict);
        assert!(!taken.message.contains("person"), "{}", taken.message);
        let upsert = tenant
            .write(BOB, move |tx| {
                external_ids::upsert(tx, &PERSON, "sap", "9", &patch(&PERSON, [("name", "E".into())]))
            })
            .await;
        assert_eq!(refusal(upsert), Code::Conflict);
        tenant.delete(ANN, &PERSON, carol).await.unwrap();
        let taken = tenant.create(BOB, &PERSON, known_as(named("Eve"), &[("sap", "9")])).await.unwrap_err();
        assert_eq!((taken.code, taken.message.contains("person")), (Code::Conflict, false), "{}", taken.message);
        let eve = tenant.create(ADMIN, &PERSON, known_as(named("Eve"), &[("sap", "9")])).await.unwrap().id();
        assert_eq!(found(&tenant, BOB, "sap", "9").await, Some(eve), "who sees the deleted one takes it over");
        tenant.delete(ANN, &PERSON, eve).await.unwrap();
        let bob = tenant.create(BOB, &PERSON, known_as(named("Bob's"), &[("sap", "9")])).await.unwrap().id();
        assert_eq!(found(&tenant, ADMIN, "sap", "9").await, Some(bob));
    }
}

#[tokio::test]
async fn fifty_upserts_at_once_make_one_record() {
    for tenant in tenants().await {
        let mut tasks = Vec::new();
        for number in 0..50 {
            let (crm, access) = (tenant.crm.clone(), std::sync::Arc::new(tenant.access(ANN)));
            tasks.push(tokio::spawn(async move {
                crm.write(access, move |tx| {
                    let patch = patch(&PERSON, [("name", format!("Person {number}").into())]);
                    external_ids::upsert(tx, &PERSON, "sap", "9", &patch)
                })
                .await
            }));
        }
        let mut made = 0;
        for task in tasks {
            let (record, new) = task.await.unwrap().unwrap();
            assert_eq!(record.id(), 1);
            made += i32::from(new);
        }
        assert_eq!(made, 1);
        assert_eq!(tenant.number("SELECT COUNT(*) FROM person WHERE company_id = ?1").await, 1);
        assert_eq!(tenant.number("SELECT COUNT(*) FROM external_id WHERE company_id = ?1").await, 1);
    }
}
