//! Leads and their labels.

use penstock_crm::{Tx, create};
use penstock_model::{
    Code, Value,
    objects::{LEAD, LEAD_LABEL},
};

use crate::{
    recount::Recount,
    test_company::{ADMIN, ANN, patch, refusal, tenants},
};

#[tokio::test]
async fn a_lead_is_about_someone() {
    for tenant in tenants().await {
        let organization = tenant.organization(ANN, "One").await.id();
        let alone = patch(&LEAD, [("title", "x".into())]);
        assert_eq!(refusal(tenant.create(ANN, &LEAD, alone).await), Code::FieldRequired);
        let lead = patch(&LEAD, [("title", "x".into()), ("org_id", organization.into()), ("value", 75_000.into())]);
        let lead = tenant.create(ANN, &LEAD, lead).await.unwrap();
        assert_eq!(*lead.get("currency"), Value::from("EUR"));
        assert_eq!((lead.get("source_name").text(), lead.get("origin").text()), (Some("API"), Some("API")));
        assert_eq!(*lead.get("was_seen"), Value::Bool(false));
        let cleared = tenant.update(ANN, &LEAD, lead.id(), patch(&LEAD, [("value", Value::Null)])).await.unwrap();
        assert_eq!(*cleared.get("currency"), Value::Null, "the currency goes with the value");
        let orphan = patch(&LEAD, [("org_id", Value::Null)]);
        assert_eq!(refusal(tenant.update(ANN, &LEAD, lead.id(), orphan).await), Code::FieldRequired);
    }
}

#[tokio::test]
async fn an_archived_lead_is_read_only_until_it_comes_back() {
    for tenant in tenants().await {
        let person = tenant.person(ANN, "Carol").await.id();
        let lead = patch(&LEAD, [("title", "x".into()), ("person_id", person.into()), ("is_archived", true.into())]);
        let lead = tenant.create(ANN, &LEAD, lead).await.unwrap().id();
        let renamed = patch(&LEAD, [("title", "y".into())]);
        assert_eq!(refusal(tenant.update(ANN, &LEAD, lead, renamed).await), Code::RuleViolated);
        let back = patch(&LEAD, [("title", "y".into()), ("is_archived", false.into())]);
        tenant.update(ANN, &LEAD, lead, back).await.unwrap();
        tenant.update(ANN, &LEAD, lead, patch(&LEAD, [("is_archived", true.into())])).await.unwrap();
        tenant.delete(ANN, &LEAD, lead).await.unwrap();
    }
}

#[tokio::test]
async fn a_deleted_label_leaves_its_leads_and_archived_ones_too() {
    for tenant in tenants().await {
        let person = tenant.person(ANN, "Carol").await.id();
        let mut labels = Vec::new();
        for name in ["Hot", "Cold"] {
            let label = patch(&LEAD_LABEL, [("name", name.into()), ("color", "red".into())]);
            labels.push(tenant.create(ADMIN, &LEAD_LABEL, label).await.unwrap().id());
        }
        let list = penstock_model::kind::id_list(&labels);
        let lead = patch(&LEAD, [("title", "x".into()), ("person_id", person.into()), ("label_ids", list.into())]);
        let lead = tenant.create(ANN, &LEAD, lead).await.unwrap();
        let archived = patch(&LEAD, [("is_archived", true.into())]);
        let lead = tenant.update(ANN, &LEAD, lead.id(), archived).await.unwrap();
        tenant.delete(ADMIN, &LEAD_LABEL, labels[0]).await.unwrap();
        let after = tenant.get(&LEAD, lead.id()).await;
        assert_eq!(*after.get("label_ids"), Value::from(format!("[{}]", labels[1])));
        assert!(after.version > lead.version);
    }
}

#[tokio::test]
async fn a_label_of_many_leads_is_taken_off_in_small_writes_before_it_is_deleted() {
    for tenant in tenants().await {
        let person = tenant.person(ANN, "Carol").await.id();
        let label = |name: &str| patch(&LEAD_LABEL, [("name", name.into()), ("color", "red".into())]);
        let gone = tenant.create(ADMIN, &LEAD_LABEL, label("Gone")).await.unwrap().id();
        let kept = tenant.create(ADMIN, &LEAD_LABEL, label("Stays")).await.unwrap().id();
        for _ in 0..6 {
            let make = move |tx: &mut Tx<'_>| {
                for _ in 0..100 {
                    let labels = format!("[{gone},{kept}]");
                    let lead = [("title", "x".into()), ("person_id", person.into()), ("label_ids", labels.into())];
                    create(tx, &LEAD, &patch(&LEAD, lead))?;
                }
                Ok(())
            };
            tenant.write(ANN, make).await.unwrap();
        }
        let events = async || tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        let carrying = "SELECT COUNT(*) FROM lead WHERE company_id = ?1 AND label_ids LIKE '[%,%]'";
        assert_eq!(tenant.number(carrying).await, 600);
        let before = events().await;
        tenant.delete(ANN, &LEAD_LABEL, gone).await.unwrap();
        assert_eq!((tenant.number(carrying).await, events().await - before), (0, 601));
        let by_ann = "SELECT COUNT(*) FROM event WHERE company_id = ?1 AND user_id = 2 AND source = 'api'";
        assert!(tenant.number(by_ann).await > 600, "the job acts for her");
        let jobs = "SELECT COUNT(*) FROM job WHERE company_id = ?1 AND kind = 'deletion' AND state = 'done'";
        assert_eq!(tenant.number(jobs).await, 1);
        let few = tenant.create(ADMIN, &LEAD_LABEL, label("Few")).await.unwrap().id();
        let only = patch(&LEAD, [("label_ids", format!("[{few}]").into())]);
        tenant.update(ANN, &LEAD, 1, only).await.unwrap();
        tenant.delete(ANN, &LEAD_LABEL, few).await.unwrap();
        assert_eq!(tenant.number(jobs).await, 1, "what fits into one write makes no job");
        assert_eq!(tenant.get(&LEAD, 300).await.get("label_ids").text(), Some(&*format!("[{kept}]")));
        tenant.recount().await;
    }
}
