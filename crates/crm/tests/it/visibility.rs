//! What one may not see does not exist: two users, and records of one of them.

use penstock_crm::{List, Single, followers, summary};
use penstock_model::{
    Code, CompanyId, Field, Object, UserId, Value,
    filter::Expr,
    objects::{ACTIVITY, COMMENT, DEAL, NOTE, ORGANIZATION, PARTICIPANT, PERSON},
};
use penstock_store::sql::{Column, Deleted, Direction};

use crate::test_company::{ADMIN, ANN, BOB, TestCompany, patch, refusal, tenants};

fn field(object: &'static Object, name: &str) -> &'static Field {
    object.field(name).unwrap()
}

/// The ids of a list, in every order that it can have, read in pages of one.
async fn listed(
    tenant: &TestCompany,
    user: UserId,
    object: &'static Object,
    order: &'static str,
    direction: Direction,
) -> Vec<i64> {
    let mut found = Vec::new();
    let mut after: Option<(Value, i64)> = None;
    loop {
        let from = after.clone();
        let page = tenant
            .read(user, move |reader| {
                let columns = [Column::Field(field(object, "id"))];
                let order = vec![(field(object, order).into(), direction)];
                reader.list(&List { order, after: from.clone(), ..List::all(object, &columns, 1) })
            })
            .await
            .unwrap();
        if page.is_empty() {
            return found;
        }
        found.push(page.id(0));
        after = Some((page.get(0, 1).to_value(), page.id(0)));
        assert!(found.len() < 100, "the pages end");
    }
}

/// A private deal of Ann's between two open ones, and what hangs on it.
async fn scene(tenant: &TestCompany) -> (i64, i64, i64) {
    let person =
        tenant.create(ANN, &PERSON, patch(&PERSON, [("name", "Carol".into()), ("visible_to", 1.into())])).await;
    let person = person.unwrap().id();
    tenant.deal(BOB, "First").await;
    let hidden = patch(
        &DEAL,
        [("title", "Hidden".into()), ("visible_to", 1.into()), ("person_id", person.into()), ("value", 70_000.into())],
    );
    let hidden = tenant.create(ANN, &DEAL, hidden).await.unwrap().id();
    let open = tenant.deal(ANN, "Third").await.id();
    (hidden, person, open)
}

#[tokio::test]
async fn lists_are_narrowed_in_every_order() {
    for tenant in tenants().await {
        let (hidden, ..) = scene(&tenant).await;
        for order in ["id", "title", "add_time", "expected_close_date", "value"] {
            for direction in [Direction::Ascending, Direction::Descending] {
                let mut all = listed(&tenant, ANN, &DEAL, order, direction).await;
                assert_eq!(all, listed(&tenant, ADMIN, &DEAL, order, direction).await, "{order}");
                assert_eq!(all.len(), 3);
                all.retain(|id| *id != hidden);
                assert_eq!(listed(&tenant, BOB, &DEAL, order, direction).await, all, "{order} {direction:?}");
            }
        }
        tenant.write(ANN, move |tx| followers::follow(tx, &DEAL, hidden, BOB)).await.unwrap();
        assert_eq!(listed(&tenant, BOB, &DEAL, "id", Direction::Ascending).await.len(), 3);
    }
}

#[tokio::test]
async fn followers_see_a_record_as_long_as_it_is_hidden_from_others() {
    for tenant in tenants().await {
        let (hidden, ..) = scene(&tenant).await;
        tenant.write(ANN, move |tx| followers::follow(tx, &DEAL, hidden, BOB)).await.unwrap();
        let seen = async || listed(&tenant, BOB, &DEAL, "add_time", Direction::Descending).await;
        assert_eq!(seen().await, [3, 2, 1], "as a follower");
        for (name, value) in [("visible_to", 3), ("owner_id", BOB.get()), ("visible_to", 1), ("owner_id", ANN.get())] {
            tenant.update(ADMIN, &DEAL, hidden, patch(&DEAL, [(name, value.into())])).await.unwrap();
            assert_eq!(seen().await, [3, 2, 1], "{name} {value}");
        }
        tenant.write(ANN, move |tx| followers::unfollow_user(tx, &DEAL, hidden, BOB)).await.unwrap();
        assert_eq!(seen().await, [3, 1], "as a stranger");
        // Who followed it while it was open still follows it when it is hidden.
        tenant.update(ANN, &DEAL, 3, patch(&DEAL, [("visible_to", 3.into())])).await.unwrap();
        tenant.write(BOB, move |tx| followers::follow(tx, &DEAL, 3, BOB)).await.unwrap();
        tenant.update(ANN, &DEAL, 3, patch(&DEAL, [("visible_to", 1.into())])).await.unwrap();
        assert_eq!(seen().await, [3, 1]);
    }
}

#[tokio::test]
async fn any_number_of_followed_records_is_listed_in_order() {
    for tenant in tenants().await {
        for number in 1..=120 {
            let visible = if number % 4 == 0 { 3 } else { 1 };
            let deal = patch(&DEAL, [("title", format!("Deal {number}").into()), ("visible_to", visible.into())]);
            let owner = if number % 3 == 0 { BOB } else { ANN };
            tenant.create(owner, &DEAL, deal).await.unwrap();
        }
        for number in 1..=90 {
            tenant.write(ADMIN, move |tx| followers::follow(tx, &DEAL, number, BOB)).await.unwrap();
            if [1, 20, 90].contains(&number) {
                let expected: Vec<i64> = (1..=120).filter(|n| n % 4 == 0 || n % 3 == 0 || *n <= number).collect();
                for order in ["id", "add_time", "title"] {
                    let mut found = tenant
                        .read(BOB, move |reader| {
                            let order = vec![(field(&DEAL, order).into(), Direction::Ascending)];
                            let page = reader.list(&List { order, ..List::all(&DEAL, &[], 500) })?;
                            Ok((0..page.len()).map(|row| page.id(row)).collect::<Vec<_>>())
                        })
                        .await
                        .unwrap();
                    if order == "title" {
                        found.sort_unstable();
                    }
                    assert_eq!(found, expected, "{number} followed, by {order}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_record_that_one_owns_and_follows_is_listed_once() {
    for tenant in tenants().await {
        scene(&tenant).await;
        for user in [ADMIN, ANN] {
            let page = tenant.read(user, |reader| reader.list(&List::all(&DEAL, &[], 100))).await.unwrap();
            assert_eq!((0..page.len()).map(|row| page.id(row)).collect::<Vec<_>>(), [1, 2, 3], "user {user}");
        }
    }
}

#[tokio::test]
async fn single_reads_and_writes_do_not_find_it() {
    for tenant in tenants().await {
        let (hidden, ..) = scene(&tenant).await;
        let one = |user| tenant.read(user, move |reader| reader.one(&Single::new(&DEAL, &[]), hidden).map(|p| p.len()));
        assert_eq!(one(ANN).await.unwrap(), 1);
        assert_eq!(refusal(one(BOB).await), Code::NotFound);
        let renamed = patch(&DEAL, [("title", "Mine".into())]);
        assert_eq!(refusal(tenant.update(BOB, &DEAL, hidden, renamed).await), Code::NotFound);
        assert_eq!(refusal(tenant.delete(BOB, &DEAL, hidden).await), Code::NotFound);
    }
}

#[tokio::test]
async fn references_say_whether_they_are_visible() {
    for tenant in tenants().await {
        let (_, person, _) = scene(&tenant).await;
        for (user, visible) in [(ADMIN, true), (ANN, true), (BOB, false)] {
            let seen = tenant
                .read(user, move |reader| {
                    let found = reader.lookup(&PERSON, &[person, 77], &[field(&PERSON, "name")])?;
                    assert_eq!(found.row(77), None);
                    let row = found.row(person).unwrap();
                    assert_eq!(found.get(row, "name").text(), Some("Carol"));
                    Ok(found.visible(row))
                })
                .await
                .unwrap();
            assert_eq!(seen, visible, "user {user}");
        }
    }
}

#[tokio::test]
async fn what_is_linked_to_it_is_hidden_with_it() {
    for tenant in tenants().await {
        let (hidden, _, open) = scene(&tenant).await;
        let organization = tenant.organization(BOB, "Acme").await.id();
        let mut ids = Vec::new();
        for deal in [hidden, open] {
            let links = || [("deal_id", Value::Int(deal)), ("org_id", Value::Int(organization))];
            ids.push(tenant.create(ANN, &ACTIVITY, patch(&ACTIVITY, links())).await.unwrap().id());
            let mut note = patch(&NOTE, links());
            note.set(&NOTE, "content", "a");
            let note = tenant.create(ANN, &NOTE, note).await.unwrap().id();
            let comment = patch(&COMMENT, [("content", "b".into()), ("note_id", note.into())]);
            tenant.create(ANN, &COMMENT, comment).await.unwrap();
        }
        for object in [&ACTIVITY, &NOTE, &COMMENT] {
            assert_eq!(listed(&tenant, ANN, object, "id", Direction::Ascending).await, [1, 2], "{}", object.name);
            assert_eq!(listed(&tenant, BOB, object, "id", Direction::Ascending).await, [2], "{}", object.name);
        }
        assert_eq!(listed(&tenant, BOB, &PARTICIPANT, "id", Direction::Ascending).await.len(), 0);
        assert_eq!(listed(&tenant, ANN, &PARTICIPANT, "id", Direction::Ascending).await.len(), 1);
        let bobs = patch(&ACTIVITY, [("owner_id", BOB.into())]);
        tenant.update(ANN, &ACTIVITY, ids[0], bobs).await.unwrap();
        assert_eq!(listed(&tenant, BOB, &ACTIVITY, "id", Direction::Ascending).await, [1, 2], "his own he sees");
        let counts = tenant.get(&ORGANIZATION, organization).await;
        assert_eq!(counts.get("activities_count").int(), Some(2), "counts are facts of the record");
    }
}

#[tokio::test]
async fn summaries_leave_it_out() {
    for tenant in tenants().await {
        scene(&tenant).await;
        let totals = |user| tenant.read(user, |reader| summary::deals(reader, &Expr::everything(), Deleted::Hidden));
        let (ann, bob) = (totals(ANN).await.unwrap(), totals(BOB).await.unwrap());
        assert_eq!((ann[0].count, ann[0].value), (3, 70_000));
        assert_eq!((bob[0].count, bob[0].value), (2, 0));
    }
}

#[tokio::test]
async fn two_companies_know_nothing_of_each_other() {
    for mut tenant in tenants().await {
        let deal = tenant.deal(ANN, "x").await.id();
        let founder = tenant.crm.clone();
        let other = tenant
            .crm
            .database
            .write(CompanyId::SERVER, move |conn| {
                penstock_crm::rules::company::found(&founder, conn, &crate::test_company::new_company())
            })
            .await
            .unwrap();
        tenant.company = other;
        assert_eq!(tenant.number("SELECT COUNT(*) FROM deal WHERE company_id = ?1").await, 0);
        let read = tenant.read(ADMIN, move |reader| reader.one(&Single::new(&DEAL, &[]), deal).map(|p| p.len())).await;
        assert_eq!(refusal(read), Code::NotFound);
        assert_eq!(tenant.deal(ADMIN, "y").await.id(), 1, "ids count from 1 in each");
    }
}
