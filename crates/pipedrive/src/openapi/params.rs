//! Parameters of paths and queries, and what each does.

use penstock_model::{
    Object,
    field::Shown,
    objects,
    operation::{Act, Operation, Param, ParamEffect, ParamType, Version},
};
use serde_json::{Value as Json, json};

use super::{
    kinds::{a, flag, int, list, moment, spaced, text},
    samples,
};

/// The names in a path's braces.
pub(super) fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// The object whose record a path's first parameter names.
pub(super) fn subject(row: &Operation) -> &'static Object {
    match row.act {
        Act::ListUnder { parent, .. }
        | Act::OpenUnder { parent, .. }
        | Act::GetUnder { parent, .. }
        | Act::CreateUnder { parent, .. }
        | Act::UpdateUnder { parent, .. }
        | Act::DeleteUnder { parent, .. } => objects::get(parent),
        Act::DealsOfOrganization => &objects::ORGANIZATION,
        Act::Participants | Act::ParticipantPersons | Act::AddParticipant | Act::RemoveParticipant => &objects::DEAL,
        Act::FollowersOfUser => &objects::USER,
        _ => objects::get(row.object),
    }
}

/// A path's parameter.
pub(super) fn in_path(row: &Operation, name: &str) -> Json {
    let uuid = || json!({ "type": "string", "format": "uuid" });
    let record = |object: &Object| {
        let schema = if object.uuid { uuid() } else { json!({ "type": "integer", "minimum": 1 }) };
        (schema, format!("The id of {}.", a(object.name)))
    };
    let (schema, what) = match name {
        "id" if super::text::is_field_act(row.act) => (int(), "The field's number.".to_owned()),
        "id" => record(subject(row)),
        "field_code" => (text(), "The field's code: the key under which records carry its value.".to_owned()),
        "follower_id" if row.version == Version::V1 => {
            (int(), "The follow-record's own number, not the user's.".to_owned())
        }
        "follower_id" => (int(), "The user's id.".to_owned()),
        "deal_participant_id" => (int(), "The participant record's number, not the person's.".to_owned()),
        _ => record(objects::get(row.object)),
    };
    json!({
        "name": name, "in": "path", "required": true, "description": what, "schema": schema,
        "example": samples::path_value(row, name),
    })
}

/// A query's parameter.
pub(super) fn in_query(row: &Operation, param: &Param) -> Json {
    let schema = takes(row, param);
    let mut shown = json!({ "name": param.name, "in": "query", "description": does(row, param), "schema": schema });
    if param.required {
        shown["required"] = json!(true);
        shown["example"] = samples::query_value(row, param);
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
        ParamType::Int if param.name == "limit" => {
            json!({ "type": "integer", "minimum": 1, "maximum": 500, "default": 100 })
        }
        ParamType::Int if param.name == "start" => json!({ "type": "integer", "minimum": 0, "default": 0 }),
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
            let fields = objects::get(row.object).fields.iter();
            let keys: Vec<&str> = fields.filter(|f| f.v2.shown == Shown::Asked).map(|f| f.v2.key).collect();
            list(&words(&keys))
        }
        ParamType::Uuid => json!({ "type": "string", "format": "uuid" }),
    }
}

fn does(row: &Operation, param: &Param) -> String {
    let object = objects::get(row.object);
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

/// What the acts read themselves.
fn by_handler(row: &Operation, param: &Param) -> String {
    let what = match param.name {
        "start" => "How many to leave out before the page begins.",
        "limit" if row.version == Version::V1 => "How many at most; more than 500 counts as 500.",
        "limit" => "How many at most.",
        "cursor" => "Where the page begins: `next_cursor` of the page before it. Left out: at the beginning.",
        "sort" => return sort(param),
        "sort_by" => "The key to order by. Default `id`.",
        "sort_direction" => "The direction of the order. Default `asc`.",
        "include_fields" if matches!(param.takes, ParamType::Words(_)) => {
            "What is to be said of a field besides what it is."
        }
        "include" => {
            "`description` adds `read_only`, `reference` and `value_type` to every field: when it can be written, to \
                which object it refers, and what it really holds."
        }
        "include_fields" => "Fields to show besides those that are always shown.",
        "custom_fields" => "Only these custom fields, by key, at most 15.",
        "include_option_labels" => "When true, options of custom fields are shown as `{id, label}`.",
        "include_labels" => "When true, `labels` stands beside `label_ids`, as `{id, label}`.",
        "ids" => "The ids, with commas between them.",
        "term" if row.act == Act::Currencies => "Only currencies whose name or code contains this.",
        "term" => "What the name must contain, in any case.",
        "search_by_email" => "When true, the address must contain the term, not the name.",
        "only_primary_association" => {
            "When true, only deals that are linked to the organization itself: neither those of its people nor \
                those that name it in a custom field."
        }
        "totals_convert_currency" => "Says something only together with `get_summary`.",
        _ => "",
    };
    what.to_owned()
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
