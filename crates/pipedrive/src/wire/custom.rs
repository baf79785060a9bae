//! Custom values on the wire: v2's `custom_fields`, v1's hash keys at the root (pipedrive-contract 5.2).

use std::fmt;

use penstock_model::{CompanySchema, CustomField, Kind, kind::ADDRESS_PARTS, operation::Version, schema::OptionItem};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{plan::Plan, scalar};

/// The stored values of one record, cut apart but not parsed: `(field number, JSON)`.
struct Slices<'a>(Vec<(u32, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Slices<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Cut;
        impl<'de> Visitor<'de> for Cut {
            type Value = Slices<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object keyed by field number")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut slices = Vec::with_capacity(16);
                while let Some(key) = map.next_key::<&str>()? {
                    let raw: &RawValue = map.next_value()?;
                    if let Ok(number) = key.parse() {
                        slices.push((number, raw.get()));
                    }
                }
                Ok(Slices(slices))
            }
        }
        deserializer.deserialize_map(Cut)
    }
}

impl<'a> Slices<'a> {
    fn of(stored: Option<&'a str>) -> Self {
        stored.and_then(|s| serde_json::from_str(s).ok()).unwrap_or(Self(Vec::new()))
    }
    fn get(&self, number: u32) -> Option<&'a str> {
        self.0.iter().find(|(n, _)| *n == number).map(|(_, raw)| *raw)
    }
}

fn chosen<'a>(plan: &'a Plan, schema: &'a CompanySchema) -> impl Iterator<Item = &'a CustomField> {
    let only = plan.only_custom.as_deref();
    schema.custom(plan.object).filter(move |f| only.is_none_or(|keys| keys.contains(&f.key)))
}

/// Writes what stands before a value: `,"key":`. The keys are hexadecimal digits, so there is nothing to escape.
fn lead(out: &mut Vec<u8>, key: &str) {
    out.reserve(key.len() + 4);
    out.extend_from_slice(b",\"");
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
}

/// Writes what stands before a part of a value: `,"key_part":`.
fn part_lead(out: &mut Vec<u8>, key: &str, part: &str) {
    for bytes in [",\"", key, "_", part, "\":"] {
        out.extend_from_slice(bytes.as_bytes());
    }
}

/// The parts that v1 spells beside a value, under keys of their own.
pub(crate) const fn parts_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Amount => &["currency"],
        Kind::DateRange => &["until"],
        Kind::ZonedTime => &["timezone_id"],
        Kind::TimeRange => &["until", "timezone_id"],
        Kind::Address => &ADDRESS_PARTS,
        _ => &[],
    }
}

/// Writes the custom values of a record: every field of the account, unset ones as `null` (pipedrive-contract 4.2).
pub(super) fn write(out: &mut Vec<u8>, plan: &Plan, schema: &CompanySchema, stored: Option<&str>) {
    let slices = Slices::of(stored);
    let fields = chosen(plan, schema);
    if plan.version == Version::V1 {
        // Leads show only the fields that are set (pipedrive-contract 3.5).
        let sparse = plan.object.name == "lead";
        let first = out.last() == Some(&b'{');
        let start = out.len();
        for field in fields {
            let raw = slices.get(field.number);
            if raw.is_some() || !sparse {
                write_v1(out, field, raw);
            }
        }
        if first && out.len() > start {
            out.remove(start);
        }
        return;
    }
    scalar::key(out, "custom_fields");
    let start = out.len();
    for field in fields {
        lead(out, &field.key);
        match (slices.get(field.number), field.kind) {
            (None, _) => scalar::null(out),
            (Some(id), Kind::Choice) if plan.option_labels => labelled(out, &field.options, id),
            (Some(list), Kind::Choices) if plan.option_labels => labelled_list(out, &field.options, list),
            (Some(raw), _) => out.extend_from_slice(raw.as_bytes()),
        }
    }
    // The object begins where the first field has its comma.
    match out.get_mut(start) {
        Some(comma) => *comma = b'{',
        None => out.push(b'{'),
    }
    out.push(b'}');
}

/// An option as `{id, label}` (pipedrive-contract 4.1).
fn labelled(out: &mut Vec<u8>, options: &[OptionItem], id: &str) {
    out.extend_from_slice(b"{\"id\":");
    out.extend_from_slice(id.as_bytes());
    let known = options.iter().find(|option| id.parse() == Ok(option.id));
    scalar::key(out, "label");
    match known {
        Some(option) => scalar::string(out, &option.label),
        None => scalar::null(out),
    }
    out.push(b'}');
}

/// Options, stored as a list of numbers, as a list of `{id, label}`.
pub(super) fn labelled_list(out: &mut Vec<u8>, options: &[OptionItem], list: &str) {
    out.push(b'[');
    let ids = list.trim_matches(['[', ']']).split(',').map(str::trim).filter(|id| !id.is_empty());
    for (position, id) in ids.enumerate() {
        if position > 0 {
            out.push(b',');
        }
        labelled(out, options, id);
    }
    out.push(b']');
}

fn write_v1(out: &mut Vec<u8>, field: &CustomField, raw: Option<&str>) {
    lead(out, &field.key);
    let Some(raw) = raw else {
        scalar::null(out);
        for part in parts_of(field.kind) {
            part_lead(out, &field.key, part);
            scalar::null(out);
        }
        return;
    };
    match field.kind {
        Kind::Choice => scalar::string(out, raw),
        Kind::Choices => scalar::string(out, raw.trim_matches(['[', ']'])),
        kind if kind.is_composite() => {
            let parts = Parts::of(Some(raw));
            parts.write(out, "value");
            for part in parts_of(kind) {
                part_lead(out, &field.key, part);
                parts.write(out, part);
            }
        }
        _ => out.extend_from_slice(raw.as_bytes()),
    }
}

/// The parts of one composite value, cut apart but not parsed: `(key, JSON)`.
pub(super) struct Parts<'a>(Vec<(&'a str, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Parts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Cut;
        impl<'de> Visitor<'de> for Cut {
            type Value = Parts<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut parts = Vec::with_capacity(4);
                while let Some(key) = map.next_key::<&str>()? {
                    let raw: &RawValue = map.next_value()?;
                    parts.push((key, raw.get()));
                }
                Ok(Parts(parts))
            }
        }
        deserializer.deserialize_map(Cut)
    }
}

impl<'a> Parts<'a> {
    pub(super) fn of(stored: Option<&'a str>) -> Self {
        stored.and_then(|s| serde_json::from_str(s).ok()).unwrap_or(Self(Vec::new()))
    }
    /// Writes one part; one that is missing is `null`.
    pub(super) fn write(&self, out: &mut Vec<u8>, key: &str) {
        let found = self.0.iter().find(|(k, _)| *k == key);
        out.extend_from_slice(found.map_or("null", |(_, raw)| raw).as_bytes());
    }
}
