//! A field as v2 shows it (pipedrive-contract 5.4, live facts 4.8).

use penstock_model::{
    Object,
    field::{Shown, listing::Place},
};
use serde_json::{Map, Value as Json, json};

use super::{
    built_in::BuiltIn,
    catalogue::{Catalogue, Item},
    choices,
    definition::Definition,
    describe,
    part::parts,
};

/// A field; `include` is what `include_fields` names.
pub(super) fn spell(catalogue: &Catalogue, item: &Item<'_>, include: &[Box<str>]) -> Json {
    let mut shown = Map::new();
    let mut put = |key: &str, value: Json| _ = shown.insert(key.to_owned(), value);
    match item {
        Item::BuiltIn(of) => {
            put("field_name", of.label().into());
            put("field_code", of.key(catalogue.version).into());
            put("description", Json::Null);
            put("field_type", of.field_type(catalogue.version).into());
            put("options", of.options(catalogue).unwrap_or(Json::Null));
            put("subfields", subfields(of.label(), parts_of(of)));
            put("is_custom_field", false.into());
            put("is_optional_response_field", (of.field.v2.shown == Shown::Asked).into());
            let (create, update) = of.writable(catalogue.version, |right| catalogue.access.may(right));
            put("is_writable", (create || update).into());
        }
        Item::Custom(of) => {
            let is_choice = matches!(of.text("kind"), "enum" | "set");
            put("field_name", of.text("name").into());
            put("field_code", of.text("key").into());
            put("description", of.plain("description"));
            put("field_type", of.text("kind").into());
            put("options", if is_choice { choices::shown(catalogue.version, of) } else { Json::Null });
            put("subfields", subfields(of.text("name"), parts(of.kind())));
            put("is_custom_field", true.into());
            put("is_optional_response_field", false.into());
            put("is_writable", true.into());
        }
    }
    for word in include {
        let said = match &**word {
            "ui_visibility" => ui_visibility(catalogue.object, item),
            "important_fields" => important_fields(item),
            "required_fields" => required_fields(catalogue.object, item),
            _ => continue,
        };
        put(word, said);
    }
    describe::add(catalogue, item, &mut shown);
    Json::Object(shown)
}

fn subfields(name: &str, parts: &[super::part::Part]) -> Json {
    if parts.is_empty() {
        return Json::Null;
    }
    let spelt = parts.iter().map(|part| {
        json!({
            "field_code": part.key, "field_name": format!("{} of {name}", part.label), "field_type": part.field_type,
        })
    });
    spelt.collect()
}

/// The published example shows the deal's value with an amount and a currency, though both stand at the root.
fn parts_of(of: &BuiltIn<'_>) -> &'static [super::part::Part] {
    let pair = of.entry.is_some_and(|e| e.currency == "currency");
    parts(if pair { penstock_model::Kind::Amount } else { of.field.kind })
}

/// Where interfaces show the field.
fn ui_visibility(object: &Object, item: &Item<'_>) -> Json {
    let (adds, details, projects) = match item {
        Item::BuiltIn(of) => (of.entry.is_some_and(|e| e.adds), of.entry.is_some_and(|e| e.details), false),
        Item::Custom(of) => (of.flag("add_visible"), of.flag("details_visible"), of.flag("projects_detail_visible")),
    };
    let mut said = json!({ "add_visible_flag": adds, "details_visible_flag": details });
    for place in object.places {
        let (key, shown) = match place {
            Place::ProjectPage => ("projects_detail_visible_flag", projects.into()),
            Place::Pipelines => {
                let pipelines = match item {
                    Item::BuiltIn(_) => json!({ "show_in_all": true, "pipeline_ids": [] }),
                    Item::Custom(of) => of.show_in_pipelines(),
                };
                ("show_in_pipelines", pipelines)
            }
            Place::OrganizationPage => ("org_detail_visible_flag", details.into()),
            Place::PersonPage => ("person_detail_visible_flag", false.into()),
            Place::DealPage => ("deal_detail_visible_flag", false.into()),
            Place::DealDialog => ("show_in_add_deal_dialog", json!({ "show": false, "order": null })),
            Place::PersonDialog => ("show_in_add_person_dialog", json!({ "show": false, "order": null })),
        };
        said[key] = shown;
    }
    with(said, item, "ui_visibility")
}

/// Where interfaces point to the field.
fn important_fields(item: &Item<'_>) -> Json {
    let enabled = matches!(item, Item::Custom(of) if of.flag("important"));
    with(json!({ "enabled": enabled, "stage_ids": [] }), item, "important_fields")
}

/// Where interfaces ask for the field. No API enforces it.
fn required_fields(object: &Object, item: &Item<'_>) -> Json {
    let enabled = match item {
        Item::BuiltIn(of) => of.field.required,
        Item::Custom(of) => is_mandatory(of),
    };
    let mut said = json!({ "enabled": enabled });
    if object.places.contains(&Place::Pipelines) {
        said["stage_ids"] = json!([]);
        said["statuses"] = json!({});
    }
    with(said, item, "required_fields")
}

fn is_mandatory(of: &Definition) -> bool {
    matches!(of.json("mandatory"), Json::Bool(true) | Json::Object(_))
}

/// What the company says besides.
fn with(mut said: Json, item: &Item<'_>, name: &str) -> Json {
    if let (Json::Object(map), Item::Custom(of)) = (&mut said, item) {
        map.extend(of.map(name));
    }
    said
}
