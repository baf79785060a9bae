//! Custom fields: how they are defined.

use penstock_crm::fields::{self, FieldChange, NewField, NewOption, OptionChange};
use penstock_model::{
    Code, Object,
    objects::{DEAL, LEAD, PERSON},
};
use penstock_store::sql::Record;
use serde_json::Value as Json;

use crate::test_company::{ADMIN, ANN, TestCompany, refusal, tenants};

pub(crate) async fn define(
    tenant: &TestCompany,
    object: &'static Object,
    field_type: &'static str,
    options: &'static [&'static str],
) -> penstock_model::Result<Record> {
    let options: Vec<NewOption> =
        options.iter().map(|label| NewOption { label: (*label).to_owned(), color: None }).collect();
    let new = NewField {
        name: format!("My {field_type}"),
        field_type: field_type.to_owned(),
        options,
        ..NewField::default()
    };
    tenant.write(ADMIN, move |tx| fields::create(tx, object, &new)).await
}

/// The options of a field as `(id, label, deleted)`.
fn options(field: &Record) -> Vec<(i64, String, bool)> {
    let list: Vec<Json> = serde_json::from_str(field.get("options").text().unwrap_or("[]")).unwrap();
    list.iter()
        .map(|o| {
            (
                o["id"].as_i64().unwrap(),
                o["label"].as_str().unwrap().to_owned(),
                o["deleted"].as_bool().unwrap_or(false),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_field_of_every_kind_can_be_made() {
    for tenant in tenants().await {
        let mut keys = std::collections::BTreeSet::new();
        for (field_type, _) in penstock_model::kind::CREATABLE {
            let labels: &'static [&'static str] = if ["enum", "set"].contains(field_type) { &["A", "B"] } else { &[] };
            let field = define(&tenant, &DEAL, field_type, labels).await.unwrap();
            assert!(keys.insert(field.get("key").text().unwrap().to_owned()));
            assert_eq!(field.get("key").text().unwrap().len(), 40);
            assert_eq!(field.get("created_by_user_id").int(), Some(ADMIN.get()));
            assert_eq!(options(&field).len(), labels.len());
        }
        assert_eq!(refusal(define(&tenant, &DEAL, "enum", &[]).await), Code::FieldRequired);
        assert_eq!(refusal(define(&tenant, &DEAL, "varchar", &["A"]).await), Code::FieldInvalid);
        assert_eq!(refusal(define(&tenant, &DEAL, "colour", &[]).await), Code::FieldInvalid);
        assert_eq!(refusal(define(&tenant, &LEAD, "varchar", &[]).await), Code::RuleViolated);
        assert_eq!(refusal(define(&tenant, &DEAL, "set", &["A", " "]).await), Code::FieldInvalid);
        let schema = tenant.read(ADMIN, |reader| Ok(reader.schema.custom(&DEAL).count())).await.unwrap();
        assert_eq!(schema, keys.len(), "the schema tells of them at once");
    }
}

#[tokio::test]
async fn a_whole_list_of_options_replaces_the_old_one() {
    for tenant in tenants().await {
        let field = define(&tenant, &DEAL, "enum", &["Small", "Large", "Odd"]).await.unwrap();
        let (number, ids): (i64, Vec<i64>) = (field.id(), options(&field).iter().map(|o| o.0).collect());
        let change = |list: Vec<(Option<i64>, &str)>| FieldChange {
            name: Some("Size".to_owned()),
            options: Some(
                list.into_iter().map(|(id, label)| OptionChange { id, label: label.to_owned(), color: None }).collect(),
            ),
            ..FieldChange::default()
        };
        let wanted = change(vec![(Some(ids[1]), "Large"), (Some(ids[0]), "Tiny"), (None, "Huge")]);
        let changed = tenant.write(ADMIN, move |tx| fields::change(tx, &DEAL, number, &wanted)).await.unwrap();
        assert_eq!(changed.get("name").text(), Some("Size"));
        let shown: Vec<(i64, String, bool)> = options(&changed);
        assert_eq!(
            shown.iter().map(|o| (&*o.1, o.2)).collect::<Vec<_>>(),
            [("Large", false), ("Tiny", false), ("Huge", false), ("Odd", true),]
        );
        assert!(shown[2].0 > ids[2], "a new number");
        let wrong = change(vec![(Some(ids[2]), "Odd again")]);
        let refused = tenant.write(ADMIN, move |tx| fields::change(tx, &DEAL, number, &wrong)).await;
        assert_eq!(refusal(refused), Code::FieldInvalid, "a deleted option does not come back");
        let before = tenant.get(&penstock_model::objects::CUSTOM_FIELD, number).await.version;
        let same = FieldChange { name: Some("Size".to_owned()), ..FieldChange::default() };
        let same = tenant.write(ADMIN, move |tx| fields::change(tx, &DEAL, number, &same)).await.unwrap();
        assert_eq!(same.version, before);
    }
}

#[tokio::test]
async fn options_are_added_renamed_and_deleted_all_or_none() {
    for tenant in tenants().await {
        let field = define(&tenant, &PERSON, "set", &["A", "B"]).await.unwrap();
        let (number, first) = (field.id(), options(&field)[0].0);
        let labels = [NewOption { label: "C".to_owned(), color: Some("red".to_owned()) }];
        let added = tenant.write(ADMIN, move |tx| fields::add_options(tx, &PERSON, number, &labels)).await.unwrap();
        assert_eq!((&*added[0].label, added[0].color.as_deref()), ("C", Some("red")));
        let half = [(first, "AA".to_owned()), (9999, "ZZ".to_owned())];
        let half = tenant.write(ADMIN, move |tx| fields::rename_options(tx, &PERSON, number, &half)).await;
        assert_eq!(refusal(half), Code::FieldInvalid);
        let gone = tenant.write(ADMIN, move |tx| fields::delete_options(tx, &PERSON, number, &[first])).await.unwrap();
        assert_eq!((gone[0].id, &*gone[0].label), (first, "A"));
        let now = tenant.get(&penstock_model::objects::CUSTOM_FIELD, number).await;
        let now: Vec<(String, bool)> = options(&now).into_iter().map(|o| (o.1, o.2)).collect();
        assert_eq!(now, [("B".to_owned(), false), ("C".to_owned(), false), ("A".to_owned(), true)]);
    }
}

#[tokio::test]
async fn built_in_fields_change_in_their_options_only() {
    for tenant in tenants().await {
        let number = |name: &str| i64::from(PERSON.field_base + u32::from(PERSON.field(name).unwrap().number));
        let (labels, title) = (number("label_ids"), number("name"));
        let more = [NewOption { label: "VIP".to_owned(), color: Some("purple".to_owned()) }];
        tenant.write(ADMIN, move |tx| fields::add_options(tx, &PERSON, labels, &more)).await.unwrap();
        let field = PERSON.field("label_ids").unwrap();
        let known = tenant.read(ADMIN, |r| Ok(r.schema.options_of(&PERSON, field).len())).await.unwrap();
        assert_eq!(known, 5);
        for number in [labels, title] {
            let gone = tenant.write(ADMIN, move |tx| fields::delete(tx, &PERSON, number)).await;
            assert_eq!(refusal(gone), Code::RuleViolated);
            let renamed = FieldChange { name: Some("Sticker".to_owned()), ..FieldChange::default() };
            let renamed = tenant.write(ADMIN, move |tx| fields::change(tx, &PERSON, number, &renamed)).await;
            assert_eq!(refusal(renamed), Code::RuleViolated);
        }
        let other = tenant.write(ADMIN, move |tx| fields::delete(tx, &DEAL, labels)).await;
        assert_eq!(refusal(other), Code::NotFound, "it is a person's");
    }
}

#[tokio::test]
async fn a_definition_that_is_not_understood_is_a_fault_and_not_a_text() {
    for tenant in tenants().await {
        let number = define(&tenant, &DEAL, "enum", &["a"]).await.unwrap().id();
        for (column, value) in [("kind", "nonsense"), ("options", "[{"), ("options", "[7]")] {
            let company = tenant.company;
            let spoil = move |conn: &mut dyn penstock_store::Conn| {
                let spoiled = format!("UPDATE custom_field SET {column} = ?2 WHERE company_id = ?1 AND id = {number}");
                conn.execute(&spoiled, &[company.into(), penstock_model::ValueRef::Text(value)])?;
                // No process has this version yet.
                conn.execute("UPDATE company SET schema_version = schema_version + 1 WHERE id = ?1", &[company.into()])
            };
            tenant.crm.database.write(company, spoil).await.unwrap();
            let error = tenant.read(ANN, |_| Ok(())).await.unwrap_err();
            assert_eq!(error.code, Code::Internal, "{column} {value}");
            assert!(error.message.contains(&format!("field {number} ")), "{}", error.message);
            let mend = format!(
                "UPDATE custom_field SET kind = 'enum', options = NULL WHERE company_id = ?1 AND id = {number}"
            );
            let mend = move |conn: &mut dyn penstock_store::Conn| conn.execute(&mend, &[company.into()]);
            tenant.crm.database.write(company, mend).await.unwrap();
        }
    }
}
