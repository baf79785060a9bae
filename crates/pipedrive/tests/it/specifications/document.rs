//! A published document: read from YAML, asked for the schema of an answer.

use std::collections::BTreeSet;

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value as Json, json};

use super::schema::adapted;

/// An OpenAPI 3.0 document.
pub(super) struct Document {
    version: &'static str,
    json: Json,
    components: Json,
}

impl Document {
    pub(super) fn parse(version: &'static str, text: &str) -> Self {
        let documents = Yaml::load_from_str(text).expect("YAML");
        let json = json_of(documents.first().expect("a document"));
        let components = adapted(&json["components"]);
        Self { version, json, components }
    }

    fn operation(&self, title: &str) -> Option<&Json> {
        let mut words = title.split(' ');
        let (version, method, path) = (words.next()?, words.next()?.to_ascii_lowercase(), words.next()?);
        if version == self.version { self.json["paths"].get(path)?.get(method) } else { None }
    }

    /// The keys that an operation's JSON body may have.
    pub(super) fn body_keys(&self, operation: &str) -> Option<BTreeSet<String>> {
        let schema = self.operation(operation)?.pointer("/requestBody/content/application~1json/schema")?;
        let mut keys = BTreeSet::new();
        properties(&self.json, schema, &mut keys);
        Some(keys)
    }

    /// The schema of an operation's answer, complete in itself.
    pub(super) fn response(&self, operation: &str, status: u16) -> Option<Json> {
        let answer = self.operation(operation)?.get("responses")?.get(status.to_string())?;
        let schema = answer["content"]["application/json"].get("schema")?;
        let schema = adapted(schema);
        // Most schemas stand by themselves, and the components are long.
        let refers = schema.to_string().contains("\"$ref\"");
        Some(if refers { json!({ "allOf": [schema], "components": self.components }) } else { schema })
    }
}

/// The properties of a schema and of those that it is made of.
fn properties(document: &Json, schema: &Json, into: &mut BTreeSet<String>) {
    if let Some(target) = schema["$ref"].as_str() {
        let target = document.pointer(target.trim_start_matches('#')).expect("a reference that leads somewhere");
        return properties(document, target, into);
    }
    into.extend(schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()));
    for part in ["allOf", "anyOf", "oneOf"].iter().filter_map(|key| schema[*key].as_array()).flatten() {
        properties(document, part, into);
    }
}

fn json_of(yaml: &Yaml<'_>) -> Json {
    match yaml {
        Yaml::Value(Scalar::Null) => Json::Null,
        Yaml::Value(Scalar::Boolean(flag)) => (*flag).into(),
        Yaml::Value(Scalar::Integer(number)) => (*number).into(),
        Yaml::Value(Scalar::FloatingPoint(number)) => (**number).into(),
        Yaml::Value(Scalar::String(text)) => text.as_ref().into(),
        Yaml::Sequence(list) => list.iter().map(json_of).collect(),
        Yaml::Mapping(map) => {
            let key = |key: &Yaml<'_>| match json_of(key) {
                Json::String(text) => text,
                other => other.to_string(),
            };
            map.iter().map(|(name, value)| (key(name), json_of(value))).collect::<Map<_, _>>().into()
        }
        other => panic!("not understood: {other:?}"),
    }
}
