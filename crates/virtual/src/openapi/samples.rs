//! Sample bodies and requests that work against the demo company, made from the samples in the objects' tables: the
//! lenses give them the Virtual API's names and forms, so that a new object needs nothing here.

use std::{borrow::Cow, collections::BTreeMap};

use penstock_api::snippet::{Before, Credential, Sent as Request, Snippet, Taken};
use penstock_connector::{Name, Type, Values, composite, describe};
use penstock_model::{CompanyId, Kind, Object, Value, objects, sample::Sample, uuid};
use serde_json::{Map, Value as Json};

use crate::{
    builtin,
    operations::{self, Capability, Operation, Sent},
    wire,
};

/// The demo's company.
const COMPANY: CompanyId = CompanyId::new(1);

/// The table of an object of the built-in model.
fn table(object: &str) -> Option<&'static Object> {
    builtin::DEFAULT.object(object).and_then(|mapping| objects::find(&mapping.provider))
}

/// A value for a parameter of a path.
pub(super) fn path_value(name: &str, object: &str) -> String {
    let first = builtin::DEFAULT.objects.first();
    match name {
        "object" => first.map_or_else(String::new, |mapping| mapping.name.to_string()),
        "field" => first.and_then(|mapping| mapping.fields.first()).map_or_else(String::new, |f| f.name.to_string()),
        "source" => "calendar".to_owned(),
        "key" => "event-1".to_owned(),
        _ => table(object).map_or_else(String::new, id),
    }
}

/// The id of an object's first record in the demo.
fn id(object: &Object) -> String {
    if object.uuid { uuid::spell(COMPANY, object.code, 1) } else { "1".to_owned() }
}

/// Samples as a connector gives values: by the names of the object's own fields, normalised.
struct Sampled(BTreeMap<&'static str, Value>);

impl Values for Sampled {
    fn value(&self, name: &str) -> Cow<'_, Value> {
        self.0.get(name).map_or(Cow::Owned(Value::Null), Cow::Borrowed)
    }
}

impl Sampled {
    fn new(object: &Object, samples: &[(&'static str, Sample)]) -> Self {
        // A change of an amount names none, and has that of the sample record.
        let currency = object.samples.create.iter().find_map(|(name, sample)| match sample {
            Sample::Text(code) if *name == "currency" => Some(*code),
            _ => None,
        });
        let normal = |(name, sample): &(&'static str, Sample)| {
            let kind = object.field(name)?.kind;
            Some((*name, normal(kind, *sample, currency)?))
        };
        Self(samples.iter().filter_map(normal).collect())
    }
}

/// The normalised value of a sample of a kind; an amount has its currency from the sample beside it.
fn normal(kind: Kind, sample: Sample, currency: Option<&str>) -> Option<Value> {
    Some(match (kind, sample) {
        (Kind::Money, Sample::Int(amount)) => composite::amount(&amount.to_string(), currency),
        (Kind::Choice | Kind::VisibleTo, Sample::Int(option)) => Value::from(option.to_string()),
        (Kind::Number, Sample::Int(number)) => Value::Real(number.to_string().parse().ok()?),
        (_, Sample::Int(number)) => Value::Int(number),
        (_, Sample::Flag(flag)) => Value::Bool(flag),
        (_, Sample::Record(target)) => Value::from(id(objects::find(target)?)),
        (_, Sample::Text(text) | Sample::Json(text)) => Value::from(text),
    })
}

/// A sample body.
pub(super) fn body(sent: Sent, object: &str) -> Json {
    let known = builtin::DEFAULT.object(object).zip(table(object));
    let Some((mapping, table)) = known else { return Json::Object(Map::new()) };
    let samples = if sent == Sent::Update { table.samples.update } else { table.samples.create };
    let given = Sampled::new(table, samples);
    let shown = mapping.fields.iter().filter_map(|field| {
        let column = table.field(&field.path)?;
        let mut about = describe::Field::new(Name::Borrowed(column.name), column.label.into(), Type::of(column.kind));
        let lens = builtin::DEFAULT.lens(field, &about);
        lens.describe(&mut about);
        let value = lens.get(&given);
        (!value.is_null()).then(|| (field.name.to_string(), wire::json(&about.kind, &value)))
    });
    Json::Object(shown.collect())
}

/// The request of the operation. What is deleted is made by a request before it: the demo has no record to spare.
pub(super) fn snippet(row: &Operation, object: &str) -> Snippet {
    let create = operations::ALL.iter().find(|other| other.body == Sent::Create);
    let before = create.filter(|_| row.needs.contains(&Capability::Delete)).map(|create| {
        let taken = Taken { word: object.to_owned(), at: vec!["id".to_owned()], after: "{\"id\":".to_owned() };
        Before { sent: request(create, object, ""), takes: vec![taken] }
    });
    let id = if before.is_some() { format!("{{{object}}}") } else { path_value("id", object) };
    Snippet { before, sent: request(row, object, &id), credential: Credential::Bearer }
}

fn request(row: &Operation, object: &str, id: &str) -> Request {
    let mut path = row.path.replace("{configuration}", "default").replace("{id}", id);
    if !object.is_empty() {
        path = path.replace("{object}", object);
    }
    for name in ["object", "field", "source", "key"] {
        path = path.replace(&format!("{{{name}}}"), &path_value(name, object));
    }
    let body = (row.body != Sent::Nothing).then(|| body(row.body, object));
    Request { method: row.method, path: path + row.sample_query, body }
}
