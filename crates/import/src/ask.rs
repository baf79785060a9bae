//! Finding records by what files call them: by name, by the key of a row, by e-mail address, by number.

use std::collections::HashMap;

use penstock_model::{CompanyId, Object, Result, Value, ValueRef, kind::fold, objects};
use penstock_store::{Conn, Engine, ints};

use super::mapping::By;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ask {
    /// A record.
    Record {
        /// The name of its object.
        object: &'static str,
        /// By what it is looked up.
        by: By,
        /// The text, folded where case does not count.
        text: String,
    },
    /// A stage by name: of a pipeline, by name too, or of any.
    Stage {
        /// The pipeline's name, folded.
        pipeline: Option<String>,
        /// The stage's name, folded.
        name: String,
    },
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// One record, by number.
    One(i64),
    /// Several records.
    Several,
}

impl Ask {
    pub(super) fn record(object: &'static Object, by: By, text: &str) -> Self {
        let text = if matches!(by, By::Name | By::Email) { fold(text) } else { text.trim().to_owned() };
        Self::Record { object: object.name, by, text }
    }

    pub(super) fn stage(pipeline: Option<&str>, name: &str) -> Self {
        Self::Stage { pipeline: pipeline.map(fold), name: fold(name) }
    }

    /// Why nothing was found.
    pub(super) fn missing(&self) -> String {
        match self {
            Self::Record { object, by: By::Name, .. } => format!("no {object} has this name"),
            Self::Record { object, by: By::Key, .. } => format!("no {object} was made from a row with this key"),
            Self::Record { object, by: By::Email, .. } => format!("no {object} has this e-mail address"),
            Self::Record { object, by: By::Id, .. } => format!("no {object} has this number"),
            Self::Stage { pipeline: Some(pipeline), .. } => {
                format!("the pipeline {pipeline} has no stage of this name")
            }
            Self::Stage { pipeline: None, .. } => "no stage has this name".to_owned(),
        }
    }

    /// Why one of several can't be chosen.
    pub(super) fn several(&self) -> String {
        match self {
            Self::Record { object, .. } => format!("several records have this name: look the {object} up by key"),
            Self::Stage { .. } => "stages of several pipelines have this name: map the field pipeline too".to_owned(),
        }
    }

    /// Looks in the company. Deleted records are not found; of users of one name those who are active count.
    pub(super) fn find(&self, conn: &mut dyn Conn, company: CompanyId, source: &str) -> Result<Found> {
        let mut params = vec![company.into()];
        let text = match self {
            Self::Stage { pipeline, name } => {
                params.push(Value::from(name.as_str()));
                let mut text = "SELECT s.id FROM stage s JOIN pipeline p ON p.company_id = s.company_id \
                                AND p.id = s.pipeline_id WHERE s.company_id = ?1 AND s.name_key = ?2 \
                                AND s.is_deleted = FALSE AND p.is_deleted = FALSE"
                    .to_owned();
                if let Some(pipeline) = pipeline {
                    params.push(Value::from(pipeline.as_str()));
                    text.push_str(" AND p.name_key = ?3");
                }
                text + " ORDER BY s.id LIMIT 2"
            }
            Self::Record { object, by, text } => {
                let object = objects::get(object);
                let alive = if object.is_marked() { " AND t.is_deleted = FALSE" } else { "" };
                let condition = match by {
                    By::Id => {
                        params.push(Value::from(text.parse::<i64>().ok()));
                        "t.id = ?2".to_owned()
                    }
                    By::Key => {
                        params.extend([
                            Value::Int(object.code.into()),
                            Value::from(source),
                            Value::from(text.as_str()),
                        ]);
                        "t.id IN (SELECT e.record_id FROM external_id e WHERE e.company_id = ?1 AND e.object = ?2 \
                         AND e.source = ?3 AND e.key = ?4)"
                            .to_owned()
                    }
                    By::Email => {
                        params.push(Value::from(text.as_str()));
                        "LOWER(t.email) = ?2".to_owned()
                    }
                    By::Name => {
                        params.push(Value::from(text.as_str()));
                        let active = if object.name == "user" { " AND t.is_active = TRUE" } else { "" };
                        format!("t.{}_key = ?2{active}", name_of(object).unwrap_or("name"))
                    }
                };
                let table = object.table();
                format!(
                    "SELECT t.id FROM {table} t WHERE t.company_id = ?1 AND {condition}{alive} ORDER BY t.id LIMIT 2"
                )
            }
        };
        let bound: Vec<ValueRef<'_>> = params.iter().map(Value::as_ref).collect();
        Ok(match ints(conn, &text, &bound)?[..] {
            [] => Found::Nothing,
            [id] => Found::One(id),
            _ => Found::Several,
        })
    }
}

/// The records that were made from rows with these keys, all looked up at once.
pub(super) fn find_keys(
    conn: &mut dyn Conn,
    company: CompanyId,
    object: &'static Object,
    source: &str,
    keys: &[&str],
) -> Result<HashMap<String, i64>> {
    let list = match conn.engine() {
        Engine::Sqlite => "SELECT value FROM json_each(?4)",
        Engine::Postgres => "SELECT value FROM jsonb_array_elements_text(CAST(?4 AS jsonb))",
    };
    let alive = if object.is_marked() { " AND t.is_deleted = FALSE" } else { "" };
    let text = format!(
        "SELECT e.key, t.id FROM external_id e JOIN {} t ON t.company_id = e.company_id AND t.id = e.record_id \
         WHERE e.company_id = ?1 AND e.object = ?2 AND e.source = ?3 AND e.key IN ({list}){alive}",
        object.table()
    );
    let keys = serde_json::Value::from(keys).to_string();
    let params = [company.into(), ValueRef::Int(object.code.into()), ValueRef::Text(source), ValueRef::Text(&keys)];
    let mut found = HashMap::new();
    conn.query(&text, &params, &mut |row| {
        if let (Some(key), Some(id)) = (row.get(0).text(), row.get(1).int()) {
            found.insert(key.to_owned(), id);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The field that people call a record by, if its object has one that can be looked up.
pub(super) fn name_of(object: &Object) -> Option<&'static str> {
    ["name", "title", "subject"]
        .into_iter()
        .find(|n| object.field(n).is_some_and(penstock_model::Field::has_key_column))
}
