//! A deal as the rows that the rules of `crm` write for it.

use penstock_model::{
    CompanyId, CustomField, Kind, Object, Result as Ruled, Value,
    kind::{self, Strictness, ValueKey},
    objects,
    time::DAY,
};
use penstock_store::{search, sql::Record};
use serde_json::{Map, Value as Json};

use super::{COMPANY, Draft};

/// The rows of a deal: its own, its values, its words.
pub(crate) struct Rows {
    pub(crate) deal: Record,
    pub(crate) values: Vec<(u32, ValueKey)>,
    pub(crate) terms: String,
}

/// The row of an event that tells of a new record.
#[derive(Clone, Copy)]
pub(crate) struct Event {
    pub(crate) seq: i64,
    pub(crate) object: &'static Object,
    pub(crate) record: i64,
    pub(crate) user: i64,
    pub(crate) time: i64,
}

impl Event {
    /// How the changes of the benches came in.
    pub(crate) const SOURCE: &'static str = "api";
}

impl Rows {
    /// The rows of a draft under a number and the sequence of its event.
    pub(crate) fn of(draft: &Draft<'_>, id: i64, version: i64, fields: &[CustomField]) -> Ruled<Self> {
        let mut deal = record(draft, id, version);
        let mut custom = Map::new();
        let mut values = Vec::with_capacity(12);
        for (field, json) in &draft.custom {
            let value = kind::parse(field.kind, json, Strictness::Strict, &field.key, &field.options)?;
            for key in kind::value_keys(field.kind, &value) {
                if !values.iter().any(|(number, known)| *number == field.number && *known == key) {
                    values.push((field.number, key));
                }
            }
            custom.insert(field.number.to_string(), stored(&value, field.kind));
        }
        let terms = terms(&deal, &custom, fields);
        deal.custom = Value::from(Json::Object(custom).to_string());
        Ok(Self { deal, values, terms })
    }
}

fn record(draft: &Draft<'_>, id: i64, version: i64) -> Record {
    let mut deal = Record::empty(&objects::DEAL);
    deal.version = version;
    deal.set("id", id);
    deal.set("title", draft.title.as_str());
    deal.set("creator_user_id", draft.owner);
    deal.set("owner_id", draft.owner);
    deal.set("value", draft.cents * 100);
    deal.set("currency", draft.currency);
    deal.set("person_id", draft.person);
    deal.set("org_id", draft.organization);
    deal.set("pipeline_id", draft.pipeline);
    deal.set("stage_id", draft.stage);
    deal.set("add_time", draft.added);
    deal.set("update_time", draft.added);
    deal.set("status", draft.status);
    deal.set("visible_to", if draft.is_private { 1 } else { 3 });
    deal.set("expected_close_date", draft.expected.as_deref().map(Value::from));
    deal.set("origin", "API");
    if let Some(percent) = draft.probability {
        deal.set("probability", Value::Real(f64::from(i32::try_from(percent).unwrap_or(0))));
    }
    let closed = draft.added + 30 * DAY;
    match draft.status {
        "won" => ["won_time", "first_won_time", "close_time"].iter().for_each(|name| deal.set(name, closed)),
        "lost" => ["lost_time", "close_time"].iter().for_each(|name| deal.set(name, closed)),
        _ => {}
    }
    zeroes(&mut deal);
    deal.set("followers_count", 1 + i64::from(draft.is_followed));
    deal.set("participants_count", i64::from(draft.person.is_some()));
    deal
}

/// What must not be unset is nothing instead, as the rules make it.
fn zeroes(record: &mut Record) {
    for (position, field) in record.object.columns() {
        if field.never_null && record.values[position].is_null() {
            record.values[position] = if field.kind == Kind::Boolean { Value::Bool(false) } else { Value::Int(0) };
        }
    }
}

/// A custom value as it stands in the record's JSON.
fn stored(value: &Value, kind: Kind) -> Json {
    match value {
        Value::Text(text) if kind.is_composite() => serde_json::from_str(text).unwrap_or(Json::Null),
        Value::Real(number) => kind::canonical_number(*number),
        other => other.to_json(),
    }
}

/// The words under which search finds the deal: its title, and custom texts, numbers and amounts.
fn terms(deal: &Record, custom: &Map<String, Json>, fields: &[CustomField]) -> String {
    let title = deal.get("title").text().unwrap_or("").to_owned();
    let found = fields.iter().filter_map(|field| {
        let value = custom.get(&field.number.to_string())?;
        match field.kind {
            Kind::Text | Kind::LongText | Kind::Autocomplete | Kind::Phone => value.as_str().map(str::to_owned),
            // The rules read a number back as one with a fraction.
            Kind::Number => Some(Json::from(value.as_f64()?).to_string()),
            Kind::Address => value["value"].as_str().map(str::to_owned),
            Kind::Amount => Some(value["value"].to_string()),
            _ => None,
        }
    });
    let texts: Vec<String> = std::iter::once(title).chain(found).collect();
    search::terms(CompanyId::new(COMPANY), texts.iter().map(String::as_str))
}
