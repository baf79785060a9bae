//! Whatever form a field is shown in can be sent back and is then shown the same: `write(parse(x)) == x`, for every
//! field that is both shown and written, on both versions, and for every kind of custom field.

use penstock_model::{
    CompanyId, CompanySchema, CustomField, Field, Kind, Object, ValueRef,
    field::{Form, Shown, Writable},
    kind::CREATABLE,
    kind::{self, Strictness},
    objects,
    schema::OptionItem,
};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value as Json, json};

use super::{
    Plan, Shape,
    codec::{self, Context},
    custom,
    plan::{Projection, form_of},
};
use crate::{
    body::RequestBody,
    operations::{References, Version},
};

mod examples;

/// The company whose UUIDs the test spells.
const COMPANY: i64 = 7;

fn options() -> Vec<OptionItem> {
    let option = |id| OptionItem { id, label: format!("Option {id}").into(), color: None, deleted: false };
    (1..=9).map(option).collect()
}

/// A company whose choice fields all have the options 1 to 9, with a custom field of every kind on deals.
fn schema() -> CompanySchema {
    let mut fields = Vec::new();
    for object in objects::ALL {
        for field in object.fields.iter().filter(|f| matches!(f.kind, Kind::Choice | Kind::Choices)) {
            fields.push(CustomField {
                number: object.field_base + u32::from(field.number),
                object: object.name.into(),
                key: field.name.into(),
                api_name: "".into(),
                name: field.label.into(),
                kind: field.kind,
                built_in: true,
                options: options(),
            });
        }
    }
    for (at, (_, kind)) in (1_u32..).zip(CREATABLE) {
        fields.push(CustomField {
            number: 90_000 + at,
            object: "deal".into(),
            key: format!("{at:040x}").into(),
            api_name: format!("field_{at}").into(),
            name: format!("{kind:?}").into(),
            kind: *kind,
            built_in: false,
            options: options(),
        });
    }
    CompanySchema { company: CompanyId::new(COMPANY), currency: "EUR".into(), fields, ..CompanySchema::default() }
}

fn runner() -> TestRunner {
    TestRunner::new(Config { cases: 128, failure_persistence: None, ..Config::default() })
}

/// What a field shows of what a body gave.
fn shown(schema: &CompanySchema, version: Version, object: &'static Object, field: &Field, x: &Json) -> Json {
    let form = form_of(field, version);
    let request = RequestBody { version, object, schema, creating: true };
    let patch =
        request.patch(&Map::from_iter([(form.key.to_owned(), x.clone())])).unwrap_or_else(|e| panic!("{x}: {e}"));
    // The parts of a new value are the value.
    let whole =
        patch.built_in_parts.iter().find(|(at, _)| Some(*at) == object.position(field.target())).map(|(_, parts)| {
            let whole = Json::Object(parts.clone());
            kind::parse(field.kind, &whole, Strictness::Lenient, form.key, &[]).unwrap_or_else(|e| panic!("{x}: {e}"))
        });
    let value = |name: &str| whole.clone().or_else(|| patch.get(object, name).cloned()).unwrap_or_default();
    let mut out = Vec::new();
    match form.codec {
        penstock_model::Codec::MoneyPair => {
            codec::money_pair(&mut out, value("value").as_ref(), value("currency").as_ref());
        }
        penstock_model::Codec::AddressParts => {
            out.extend_from_slice(b"{");
            codec::address_parts(&mut out, form.key, value(field.target()).as_ref());
            out.push(b'}');
            let parts: Json = serde_json::from_slice(&out).unwrap();
            return parts[form.key].clone();
        }
        _ => {
            let uuid_object = match field.kind {
                Kind::Reference(to) | Kind::References(to) => objects::get(to).code,
                _ => object.code,
            };
            let kind = object.field(field.target()).unwrap().kind;
            let context = Context { company: CompanyId::new(COMPANY), uuid_object };
            codec::write(&mut out, form.codec, kind, value(field.target()).as_ref(), context);
        }
    }
    serde_json::from_slice(&out).unwrap_or_else(|e| panic!("{x}: {e}: {}", String::from_utf8_lossy(&out)))
}

fn both_ways(field: &Field, form: Form) -> bool {
    !form.key.is_empty() && form.shown != Shown::Never && !form.read_only && field.writable != Writable::Never
}

#[test]
fn every_field_reads_as_it_was_sent() {
    let schema = schema();
    let mut fields = 0;
    for object in objects::ALL {
        for field in object.fields {
            for version in [Version::V1, Version::V2] {
                let form = form_of(field, version);
                if !both_ways(field, form) {
                    continue;
                }
                fields += 1;
                let kind = object.field(field.target()).unwrap().kind;
                let examples = examples::of(version, form.codec, field.kind, kind);
                let result = runner().run(&examples, |x| {
                    let again = shown(&schema, version, object, field, &x);
                    proptest::prop_assert_eq!(again, x);
                    Ok(())
                });
                assert!(result.is_ok(), "{}.{} on {version:?}: {}", object.name, field.name, result.unwrap_err());
            }
        }
    }
    assert!(fields > 120, "{fields}");
}

/// The stored text of what a body gave to a custom field.
fn stored(schema: &CompanySchema, version: Version, body: &Map<String, Json>) -> String {
    let request = RequestBody { version, object: &objects::DEAL, schema, creating: true };
    let patch = request.patch(body).unwrap_or_else(|e| panic!("{body:?}: {e}"));
    // Parts of a new value are the value.
    let parts = patch.parts.iter().map(|(number, parts)| {
        let field = schema.by_number(*number).unwrap();
        let whole = Json::Object(parts.clone());
        let parsed = kind::parse(field.kind, &whole, Strictness::Lenient, &field.key, &field.options);
        (*number, parsed.unwrap_or_else(|e| panic!("{body:?}: {e}")))
    });
    let values = patch.custom.iter().map(|(number, value)| (*number, value.clone())).chain(parts);
    let values = values.map(|(number, value)| {
        let kind = schema.by_number(number).unwrap().kind;
        let json = match value.as_ref() {
            ValueRef::Text(text) if kind.is_composite() => serde_json::from_str(text).unwrap(),
            ValueRef::Real(number) => kind::canonical_number(number),
            _ => value.to_json(),
        };
        (number.to_string(), json)
    });
    Json::Object(values.filter(|(_, json)| !json.is_null()).collect()).to_string()
}

fn written(schema: &CompanySchema, version: Version, stored: &str) -> Json {
    let plan = Plan::of(&objects::DEAL, version, Shape::Listed, References::Ids, &Projection::default());
    let mut out = b"{".to_vec();
    custom::Chosen::of(&plan, schema).write(&mut out, &plan, schema, Some(stored));
    out.push(b'}');
    serde_json::from_slice(&out).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&out)))
}

#[test]
fn every_custom_field_reads_as_it_was_sent() {
    let schema = schema();
    for field in schema.custom(&objects::DEAL) {
        let key = field.key.to_string();
        let result = runner().run(&examples::custom_v2(field.kind), |x| {
            let body = json!({ "custom_fields": { (&key): x } });
            let again = written(&schema, Version::V2, &stored(&schema, Version::V2, body.as_object().unwrap()));
            proptest::prop_assert_eq!(&again["custom_fields"][&key], &x);
            Ok(())
        });
        assert!(result.is_ok(), "{} on v2: {}", field.name, result.unwrap_err());
        let result = runner().run(&examples::custom_v1(field.kind, &key), |x| {
            let again = written(&schema, Version::V1, &stored(&schema, Version::V1, x.as_object().unwrap()));
            for (key, value) in x.as_object().unwrap() {
                proptest::prop_assert_eq!(&again[key], value);
            }
            Ok(())
        });
        assert!(result.is_ok(), "{} on v1: {}", field.name, result.unwrap_err());
    }
}
