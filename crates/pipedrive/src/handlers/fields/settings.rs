//! Where interfaces show, stress and ask for a field, as v2 bodies say it (pipedrive-contract 5.4).
//!
//! v1 shows some of it as flags, so that those stand in columns of their own and only the rest is kept as it was
//! given.

use penstock_crm::Patch;
use penstock_model::{
    Error, Kind, Object, Result,
    kind::{self, Strictness, limit},
    objects,
};
use serde_json::{Map, Value as Json, json};

use super::definition::Definition;

static OBJECT: &Object = &objects::CUSTOM_FIELD;

/// The keys that this file reads.
pub(super) const KEYS: [&str; 3] = ["ui_visibility", "important_fields", "required_fields"];

/// The flags of `ui_visibility` that stand in columns.
const FLAGS: [(&str, &str); 3] = [
    ("add_visible_flag", "add_visible"),
    ("details_visible_flag", "details_visible"),
    ("projects_detail_visible_flag", "projects_detail_visible"),
];

/// Reads the settings of a body; keys that it does not give stay as they were.
pub(super) fn read(body: &Map<String, Json>, before: Option<&Definition>, patch: &mut Patch) -> Result<()> {
    if let Some(description) = body.get("description") {
        let text = kind::parse(Kind::LongText, description, Strictness::Strict, "description", &[])?;
        patch.set(OBJECT, "description", text);
    }
    for name in KEYS {
        let Some(given) = body.get(name) else { continue };
        let given = given.as_object().ok_or_else(|| Error::invalid(name, "must be an object"))?;
        let mut rest = before.map(|d| d.map(name)).unwrap_or_default();
        for (key, value) in given {
            let place = format!("{name}.{key}");
            match (name, key.as_str()) {
                ("ui_visibility", "show_in_pipelines") => {
                    let mut shown = before.map_or_else(|| json!({}), Definition::show_in_pipelines);
                    pipelines(&place, value, &mut shown)?;
                    patch.set(OBJECT, "show_in_pipelines", shown.to_string());
                }
                ("ui_visibility", key) if FLAGS.iter().any(|(flag, _)| *flag == key) => {
                    let column = FLAGS.iter().find(|(flag, _)| *flag == key).map_or("add_visible", |(_, c)| c);
                    patch.set(OBJECT, column, flag(&place, value)?);
                }
                ("important_fields", "enabled") => _ = patch.set(OBJECT, "important", flag(&place, value)?),
                ("required_fields", "enabled") => {
                    patch.set(OBJECT, "mandatory", Json::Bool(flag(&place, value)?).to_string());
                }
                (_, key) => {
                    match key {
                        "stage_ids" => ids(&place, value)?,
                        "statuses" => statuses(&place, value)?,
                        _ => {}
                    }
                    rest.insert(key.to_owned(), value.clone());
                }
            }
        }
        if !rest.is_empty() {
            patch.set(OBJECT, name, Json::Object(rest).to_string());
        }
    }
    Ok(())
}

fn pipelines(path: &str, given: &Json, shown: &mut Json) -> Result<()> {
    let given = given.as_object().ok_or_else(|| Error::invalid(path, "must be an object"))?;
    for (key, value) in given {
        let path = format!("{path}.{key}");
        match key.as_str() {
            "show_in_all" => _ = flag(&path, value)?,
            "pipeline_ids" => ids(&path, value)?,
            _ => return Err(Error::invalid(&path, "is not known")),
        }
        shown[key] = value.clone();
    }
    Ok(())
}

fn flag(path: &str, value: &Json) -> Result<bool> {
    value.as_bool().ok_or_else(|| Error::invalid(path, "must be true or false"))
}

fn ids(path: &str, value: &Json) -> Result<()> {
    let list = value.as_array().filter(|list| list.iter().all(Json::is_i64));
    let list = list.ok_or_else(|| Error::invalid(path, "must be a list of whole numbers"))?;
    limit::at_most(limit::BULK, list.len(), path)
}

/// `{"<pipeline>": ["won", "lost"]}`.
fn statuses(path: &str, value: &Json) -> Result<()> {
    let known = |list: &Json| list.as_array().is_some_and(|l| l.iter().all(|s| s == "won" || s == "lost"));
    let fits = value.as_object().is_some_and(|map| map.values().all(known));
    if fits { Ok(()) } else { Err(Error::invalid(path, "must be an object of lists of won and lost")) }
}
