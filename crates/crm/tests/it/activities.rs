//! Activities.

use penstock_model::{
    Code, Value,
    objects::{ACTIVITY, ACTIVITY_TYPE, DEAL, LEAD, ORGANIZATION, PERSON},
};

use crate::test_company::{ADMIN, ANN, TestCompany, moment, patch, refusal, tenants};

#[tokio::test]
async fn type_and_subject_have_defaults() {
    for tenant in tenants().await {
        let activity = tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, [])).await.unwrap();
        assert_eq!((activity.get("type").text(), activity.get("subject").text()), (Some("call"), Some("Call")));
        assert_eq!(
            (activity.get("owner_id").int(), activity.get("creator_user_id").int()),
            (Some(ANN.get()), Some(ANN.get()))
        );
        let typed = tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("type", "lunch".into())])).await.unwrap();
        assert_eq!(typed.get("subject").text(), Some("Lunch"));
        let unknown = tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("type", "siesta".into())])).await;
        assert_eq!(refusal(unknown), Code::FieldInvalid);
        let siesta = patch(&ACTIVITY_TYPE, [("name", "Siesta".into()), ("icon_key", "lunch".into())]);
        let siesta = tenant.create(ADMIN, &ACTIVITY_TYPE, siesta).await.unwrap().id();
        let typed = tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("type", "siesta".into())])).await.unwrap();
        tenant.delete(ADMIN, &ACTIVITY_TYPE, siesta).await.unwrap();
        let renamed = patch(&ACTIVITY, [("subject", "Nap".into()), ("type", "siesta".into())]);
        tenant.update(ANN, &ACTIVITY, typed.id(), renamed).await.unwrap();
        let new = tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("type", "siesta".into())])).await;
        assert_eq!(refusal(new), Code::FieldInvalid, "a deleted type can't be given anew");
    }
}

#[tokio::test]
async fn doing_and_undoing_sets_and_clears_the_time() {
    for tenant in tenants().await {
        let id = tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, [])).await.unwrap().id();
        tenant.clock.set("2026-03-03 10:00:00");
        let done = tenant.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("done", true.into())])).await.unwrap();
        assert_eq!(*done.get("marked_as_done_time"), Value::Int(moment("2026-03-03 10:00:00")));
        assert_eq!(done.get("update_user_id").int(), Some(ANN.get()));
        tenant.clock.set("2026-03-04 10:00:00");
        let still = tenant.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("done", true.into())])).await.unwrap();
        assert_eq!(still.version, done.version, "nothing changed");
        let undone = tenant.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("done", false.into())])).await.unwrap();
        assert_eq!(*undone.get("marked_as_done_time"), Value::Null);
    }
}

#[tokio::test]
async fn it_is_of_a_deal_or_a_lead_or_a_project() {
    for tenant in tenants().await {
        let person = tenant.person(ANN, "Carol").await.id();
        let deal = tenant.deal(ANN, "x").await.id();
        let lead = patch(&LEAD, [("title", "x".into()), ("person_id", person.into())]);
        let lead = tenant.create(ANN, &LEAD, lead).await.unwrap().id();
        let links = |r: &penstock_store::sql::Record| ["deal_id", "lead_id", "project_id"].map(|n| r.get(n).int());
        let all = patch(&ACTIVITY, [("deal_id", deal.into()), ("lead_id", lead.into()), ("project_id", 9.into())]);
        let activity = tenant.create(ANN, &ACTIVITY, all).await.unwrap();
        assert_eq!(links(&activity), [Some(deal), None, None]);
        let id = activity.id();
        let moved = tenant.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("lead_id", lead.into())])).await.unwrap();
        assert_eq!(links(&moved), [None, Some(lead), None]);
        assert_eq!(tenant.get(&DEAL, deal).await.get("activities_count").int(), Some(0));
        assert_eq!(tenant.get(&LEAD, lead).await.get("next_activity_id").int(), Some(id));
    }
}

#[tokio::test]
async fn the_primary_participant_is_the_person() {
    for tenant in tenants().await {
        let mut people = Vec::new();
        for name in ["One", "Two", "Three"] {
            people.push(tenant.person(ANN, name).await.id());
        }
        let [one, two, three] = people[..] else { unreachable!() };
        let shape = |r: &penstock_store::sql::Record| {
            let list: serde_json::Value = serde_json::from_str(r.get("participants").text().unwrap_or("[]")).unwrap();
            let ids: Vec<i64> = list.as_array().unwrap().iter().map(|p| p["person_id"].as_i64().unwrap()).collect();
            let primary = list.as_array().unwrap().iter().find(|p| p["primary"] == true);
            assert_eq!(primary.map(|p| p["person_id"].as_i64().unwrap()), r.get("person_id").int());
            (r.get("person_id").int(), ids)
        };
        let activity = tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("person_id", one.into())])).await.unwrap();
        assert_eq!(shape(&activity), (Some(one), vec![one]));
        let id = activity.id();
        let list = format!("[{{\"person_id\":{two},\"primary\":false}},{{\"person_id\":{one},\"primary\":true}}]");
        let both = patch(&ACTIVITY, [("participants", list.into())]);
        assert_eq!(shape(&tenant.update(ANN, &ACTIVITY, id, both).await.unwrap()), (Some(one), vec![two, one]));
        let replaced = patch(&ACTIVITY, [("person_id", three.into())]);
        let replaced = tenant.update(ANN, &ACTIVITY, id, replaced).await.unwrap();
        assert_eq!(shape(&replaced), (Some(three), vec![three, two]), "the primary one is replaced");
        let promoted = tenant.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("person_id", two.into())])).await.unwrap();
        assert_eq!(shape(&promoted), (Some(two), vec![two]));
        assert_eq!(tenant.get(&PERSON, two).await.get("activities_count").int(), Some(1));
        let none = tenant.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("participants", Value::Null)])).await.unwrap();
        assert_eq!(shape(&none), (None, vec![]));
        let stranger = patch(&ACTIVITY, [("participants", "[{\"person_id\":99,\"primary\":true}]".into())]);
        assert_eq!(refusal(tenant.update(ANN, &ACTIVITY, id, stranger).await), Code::ReferenceUnknown);
    }
}

async fn planned(tenant: &TestCompany, deal: i64, day: &str, hour: Option<&str>) -> i64 {
    let fields = [("deal_id", Value::Int(deal)), ("due_date", Value::from(day)), ("due_time", Value::from(hour))];
    tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, fields)).await.unwrap().id()
}

#[tokio::test]
async fn a_deal_knows_its_next_and_its_last_activity() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await;
        let agenda = async |tenant: &TestCompany| {
            let deal = tenant.get(&DEAL, deal.id()).await;
            assert_eq!(
                *deal.get("update_time"),
                Value::Int(moment(crate::test_company::START)),
                "no change of the deal"
            );
            (deal.get("next_activity_id").int(), deal.get("last_activity_id").int())
        };
        tenant.clock.set("2026-03-03 10:00:00");
        let late = planned(&tenant, deal.id(), "2031-03-02", Some("10:00:00")).await;
        let early = planned(&tenant, deal.id(), "2031-03-02", None).await;
        assert_eq!(agenda(&tenant).await, (Some(early), None), "the whole day comes before its hours");
        let done = |id| tenant.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("done", true.into())]));
        done(early).await.unwrap();
        assert_eq!(agenda(&tenant).await, (Some(late), Some(early)));
        done(late).await.unwrap();
        assert_eq!(agenda(&tenant).await, (None, Some(late)));
        tenant.delete(ANN, &ACTIVITY, late).await.unwrap();
        assert_eq!(agenda(&tenant).await, (None, Some(early)));
        let counts = tenant.get(&DEAL, deal.id()).await;
        assert_eq!(counts.get("activities_count").int(), Some(1));
        assert_eq!(counts.version, deal.version, "derived values are no change");
    }
}

#[tokio::test]
async fn a_moved_activity_is_on_both_agendas_once() {
    for tenant in tenants().await {
        let [one, two] = [tenant.organization(ANN, "One").await.id(), tenant.organization(ANN, "Two").await.id()];
        let fields = [("org_id", Value::Int(one)), ("due_date", Value::from("2031-01-01"))];
        let id = tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, fields)).await.unwrap().id();
        tenant.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("org_id", two.into())])).await.unwrap();
        assert_eq!(tenant.get(&ORGANIZATION, one).await.get("next_activity_id").int(), None);
        let two = tenant.get(&ORGANIZATION, two).await;
        assert_eq!(two.get("next_activity_id").int(), Some(id));
        assert_eq!(two.get("next_activity_date").text(), Some("2031-01-01"));
    }
}
