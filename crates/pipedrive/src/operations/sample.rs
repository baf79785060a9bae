//! Sample requests of rows, in which placeholders stand for the records and fields that they are about.
//!
//! The reference fills them with ids of the demo and with what a line before has made, the sweeps with those of their
//! own company.

use penstock_model::sample::Sample;
use serde_json::{Map, Value as Json, json};

use super::{body::Body, operation::Operation, param::ParamType};
use crate::wire::plan::form_of;

/// The placeholder of a word.
fn braced(word: &str) -> String {
    format!("{{{word}}}")
}

/// The word that a text stands for, when it is a placeholder.
fn word(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}').filter(|word| !word.contains(['{', '"']))
}

impl Operation {
    /// A value of a path's parameter by name; a placeholder.
    fn path_sample(&self, name: &str) -> String {
        self.in_path().find(|(own, _)| *own == name).map_or(String::new(), |(_, target)| braced(&target.placeholder()))
    }

    /// The path, and the query that it must have, each parameter as `value` gives it.
    pub(crate) fn sample_path(&self) -> String {
        let mut path = self.path.to_owned();
        for (name, _) in self.in_path() {
            path = path.replace(&braced(name), &self.path_sample(name));
        }
        path
    }

    /// What the query must have: names and values.
    pub(crate) fn sample_query(&self) -> Vec<(&'static str, String)> {
        let required = self.params.iter().filter(|param| param.required);
        let value = |takes| match (takes, self.ids) {
            (ParamType::Ids, Some(target)) => braced(&target.placeholder()),
            _ => "a".to_owned(),
        };
        required.map(|param| (param.name, value(param.takes))).collect()
    }

    /// The path below the version's prefix and the query that it must have, in which placeholders stand for what it is
    /// about: `/deals/{deal}`.
    #[must_use]
    pub fn sample_target(&self) -> String {
        let query: Vec<String> = self.sample_query().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if query.is_empty() { self.sample_path() } else { format!("{}?{}", self.sample_path(), query.join("&")) }
    }

    /// A body, in which texts as `"{deal}"` stand for what it is about; nothing when none is read.
    #[must_use]
    pub fn sample_body(&self) -> Option<Json> {
        match self.body {
            Body::None => None,
            Body::Create => Some(self.fields(self.object.samples.create)),
            Body::Update => Some(self.fields(self.object.samples.update)),
            Body::Other { sample, .. } => Some(sample(self)),
        }
    }

    fn fields(&self, samples: &[(&str, Sample)]) -> Json {
        let link = self.parent.map_or("", |parent| parent.link);
        let own = samples.iter().filter(|(name, _)| *name != link);
        let spelled = own.filter_map(|(name, sample)| {
            let key = form_of(self.object.field(name)?, self.version).key;
            let value = match sample {
                Sample::Text(text) => json!(text),
                Sample::Int(number) => json!(number),
                Sample::Flag(flag) => json!(flag),
                Sample::Record(object) => json!(braced(object)),
                Sample::Json(text) => serde_json::from_str(text).unwrap_or_default(),
            };
            (!key.is_empty()).then(|| (key.to_owned(), value))
        });
        Json::Object(spelled.collect::<Map<_, _>>())
    }
}

/// A body or a part of it with its placeholders filled.
#[must_use]
pub fn filled(json: &Json, value: &impl Fn(&str) -> Json) -> Json {
    match json {
        Json::String(text) => word(text).map_or_else(|| json.clone(), value),
        Json::Array(list) => list.iter().map(|one| filled(one, value)).collect(),
        Json::Object(map) => map.iter().map(|(key, one)| (key.clone(), filled(one, value))).collect(),
        _ => json.clone(),
    }
}

/// A path or query with its placeholders filled.
#[must_use]
pub fn filled_text(text: &str, value: &impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (word, behind) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(&value(word));
        rest = behind;
    }
    out.push_str(rest);
    out
}
