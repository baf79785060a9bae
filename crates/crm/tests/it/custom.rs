//! Values of custom fields: written, found, and gone with their field.

use std::sync::{Arc, Mutex};

use penstock_crm::{List, Patch, Tx, create, fields};
use penstock_model::{
    Code, CompanySchema, Object, Value,
    filter::{Expr, Op, Operand},
    kind::{Strictness, parse},
    objects::{DEAL, LEAD},
};
use serde_json::{Value as Json, json};

use crate::{
    fields::define,
    test_company::{ADMIN, ANN, TestCompany, patch, refusal, tenants},
};

/// A value as a body would give it.
async fn value(tenant: &TestCompany, number: u32, json: Json) -> Value {
    tenant
        .read(ADMIN, move |reader| {
            let field = reader.schema.by_number(number).unwrap();
            parse(field.kind, &json, Strictness::Strict, "f", &field.options)
        })
        .await
        .unwrap()
}

async fn ids(tenant: &TestCompany, object: &'static Object, filter: Expr) -> Vec<i64> {
    tenant
        .read(ANN, move |reader| {
            let page = reader.list(&List { filter: filter.clone(), ..List::all(object, &[], 100) })?;
            Ok((0..page.len()).map(|row| page.id(row)).collect())
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn values_are_written_found_and_cleared() {
    for tenant in tenants().await {
        let mut cases = Vec::new();
        for (field_type, given, wanted) in [
            ("varchar", json!("Straße 7"), Value::from("STRAßE 7")),
            ("double", json!(12.5), Value::Real(12.5)),
            ("date", json!("2026-05-01"), Value::from("2026-05-01")),
            ("monetary", json!({"value": 9.5, "currency": "USD"}), Value::Real(9.5)),
            ("time", json!({"value": "10:30", "timezone_id": 1}), Value::from("10:30:00")),
            ("address", json!({"value": "1 Harbour Road"}), Value::from("1 harbour road")),
            ("user", json!(ANN), Value::Int(ANN.get())),
            ("phone", json!("+372 5"), Value::from("+372 5")),
        ] {
            let field = define(&tenant, &DEAL, field_type, &[]).await.unwrap();
            let number = u32::try_from(field.id()).unwrap();
            cases.push((number, value(&tenant, number, given).await, wanted));
        }
        let mut full = patch(&DEAL, [("title", "Full".into())]);
        full.custom = cases.iter().map(|(n, v, _)| (*n, v.clone())).collect();
        let full = tenant.create(ANN, &DEAL, full).await.unwrap().id();
        tenant.deal(ANN, "Empty").await;
        for (number, _, wanted) in &cases {
            let is = |op| Expr::is(Operand::Custom(*number), op, wanted.clone());
            assert_eq!(ids(&tenant, &DEAL, is(Op::Eq)).await, [full], "{number}");
            assert_eq!(ids(&tenant, &DEAL, is(Op::Lt)).await.len(), 0, "{number}");
            assert_eq!(ids(&tenant, &DEAL, Expr::empty(Operand::Custom(*number))).await.len(), 1, "{number}");
        }
        let cleared = Patch { custom: cases.iter().map(|(n, ..)| (*n, Value::Null)).collect(), ..Patch::default() };
        let after = tenant.update(ANN, &DEAL, full, cleared).await.unwrap();
        assert_eq!(after.custom, Value::Null);
        assert_eq!(tenant.number("SELECT COUNT(*) FROM field_value WHERE company_id = ?1").await, 0);
    }
}

#[tokio::test]
async fn members_of_a_set_are_found_one_by_one_and_leads_carry_deals_fields() {
    for tenant in tenants().await {
        let field = define(&tenant, &DEAL, "set", &["A", "B", "C"]).await.unwrap();
        let number = u32::try_from(field.id()).unwrap();
        let all: Vec<i64> = tenant
            .read(ADMIN, move |r| Ok(r.schema.by_number(number).unwrap().options.iter().map(|o| o.id).collect()))
            .await
            .unwrap();
        let set = |ids: &[i64]| (number, Value::from(penstock_model::kind::id_list(ids)));
        let person = tenant.person(ANN, "Carol").await.id();
        let mut lead = patch(&LEAD, [("title", "x".into()), ("person_id", person.into())]);
        lead.custom = vec![set(&all[..2])];
        let lead = tenant.create(ANN, &LEAD, lead).await.unwrap().id();
        let has = |id: i64| Expr::is(Operand::Custom(number), Op::Eq, id);
        assert_eq!(ids(&tenant, &LEAD, has(all[1])).await, [lead]);
        let fewer = Patch { custom: vec![set(&all[..1])], ..Patch::default() };
        tenant.update(ANN, &LEAD, lead, fewer).await.unwrap();
        assert_eq!(ids(&tenant, &LEAD, has(all[1])).await.len(), 0);
        assert_eq!(ids(&tenant, &LEAD, has(all[0])).await, [lead]);
        // A deal of the same number has a set of its own.
        let deal = tenant.deal(ANN, "x").await.id();
        assert_eq!(deal, lead);
        assert_eq!(ids(&tenant, &DEAL, has(all[0])).await.len(), 0, "that is the lead's");
    }
}

#[tokio::test]
async fn a_deleted_field_takes_its_values_out_of_sight() {
    for tenant in tenants().await {
        let field = define(&tenant, &DEAL, "varchar", &[]).await.unwrap().id();
        let number = u32::try_from(field).unwrap();
        let written = |text: &str| Patch { custom: vec![(number, text.into())], ..Patch::default() };
        let deal = tenant.deal(ANN, "x").await.id();
        tenant.update(ANN, &DEAL, deal, written("a")).await.unwrap();
        tenant.write(ADMIN, move |tx| fields::delete(tx, &DEAL, field)).await.unwrap();
        let found = ids(&tenant, &DEAL, Expr::is(Operand::Custom(number), Op::Eq, "a")).await;
        assert_eq!(found.len(), 0);
        assert_eq!(refusal(tenant.update(ANN, &DEAL, deal, written("b")).await), Code::FieldUnknown);
        let schema = tenant.read(ADMIN, |reader| Ok(reader.schema.custom(&DEAL).count())).await.unwrap();
        assert_eq!(schema, 0);
        let again = tenant.write(ADMIN, move |tx| fields::delete(tx, &DEAL, field)).await;
        assert_eq!(refusal(again), Code::NotFound);
    }
}

#[tokio::test]
async fn a_field_can_be_used_in_the_transaction_that_makes_it() {
    for tenant in tenants().await {
        let made = tenant
            .write(ADMIN, |tx| {
                let new = fields::NewField {
                    name: "Size".to_owned(),
                    field_type: "varchar".to_owned(),
                    ..fields::NewField::default()
                };
                let field = fields::create(tx, &DEAL, &new)?;
                let mut patch = patch(&DEAL, [("title", "x".into())]);
                patch.custom = vec![(u32::try_from(field.id()).unwrap(), "XL".into())];
                penstock_crm::create(tx, &DEAL, &patch)
            })
            .await
            .unwrap();
        assert!(made.custom.text().unwrap().contains("XL"));
    }
}

/// Bodies are read before the write begins. What was read under definitions that have changed meanwhile is read again.
#[tokio::test]
async fn a_patch_is_made_again_when_the_fields_have_changed_since_the_request_came() {
    for tenant in tenants().await {
        let before = Arc::new(tenant.read(ANN, |reader| Ok(reader.access.clone())).await.unwrap());
        let field = define(&tenant, &DEAL, "varchar", &[]).await.unwrap();
        let number = u32::try_from(field.id()).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let known = Arc::clone(&seen);
        let prepare = move |schema: &CompanySchema| {
            let has_field = schema.by_number(number).is_some();
            known.lock().unwrap().push(has_field);
            let mut made = patch(&DEAL, [("title", "x".into())]);
            made.custom = has_field.then(|| (number, Value::from("y"))).into_iter().collect();
            Ok(made)
        };
        let work = |tx: &mut Tx<'_>, patch| create(tx, &DEAL, &patch);
        // The schema that this access knows is still kept, or was never read: either way what counts is the write's.
        let made = tenant.crm.save(before, &DEAL, prepare, work).await.unwrap();
        assert_eq!(made.custom, Value::from(format!(r#"{{"{number}":"y"}}"#)));
        assert_eq!(seen.lock().unwrap().last(), Some(&true));
    }
}
