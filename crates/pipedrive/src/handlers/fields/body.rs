//! Bodies that define fields, read as `penstock_crm::fields` takes them: v1 leniently, v2 by the letter
//! (pipedrive-contract 0, 5.3, 5.4).

use std::{borrow::Cow, collections::HashMap};

use penstock_crm::fields::{FieldChange, NewField, NewOption, OptionChange};
use penstock_model::{
    Code, Error, Object, Result, Value,
    kind::{
        self, Kind,
        Strictness::{self, Lenient, Strict},
        limit::{self, at_most},
    },
    objects,
};
use serde_json::{Map, Value as Json};

use super::{catalogue::Item, settings};

static OBJECT: &Object = &objects::CUSTOM_FIELD;

type Body = Map<String, Json>;

/// The labels of a field's options, by number.
type Labels<'a> = HashMap<i64, &'a str>;

/// A new field of v1: `{name, field_type, options, add_visible_flag}`; other keys are ignored.
pub(super) fn new_v1(body: &Body) -> Result<NewField> {
    let mut new = NewField {
        name: required(body, "name", Lenient)?,
        field_type: required(body, "field_type", Strict)?,
        ..NewField::default()
    };
    for option in listed(body)?.unwrap_or_default() {
        let change = option_v1(&option, &Labels::new())?;
        new.options.push(NewOption { label: change.label, color: change.color });
    }
    if let Some(flag) = add_visible(body)? {
        new.settings.set(OBJECT, "add_visible", flag);
    }
    Ok(new)
}

/// A change of v1: `{name, options, add_visible_flag}`; other keys are ignored. A built-in field is shown as the server
/// decides.
pub(super) fn change_v1(body: &Body, item: &Item<'_>) -> Result<FieldChange> {
    let mut change = FieldChange { name: text(body, "name", Lenient)?, ..FieldChange::default() };
    if let Some(list) = listed(body)? {
        let old = match item {
            Item::BuiltIn(built_in) => built_in.definition.map(super::definition::Definition::options),
            Item::Custom(definition) => Some(definition.options()),
        };
        let old = old.unwrap_or_default();
        let old: Labels = old.iter().map(|choice| (choice.id, &*choice.label)).collect();
        change.options = Some(list.iter().map(|option| option_v1(option, &old)).collect::<Result<_>>()?);
    }
    if let (Some(flag), Item::Custom(_)) = (add_visible(body)?, item) {
        change.settings.set(OBJECT, "add_visible", flag);
    }
    Ok(change)
}

/// A new field of v2.
pub(super) fn new_v2(body: &Body) -> Result<NewField> {
    only(body, &["field_name", "field_type", "options", "description"])?;
    let mut new = NewField {
        name: name_v2(required(body, "field_name", Strict)?)?,
        field_type: required(body, "field_type", Strict)?,
        ..NewField::default()
    };
    if let Some(options) = body.get("options").filter(|options| !options.is_null()) {
        let wrong = || Error::invalid("options", "must be a list of objects with a label");
        let list = options.as_array().ok_or_else(wrong)?;
        at_most(limit::OPTIONS_AT_ONCE, list.len(), "options")?;
        let maps = list.iter().map(|option| option.as_object().ok_or_else(wrong));
        new.options = maps.map(|map| new_option(map?)).collect::<Result<_>>()?;
    }
    // Shown in forms when it is asked for, unlike v1's fields.
    new.settings.set(OBJECT, "add_visible", false);
    settings::read(body, None, &mut new.settings)?;
    Ok(new)
}

/// A change of v2, which must change something. The type never changes; options have paths of their own.
pub(super) fn change_v2(body: &Body, item: &Item<'_>) -> Result<FieldChange> {
    only(body, &["field_name", "description"])?;
    if body.is_empty() {
        return Err(Error::new(Code::FieldRequired, "the body must give at least one key to change"));
    }
    let mut change =
        FieldChange { name: text(body, "field_name", Strict)?.map(name_v2).transpose()?, ..FieldChange::default() };
    let before = match item {
        Item::BuiltIn(built_in) => built_in.definition,
        Item::Custom(definition) => Some(*definition),
    };
    settings::read(body, before, &mut change.settings)?;
    Ok(change)
}

/// `{label}` of v2.
pub(super) fn new_option(option: &Body) -> Result<NewOption> {
    Ok(NewOption { label: label(option)?, color: text(option, "color", Strict)? })
}

/// The label of an option of v2.
pub(super) fn label(option: &Body) -> Result<String> {
    required(option, "label", Strict)
}

/// An option of v1: an object, or its label alone. One that is known need not repeat its label.
fn option_v1(option: &Json, old: &Labels<'_>) -> Result<OptionChange> {
    let wrong = || Error::invalid("options", "must be a list of objects {id, label}");
    let map = match option {
        Json::String(label) => return Ok(OptionChange { label: label.clone(), ..OptionChange::default() }),
        Json::Object(map) => map,
        _ => return Err(wrong()),
    };
    let id = match map.get("id") {
        None | Some(Json::Null) => None,
        Some(Json::String(id)) => Some(id.trim().parse().map_err(|_| wrong())?),
        Some(id) => Some(id.as_i64().ok_or_else(wrong)?),
    };
    let known = id.and_then(|id| old.get(&id)).map(|label| (*label).to_owned());
    let label = match map.get("label") {
        Some(Json::String(label)) => label.clone(),
        Some(number @ Json::Number(_)) => kind::text_of(number, Lenient, "options")?.into_owned(),
        _ => known.ok_or_else(wrong)?,
    };
    let color = map.get("color").and_then(Json::as_str).map(str::to_owned);
    Ok(OptionChange { id, label, color })
}

/// The options of a v1 body: a list, or one as JSON in a text, as old clients send it.
fn listed(body: &Body) -> Result<Option<Vec<Json>>> {
    let wrong = || Error::invalid("options", "must be a list of objects {id, label}");
    let list = match body.get("options") {
        None | Some(Json::Null) => return Ok(None),
        Some(Json::Array(list)) => list.clone(),
        Some(Json::String(text)) if text.trim().is_empty() => return Ok(None),
        Some(Json::String(text)) => match penstock_api::json(text.as_bytes()) {
            Ok(Json::Array(list)) => list,
            _ => return Err(wrong()),
        },
        Some(_) => return Err(wrong()),
    };
    at_most(limit::OPTIONS_AT_ONCE, list.len(), "options")?;
    Ok(Some(list))
}

/// The one flag that v1 takes.
fn add_visible(body: &Body) -> Result<Option<bool>> {
    let Some(flag) = body.get("add_visible_flag") else { return Ok(None) };
    let value = kind::parse(Kind::Boolean, flag, Strictness::Lenient, "add_visible_flag", &[])?;
    Ok(if let Value::Bool(flag) = value { Some(flag) } else { None })
}

fn required(body: &Body, key: &str, how: Strictness) -> Result<String> {
    let given = text(body, key, how)?.filter(|text| !text.trim().is_empty());
    given.ok_or_else(|| Error::new(Code::FieldRequired, format!("{key} is required")).at(key))
}

fn text(body: &Body, key: &str, how: Strictness) -> Result<Option<String>> {
    let given = body.get(key).filter(|given| !given.is_null());
    given.map(|given| kind::text_of(given, how, key).map(Cow::into_owned)).transpose()
}

fn name_v2(name: String) -> Result<String> {
    if name.trim().is_empty() || name.chars().count() > 255 {
        return Err(Error::invalid("field_name", "must have 1 to 255 characters"));
    }
    Ok(name)
}

/// v2 refuses what it does not know.
fn only(body: &Body, known: &[&str]) -> Result<()> {
    match body.keys().find(|key| !known.contains(&key.as_str()) && !settings::KEYS.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) if key == "field_type" => Err(Error::invalid(key, "can't be changed")),
        Some(key) if key == "options" => Err(Error::invalid(key, "are changed at /{field_code}/options")),
        Some(key) => Err(Error::new(Code::FieldUnknown, format!("{key}: can't be set for a field")).at(key)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(json: &Json) -> &Body {
        json.as_object().unwrap()
    }

    #[test]
    fn v1_takes_options_in_every_spelling_that_clients_use() {
        let spellings = [
            json!([{ "label": "Small" }, { "label": "Large" }]),
            json!(["Small", "Large"]),
            json!("[{\"label\":\"Small\"},{\"label\":\"Large\"}]"),
        ];
        for options in spellings {
            let body = json!({ "name": "Size", "field_type": "enum", "options": options, "unknown": 1 });
            let new = new_v1(map(&body)).unwrap();
            let labels: Vec<&str> = new.options.iter().map(|o| o.label.as_str()).collect();
            assert_eq!(labels, ["Small", "Large"], "{body}");
        }
        for wrong in [json!(7), json!([7]), json!("Small"), json!([{ "id": "x", "label": "Small" }])] {
            let body = json!({ "name": "Size", "field_type": "enum", "options": wrong });
            assert_eq!(new_v1(map(&body)).unwrap_err().field.as_deref(), Some("options"), "{body}");
        }
    }

    #[test]
    fn an_option_that_is_known_need_not_repeat_its_label() {
        let old = Labels::from([(4, "Small")]);
        let read = |json: Json| option_v1(&json, &old);
        assert_eq!(read(json!({ "id": "4" })).unwrap().label, "Small");
        let renamed = read(json!({ "id": 4, "label": "Tiny", "color": "blue" })).unwrap();
        assert_eq!((renamed.id, renamed.label.as_str(), renamed.color.as_deref()), (Some(4), "Tiny", Some("blue")));
        assert!(read(json!({ "id": 5 })).is_err());
        assert!(read(json!({})).is_err());
    }

    #[test]
    fn name_and_type_are_required() {
        for (body, at) in [
            (json!({}), "name"),
            (json!({ "name": " ", "field_type": "text" }), "name"),
            (json!({ "name": "Size" }), "field_type"),
            (json!({ "name": "Size", "field_type": 7 }), "field_type"),
        ] {
            assert_eq!(new_v1(map(&body)).unwrap_err().field.as_deref(), Some(at), "{body}");
        }
        assert_eq!(new_v2(map(&json!({ "name": "Size" }))).unwrap_err().field.as_deref(), Some("name"));
        let long = json!({ "field_name": "x".repeat(256), "field_type": "text" });
        assert_eq!(new_v2(map(&long)).unwrap_err().field.as_deref(), Some("field_name"));
    }

    #[test]
    fn v2_reads_what_stands_in_columns_and_keeps_the_rest() {
        let body = json!({
            "field_name": "Size", "field_type": "varchar", "description": "How big",
            "ui_visibility": {
                "details_visible_flag": false, "show_in_pipelines": { "show_in_all": false, "pipeline_ids": [1] },
                "show_in_add_deal_dialog": { "show": true, "order": 1 },
            },
            "important_fields": { "enabled": true, "stage_ids": [1, 2] },
            "required_fields": { "enabled": true, "statuses": { "1": ["won"] } },
        });
        let new = new_v2(map(&body)).unwrap();
        let given = |name: &str| new.settings.get(OBJECT, name).cloned().unwrap_or_default();
        assert_eq!(given("add_visible"), Value::Bool(false), "v2's default");
        assert_eq!(given("details_visible"), Value::Bool(false));
        assert_eq!(given("important"), Value::Bool(true));
        assert_eq!(given("mandatory"), Value::from("true"));
        assert_eq!(given("description"), Value::from("How big"));
        assert_eq!(given("show_in_pipelines"), Value::from(r#"{"show_in_all":false,"pipeline_ids":[1]}"#));
        assert_eq!(given("ui_visibility"), Value::from(r#"{"show_in_add_deal_dialog":{"show":true,"order":1}}"#));
        assert_eq!(given("important_fields"), Value::from(r#"{"stage_ids":[1,2]}"#));
        assert_eq!(given("required_fields"), Value::from(r#"{"statuses":{"1":["won"]}}"#));
    }

    #[test]
    fn v2_refuses_what_it_does_not_know_and_says_where() {
        for (more, at) in [
            (json!({ "colour": "red" }), "colour"),
            (json!({ "options": ["Small"] }), "options"),
            (json!({ "options": [{}] }), "label"),
            (json!({ "description": 7 }), "description"),
            (json!({ "description": "\0" }), "description"),
            (json!({ "ui_visibility": null }), "ui_visibility"),
            (json!({ "ui_visibility": { "add_visible_flag": 1 } }), "ui_visibility.add_visible_flag"),
            (json!({ "important_fields": { "stage_ids": ["1"] } }), "important_fields.stage_ids"),
            (json!({ "required_fields": { "statuses": [] } }), "required_fields.statuses"),
            (
                json!({ "ui_visibility": { "show_in_pipelines": { "all": true } } }),
                "ui_visibility.show_in_pipelines.all",
            ),
        ] {
            let mut body = json!({ "field_name": "Size", "field_type": "enum" });
            body.as_object_mut().unwrap().extend(map(&more).clone());
            assert_eq!(new_v2(map(&body)).unwrap_err().field.as_deref(), Some(at), "{body}");
        }
    }
}
