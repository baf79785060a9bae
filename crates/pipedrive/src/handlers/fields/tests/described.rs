//! The shapes of v2, and what `include=description` adds to both.

use penstock_model::{
    field::Shown,
    objects::{ACTIVITY, DEAL, ORGANIZATION, PERSON},
};
use serde_json::{Value as Json, json};

use super::{catalogue, coded, custom, definition, listed, named};
use crate::operations::Version;

#[test]
fn v2_shows_a_field_as_published() {
    let size = definition(30_001, "deal", "f00", "Size", "enum", &json!([{ "id": 4, "label": "Small" }]));
    let deals =
        catalogue(&DEAL, Version::V2, vec![size, definition(30_002, "deal", "f01", "Fee", "monetary", &Json::Null)]);
    assert_eq!(
        coded(&deals, "f00"),
        json!({
            "field_name": "Size", "field_code": "f00", "description": null, "field_type": "enum",
            "options": [{ "id": 4, "label": "Small" }], "subfields": null, "is_custom_field": true,
            "is_optional_response_field": false, "is_writable": true,
            "ui_visibility": {
                "add_visible_flag": true, "details_visible_flag": true, "projects_detail_visible_flag": false,
                "show_in_pipelines": { "show_in_all": true, "pipeline_ids": [] },
            },
            "important_fields": { "enabled": false, "stage_ids": [] },
            "required_fields": { "enabled": false, "stage_ids": [], "statuses": {} },
        })
    );
    assert_eq!(
        coded(&deals, "f01")["subfields"],
        json!([
            { "field_code": "value", "field_name": "Amount of Fee", "field_type": "double" },
            { "field_code": "currency", "field_name": "Currency of Fee", "field_type": "varchar" },
        ])
    );
    assert_eq!(coded(&deals, "value")["subfields"][1]["field_code"], "currency");
    assert_eq!(coded(&deals, "status")["field_type"], "status");
    assert_eq!(coded(&deals, "smart_bcc_email")["is_optional_response_field"], true);
    assert_eq!(coded(&deals, "title")["required_fields"]["enabled"], true);
    let dialog = coded(&catalogue(&PERSON, Version::V2, Vec::new()), "name")["ui_visibility"].clone();
    assert_eq!(dialog["show_in_add_deal_dialog"], json!({ "show": false, "order": null }));
}

#[test]
fn v2_lists_every_field_of_a_record_by_rising_numbers() {
    for object in [&DEAL, &PERSON, &ORGANIZATION, &ACTIVITY] {
        let catalogue = catalogue(object, Version::V2, Vec::new());
        let items = catalogue.items();
        let shown = object.fields.iter().filter(|f| !f.v2.key.is_empty() && f.v2.shown != Shown::Never);
        assert_eq!(items.len(), shown.count(), "{}", object.name);
        assert!(items.windows(2).all(|two| two[0].number() < two[1].number()), "{}", object.name);
    }
}

#[test]
fn a_description_tells_what_pipedrive_does_not_and_only_when_asked_for() {
    let described = |object, version, definitions| {
        let mut catalogue = catalogue(object, version, definitions);
        catalogue.describes = true;
        catalogue
    };
    let plain = catalogue(&DEAL, Version::V1, Vec::new());
    assert!(listed(&plain).iter().all(|field| field.get("value_type").is_none() && field.get("read_only").is_none()));
    let deals = described(&DEAL, Version::V1, vec![custom("org")]);
    let facts = |field: Json| [field["read_only"].clone(), field["reference"].clone(), field["value_type"].clone()];
    let both = |create: bool, update: bool| json!({ "create": create, "update": update });
    for (key, told) in [
        ("user_id", [both(false, false), json!("user"), json!("reference")]),
        ("pipeline", [both(false, false), json!("pipeline"), json!("reference")]),
        ("status", [both(false, false), Json::Null, json!("option")]),
        ("add_time", [both(false, true), Json::Null, json!("datetime")]),
        ("weighted_value", [both(true, true), Json::Null, json!("money")]),
        ("weighted_value_currency", [both(true, true), Json::Null, json!("text")]),
        ("currency", [both(false, false), Json::Null, json!("text")]),
        ("is_archived", [both(true, true), Json::Null, json!("boolean")]),
        ("f00", [both(false, false), json!("organization"), json!("reference")]),
    ] {
        assert_eq!(facts(named(&deals, key)), told, "{key}");
    }
    let activities = described(&ACTIVITY, Version::V2, Vec::new());
    assert_eq!(facts(coded(&activities, "participants"))[1], "person");
    assert_eq!(facts(coded(&activities, "duration"))[2], "duration");
    assert_eq!(facts(coded(&activities, "due_time"))[2], "time");
    assert_eq!(facts(coded(&activities, "person_id"))[0], both(true, true), "v2 takes participants instead");
    let activities = described(&ACTIVITY, Version::V1, Vec::new());
    assert_eq!(facts(named(&activities, "person_id"))[0], both(false, false));
}
