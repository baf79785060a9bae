//! What was deleted goes for good after thirty days, and what refers to it lets go of it.

use penstock_crm::{Patch, followers, purge};
use penstock_model::{
    Code, Object, Value, ValueRef,
    objects::{ACTIVITY, DEAL, LEAD, NOTE, ORGANIZATION, PERSON},
    time::DAY,
};
use penstock_store::{Conn, one_int, sql};

use crate::{
    fields::define,
    recount::Recount,
    test_company::{ADMIN, ANN, BOB, TestCompany, patch, refusal, tenants},
};

/// Purges all that is due. Gives the number of writes that it took.
pub(crate) async fn purge(tenant: &TestCompany) -> usize {
    let now = tenant.crm.clock.now();
    let due = tenant.crm.database.read(move |conn| purge::due(conn, now)).await.unwrap();
    let mut writes = 0;
    for company in due {
        loop {
            let crm = tenant.crm.clone();
            let before = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
            let some = move |conn: &mut dyn Conn| purge::some(&crm, conn, company);
            let more = tenant.crm.database.write(company, some).await.unwrap();
            let events = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await - before;
            assert!(events <= 60, "{events} events in one write");
            writes += 1;
            if !more {
                break;
            }
        }
    }
    writes
}

async fn stands(tenant: &TestCompany, object: &'static Object, id: i64) -> bool {
    let company = tenant.company;
    tenant.read(ADMIN, move |reader| sql::find(reader.conn, object, company, id)).await.unwrap().is_some()
}

/// What the events of a record say, one entry each.
async fn told(tenant: &TestCompany, object: &'static Object, id: i64) -> Vec<Option<String>> {
    let key = [tenant.company.get(), object.code.into(), id];
    tenant
        .read(ADMIN, move |reader| {
            let mut all = Vec::new();
            let text =
                "SELECT changes FROM event WHERE company_id = ?1 AND object = ?2 AND record_id = ?3 ORDER BY seq";
            reader.conn.query(text, &key.map(ValueRef::Int), &mut |row| {
                all.push(row.get(0).text().map(str::to_owned));
                Ok(())
            })?;
            Ok(all)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_deleted_record_goes_after_thirty_days_with_all_that_is_of_it() {
    for tenant in tenants().await {
        let custom = u32::try_from(define(&tenant, &DEAL, "varchar", &[]).await.unwrap().id()).unwrap();
        let person = tenant.person(ANN, "Carol").await.id();
        let mut new = patch(&DEAL, [("title", "Secret".into()), ("person_id", person.into())]);
        new.custom = vec![(custom, "Red".into())];
        new.external_ids = Some(vec![("sap".to_owned(), "9".to_owned())]);
        let deal = tenant.create(ANN, &DEAL, new).await.unwrap().id();
        tenant.write(BOB, move |tx| followers::follow(tx, &DEAL, deal, BOB).map(drop)).await.unwrap();
        tenant.write(BOB, move |tx| followers::unfollow_user(tx, &DEAL, deal, BOB).map(drop)).await.unwrap();
        tenant.update(ANN, &DEAL, deal, patch(&DEAL, [("title", "More secret".into())])).await.unwrap();
        for key in ["secret@sap.example", "other"] {
            let named = Patch { external_ids: Some(vec![("sap".to_owned(), key.to_owned())]), ..Patch::default() };
            tenant.update(ANN, &DEAL, deal, named).await.unwrap();
        }
        let stage = patch(&DEAL, [("stage_id", 2.into())]);
        tenant.update(ANN, &DEAL, deal, stage).await.unwrap();
        tenant.delete(ANN, &DEAL, deal).await.unwrap();
        let before = told(&tenant, &DEAL, deal).await;

        tenant.clock.advance(30 * DAY);
        assert_eq!(purge(&tenant).await, 0, "for thirty days it can be read");
        assert!(stands(&tenant, &DEAL, deal).await);
        tenant.clock.advance(1);
        assert_eq!(purge(&tenant).await, 1);
        assert_eq!(purge(&tenant).await, 0, "once");

        assert!(!stands(&tenant, &DEAL, deal).await);
        let after = told(&tenant, &DEAL, deal).await;
        assert_eq!(after, vec![None; before.len()], "events keep their numbers and lose their values");
        for table in [
            "SELECT COUNT(*) FROM follower WHERE company_id = ?1 AND object = 5",
            "SELECT COUNT(*) FROM former_link WHERE company_id = ?1",
            "SELECT COUNT(*) FROM participant WHERE company_id = ?1",
            "SELECT COUNT(*) FROM external_id WHERE company_id = ?1",
            "SELECT COUNT(*) FROM deal_stage_visit WHERE company_id = ?1",
            "SELECT COUNT(*) FROM field_value WHERE company_id = ?1 AND field > 30000",
            "SELECT COUNT(*) FROM event WHERE company_id = ?1 AND changes LIKE '%ecret%'",
        ] {
            assert_eq!(tenant.number(table).await, 0, "{table}");
        }
        assert!(stands(&tenant, &PERSON, person).await);
        let events = tenant.number("SELECT COUNT(*) FROM event WHERE company_id = ?1").await;
        assert_eq!(tenant.number("SELECT event_seq FROM company WHERE id = ?1").await, events, "without gaps");
        assert_eq!(tenant.deal(ANN, "Next").await.id(), deal + 1, "its number stays its own");
        tenant.recount().await;
    }
}

#[tokio::test]
async fn who_referred_to_it_refers_to_nothing() {
    for tenant in tenants().await {
        let field = u32::try_from(define(&tenant, &DEAL, "org", &[]).await.unwrap().id()).unwrap();
        let gone = tenant.organization(ANN, "Gone").await.id();
        let kept = tenant.organization(ANN, "Stays").await.id();
        let at = |object: &'static Object, title: &str, other: &str, id: i64| {
            patch(object, [(title_of(object), title.into()), (other, id.into())])
        };
        let person = tenant.create(ANN, &PERSON, at(&PERSON, "Carol", "org_id", gone)).await.unwrap();
        let mut deal = at(&DEAL, "x", "org_id", gone);
        deal.custom = vec![(field, gone.into())];
        let deal = tenant.create(ANN, &DEAL, deal).await.unwrap();
        let lead = tenant.create(ANN, &LEAD, at(&LEAD, "x", "org_id", gone)).await.unwrap();
        let archived = patch(&LEAD, [("is_archived", true.into())]);
        tenant.update(ANN, &LEAD, lead.id(), archived).await.unwrap();
        let call = tenant.create(ANN, &ACTIVITY, at(&ACTIVITY, "Call", "org_id", gone)).await.unwrap();
        let only = tenant.create(ANN, &NOTE, at(&NOTE, "only there", "org_id", gone)).await.unwrap();
        let mut both = at(&NOTE, "both", "org_id", gone);
        both.set(&NOTE, "deal_id", deal.id());
        let both = tenant.create(ANN, &NOTE, both).await.unwrap();
        let other = tenant.create(ANN, &DEAL, at(&DEAL, "y", "org_id", kept)).await.unwrap();
        tenant.delete(ANN, &ORGANIZATION, gone).await.unwrap();
        tenant.clock.advance(31 * DAY);
        purge(&tenant).await;
        for (object, id, version) in [
            (&PERSON, person.id(), person.version),
            (&DEAL, deal.id(), deal.version),
            (&LEAD, lead.id(), lead.version),
            (&ACTIVITY, call.id(), call.version),
            (&NOTE, both.id(), both.version),
        ] {
            let after = tenant.get(object, id).await;
            assert_eq!(*after.get("org_id"), Value::Null, "{}", object.name);
            assert!(after.version > version, "who keeps a copy of the {} hears of it", object.name);
        }
        assert_eq!(tenant.get(&DEAL, deal.id()).await.custom, Value::Null);
        assert!(tenant.get(&NOTE, only.id()).await.get("is_deleted").truth(), "it stood nowhere else");
        assert_eq!(tenant.get(&DEAL, other.id()).await.version, other.version);
        let back = patch(&LEAD, [("is_archived", false.into()), ("title", "z".into()), ("org_id", Value::Null)]);
        tenant.update(ANN, &LEAD, lead.id(), back).await.unwrap();
        tenant.update(ANN, &LEAD, lead.id(), patch(&LEAD, [("org_id", kept.into())])).await.unwrap();
        let nobody = patch(&LEAD, [("org_id", Value::Null)]);
        assert_eq!(refusal(tenant.update(ANN, &LEAD, lead.id(), nobody).await), Code::FieldRequired);
        tenant.recount().await;
    }
}

fn title_of(object: &Object) -> &'static str {
    match object.name {
        "person" => "name",
        "activity" => "subject",
        "note" => "content",
        _ => "title",
    }
}

#[tokio::test]
async fn a_purged_person_takes_part_in_nothing() {
    for tenant in tenants().await {
        let (carol, dave) = (tenant.person(ANN, "Carol").await.id(), tenant.person(ANN, "Dave").await.id());
        let deal = patch(&DEAL, [("title", "x".into()), ("person_id", carol.into())]);
        let deal = tenant.create(ANN, &DEAL, deal).await.unwrap().id();
        let list = format!("[{{\"person_id\":{carol},\"primary\":true}},{{\"person_id\":{dave},\"primary\":false}}]");
        let call = patch(&ACTIVITY, [("subject", "Call".into()), ("participants", list.into())]);
        let call = tenant.create(ANN, &ACTIVITY, call).await.unwrap().id();
        tenant.delete(ANN, &PERSON, carol).await.unwrap();
        tenant.clock.advance(31 * DAY);
        purge(&tenant).await;
        let deal = tenant.get(&DEAL, deal).await;
        assert_eq!((deal.get("person_id"), deal.get("participants_count").int()), (&Value::Null, Some(0)));
        let call = tenant.get(&ACTIVITY, call).await;
        assert_eq!(*call.get("person_id"), Value::Null);
        let left = format!("[{{\"person_id\":{dave},\"primary\":false}}]");
        assert_eq!(call.get("participants").text(), Some(&*left));
        tenant.recount().await;
    }
}

#[tokio::test]
async fn a_purged_person_is_no_longer_among_the_others_of_an_activity() {
    for tenant in tenants().await {
        let (carol, dave) = (tenant.person(ANN, "Carol").await.id(), tenant.person(ANN, "Dave").await.id());
        let list = |first: i64, others: &[i64]| {
            let others = others.iter().map(|id| format!(",{{\"person_id\":{id},\"primary\":false}}"));
            format!("[{{\"person_id\":{first},\"primary\":true}}{}]", others.collect::<String>())
        };
        let mut calls = Vec::new();
        for _ in 0..30 {
            let with = list(dave, &[carol]);
            let call = patch(&ACTIVITY, [("subject", "Call".into()), ("participants", with.into())]);
            calls.push(tenant.create(ANN, &ACTIVITY, call).await.unwrap());
        }
        tenant.recount().await;
        let alone = patch(&ACTIVITY, [("participants", list(dave, &[]).into())]);
        let left = tenant.update(ANN, &ACTIVITY, calls[0].id(), alone).await.unwrap();
        tenant.delete(ANN, &PERSON, carol).await.unwrap();
        tenant.clock.advance(31 * DAY);
        assert!(purge(&tenant).await > 1, "in small writes");
        assert!(!stands(&tenant, &PERSON, carol).await);
        for call in &calls {
            let after = tenant.get(&ACTIVITY, call.id()).await;
            assert_eq!(after.get("participants").text(), Some(&*list(dave, &[])));
            assert_eq!(after.get("person_id").int(), Some(dave));
            assert!(after.version > call.version);
        }
        assert_eq!(tenant.get(&ACTIVITY, left.id()).await.version, left.version, "who had left is left alone");
        tenant.recount().await;
    }
}

#[tokio::test]
async fn a_record_that_the_rules_would_refuse_lets_go_all_the_same() {
    for tenant in tenants().await {
        let field = u32::try_from(define(&tenant, &DEAL, "org", &[]).await.unwrap().id()).unwrap();
        let gone = tenant.organization(ANN, "Gone").await.id();
        let mut deal = patch(&DEAL, [("title", "x".into()), ("org_id", gone.into())]);
        deal.custom = vec![(field, gone.into())];
        let deal = tenant.create(ANN, &DEAL, deal).await.unwrap();
        let company = tenant.company;
        let spoil = move |conn: &mut dyn Conn| {
            let text = "UPDATE deal SET probability = 500 WHERE company_id = ?1 AND id = ?2 RETURNING id";
            one_int(conn, text, &[company.into(), ValueRef::Int(deal.id())])
        };
        tenant.crm.database.write(company, spoil).await.unwrap();
        tenant.delete(ANN, &ORGANIZATION, gone).await.unwrap();
        tenant.clock.advance(31 * DAY);
        purge(&tenant).await;
        assert!(!stands(&tenant, &ORGANIZATION, gone).await);
        let after = tenant.get(&DEAL, 1).await;
        assert_eq!((after.get("org_id"), &after.custom), (&Value::Null, &Value::Null));
        let title = patch(&DEAL, [("title", "y".into())]);
        assert_eq!(refusal(tenant.update(ANN, &DEAL, 1, title).await), Code::FieldInvalid, "it is as it was else");
        tenant.recount().await;
    }
}

#[tokio::test]
async fn nobody_sees_more_because_a_hidden_record_was_purged() {
    for tenant in tenants().await {
        let hidden = patch(&DEAL, [("title", "x".into()), ("visible_to", 1.into())]);
        let deal = tenant.create(ANN, &DEAL, hidden).await.unwrap().id();
        let shared = tenant.organization(ANN, "One").await.id();
        let both = patch(&NOTE, [("content", "x".into()), ("deal_id", deal.into()), ("org_id", shared.into())]);
        let both = tenant.create(ANN, &NOTE, both).await.unwrap().id();
        let only = patch(&NOTE, [("content", "x".into()), ("deal_id", deal.into())]);
        let only = tenant.create(ANN, &NOTE, only).await.unwrap().id();
        let call = patch(&ACTIVITY, [("subject", "x".into()), ("deal_id", deal.into())]);
        let call = tenant.create(ANN, &ACTIVITY, call).await.unwrap().id();
        tenant.delete(ANN, &DEAL, deal).await.unwrap();
        tenant.clock.advance(31 * DAY);
        purge(&tenant).await;
        assert!(!stands(&tenant, &DEAL, deal).await);
        for (object, id) in [(&NOTE, both), (&ACTIVITY, call)] {
            let seen = async |user| tenant.read(user, move |reader| reader.can_see_alive(object, id)).await.unwrap();
            assert!(seen(ANN).await && !seen(BOB).await, "{}", object.name);
        }
        assert!(tenant.get(&NOTE, only).await.get("is_deleted").truth());
        tenant.clock.advance(31 * DAY);
        purge(&tenant).await;
        assert!(!stands(&tenant, &NOTE, only).await);
    }
}

#[tokio::test]
async fn a_big_purge_is_done_in_small_writes() {
    for tenant in tenants().await {
        let gone = tenant.organization(ANN, "Gone").await.id();
        tenant
            .write(ANN, move |tx| {
                for number in 0..90 {
                    let deal = patch(&DEAL, [("title", format!("Deal {number}").into()), ("org_id", gone.into())]);
                    penstock_crm::create(tx, &DEAL, &deal)?;
                }
                Ok(())
            })
            .await
            .unwrap();
        tenant.delete(ANN, &ORGANIZATION, gone).await.unwrap();
        tenant.clock.advance(31 * DAY);
        assert!(purge(&tenant).await >= 4);
        assert!(!stands(&tenant, &ORGANIZATION, gone).await);
        assert_eq!(tenant.number("SELECT COUNT(*) FROM deal WHERE company_id = ?1 AND org_id IS NOT NULL").await, 0);
        tenant.recount().await;
    }
}

#[tokio::test]
async fn each_company_purges_by_its_own_clock() {
    for tenant in tenants().await {
        let other_tenant = tenant.other_tenant("Other").await;
        for company in [&tenant, &other_tenant] {
            let deal = company.deal(ANN, "x").await.id();
            company.delete(ANN, &DEAL, deal).await.unwrap();
        }
        let (id, ahead) = (other_tenant.company, 31 * DAY);
        let turn = move |conn: &mut dyn Conn| {
            let text = "UPDATE company SET clock_offset = ?2 WHERE id = ?1 RETURNING id";
            one_int(conn, text, &[id.into(), ValueRef::Int(ahead)])
        };
        tenant.crm.database.write(id, turn).await.unwrap();
        purge(&tenant).await;
        assert!(stands(&tenant, &DEAL, 1).await);
        assert!(!stands(&other_tenant, &DEAL, 1).await);
    }
}

#[tokio::test]
async fn a_deal_that_came_back_stays() {
    for tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await.id();
        tenant.delete(ANN, &DEAL, deal).await.unwrap();
        let back: Patch = patch(&DEAL, [("is_deleted", false.into())]);
        tenant.update(ANN, &DEAL, deal, back).await.unwrap();
        assert_eq!(*tenant.get(&DEAL, deal).await.get("delete_time"), Value::Null);
        tenant.clock.advance(31 * DAY);
        assert_eq!(purge(&tenant).await, 0);
        assert!(stands(&tenant, &DEAL, deal).await);
    }
}
