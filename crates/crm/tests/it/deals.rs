//! Deals: stages, status and times, and what hangs on them.

use penstock_model::{
    Code, Value,
    objects::{DEAL, STAGE},
};

use crate::test_company::{ADMIN, ANN, BOB, TestCompany, moment, patch, refusal, tenants};

const WON: &str = "2026-03-03 10:00:00";
const LATER: &str = "2026-03-04 11:00:00";

async fn status(tenant: &TestCompany, id: i64, status: &str) -> penstock_store::sql::Record {
    tenant.update(ANN, &DEAL, id, patch(&DEAL, [("status", status.into())])).await.unwrap()
}

#[tokio::test]
async fn winning_losing_and_reopening_keep_the_times() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "Engines").await;
        assert_eq!(*deal.get("status"), Value::from("open"));
        assert_eq!(*deal.get("currency"), Value::from("EUR"), "the user's default currency");
        tenant.clock.set(WON);
        let won = status(&tenant, deal.id(), "won").await;
        for name in ["won_time", "close_time", "first_won_time", "update_time"] {
            assert_eq!(*won.get(name), Value::Int(moment(WON)), "{name}");
        }
        tenant.clock.set(LATER);
        let lost = status(&tenant, deal.id(), "lost").await;
        assert_eq!(*lost.get("won_time"), Value::Null);
        assert_eq!(*lost.get("lost_time"), Value::Int(moment(LATER)));
        assert_eq!(*lost.get("close_time"), Value::Int(moment(LATER)));
        let open = status(&tenant, deal.id(), "open").await;
        for name in ["won_time", "lost_time", "close_time"] {
            assert_eq!(*open.get(name), Value::Null, "{name}");
        }
        assert_eq!(*open.get("first_won_time"), Value::Int(moment(WON)), "the first win is kept");
        assert_eq!(tenant.get(&DEAL, deal.id()).await.values, open.values, "what was given is what is stored");
    }
}

#[tokio::test]
async fn closing_times_can_be_set_under_their_status_and_stay() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "Engines").await.id();
        let times = patch(&DEAL, [("won_time", moment(WON).into())]);
        assert_eq!(refusal(tenant.update(ANN, &DEAL, deal, times).await), Code::RuleViolated);
        let closed = patch(
            &DEAL,
            [("status", "won".into()), ("won_time", moment(WON).into()), ("close_time", moment(LATER).into())],
        );
        tenant.update(ANN, &DEAL, deal, closed).await.unwrap();
        tenant.clock.set("2026-05-05 05:05:05");
        let renamed = tenant.update(ANN, &DEAL, deal, patch(&DEAL, [("title", "Gears".into())])).await.unwrap();
        assert_eq!(*renamed.get("won_time"), Value::Int(moment(WON)));
        assert_eq!(*renamed.get("close_time"), Value::Int(moment(LATER)), "it stays when something else changes");
    }
}

#[tokio::test]
async fn moving_through_stages_leaves_visits() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "Engines").await;
        assert_eq!(*deal.get("stage_change_time"), Value::Null, "unset until the first change");
        tenant.clock.set(WON);
        let third = tenant.update(ANN, &DEAL, deal.id(), patch(&DEAL, [("stage_id", 3.into())])).await.unwrap();
        assert_eq!(*third.get("stage_change_time"), Value::Int(moment(WON)));
        assert_eq!(tenant.number("SELECT COUNT(*) FROM deal_stage_visit WHERE company_id = ?1").await, 2);
        let left = "SELECT left_at FROM deal_stage_visit WHERE company_id = ?1 AND stage_id = 1";
        assert_eq!(tenant.number(left).await, moment(WON));
        let entered = "SELECT entered FROM deal_stage_visit WHERE company_id = ?1 AND stage_id = 3 AND left_at IS NULL";
        assert_eq!(tenant.number(entered).await, moment(WON));
    }
}

#[tokio::test]
async fn a_deal_made_for_someone_else_may_be_hidden_from_its_maker() {
    for tenant in tenants().await {
        let person = tenant.person(ANN, "Carol Jones").await.id();
        let hidden = patch(
            &DEAL,
            [
                ("title", "Secret".into()),
                ("owner_id", BOB.into()),
                ("visible_to", 1.into()),
                ("person_id", person.into()),
            ],
        );
        let deal = tenant.create(ANN, &DEAL, hidden).await.unwrap().id();
        let bob = tenant.read(BOB, move |reader| reader.can_see(&DEAL, deal)).await.unwrap();
        let ann = tenant.read(ANN, move |reader| reader.can_see(&DEAL, deal)).await.unwrap();
        assert_eq!((bob, ann), (true, false));
        assert_eq!(tenant.get(&DEAL, deal).await.get("participants_count").int(), Some(1));
    }
}

#[tokio::test]
async fn the_owner_follows_and_the_main_person_takes_part() {
    for tenant in tenants().await {
        let [first, second] = [tenant.person(ANN, "One").await.id(), tenant.person(ANN, "Two").await.id()];
        let deal = patch(&DEAL, [("title", "x".into()), ("person_id", first.into())]);
        let deal = tenant.create(ANN, &DEAL, deal).await.unwrap().id();
        let both = ("followers_count", "participants_count");
        let counts = |r: penstock_store::sql::Record| (r.get(both.0).int(), r.get(both.1).int());
        assert_eq!(counts(tenant.get(&DEAL, deal).await), (Some(1), Some(1)));
        let moved = patch(&DEAL, [("person_id", second.into()), ("owner_id", BOB.into())]);
        tenant.update(ANN, &DEAL, deal, moved).await.unwrap();
        assert_eq!(counts(tenant.get(&DEAL, deal).await), (Some(2), Some(2)), "the former ones stay");
        let back = patch(&DEAL, [("person_id", first.into()), ("owner_id", ANN.into())]);
        tenant.update(ANN, &DEAL, deal, back).await.unwrap();
        assert_eq!(counts(tenant.get(&DEAL, deal).await), (Some(2), Some(2)), "no one twice");
    }
}

#[tokio::test]
async fn a_deal_is_deleted_by_status_and_comes_back_by_another() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "Engines").await.id();
        status(&tenant, deal, "won").await;
        let gone = status(&tenant, deal, "deleted").await;
        assert!(gone.get("is_deleted").truth() && !gone.get("delete_time").is_null());
        assert_eq!(*gone.get("status"), Value::from("won"), "what it was");
        let renamed = tenant.update(ANN, &DEAL, deal, patch(&DEAL, [("title", "y".into())])).await;
        assert_eq!(refusal(renamed), Code::NotFound, "a deleted deal can't be changed");
        let again = status(&tenant, deal, "deleted").await;
        assert_eq!(again.version, gone.version, "deleting twice is deleting once");
        let back = status(&tenant, deal, "open").await;
        assert!(!back.get("is_deleted").truth() && back.get("delete_time").is_null());
    }
}

#[tokio::test]
async fn a_deal_comes_back_into_a_stage_that_is_there() {
    for tenant in tenants().await {
        let made = async |stage: i64| {
            let deal = patch(&DEAL, [("title", "x".into()), ("stage_id", stage.into())]);
            tenant.create(ANN, &DEAL, deal).await.unwrap().id()
        };
        let (deleted, lost, kept) = (made(3).await, made(3).await, made(4).await);
        tenant.delete(ANN, &DEAL, deleted).await.unwrap();
        status(&tenant, lost, "lost").await;
        status(&tenant, kept, "won").await;
        tenant.delete(ADMIN, &STAGE, 3).await.unwrap();
        for (deal, stage) in [(deleted, 1), (lost, 1), (kept, 4)] {
            let back = status(&tenant, deal, "open").await;
            assert_eq!(back.get("stage_id").int(), Some(stage));
        }
    }
}

#[tokio::test]
async fn a_reference_must_be_seen_when_it_is_set_and_may_be_hidden_when_it_stays() {
    for tenant in tenants().await {
        use penstock_model::objects::PERSON;
        let person = tenant.person(BOB, "Carol").await.id();
        let deal = patch(&DEAL, [("title", "x".into()), ("person_id", person.into())]);
        let deal = tenant.create(ANN, &DEAL, deal).await.unwrap().id();
        tenant.update(BOB, &PERSON, person, patch(&PERSON, [("visible_to", 1.into())])).await.unwrap();
        let whole = patch(&DEAL, [("title", "y".into()), ("person_id", person.into())]);
        tenant.update(ANN, &DEAL, deal, whole).await.unwrap();
        let other = patch(&DEAL, [("title", "z".into()), ("person_id", person.into())]);
        assert_eq!(refusal(tenant.create(ANN, &DEAL, other).await), Code::ReferenceUnknown);
    }
}

#[tokio::test]
async fn amounts_are_cleared_to_nothing_and_wrong_values_are_refused() {
    for tenant in tenants().await {
        let deal = patch(&DEAL, [("title", "x".into()), ("value", 50_000.into())]);
        let deal = tenant.create(ANN, &DEAL, deal).await.unwrap().id();
        let cleared = tenant.update(ANN, &DEAL, deal, patch(&DEAL, [("value", Value::Null)])).await.unwrap();
        assert_eq!(*cleared.get("value"), Value::Int(0));
        for (name, value) in [
            ("currency", Value::from("XXQ")),
            ("visible_to", Value::Int(2)),
            ("probability", Value::Real(101.0)),
            ("title", Value::from("  ")),
        ] {
            let refused = tenant.update(ANN, &DEAL, deal, patch(&DEAL, [(name, value)])).await;
            assert_eq!(refusal(refused), Code::FieldInvalid, "{name}");
        }
        let untitled = tenant.create(ANN, &DEAL, patch(&DEAL, [("value", 1.into())])).await;
        assert_eq!(refusal(untitled), Code::FieldRequired);
    }
}
