//! What a user may do is checked below every face: by the object's table, before anything else is looked at.

use penstock_crm::{
    Patch,
    fields::{self, FieldChange, NewField},
    rules::user,
};
use penstock_model::{
    Code, Right, UserId,
    objects::{ACTIVITY_TYPE, ALL, CUSTOM_FIELD, DEAL, PIPELINE, STAGE, USER},
};

use crate::{
    fields::define,
    test_company::{ADMIN, ANN, BOB, TestCompany, patch, refusal, tenants},
};

#[test]
fn who_defines_the_company_needs_a_right_and_who_works_in_it_none() {
    let defining: Vec<(&str, Right)> = ALL.iter().filter_map(|o| o.right.map(|right| (o.name, right))).collect();
    let mut wanted = vec![
        (USER.name, Right::ManageUsers),
        (PIPELINE.name, Right::ManagePipelines),
        (STAGE.name, Right::ManagePipelines),
        (ACTIVITY_TYPE.name, Right::ManageActivityTypes),
        (CUSTOM_FIELD.name, Right::ManageFields),
    ];
    wanted.retain(|pair| !defining.contains(pair));
    assert!(wanted.is_empty() && defining.len() == 5, "{wanted:?} {defining:?}");
}

#[tokio::test]
async fn who_lacks_the_right_changes_nothing_of_an_object() {
    for tenant in tenants().await {
        for object in ALL.iter().filter(|o| o.right.is_some()) {
            assert_eq!(refusal(tenant.create(ANN, object, Patch::default()).await), Code::Forbidden, "{}", object.name);
            // What there is, and what there is not: the right comes first.
            for id in [1, 999_999] {
                let changed = tenant.update(ANN, object, id, Patch::default()).await;
                assert_eq!(refusal(changed), Code::Forbidden, "{} {id}", object.name);
                assert_eq!(refusal(tenant.delete(ANN, object, id).await), Code::Forbidden, "{} {id}", object.name);
            }
        }
        let renamed = patch(&PIPELINE, [("name", "Other".into())]);
        tenant.update(ADMIN, &PIPELINE, 1, renamed).await.unwrap();
    }
}

#[tokio::test]
async fn who_lacks_the_right_adds_no_users_and_defines_no_fields() {
    for tenant in tenants().await {
        let number = define(&tenant, &DEAL, "enum", &["a"]).await.unwrap().id();
        let events = count(&tenant).await;
        let add = tenant.write(ANN, |tx| user::add(tx, "Eve", "ann@example.com", true, "EUR")).await;
        assert_eq!(refusal(add), Code::Forbidden, "nor does she learn which addresses are taken");
        assert_eq!(refusal(tenant.write(ANN, |tx| user::set_active(tx, BOB, false)).await), Code::Forbidden);
        assert_eq!(refusal(tenant.write(ANN, |tx| user::set_active(tx, UserId::new(99), true)).await), Code::Forbidden);
        let new = NewField { name: "Mine".to_owned(), field_type: "text".to_owned(), ..NewField::default() };
        assert_eq!(refusal(tenant.write(ANN, move |tx| fields::create(tx, &DEAL, &new)).await), Code::Forbidden);
        let change = FieldChange { name: Some("Mine".to_owned()), ..FieldChange::default() };
        let changed = tenant.write(ANN, move |tx| fields::change(tx, &DEAL, number, &change)).await;
        assert_eq!(refusal(changed), Code::Forbidden);
        let added = tenant.write(ANN, move |tx| fields::add_options(tx, &DEAL, number, &[])).await;
        assert_eq!(refusal(added), Code::Forbidden);
        let renamed = tenant.write(ANN, move |tx| fields::rename_options(tx, &DEAL, number, &[])).await;
        assert_eq!(refusal(renamed), Code::Forbidden);
        let deleted = tenant.write(ANN, move |tx| fields::delete_options(tx, &DEAL, number, &[])).await;
        assert_eq!(refusal(deleted), Code::Forbidden);
        assert_eq!(refusal(tenant.write(ANN, move |tx| fields::delete(tx, &DEAL, number)).await), Code::Forbidden);
        assert_eq!(count(&tenant).await, events, "nothing changed");
    }
}

async fn count(tenant: &TestCompany) -> i64 {
    tenant.number("SELECT event_seq FROM company WHERE id = ?1").await
}
