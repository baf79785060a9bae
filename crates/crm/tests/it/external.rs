//! External ids.

use penstock_crm::{Patch, external_ids};
use penstock_model::{
    Code,
    objects::{DEAL, PERSON},
};

use crate::office::{ADMIN, ANN, BOB, Office, offices, patch, refusal};

fn known_as(mut patch: Patch, keys: &[(&str, &str)]) -> Patch {
    patch.external_ids = Some(keys.iter().map(|(s, k)| ((*s).to_owned(), (*k).to_owned())).collect());
    patch
}

async fn found(office: &Office, user: i64, source: &'static str, key: &'static str) -> Option<i64> {
    office.read(user, move |reader| external_ids::find(reader, &PERSON, source, key)).await.unwrap()
}

#[tokio::test]
async fn a_record_is_found_by_its_key_elsewhere() {
    for office in offices().await {
        let named = |name: &str| patch(&PERSON, [("name", name.into())]);
        let carol = known_as(named("Carol"), &[("hubspot", "A1"), ("sap", "9")]);
        let carol = office.create(ANN, &PERSON, carol).await.unwrap().id();
        assert_eq!(found(&office, BOB, "hubspot", "A1").await, Some(carol));
        assert_eq!(found(&office, BOB, "hubspot", "a1").await, None, "compared exactly");
        let twin = office.create(ANN, &PERSON, known_as(named("Eve"), &[("sap", "9")])).await.unwrap_err();
        assert_eq!(twin.code, Code::Conflict);
        assert!(twin.message.contains(&format!("person {carol}")), "{}", twin.message);
        let deal = known_as(patch(&DEAL, [("title", "x".into())]), &[("sap", "9")]);
        office.create(ANN, &DEAL, deal).await.unwrap();
        let before = office.get(&PERSON, carol).await.version;
        let replaced = known_as(Patch::default(), &[("sap", "9"), ("crm", "7"), ("crm", "7")]);
        office.update(ANN, &PERSON, carol, replaced.clone()).await.unwrap();
        let renamed = office.get(&PERSON, carol).await.version;
        assert!(renamed > before, "who keeps a copy hears of it");
        office.update(ANN, &PERSON, carol, replaced).await.unwrap();
        assert_eq!(office.get(&PERSON, carol).await.version, renamed, "the same ones are no change");
        let all = office.read(ANN, move |r| external_ids::of_records(r, &PERSON, &[carol, 99])).await.unwrap();
        assert_eq!(all, [(carol, "crm".to_owned(), "7".to_owned()), (carol, "sap".to_owned(), "9".to_owned())]);
        let blank = known_as(Patch::default(), &[("sap", " ")]);
        assert_eq!(refusal(office.update(ANN, &PERSON, carol, blank).await), Code::FieldInvalid);
    }
}

#[tokio::test]
async fn a_deleted_record_gives_its_key_away_and_a_hidden_one_keeps_its_name_to_itself() {
    for office in offices().await {
        let named = |name: &str| patch(&PERSON, [("name", name.into())]);
        let carol = office.create(ANN, &PERSON, known_as(named("Carol"), &[("sap", "9")])).await.unwrap().id();
        office.update(ANN, &PERSON, carol, patch(&PERSON, [("visible_to", 1.into())])).await.unwrap();
        let taken = office.create(BOB, &PERSON, known_as(named("Eve"), &[("sap", "9")])).await.unwrap_err();
        assert_eq!(taken.code, Code::Conflict);
        assert!(!taken.message.contains("person"), "{}", taken.message);
        let upsert = office
            .write(BOB, move |tx| {
                external_ids::upsert(tx, &PERSON, "sap", "9", &patch(&PERSON, [("name", "E".into())]))
            })
            .await;
        assert_eq!(refusal(upsert), Code::Conflict);
        office.delete(ANN, &PERSON, carol).await.unwrap();
        let eve = office.create(BOB, &PERSON, known_as(named("Eve"), &[("sap", "9")])).await.unwrap().id();
        assert_eq!(found(&office, ADMIN, "sap", "9").await, Some(eve));
    }
}

#[tokio::test]
async fn fifty_upserts_at_once_make_one_record() {
    for office in offices().await {
        let mut tasks = Vec::new();
        for number in 0..50 {
            let (crm, access) = (office.crm.clone(), std::sync::Arc::new(office.access(ANN)));
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
        assert_eq!(office.number("SELECT COUNT(*) FROM person WHERE company_id = ?1").await, 1);
        assert_eq!(office.number("SELECT COUNT(*) FROM external_id WHERE company_id = ?1").await, 1);
    }
}
