//! Parameters of paths and queries, and what each does.

use penstock_model::{Object, field::Shown, objects};
use serde_json::{Value as Json, json};

use super::{
    kinds::{a, flag, int, list, moment, spaced, text},
    samples,
};
use crate::operations::{Operation, Param, ParamEffect, ParamType, Target, Version};

/// A path's parameter, and what it names.
pub(super) fn in_path(row: &Operation, name: &str, target: Target) -> Json {
    let record = |object: &Object| {
        let schema = if object.uuid { json!({ "type": "string", "format": "uuid" }) } else { number() };
        (schema, format!("The id of {}.", a(object.name)))
    };
    let said = |schema: Json, what: &str| (schema, what.to_owned());
    let (schema, what) = match target {
        Target::Record(object) => record(object),
        Target::Field(_) => said(int(), "The field's number."),
        Target::FieldCode(_) => said(text(), "The field's code: the key under which records carry its value."),
        Target::FieldOption(_) => said(int(), "The option's id."),
        Target::FollowRecord(_) => said(int(), "The follow-record's own number, not the user's."),
        Target::Follower => said(int(), "The user's id."),
        Target::Participant => said(int(), "The participant record's number, not the person's."),
    };
    let mut shown = json!({ "name": name, "in": "path", "required": true, "description": what, "schema": schema });
    if let Some(value) = samples::path_value(row, target) {
        shown["example"] = value;
    }
    shown
}

fn number() -> Json {
    json!({ "type": "integer", "minimum": 1 })
}

/// A query's parameter.
pub(super) fn in_query(row: &Operation, param: &Param) -> Json {
    let schema = takes(row, param);
    let mut shown = json!({ "name": param.name, "in": "query", "description": does(row, param), "schema": schema });
    if param.required {
        shown["required"] = json!(true);
        if let Some(value) = samples::query_value(row, param.name) {
            shown["example"] = value.into();
        }
    }
    if shown["schema"]["type"] == "array" {
        shown["style"] = json!("form");
        shown["explode"] = json!(false);
    }
    shown
}

fn takes(row: &Operation, param: &Param) -> Json {
    let words = |words: &[&str]| json!({ "type": "string", "enum": words });
    match param.takes {
        ParamType::Limit if row.version == Version::V1 => {
            json!({ "type": "integer", "minimum": 1, "default": 100 })
        }
        ParamType::Limit => json!({ "type": "integer", "minimum": 1, "maximum": 500, "default": 100 }),
        ParamType::Start => json!({ "type": "integer", "minimum": 0, "default": 0 }),
        ParamType::Int => int(),
        ParamType::Bool => flag(),
        ParamType::Text | ParamType::Order(_) => text(),
        ParamType::Date => json!({ "type": "string", "format": "date" }),
        ParamType::Moment => moment(row.version),
        ParamType::Ids => list(&int()),
        ParamType::Keys => json!({ "type": "array", "items": text(), "maxItems": 15 }),
        ParamType::Word(one) => words(one),
        ParamType::Words(some) => list(&words(some)),
        ParamType::Asked => {
            let fields = row.object.fields.iter();
            let keys: Vec<&str> = fields.filter(|f| f.v2.shown == Shown::Asked).map(|f| f.v2.key).collect();
            list(&words(&keys))
        }
        ParamType::Uuid => json!({ "type": "string", "format": "uuid" }),
    }
}

fn does(row: &Operation, param: &Param) -> String {
    let object = row.object;
    let many = spaced(object.plural);
    let label = |field: &str| object.field(field).map_or(field.to_owned(), |f| f.label.to_lowercase());
    match param.does {
        ParamEffect::Equal(field) if param.takes == ParamType::Bool => {
            format!("Only {many} with this flag: {}.", label(field))
        }
        ParamEffect::Equal(field) => format!("Only {many} with this {}.", label(field)),
        ParamEffect::From(field) => format!("Only {many} whose {} is this moment or later.", label(field)),
        ParamEffect::Until(field) => format!("Only {many} whose {} is before this moment.", label(field)),
        ParamEffect::FromDay(field) => format!("Only {many} whose {} is this day or later.", label(field)),
        ParamEffect::UntilDay(field) => format!("Only {many} whose {} is this day or earlier.", label(field)),
        ParamEffect::StartsWith(field) => format!("Only {many} whose {} begins with this, in any case.", label(field)),
        ParamEffect::Ids => {
            format!("Only these {many}, at most 100. What does not exist or can't be seen is left out.")
        }
        ParamEffect::Except => format!("All but these {many}."),
        ParamEffect::Linked { object: link, .. } => {
            format!("Only {many} that are {} of this record.", spaced(objects::get(link).plural))
        }
        ParamEffect::OfUser(_) => "Only those of this user; `0`: of everyone. Left out: of the asking user.".to_owned(),
        ParamEffect::Everyone => "When true, those of everyone; `user_id` is set aside.".to_owned(),
        ParamEffect::Mine(_) => {
            "When true, only those of the asking user; a parameter that compares the owner is set aside.".to_owned()
        }
        ParamEffect::DealStatus if param_has(param, "all_not_deleted") => {
            "Only deals of this status; `all_not_deleted`, or leaving it out: all but the deleted ones.".to_owned()
        }
        ParamEffect::DealStatus => "Only deals of this status. Left out: all but the deleted ones.".to_owned(),
        ParamEffect::Archived => format!(
            "`archived`: only archived {many}; `not_archived`, or leaving it out: only the others; `all`: both."
        ),
        ParamEffect::Types(_) => "Only activities of these types: key strings with commas between them.".to_owned(),
        ParamEffect::ByHandler => by_handler(row, param),
        ParamEffect::Extension => format!("{} Penstock's own: Pipedrive does not have it.", by_handler(row, param)),
        ParamEffect::Unimplemented(what) => {
            format!("Needs {what}, which Penstock does not have yet: a request that gives it is answered 501.")
        }
    }
}

fn param_has(param: &Param, word: &str) -> bool {
    matches!(param.takes, ParamType::Word(words) | ParamType::Words(words) if words.contains(&word))
}

/// What handlers read themselves.
fn by_handler(row: &Operation, param: &Param) -> String {
    match param.takes {
        ParamType::Order(_) => sort(param),
        ParamType::Limit if row.version == Version::V1 => "How many at most; more than 500 counts as 500.".to_owned(),
        _ => param.help.to_owned(),
    }
}

fn sort(param: &Param) -> String {
    let form = "Keys with commas between them, each followed by `ASC` or `DESC`: `add_time DESC, title ASC`.";
    match param.takes {
        ParamType::Order(keys) if !keys.is_empty() => {
            let keys: Vec<String> = keys.iter().map(|k| format!("`{k}`")).collect();
            format!("{form} Keys: {}.", keys.join(", "))
        }
        _ => format!("{form} Any sortable field."),
    }
}
