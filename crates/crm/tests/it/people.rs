//! Persons and organizations.

use penstock_crm::Single;
use penstock_model::{
    Code, Value,
    objects::{ORGANIZATION, PERSON},
};

use crate::test_company::{ANN, BOB, patch, refusal, tenants};

#[tokio::test]
async fn a_name_and_its_parts_agree() {
    for tenant in tenants().await {
        let names = |r: &penstock_store::sql::Record| {
            ["name", "first_name", "last_name"].map(|n| r.get(n).text().unwrap_or("-").to_owned())
        };
        let person = tenant.person(ANN, " Carol  Ann Jones ").await;
        assert_eq!(names(&person), ["Carol  Ann Jones", "Carol", "Ann Jones"]);
        let id = person.id();
        let first = tenant.update(ANN, &PERSON, id, patch(&PERSON, [("first_name", "Eve".into())])).await.unwrap();
        assert_eq!(names(&first), ["Eve Ann Jones", "Eve", "Ann Jones"]);
        let last = tenant.update(ANN, &PERSON, id, patch(&PERSON, [("last_name", Value::Null)])).await.unwrap();
        assert_eq!(names(&last), ["Eve", "Eve", "-"]);
        let name = tenant.update(ANN, &PERSON, id, patch(&PERSON, [("name", "Prince".into())])).await.unwrap();
        assert_eq!(names(&name), ["Prince", "Prince", "-"]);
        let parts = patch(&PERSON, [("first_name", "Dan".into()), ("last_name", "Brown".into())]);
        assert_eq!(names(&tenant.create(ANN, &PERSON, parts).await.unwrap()), ["Dan Brown", "Dan", "Brown"]);
        assert_eq!(refusal(tenant.create(ANN, &PERSON, patch(&PERSON, [])).await), Code::FieldRequired);
        let nothing = patch(&PERSON, [("first_name", Value::Null), ("last_name", Value::Null)]);
        assert_eq!(refusal(tenant.update(ANN, &PERSON, id, nothing).await), Code::FieldRequired);
    }
}

#[tokio::test]
async fn people_move_between_organizations_and_are_counted() {
    for tenant in tenants().await {
        let [one, two] = [tenant.organization(ANN, "One").await.id(), tenant.organization(ANN, "Two").await.id()];
        let person = tenant.person(ANN, "Carol").await;
        assert_eq!(*person.get("marketing_status"), Value::from("no_consent"));
        assert_eq!(person.get("owner_id").int(), Some(ANN.get()));
        for (org, counts) in [(Some(one), [1, 0]), (Some(two), [0, 1]), (None, [0, 0])] {
            tenant.update(ANN, &PERSON, person.id(), patch(&PERSON, [("org_id", Value::from(org))])).await.unwrap();
            for (id, count) in [one, two].into_iter().zip(counts) {
                let organization = tenant.get(&ORGANIZATION, id).await;
                assert_eq!(organization.get("people_count").int(), Some(count));
                assert_eq!(organization.get("followers_count").int(), Some(1), "its owner");
            }
        }
    }
}

#[tokio::test]
async fn a_deleted_person_can_be_read_alone_for_thirty_days() {
    for tenant in tenants().await {
        let organization = tenant.organization(BOB, "One").await.id();
        let person = tenant.person(ANN, "Carol").await.id();
        let deal = patch(&penstock_model::objects::DEAL, [("title", "x".into()), ("person_id", person.into())]);
        let deal = tenant.create(ANN, &penstock_model::objects::DEAL, deal).await.unwrap().id();
        tenant.update(ANN, &PERSON, person, patch(&PERSON, [("org_id", organization.into())])).await.unwrap();
        tenant.delete(ANN, &PERSON, person).await.unwrap();
        assert_eq!(tenant.get(&ORGANIZATION, organization).await.get("people_count").int(), Some(0));
        let kept = tenant.get(&penstock_model::objects::DEAL, deal).await;
        assert_eq!(kept.get("person_id").int(), Some(person), "links to it stay");
        let alone = async |tenant: &crate::test_company::TestCompany| {
            tenant.read(ANN, move |reader| reader.one(&Single::new(&PERSON, &[]), person)).await.map(|p| p.len())
        };
        assert_eq!(alone(&tenant).await.unwrap(), 1);
        let again = patch(&PERSON, [("name", "Eve".into())]);
        assert_eq!(refusal(tenant.update(ANN, &PERSON, person, again).await), Code::NotFound);
        tenant.clock.set("2026-04-02 09:00:00");
        assert_eq!(refusal(alone(&tenant).await), Code::NotFound);
    }
}
