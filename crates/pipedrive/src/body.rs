//! Bodies: decoded from JSON or a form, and read against an object's table as a patch: absent, null, value.

use penstock_api::{ContentType, form, json, without_mark};
use penstock_crm::{Patch, check_new};
use penstock_model::{
    Code, Codec, CompanyId, CompanySchema, CustomField, Error, Faults, Field, Kind, Object, Result, Value,
    field::Writable,
    kind::{self, Strictness},
    objects, uuid,
};
use serde_json::{Map, Value as Json};

use crate::{
    call::Call,
    envelope::not_allowed,
    operations::{Body, Version},
    query::short,
    wire::{parts_of, plan::form_of},
};

/// The length of a custom field's key (pipedrive-contract 5.2).
const KEY_LENGTH: usize = 40;

/// Decodes a body. No body is `null`. v1 takes forms, too (pipedrive-contract 0).
pub(crate) fn decode(version: Version, kind: ContentType, body: &[u8]) -> Result<Json> {
    let malformed = |why: &'static str| Error::new(Code::BodyMalformed, why);
    let body = without_mark(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Json::Null);
    }
    let text = std::str::from_utf8(body).map_err(|_| malformed("the body is not UTF-8"))?;
    match kind {
        // Some clients, curl among them, call whatever they send a form. No form begins with a brace.
        ContentType::Form if version == Version::V1 && !text.trim_start().starts_with('{') => Ok(form(text)?.into()),
        ContentType::Form if version == Version::V1 => json(body),
        ContentType::Form | ContentType::Multipart => {
            Err(malformed("this operation takes JSON: set content-type to application/json"))
        }
        ContentType::Json | ContentType::Other => json(body),
    }
}

/// An error of the rules, which know fields by their own names, as the client spells the field.
pub(crate) fn spelled(mut error: Error, object: &'static Object, version: Version) -> Error {
    let Some(name) = error.field.as_deref().filter(|_| error.code != Code::NotFound) else { return error };
    let shown = |f: &&Field| f.target() == name && !form_of(f, version).key.is_empty();
    let writes = object.fields.iter().filter(shown).find(|f| !form_of(f, version).read_only);
    if let Some(field) = writes {
        let form = form_of(field, version);
        let key = form.key;
        if error.code == Code::FieldRequired && !form.missing.is_empty() {
            error.message = form.missing.into();
        } else if let Some(rest) = error.message.strip_prefix(name) {
            // v2 names the path, then the reason (live facts 1.2).
            let sentence = version == Version::V2 && !error.code.is_rule() && rest.starts_with(' ');
            error.message = format!("{key}{}{rest}", if sentence { ":" } else { "" }).into();
        }
        error.field = Some(key.into());
    } else if version == Version::V2 && object.field(name).is_none() && error.message.starts_with(name) {
        return in_custom_fields(error);
    }
    error
}

/// A fault of a custom field on v2, where they stand together.
fn in_custom_fields(mut error: Error) -> Error {
    error.message = format!("custom_fields: {}", error.message).into();
    error.field = Some("custom_fields".into());
    error
}

/// The fields that the body of a call gives its operation's object.
pub(crate) fn patch(call: &Call, schema: &CompanySchema) -> Result<Patch> {
    let creating = matches!(call.operation.body, Body::Create);
    let request = RequestBody { version: call.version(), object: call.object(), schema, creating };
    request.patch(call.map()?)
}

/// What a body means for an object.
pub(crate) struct RequestBody<'a> {
    pub(crate) version: Version,
    pub(crate) object: &'static Object,
    pub(crate) schema: &'a CompanySchema,
    pub(crate) creating: bool,
}

impl RequestBody<'_> {
    fn strictness(&self) -> Strictness {
        if self.version == Version::V1 { Strictness::Lenient } else { Strictness::Strict }
    }

    /// Reads a body as a patch. v1 ignores what it does not know or only shows; v2 refuses it (pipedrive-contract 2.2).
    pub(crate) fn patch(&self, body: &Map<String, Json>) -> Result<Patch> {
        let mut patch = Patch { strict: self.version == Version::V2, ..Patch::default() };
        let mut faults = Faults::up_to(if self.version == Version::V1 { 1 } else { Faults::MOST });
        if self.creating && body.contains_key("id") && !self.object.uuid {
            let message = "Inserting ID with POST request is not allowed. Please remove the ID from the body";
            return Err(Error::new(Code::FieldInvalid, message).at("id"));
        }
        for (key, value) in body {
            if key == "custom_fields" && self.version == Version::V2 && self.object.custom.is_some() {
                self.custom_v2(&mut patch, value, &mut faults);
            } else {
                faults.take(self.built_in(&mut patch, key, value));
            }
            if faults.is_full() {
                break;
            }
        }
        self.missing(&patch, &mut faults);
        faults.into_result()?;
        if self.version == Version::V1 {
            self.built_in_parts(&mut patch, body);
            if self.object.custom.is_some() {
                self.custom_v1(&mut patch, body)?;
            }
        }
        Ok(patch)
    }

    fn built_in(&self, patch: &mut Patch, key: &str, value: &Json) -> Result<()> {
        match self.field(key) {
            Some(field) if self.takes_parts(field, value) => Ok(()),
            Some(field) if self.is_written(field) => self.put(patch, field, key, value),
            Some(field) if self.is_fixed(field, key, value)? => Ok(()),
            _ if self.version == Version::V1 => Ok(()),
            _ => Err(not_allowed(Code::FieldUnknown, key)),
        }
    }

    /// Names what a new record lacks beside the other faults of a body; without any, making it finds that out.
    fn missing(&self, patch: &Patch, faults: &mut Faults) {
        if !self.creating || faults.is_empty() {
            return;
        }
        if let Err(error) = check_new(self.object, patch) {
            let error = spelled(error, self.object, self.version);
            if !faults.names(error.field.as_deref()) {
                faults.add(error);
            }
        }
    }

    /// Whether a field that is not written may be given all the same, as it stands in every record; anything else is
    /// refused by name, rather than dropped.
    fn is_fixed(&self, field: &Field, key: &str, value: &Json) -> Result<bool> {
        let Some((code, why)) = form_of(field, self.version).fixed else { return Ok(false) };
        if value.as_array().is_some_and(Vec::is_empty) {
            return Ok(true);
        }
        match kind::parse(field.kind, value, self.strictness(), key, &[])? {
            Value::Null | Value::Bool(false) => Ok(true),
            _ => Err(Error::new(code, format!("{key}: {why}")).at(key)),
        }
    }

    fn field(&self, key: &str) -> Option<&'static Field> {
        self.object.fields.iter().find(|f| form_of(f, self.version).key == key)
    }

    fn is_written(&self, field: &Field) -> bool {
        let allowed = match field.writable {
            Writable::Never => false,
            Writable::OnCreate => self.creating,
            Writable::Always | Writable::WithRight(_) => true,
        };
        allowed && !form_of(field, self.version).read_only
    }

    fn put(&self, patch: &mut Patch, field: &'static Field, key: &str, json: &Json) -> Result<()> {
        let Some(target) = self.object.position(field.target()) else {
            return Err(Error::internal(format!("{} has no column for {}", self.object.name, field.name)));
        };
        let how = self.strictness();
        let form = form_of(field, self.version);
        kind::check_size(field.kind, json, key)?;
        let options = self.schema.options_of(self.object, &self.object.fields[target]);
        let company = self.schema.company;
        if self.version == Version::V2 && matches!(field.kind, Kind::Enumeration(_)) && json == "deleted" {
            // Only DELETE deletes there (pipedrive-contract 4.1).
            return Err(Error::invalid(key, "must be open, won or lost: a deal is deleted by DELETE"));
        }
        if form.cleared_by_empty && json.is_null() {
            return Err(Error::invalid(key, "The value is not a valid 'string' (an empty one clears it)"));
        }
        let value = match (form.codec, field.kind) {
            _ if form.cleared_by_empty && json == "" => Value::Null,
            (Codec::MoneyPair, _) => return self.money_pair(patch, json),
            (Codec::FirstOfList, _) => kind::parse(self.object.fields[target].kind, json, how, key, options)?,
            // Lists are replaced as a whole, labels too; only custom fields refuse an empty one (pipedrive-contract 4.1).
            (Codec::List, Kind::Choices) if json.as_array().is_some_and(Vec::is_empty) => Value::Null,
            (Codec::Uuid, Kind::Reference(to)) => uuid_of(json, to, company, key)?,
            (Codec::UuidList, Kind::References(to)) => uuids_of(json, to, company, key)?,
            // What is shown as the text of a number can be sent back as it is, on v2 too.
            (Codec::DigitText, Kind::Choice) => {
                let number = json.as_str().and_then(|text| text.parse::<i64>().ok());
                kind::parse(field.kind, &number.map_or_else(|| json.clone(), Json::from), how, key, options)?
            }
            (Codec::Negated, _) => match kind::parse(field.kind, json, how, key, options)? {
                Value::Bool(flag) => Value::Bool(!flag),
                other => other,
            },
            _ => kind::parse(field.kind, json, how, key, options)?,
        };
        patch.put(target, value);
        Ok(())
    }

    /// `{amount, currency}`, both needed; `null` clears the amount (pipedrive-contract 3.5).
    fn money_pair(&self, patch: &mut Patch, json: &Json) -> Result<()> {
        let expected = || Error::invalid("value", "must be an object {amount, currency}");
        let (amount, currency) = match json {
            Json::Null => (Value::Null, None),
            Json::Object(map) => {
                let amount = map.get("amount").filter(|a| !a.is_null()).ok_or_else(expected)?;
                let currency = map.get("currency").and_then(Json::as_str).ok_or_else(expected)?;
                (kind::parse(Kind::Money, amount, Strictness::Lenient, "value.amount", &[])?, Some(currency))
            }
            _ => return Err(expected()),
        };
        patch.set(self.object, "value", amount);
        if let Some(code) = currency {
            patch.set(self.object, "currency", code.to_uppercase());
        }
        Ok(())
    }

    fn custom_value(&self, field: &CustomField, json: &Json, name: &str) -> Result<Value> {
        let mut json = json.clone();
        if field.kind == Kind::Amount
            && let Some(map) = json.as_object_mut()
            && map.get("currency").is_none_or(Json::is_null)
        {
            map.insert("currency".to_owned(), (*self.schema.currency).into());
        }
        kind::parse(field.kind, &json, self.strictness(), name, &field.options)
    }

    /// Whether a custom value means that there is none: `null`, and on v1 an empty text.
    fn unsets(&self, json: &Json) -> bool {
        json.is_null() || (self.version == Version::V1 && json == "")
    }

    /// The faults in `custom_fields` all stand at that path, and name the key (live facts 4.1, 4.2).
    fn custom_v2(&self, patch: &mut Patch, json: &Json, faults: &mut Faults) {
        let map = match json {
            Json::Null => return,
            Json::Object(map) => map,
            _ => return faults.add(Error::invalid("custom_fields", "must be an object")),
        };
        for (key, value) in map {
            let outcome = match self.schema.custom_by_key(self.object, key) {
                Some(field) => self.custom_value(field, value, key).map(|value| (field.number, value)),
                None => Err(Error::new(Code::FieldUnknown, format!("Unknown key '{}'", short(key)))),
            };
            match outcome {
                Ok(value) => patch.custom.push(value),
                Err(error) => faults.add(in_custom_fields(error)),
            }
            if faults.is_full() {
                break;
            }
        }
    }

    /// Whether a value of v1 is the line of a built-in address, whose parts stand beside it.
    fn takes_parts(&self, field: &Field, json: &Json) -> bool {
        self.version == Version::V1
            && field.kind == Kind::Address
            && (json.is_string() || json.is_number())
            && !self.unsets(json)
    }

    /// v1: built-in addresses, their parts beside their lines, as those of custom fields.
    fn built_in_parts(&self, patch: &mut Patch, body: &Map<String, Json>) {
        for (position, field) in self.object.columns().filter(|(_, f)| f.kind == Kind::Address && self.is_written(f)) {
            let parts = parts(body, field.v1.key, parts_of(field.kind));
            if !parts.is_empty() && body.get(field.v1.key).is_none_or(|line| self.takes_parts(field, line)) {
                patch.built_in_parts.push((position, parts));
            }
        }
    }

    /// v1: the hash at the root, its suffixes beside it (pipedrive-contract 5.2). What is not given stays: a new
    /// amount keeps its currency, and a new end its start.
    fn custom_v1(&self, patch: &mut Patch, body: &Map<String, Json>) -> Result<()> {
        let has_suffixes = body.keys().any(|key| key.as_bytes().get(KEY_LENGTH) == Some(&b'_'));
        for field in self.schema.custom(self.object) {
            let base = body.get(&*field.key);
            let suffixes = parts_of(field.kind);
            match base {
                Some(json) if suffixes.is_empty() || json.is_object() || self.unsets(json) => {
                    patch.custom.push((field.number, self.custom_value(field, json, &field.key)?));
                }
                None if !has_suffixes || suffixes.is_empty() => {}
                _ => {
                    let parts = parts(body, &field.key, suffixes);
                    if !parts.is_empty() {
                        patch.parts.push((field.number, parts));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The parts of a value that v1 spells in keys of their own: the main one under `key`, the rest under its suffixes.
fn parts(body: &Map<String, Json>, key: &str, suffixes: &[&str]) -> Map<String, Json> {
    let main = body.get(key).map(|json| ("value".to_owned(), json.clone()));
    let beside = suffixes.iter().filter_map(|suffix| {
        let part = body.get(&format!("{key}_{suffix}"))?;
        Some(((*suffix).to_owned(), if part == "" { Json::Null } else { part.clone() }))
    });
    main.into_iter().chain(beside).collect()
}

fn uuid_of(json: &Json, to: &str, company: CompanyId, key: &str) -> Result<Value> {
    let code = objects::get(to).code;
    match json {
        Json::Null => Ok(Value::Null),
        Json::String(text) if text.is_empty() => Ok(Value::Null),
        Json::String(text) if text.len() == 36 => match uuid::parse(company, code, text) {
            Some(id) => Ok(Value::Int(id)),
            None => Err(Error::new(Code::ReferenceUnknown, format!("{key}: {to} {text} was not found")).at(key)),
        },
        _ => Err(Error::invalid(key, "must be a UUID")),
    }
}

fn uuids_of(json: &Json, to: &str, company: CompanyId, key: &str) -> Result<Value> {
    let list = match json {
        Json::Null => return Ok(Value::Null),
        Json::Array(list) => list,
        _ => return Err(Error::invalid(key, "must be a list of UUIDs")),
    };
    let ids: Vec<i64> =
        list.iter().map(|j| uuid_of(j, to, company, key).map(|v| v.int().unwrap_or(0))).collect::<Result<_>>()?;
    Ok(if ids.is_empty() { Value::Null } else { Value::from(kind::id_list(&ids)) })
}
