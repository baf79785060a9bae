//! Leads and their labels.

use penstock_model::{
    Code, Value,
    objects::{LEAD, LEAD_LABEL},
};

use crate::office::{ADMIN, ANN, offices, patch, refusal};

#[tokio::test]
async fn a_lead_is_about_someone() {
    for office in offices().await {
        let organization = office.organization(ANN, "One").await.id();
        let alone = patch(&LEAD, [("title", "x".into())]);
        assert_eq!(refusal(office.create(ANN, &LEAD, alone).await), Code::FieldRequired);
        let lead = patch(&LEAD, [("title", "x".into()), ("org_id", organization.into()), ("value", 75_000.into())]);
        let lead = office.create(ANN, &LEAD, lead).await.unwrap();
        assert_eq!(*lead.get("currency"), Value::from("EUR"));
        assert_eq!((lead.get("source_name").text(), lead.get("origin").text()), (Some("API"), Some("API")));
        assert_eq!(*lead.get("was_seen"), Value::Bool(false));
        let cleared = office.update(ANN, &LEAD, lead.id(), patch(&LEAD, [("value", Value::Null)])).await.unwrap();
        assert_eq!(*cleared.get("currency"), Value::Null, "the currency goes with the value");
        let orphan = patch(&LEAD, [("org_id", Value::Null)]);
        assert_eq!(refusal(office.update(ANN, &LEAD, lead.id(), orphan).await), Code::FieldRequired);
    }
}

#[tokio::test]
async fn an_archived_lead_is_read_only_until_it_comes_back() {
    for office in offices().await {
        let person = office.person(ANN, "Carol").await.id();
        let lead = patch(&LEAD, [("title", "x".into()), ("person_id", person.into()), ("is_archived", true.into())]);
        let lead = office.create(ANN, &LEAD, lead).await.unwrap().id();
        let renamed = patch(&LEAD, [("title", "y".into())]);
        assert_eq!(refusal(office.update(ANN, &LEAD, lead, renamed).await), Code::RuleViolated);
        let back = patch(&LEAD, [("title", "y".into()), ("is_archived", false.into())]);
        office.update(ANN, &LEAD, lead, back).await.unwrap();
        office.update(ANN, &LEAD, lead, patch(&LEAD, [("is_archived", true.into())])).await.unwrap();
        office.delete(ANN, &LEAD, lead).await.unwrap();
    }
}

#[tokio::test]
async fn a_deleted_label_leaves_its_leads_and_archived_ones_too() {
    for office in offices().await {
        let person = office.person(ANN, "Carol").await.id();
        let mut labels = Vec::new();
        for name in ["Hot", "Cold"] {
            let label = patch(&LEAD_LABEL, [("name", name.into()), ("color", "red".into())]);
            labels.push(office.create(ADMIN, &LEAD_LABEL, label).await.unwrap().id());
        }
        let list = penstock_model::kind::id_list(&labels);
        let lead = patch(&LEAD, [("title", "x".into()), ("person_id", person.into()), ("label_ids", list.into())]);
        let lead = office.create(ANN, &LEAD, lead).await.unwrap();
        let archived = patch(&LEAD, [("is_archived", true.into())]);
        let lead = office.update(ANN, &LEAD, lead.id(), archived).await.unwrap();
        office.delete(ADMIN, &LEAD_LABEL, labels[0]).await.unwrap();
        let after = office.get(&LEAD, lead.id()).await;
        assert_eq!(*after.get("label_ids"), Value::from(format!("[{}]", labels[1])));
        assert!(after.version > lead.version);
    }
}
