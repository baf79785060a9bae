//! A fault at each statement of each act in turn: the answer is `Unavailable`, and nothing is left behind.

use penstock_crm::{Tx, external_ids, fields, followers, participants};
use penstock_model::{
    Code, Result, Value,
    objects::{ACTIVITY, DEAL, LEAD_LABEL, NOTE, PERSON},
};

use crate::{
    dump::{Dump, same},
    fields::define,
    test_company::{ADMIN, ANN, BOB, TestCompany, patch, tenants},
};

/// Fails the act at each of its statements; then runs it to its end. Gives how many statements it has.
async fn at_each_statement<T: Send + std::fmt::Debug + 'static>(
    tenant: &TestCompany,
    act: impl Fn(&mut Tx<'_>) -> Result<T> + Clone + Send + 'static,
) -> i64 {
    let before = tenant.dump().await;
    for n in 0.. {
        tenant.faults.fail_at(n);
        let result = tenant.write(ADMIN, act.clone()).await;
        if tenant.faults.clear() {
            result.unwrap();
            assert!(tenant.dump().await != before, "the act does something");
            return n;
        }
        let error = result.unwrap_err();
        assert_eq!(error.code, Code::Unavailable, "statement {n}: {error}");
        same(&before, &tenant.dump().await, &format!("statement {n} left something behind"));
    }
    0
}

#[tokio::test]
async fn nothing_is_left_of_an_act_that_failed_halfway() {
    for tenant in tenants().await {
        let person = tenant.person(ANN, "Carol Jones").await.id();
        let field = u32::try_from(define(&tenant, &DEAL, "varchar", &[]).await.unwrap().id()).unwrap();
        let label = patch(&LEAD_LABEL, [("name", "Hot".into()), ("color", "red".into())]);
        tenant.create(ADMIN, &LEAD_LABEL, label).await.unwrap();
        let mut new = patch(&DEAL, [("title", "x".into()), ("person_id", person.into()), ("value", 5.into())]);
        new.custom = vec![(field, "a".into())];
        new.external_ids = Some(vec![("sap".to_owned(), "1".to_owned())]);
        let statements = at_each_statement(&tenant, move |tx| penstock_crm::create(tx, &DEAL, &new)).await;
        assert!(statements > 15, "{statements} statements");
        let mut change = patch(&DEAL, [("stage_id", 2.into()), ("status", "won".into()), ("owner_id", BOB.into())]);
        change.custom = vec![(field, "b".into())];
        change.external_ids = Some(vec![("sap".to_owned(), "2".to_owned())]);
        at_each_statement(&tenant, move |tx| penstock_crm::update(tx, &DEAL, 1, &change, None)).await;
        let links = [("deal_id", Value::Int(1)), ("person_id", person.into()), ("due_date", "2031-01-01".into())];
        let activity = patch(&ACTIVITY, links);
        at_each_statement(&tenant, move |tx| penstock_crm::create(tx, &ACTIVITY, &activity)).await;
        let done = patch(&ACTIVITY, [("done", true.into()), ("deal_id", Value::Null)]);
        at_each_statement(&tenant, move |tx| penstock_crm::update(tx, &ACTIVITY, 1, &done, None)).await;
        let note = patch(&NOTE, [("content", "a".into()), ("deal_id", 1.into())]);
        at_each_statement(&tenant, move |tx| penstock_crm::create(tx, &NOTE, &note)).await;
        at_each_statement(&tenant, |tx| followers::follow(tx, &DEAL, 1, ANN)).await;
        at_each_statement(&tenant, |tx| followers::unfollow_user(tx, &DEAL, 1, ANN)).await;
        let eve = tenant.person(ANN, "Eve").await.id();
        at_each_statement(&tenant, move |tx| participants::add(tx, 1, eve)).await;
        let named = patch(
            &PERSON,
            [
                ("name", "Dan".into()),
                ("emails", "[{\"value\":\"d@x.org\",\"primary\":true,\"label\":\"work\"}]".into()),
            ],
        );
        at_each_statement(&tenant, move |tx| external_ids::upsert(tx, &PERSON, "sap", "7", &named)).await;
        at_each_statement(&tenant, |tx| penstock_crm::delete(tx, &DEAL, 1)).await;
        at_each_statement(&tenant, |tx| penstock_crm::delete(tx, &LEAD_LABEL, 1)).await;
        at_each_statement(&tenant, move |tx| fields::delete(tx, &DEAL, field.into())).await;
    }
}
