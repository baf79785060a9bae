//! The shapes of field metadata, against the published and recorded ones (pipedrive-contract 5.1, 5.4).

mod described;

use std::{collections::HashSet, sync::Arc};

use penstock_model::{
    CompanySchema, Object,
    field::Shown,
    objects::{ACTIVITY, DEAL, LEAD, NOTE, PERSON},
};
use penstock_store::sql::Record;
use serde_json::{Value as Json, json};

use super::{DEFINITION, catalogue::Catalogue, definition::Definition, v1, v2};
use crate::operations::Version;

/// The objects whose fields are listed.
fn listed_objects() -> impl Iterator<Item = &'static Object> {
    penstock_model::objects::ALL.iter().copied().filter(|object| !object.listing.is_empty())
}

/// Every word of `field_type` in the published answers of v1; v2 has no `pipeline`, and `deals` besides.
const TYPES: &str = "boolean double int json date daterange time timerange text varchar varchar_auto varchar_options \
                     address enum monetary phone set activity deal lead org people pipeline product project stage user \
                     billing_frequency picture price_list projects_board projects_phase status visible_to";

/// 2026-01-02 03:04:05.
const FOUNDED: i64 = 1_767_323_045_000_000;

fn catalogue(object: &'static Object, version: Version, definitions: Vec<Definition>) -> Catalogue {
    let schema = CompanySchema {
        add_time: FOUNDED,
        activity_types: vec![("call".into(), "Call".into())],
        ..CompanySchema::default()
    };
    Catalogue {
        object,
        version,
        describes: false,
        access: penstock_crm::rules::company::root(penstock_model::CompanyId::new(1), "test"),
        schema: Arc::new(schema),
        lead_labels: vec![["0a".to_owned(), "Hot".to_owned(), "red".to_owned()]],
        definitions,
    }
}

fn definition(number: i64, object: &str, key: &str, name: &str, kind: &str, options: &Json) -> Definition {
    let mut record = Record::empty(DEFINITION);
    record.set("id", number);
    for (column, text) in [("object", object), ("key", key), ("name", name), ("kind", kind)] {
        record.set(column, text);
    }
    if !options.is_null() {
        record.set("options", options.to_string());
    }
    record.set("order_nr", number);
    record.set("built_in", number < 30_000);
    for flag in ["add_visible", "details_visible", "bulk_edit_allowed", "searchable"] {
        record.set(flag, true);
    }
    record.set("add_time", FOUNDED);
    record.set("update_time", FOUNDED + 1_000_000);
    record.set("created_by_user_id", 1);
    Definition::from(record)
}

fn custom(kind: &str) -> Definition {
    definition(30_001, "deal", "f00", "Size", kind, &Json::Null)
}

fn listed(catalogue: &Catalogue) -> Vec<Json> {
    catalogue.items().iter().flat_map(|item| v1::spell(catalogue, item)).collect()
}

fn named(catalogue: &Catalogue, key: &str) -> Json {
    listed(catalogue).into_iter().find(|field| field["key"] == key).unwrap_or_else(|| panic!("no field {key}"))
}

fn coded(catalogue: &Catalogue, code: &str) -> Json {
    let items = catalogue.items();
    let item = items.iter().find(|item| item.key(Version::V2) == code).unwrap_or_else(|| panic!("no field {code}"));
    v2::spell(catalogue, item, &["ui_visibility".into(), "important_fields".into(), "required_fields".into()])
}

#[test]
fn every_entry_is_of_a_field_and_every_key_is_listed_once() {
    for object in listed_objects() {
        let mut seen = HashSet::new();
        for entry in object.listing {
            let field = object.field(entry.name).unwrap_or_else(|| panic!("{} has no {}", object.name, entry.name));
            let always = matches!(field.v1.shown, Shown::Always | Shown::Collected);
            assert!(always || !entry.key.is_empty(), "{}.{} is not in every record", object.name, entry.name);
        }
        for field in listed(&catalogue(object, Version::V1, Vec::new())) {
            let key = field["key"].as_str().unwrap().to_owned();
            assert!(!key.is_empty() && seen.insert(key.clone()), "{}: {key}", object.name);
        }
    }
}

#[test]
fn every_key_but_that_of_the_pipeline_is_one_of_a_record() {
    for object in listed_objects() {
        for entry in object.listing {
            let key = if entry.key.is_empty() { object.field(entry.name).unwrap().v1.key } else { entry.key };
            assert!(key == "pipeline" || object.fields.iter().any(|f| f.v1.key == key), "{}: {key}", object.name);
        }
    }
}

#[test]
fn every_field_has_a_published_type() {
    let types: Vec<&str> = TYPES.split_whitespace().collect();
    for object in listed_objects() {
        for version in [Version::V1, Version::V2] {
            let catalogue = catalogue(object, version, Vec::new());
            for item in catalogue.items() {
                let field = match version {
                    Version::V1 => v1::spell(&catalogue, &item).remove(0),
                    Version::V2 => v2::spell(&catalogue, &item, &[]),
                };
                let published = types.iter().any(|t| field["field_type"] == *t);
                assert!(published && (version == Version::V1 || field["field_type"] != "pipeline"), "{field}");
            }
        }
    }
}

#[test]
fn the_status_of_a_deal_is_the_recorded_one() {
    let recorded = json!({
        "id": 12_014, "key": "status", "name": "Status", "group_id": null, "order_nr": 0, "field_type": "status",
        "json_column_flag": false, "add_time": "2026-01-02 03:04:05", "update_time": "2026-01-02 03:04:05",
        "last_updated_by_user_id": null, "edit_flag": false, "details_visible_flag": false, "add_visible_flag": false,
        "important_flag": false, "bulk_edit_allowed": true, "filtering_allowed": true, "sortable_flag": true,
        "mandatory_flag": true, "searchable_flag": false, "restriction_settings": [], "user_restrictions": null,
        "description": null, "created_by_user_id": null, "active_flag": true, "projects_detail_visible_flag": false,
        "show_in_pipelines": { "show_in_all": true, "pipeline_ids": [] },
        "options": [
            { "id": "open", "label": "Open" }, { "id": "lost", "label": "Lost" }, { "id": "won", "label": "Won" },
            { "id": "deleted", "label": "Deleted" },
        ],
    });
    let status = named(&catalogue(&DEAL, Version::V1, Vec::new()), "status");
    assert_eq!(status, recorded);
    assert_eq!(status.to_string(), recorded.to_string(), "in the recorded order, too");
}

#[test]
fn the_fields_of_a_deal_begin_as_recorded() {
    let keys: Vec<String> = listed(&catalogue(&DEAL, Version::V1, Vec::new()))
        .iter()
        .map(|field| field["key"].as_str().unwrap().to_owned())
        .take(15)
        .collect();
    assert_eq!(
        keys.join(" "),
        "id title creator_user_id user_id weighted_value weighted_value_currency pipeline stage_id status add_time \
         update_time stage_change_time next_activity_date last_activity_date won_time"
    );
}

#[test]
fn a_part_follows_its_field_without_an_id() {
    let fields = listed(&catalogue(&DEAL, Version::V1, Vec::new()));
    let at = fields.iter().position(|field| field["key"] == "weighted_value").unwrap();
    let recorded = json!({
        "id": null, "key": "weighted_value_currency", "name": "Currency of Weighted value", "field_type": "varchar",
        "edit_flag": false, "active_flag": true, "is_subfield": true, "mandatory_flag": true, "parent_id": 12_057,
        "id_suffix": "currency",
    });
    assert_eq!(fields[at + 1].to_string(), recorded.to_string());
    let currency = fields.iter().find(|field| field["key"] == "currency").unwrap();
    assert_eq!((&currency["name"], &currency["parent_id"]), (&json!("Currency"), &json!(12_005)));
}

#[test]
fn what_is_particular_about_the_fields_of_a_deal() {
    let catalogue = catalogue(&DEAL, Version::V1, Vec::new());
    let field = |key| named(&catalogue, key);
    assert_eq!(field("pipeline")["field_type"], "double");
    assert_eq!(field("won_time")["mandatory_flag"], json!({ "status": "=won" }));
    assert_eq!(field("lost_time")["mandatory_flag"], json!({ "status": "=lost" }));
    assert_eq!((&field("title")["use_field"], &field("title")["link"]), (&json!("id"), &json!("/deal/")));
    assert!(field("title").get("options").is_none(), "no options: no key");
    assert_eq!(field("label")["options"], json!([]), "a choice has options, if none yet");
    assert_eq!(
        field("visible_to")["options"],
        json!([{ "id": 1, "label": "Owner & followers" }, { "id": 3, "label": "Entire company" }])
    );
    assert_eq!(field("add_time")["bulk_edit_allowed"], false);
    assert_eq!(field("is_archived")["options"][1], json!({ "id": true, "label": "Archived" }));
}

#[test]
fn flags_are_options_in_v1_and_flags_in_v2() {
    let pinned = named(&catalogue(&NOTE, Version::V1, Vec::new()), "pinned_to_deal_flag");
    assert_eq!(
        pinned,
        json!({
            "id": 7012, "key": "pinned_to_deal_flag", "name": "Note is pinned to deal", "field_type": "enum",
            "edit_flag": false, "bulk_edit_allowed": true, "mandatory_flag": true, "active_flag": true,
            "options": [{ "id": 1, "label": "Yes" }, { "id": 0, "label": "No" }],
        })
    );
    let done = coded(&catalogue(&ACTIVITY, Version::V2, Vec::new()), "done");
    assert_eq!((&done["field_type"], &done["options"]), (&json!("boolean"), &Json::Null));
}

#[test]
fn options_come_from_the_company() {
    let options = json!([
        { "id": 4, "label": "Customer", "color": "green", "add_time": FOUNDED },
        { "id": 5, "label": "Gone", "deleted": true },
    ]);
    let label = || definition(9042, "person", "label", "Label", "set", &options);
    let field = named(&catalogue(&PERSON, Version::V1, vec![label()]), "label");
    assert_eq!((&field["id"], &field["field_type"]), (&json!(9042), &json!("set")));
    assert_eq!(field["options"], json!([{ "id": 4, "label": "Customer", "color": "green" }]));
    assert_eq!(field["options_deleted"], json!([{ "id": 5, "label": "Gone" }]));
    assert_eq!(field["update_time"], "2026-01-02 03:04:06");
    let field = coded(&catalogue(&PERSON, Version::V2, vec![label()]), "label_ids");
    let added = json!([{ "id": 4, "label": "Customer", "color": "green", "add_time": "2026-01-02T03:04:05Z" }]);
    assert_eq!(field["options"], added);
    let kinds = named(&catalogue(&ACTIVITY, Version::V1, Vec::new()), "type");
    assert_eq!(kinds["options"], json!([{ "id": "call", "label": "Call" }]));
    let labels = named(&catalogue(&LEAD, Version::V1, Vec::new()), "label_ids");
    assert_eq!(labels["options"], json!([{ "id": "0a", "label": "Hot", "color": "red" }]));
}

#[test]
fn a_custom_field_and_its_parts() {
    let suffixes = |kind: &str| -> String {
        let catalogue = catalogue(&DEAL, Version::V1, vec![custom(kind)]);
        let parts = listed(&catalogue).into_iter().filter(|field| field["parent_id"] == 30_001);
        let parts: Vec<Json> = parts.inspect(|part| assert_eq!(part["edit_flag"], true)).collect();
        parts.iter().map(|part| part["key"].as_str().unwrap().trim_start_matches("f00_")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(suffixes("varchar"), "");
    assert_eq!(suffixes("monetary"), "currency");
    assert_eq!(suffixes("daterange"), "until");
    assert_eq!(suffixes("time"), "timezone_id");
    assert_eq!(suffixes("timerange"), "until timezone_id");
    assert!(suffixes("address").starts_with("subpremise street_number") && suffixes("address").len() > 100);
    let field = named(&catalogue(&DEAL, Version::V1, vec![custom("varchar")]), "f00");
    for (key, value) in [
        ("id", json!(30_001)),
        ("name", json!("Size")),
        ("edit_flag", json!(true)),
        ("json_column_flag", json!(true)),
        ("mandatory_flag", json!(false)),
        ("created_by_user_id", json!(1)),
        ("update_time", json!("2026-01-02 03:04:06")),
    ] {
        assert_eq!(field[key], value, "{key}");
    }
    assert!(field.get("options").is_none());
}
