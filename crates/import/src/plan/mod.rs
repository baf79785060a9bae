//! What an import will do: the mapping with every name in it found, in the files, the tables of objects, and what the
//! company defined.

mod field;
mod step;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use penstock_model::{CompanySchema, Kind, Object, kind::fold, objects};
use sha2::{Digest, Sha256};

pub(super) use field::{Bound, Target};
pub(super) use step::Step;

use super::failure::{Failure, Outcome};
use super::{
    date::DateForms,
    file::{CsvFile, Lookup},
    mapping::{Mapping, NewPipeline},
    reading::Joined,
};
use crate::hex::hex;

/// What an import will do.
#[derive(Debug)]
pub(super) struct Plan {
    /// The source of the external ids of its records.
    pub(super) source: String,
    /// Custom fields that the company is to have.
    pub(super) defined: Vec<Defined>,
    /// Pipelines that the company is to have.
    pub(super) pipelines: Vec<NewPipeline>,
    /// Custom fields that its rows set.
    pub(super) customs: Vec<Custom>,
    /// What becomes of the rows of each file, in order.
    pub(super) steps: Vec<Step>,
    /// How many rows that are.
    pub(super) rows: i64,
    /// What tells this import, its mapping and its files, from any other.
    pub(super) fingerprint: String,
}

/// A custom field that the company is to have.
#[derive(Debug)]
pub(super) struct Defined {
    pub(super) object: &'static Object,
    pub(super) name: String,
    pub(super) field_type: String,
    pub(super) options: Vec<String>,
}

/// A custom field that rows set: by number where the company has it, else one of the defined ones.
#[derive(Clone, Debug)]
pub(super) struct Custom {
    /// The object whose definition it is.
    pub(super) object: &'static Object,
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Its number; unset: it is made by the import.
    pub(super) number: Option<u32>,
}

impl Plan {
    /// Finds everything that a mapping names. Refuses with the place in the mapping and the reason.
    pub(super) fn bind(mapping: &Mapping, text: &str, paths: &[PathBuf], schema: &CompanySchema) -> Outcome<Self> {
        let wrong = |reason: String| Failure::new(format!("the mapping is wrong: {reason}"));
        if mapping.source.trim().is_empty() || mapping.source.chars().count() > 255 {
            return Err(wrong("source must have 1 to 255 characters".to_owned()));
        }
        let format = &mapping.format;
        if !matches!(format.decimal, '.' | ',') {
            return Err(wrong("format.decimal must be . or ,".to_owned()));
        }
        let zone = format.timezone.as_deref().unwrap_or(&schema.timezone);
        let dates = DateForms::new(&format.dates.0, zone).map_err(|reason| wrong(format!("format: {reason}")))?;
        let files = files(mapping, paths)?;
        let mut tables = BTreeMap::new();
        for (name, table) in &mapping.tables {
            let file = files[&table.file].clone();
            let key = file.position(&table.key);
            let key = key.ok_or_else(|| wrong(format!("tables.{name}: {} has no column {}", file.name, table.key)))?;
            let rows = Arc::new(Lookup::read(&file, key)?);
            tables.insert(name.clone(), Joined { file, rows });
        }
        let mut plan = Self {
            source: mapping.source.trim().to_owned(),
            defined: defined(mapping, schema).map_err(wrong)?,
            pipelines: mapping.pipelines.clone(),
            customs: Vec::new(),
            steps: Vec::new(),
            rows: 0,
            fingerprint: fingerprint(text, &files),
        };
        let shared = step::Shared {
            mapping,
            maps: Arc::new(mapping.maps.clone()),
            blank: format.blank.iter().map(|b| b.trim().to_owned()).collect(),
            tables,
            dates: Arc::new(dates),
            zone: zone.to_owned(),
            schema,
        };
        for (at, rows) in mapping.rows.iter().enumerate() {
            let step = shared.step(&mut plan, rows, files[&rows.file].clone());
            let place = format!("rows {} ({}, {})", at + 1, rows.file, rows.object);
            let step = step.map_err(|reason| wrong(format!("{place}: {reason}")))?;
            plan.rows += step.file.rows;
            plan.steps.push(step);
        }
        Ok(plan)
    }
}

/// The files that a mapping names.
fn files(mapping: &Mapping, paths: &[PathBuf]) -> Outcome<BTreeMap<String, CsvFile>> {
    let rows = mapping.rows.iter().map(|r| &r.file);
    let named: BTreeSet<&String> = rows.chain(mapping.tables.values().map(|t| &t.file)).collect();
    let mut files = BTreeMap::new();
    for name in named {
        files.insert(name.clone(), CsvFile::find(name, paths, &mapping.format)?);
    }
    Ok(files)
}

fn fingerprint(mapping: &str, files: &BTreeMap<String, CsvFile>) -> String {
    let mut hash = Sha256::new();
    hash.update(Sha256::digest(mapping));
    for file in files.values() {
        hash.update(file.name.as_bytes());
        hash.update([0]);
        hash.update(file.digest.as_bytes());
    }
    hex(&hash.finalize())
}

/// The object of a name that carries custom fields of its own.
fn carrier(name: &str) -> Result<&'static Object, String> {
    objects::find(name)
        .filter(|o| o.custom == Some(o.name))
        .ok_or_else(|| format!("{name} has no custom fields of its own"))
}

/// The custom fields of a mapping, checked.
fn defined(mapping: &Mapping, schema: &CompanySchema) -> Result<Vec<Defined>, String> {
    let mut all: Vec<Defined> = Vec::with_capacity(mapping.fields.len());
    for field in &mapping.fields {
        let (name, object) = (field.name.trim(), carrier(&field.object)?);
        let place = format!("fields: {} of {}", field.name, field.object);
        if name.is_empty() || name.chars().count() > 255 {
            return Err(format!("{place}: the name must have 1 to 255 characters"));
        }
        let Some(kind) = Kind::creatable(&field.field_type) else {
            let known: Vec<&str> = penstock_model::kind::CREATABLE.iter().map(|(name, _)| *name).collect();
            return Err(format!("{place}: the type must be one of {}", known.join(", ")));
        };
        let is_choice = matches!(kind, Kind::Choice | Kind::Choices);
        if is_choice == field.options.is_empty() {
            return Err(format!("{place}: options are for the types enum and set, which need one at least"));
        }
        if all.iter().any(|d| d.object.name == object.name && fold(&d.name) == fold(name)) {
            return Err(format!("{place} stands there twice"));
        }
        if let Some(there) = field::custom_named(schema, object, name)?
            && there.kind != kind
        {
            return Err(format!("{place}: the company has this field with the type {}", there.kind.field_type()));
        }
        let (name, field_type) = (name.to_owned(), field.field_type.clone());
        all.push(Defined { object, name, field_type, options: field.options.clone() });
    }
    Ok(all)
}
