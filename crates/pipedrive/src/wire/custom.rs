//! Custom values on the wire: v2's `custom_fields`, v1's hash keys at the root (pipedrive-contract 5.2).

use std::ops::Range;

use penstock_model::{CompanySchema, CustomField, Kind, kind::ADDRESS_PARTS, schema::OptionItem};

use super::{members::Members, plan::Plan, scalar};
use crate::operations::Version;

/// The stored values of one record: `(field number, JSON)`.
struct Stored<'a>(Vec<(u32, &'a str)>);

impl<'a> Stored<'a> {
    fn of(stored: Option<&'a str>) -> Self {
        let mut values = Vec::with_capacity(16);
        values.extend(Members::of(stored).filter_map(|(key, json)| Some((key.parse().ok()?, json))));
        Self(values)
    }
    fn get(&self, number: u32) -> Option<&'a str> {
        self.0.iter().find(|(n, _)| *n == number).map(|(_, json)| *json)
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

/// The custom fields that a page shows, chosen once, each with what stands for it where it is unset.
pub(super) struct Chosen {
    fields: Vec<ChosenField>,
    unset: Vec<u8>,
}

struct ChosenField {
    /// Its place among the schema's fields.
    at: usize,
    /// `,"key":null` and, on v1, the same of each part behind it.
    unset: Range<usize>,
}

impl Chosen {
    pub(super) fn of(plan: &Plan, schema: &CompanySchema) -> Self {
        let mut chosen = Self { fields: Vec::new(), unset: Vec::new() };
        if plan.custom.is_none() {
            return chosen;
        }
        let only = plan.only_custom.as_deref();
        for (at, field) in schema.fields.iter().enumerate() {
            let asked = only.is_none_or(|keys| keys.contains(&field.key));
            if !asked || !field.is_custom_of(plan.object) {
                continue;
            }
            let start = chosen.unset.len();
            // The keys are hexadecimal digits, so there is nothing to escape.
            let mut add = |text: &str| chosen.unset.extend_from_slice(text.as_bytes());
            [",\"", &field.key, "\":null"].into_iter().for_each(&mut add);
            if plan.version == Version::V1 {
                for part in parts_of(field.kind) {
                    [",\"", &field.key, "_", part, "\":null"].into_iter().for_each(&mut add);
                }
            }
            chosen.fields.push(ChosenField { at, unset: start..chosen.unset.len() });
        }
        chosen
    }

    /// Writes the custom values of a record: every field of the account, unset ones as `null`
    /// (pipedrive-contract 4.2).
    pub(super) fn write(&self, out: &mut Vec<u8>, plan: &Plan, schema: &CompanySchema, stored: Option<&str>) {
        let values = Stored::of(stored);
        let fields = self.fields.iter().map(|one| (&schema.fields[one.at], &self.unset[one.unset.clone()]));
        if plan.version == Version::V1 {
            let sparse = plan.object.shows_set_custom_only;
            let first = out.last() == Some(&b'{');
            let start = out.len();
            for (field, unset) in fields {
                match values.get(field.number) {
                    Some(raw) => write_v1(out, field, unset, raw),
                    None if sparse => {}
                    None => out.extend_from_slice(unset),
                }
            }
            if first && out.len() > start {
                out.remove(start);
            }
            return;
        }
        scalar::key(out, "custom_fields");
        let start = out.len();
        for (field, unset) in fields {
            let Some(raw) = values.get(field.number) else {
                out.extend_from_slice(unset);
                continue;
            };
            out.extend_from_slice(&unset[..unset.len() - NULL]);
            match field.kind {
                Kind::Choice if plan.option_labels => labelled(out, &field.options, raw),
                Kind::Choices if plan.option_labels => labelled_list(out, &field.options, raw),
                _ => out.extend_from_slice(raw.as_bytes()),
            }
        }
        // The object begins where the first field has its comma.
        match out.get_mut(start) {
            Some(comma) => *comma = b'{',
            None => out.push(b'{'),
        }
        out.push(b'}');
    }
}

/// The length of `null`.
const NULL: usize = 4;

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

/// Writes a value that is set, under the keys of what stands where it is unset.
fn write_v1(out: &mut Vec<u8>, field: &CustomField, unset: &[u8], raw: &str) {
    let mut at = 0;
    let mut lead = |out: &mut Vec<u8>, key: usize| {
        // `,"key":`
        let end = at + key + 4;
        out.extend_from_slice(&unset[at..end]);
        at = end + NULL;
    };
    let key = field.key.len();
    lead(out, key);
    match field.kind {
        Kind::Choice => scalar::string(out, raw),
        Kind::Choices => scalar::string(out, raw.trim_matches(['[', ']'])),
        kind if kind.is_composite() => {
            let parts = Parts::of(Some(raw));
            parts.write(out, "value");
            for part in parts_of(kind) {
                lead(out, key + 1 + part.len());
                parts.write(out, part);
            }
        }
        _ => out.extend_from_slice(raw.as_bytes()),
    }
}

/// The parts of one composite value: `(key, JSON)`.
pub(super) struct Parts<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Parts<'a> {
    pub(super) fn of(stored: Option<&'a str>) -> Self {
        let mut parts = Vec::with_capacity(ADDRESS_PARTS.len() + 1);
        parts.extend(Members::of(stored));
        Self(parts)
    }
    /// Writes one part; one that is missing is `null`.
    pub(super) fn write(&self, out: &mut Vec<u8>, key: &str) {
        let found = self.0.iter().find(|(k, _)| *k == key);
        out.extend_from_slice(found.map_or("null", |(_, json)| json).as_bytes());
    }
}
