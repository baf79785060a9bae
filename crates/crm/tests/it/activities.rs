//! Activities.

use penstock_model::{
    Code, Value,
    objects::{ACTIVITY, ACTIVITY_TYPE, DEAL, LEAD, ORGANIZATION, PERSON},
};

use crate::office::{ADMIN, ANN, Office, moment, offices, patch, refusal};

#[tokio::test]
async fn type_and_subject_have_defaults() {
    for office in offices().await {
        let activity = office.create(ANN, &ACTIVITY, patch(&ACTIVITY, [])).await.unwrap();
        assert_eq!((activity.get("type").text(), activity.get("subject").text()), (Some("call"), Some("Call")));
        assert_eq!((activity.get("owner_id").int(), activity.get("creator_user_id").int()), (Some(ANN), Some(ANN)));
        let typed = office.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("type", "lunch".into())])).await.unwrap();
        assert_eq!(typed.get("subject").text(), Some("Lunch"));
        let unknown = office.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("type", "siesta".into())])).await;
        assert_eq!(refusal(unknown), Code::FieldInvalid);
        let siesta = patch(&ACTIVITY_TYPE, [("name", "Siesta".into()), ("icon_key", "lunch".into())]);
        let siesta = office.create(ADMIN, &ACTIVITY_TYPE, siesta).await.unwrap().id();
        let typed = office.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("type", "siesta".into())])).await.unwrap();
        office.delete(ADMIN, &ACTIVITY_TYPE, siesta).await.unwrap();
        let renamed = patch(&ACTIVITY, [("subject", "Nap".into()), ("type", "siesta".into())]);
        office.update(ANN, &ACTIVITY, typed.id(), renamed).await.unwrap();
        let new = office.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("type", "siesta".into())])).await;
        assert_eq!(refusal(new), Code::FieldInvalid, "a deleted type can't be given anew");
    }
}

#[tokio::test]
async fn doing_and_undoing_sets_and_clears_the_time() {
    for office in offices().await {
        let id = office.create(ANN, &ACTIVITY, patch(&ACTIVITY, [])).await.unwrap().id();
        office.clock.set("2026-03-03 10:00:00");
        let done = office.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("done", true.into())])).await.unwrap();
        assert_eq!(*done.get("marked_as_done_time"), Value::Int(moment("2026-03-03 10:00:00")));
        assert_eq!(done.get("update_user_id").int(), Some(ANN));
        office.clock.set("2026-03-04 10:00:00");
        let still = office.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("done", true.into())])).await.unwrap();
        assert_eq!(still.version, done.version, "nothing changed");
        let undone = office.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("done", false.into())])).await.unwrap();
        assert_eq!(*undone.get("marked_as_done_time"), Value::Null);
    }
}

#[tokio::test]
async fn it_is_of_a_deal_or_a_lead_or_a_project() {
    for office in offices().await {
        let person = office.person(ANN, "Carol").await.id();
        let deal = office.deal(ANN, "x").await.id();
        let lead = patch(&LEAD, [("title", "x".into()), ("person_id", person.into())]);
        let lead = office.create(ANN, &LEAD, lead).await.unwrap().id();
        let links = |r: &penstock_store::sql::Record| ["deal_id", "lead_id", "project_id"].map(|n| r.get(n).int());
        let all = patch(&ACTIVITY, [("deal_id", deal.into()), ("lead_id", lead.into()), ("project_id", 9.into())]);
        let activity = office.create(ANN, &ACTIVITY, all).await.unwrap();
        assert_eq!(links(&activity), [Some(deal), None, None]);
        let id = activity.id();
        let moved = office.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("lead_id", lead.into())])).await.unwrap();
        assert_eq!(links(&moved), [None, Some(lead), None]);
        assert_eq!(office.get(&DEAL, deal).await.get("activities_count").int(), Some(0));
        assert_eq!(office.get(&LEAD, lead).await.get("next_activity_id").int(), Some(id));
    }
}

#[tokio::test]
async fn the_primary_participant_is_the_person() {
    for office in offices().await {
        let mut people = Vec::new();
        for name in ["One", "Two", "Three"] {
            people.push(office.person(ANN, name).await.id());
        }
        let [one, two, three] = people[..] else { unreachable!() };
        let shape = |r: &penstock_store::sql::Record| {
            let list: serde_json::Value = serde_json::from_str(r.get("participants").text().unwrap_or("[]")).unwrap();
            let ids: Vec<i64> = list.as_array().unwrap().iter().map(|p| p["person_id"].as_i64().unwrap()).collect();
            let primary = list.as_array().unwrap().iter().find(|p| p["primary"] == true);
            assert_eq!(primary.map(|p| p["person_id"].as_i64().unwrap()), r.get("person_id").int());
            (r.get("person_id").int(), ids)
        };
        let activity = office.create(ANN, &ACTIVITY, patch(&ACTIVITY, [("person_id", one.into())])).await.unwrap();
        assert_eq!(shape(&activity), (Some(one), vec![one]));
        let id = activity.id();
        let list = format!("[{{\"person_id\":{two},\"primary\":false}},{{\"person_id\":{one},\"primary\":true}}]");
        let both = patch(&ACTIVITY, [("participants", list.into())]);
        assert_eq!(shape(&office.update(ANN, &ACTIVITY, id, both).await.unwrap()), (Some(one), vec![two, one]));
        let replaced = patch(&ACTIVITY, [("person_id", three.into())]);
        let replaced = office.update(ANN, &ACTIVITY, id, replaced).await.unwrap();
        assert_eq!(shape(&replaced), (Some(three), vec![three, two]), "the primary one is replaced");
        let promoted = office.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("person_id", two.into())])).await.unwrap();
        assert_eq!(shape(&promoted), (Some(two), vec![two]));
        assert_eq!(office.get(&PERSON, two).await.get("activities_count").int(), Some(1));
        let none = office.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("participants", Value::Null)])).await.unwrap();
        assert_eq!(shape(&none), (None, vec![]));
        let stranger = patch(&ACTIVITY, [("participants", "[{\"person_id\":99,\"primary\":true}]".into())]);
        assert_eq!(refusal(office.update(ANN, &ACTIVITY, id, stranger).await), Code::ReferenceUnknown);
    }
}

async fn planned(office: &Office, deal: i64, day: &str, hour: Option<&str>) -> i64 {
    let fields = [("deal_id", Value::Int(deal)), ("due_date", Value::from(day)), ("due_time", Value::from(hour))];
    office.create(ANN, &ACTIVITY, patch(&ACTIVITY, fields)).await.unwrap().id()
}

#[tokio::test]
async fn a_deal_knows_its_next_and_its_last_activity() {
    for office in offices().await {
        let deal = office.deal(ANN, "x").await;
        let agenda = async |office: &Office| {
            let deal = office.get(&DEAL, deal.id()).await;
            assert_eq!(*deal.get("update_time"), Value::Int(moment(crate::office::START)), "no change of the deal");
            (deal.get("next_activity_id").int(), deal.get("last_activity_id").int())
        };
        office.clock.set("2026-03-03 10:00:00");
        let late = planned(&office, deal.id(), "2031-03-02", Some("10:00:00")).await;
        let early = planned(&office, deal.id(), "2031-03-02", None).await;
        assert_eq!(agenda(&office).await, (Some(early), None), "the whole day comes before its hours");
        let done = |id| office.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("done", true.into())]));
        done(early).await.unwrap();
        assert_eq!(agenda(&office).await, (Some(late), Some(early)));
        done(late).await.unwrap();
        assert_eq!(agenda(&office).await, (None, Some(late)));
        office.delete(ANN, &ACTIVITY, late).await.unwrap();
        assert_eq!(agenda(&office).await, (None, Some(early)));
        let counts = office.get(&DEAL, deal.id()).await;
        assert_eq!(counts.get("activities_count").int(), Some(1));
        assert_eq!(counts.version, deal.version, "derived values are no change");
    }
}

#[tokio::test]
async fn a_moved_activity_is_on_both_agendas_once() {
    for office in offices().await {
        let [one, two] = [office.organization(ANN, "One").await.id(), office.organization(ANN, "Two").await.id()];
        let fields = [("org_id", Value::Int(one)), ("due_date", Value::from("2031-01-01"))];
        let id = office.create(ANN, &ACTIVITY, patch(&ACTIVITY, fields)).await.unwrap().id();
        office.update(ANN, &ACTIVITY, id, patch(&ACTIVITY, [("org_id", two.into())])).await.unwrap();
        assert_eq!(office.get(&ORGANIZATION, one).await.get("next_activity_id").int(), None);
        let two = office.get(&ORGANIZATION, two).await;
        assert_eq!(two.get("next_activity_id").int(), Some(id));
        assert_eq!(two.get("next_activity_date").text(), Some("2031-01-01"));
    }
}
