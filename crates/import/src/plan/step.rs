//! What becomes of the rows of one file.

use std::{collections::BTreeMap, sync::Arc};

use penstock_model::{CompanySchema, Kind, Object, objects};

use super::{Bound, Plan, Target};
use crate::{
    convert::Conversion,
    date::DateForms,
    file::CsvFile,
    mapping::{By, Mapping, OnMatch, OnNew, Rows},
    reading::{Binder, Joined, Reading},
};

/// What becomes of the rows of one file.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) file: CsvFile,
    pub(crate) object: &'static Object,
    pub(crate) when: Option<Reading>,
    pub(crate) key: Option<Reading>,
    pub(crate) on_match: OnMatch,
    pub(crate) on_new: OnNew,
    pub(crate) fields: Vec<Bound>,
    pub(crate) stays: Vec<BoundStay>,
}

/// When a deal entered a stage.
#[derive(Debug)]
pub(crate) struct BoundStay {
    /// The stage's name.
    pub(crate) stage: String,
    pub(crate) reading: Reading,
    pub(crate) conversion: Conversion,
}

/// What all steps of a mapping share.
pub(super) struct Shared<'m> {
    pub(super) mapping: &'m Mapping,
    pub(super) maps: Arc<BTreeMap<String, BTreeMap<String, String>>>,
    pub(super) blank: Arc<[String]>,
    pub(super) tables: BTreeMap<String, Joined>,
    pub(super) dates: Arc<DateForms>,
    pub(super) zone: String,
    pub(super) schema: &'m CompanySchema,
}

/// The objects that rows can be.
const IMPORTED: [&str; 7] = ["user", "organization", "person", "deal", "lead", "activity", "note"];

impl Shared<'_> {
    /// The step of an entry of `[[rows]]`. Refuses with the reason.
    pub(super) fn step(&self, plan: &mut Plan, rows: &Rows, file: CsvFile) -> Result<Step, String> {
        let object = objects::find(&rows.object).filter(|o| IMPORTED.contains(&o.name));
        let object = object.ok_or_else(|| format!("object must be one of {}", IMPORTED.join(", ")))?;
        let binder = Binder {
            mapping: self.mapping,
            maps: Arc::clone(&self.maps),
            blank: Arc::clone(&self.blank),
            tables: &self.tables,
            file: &file,
        };
        let mut fields: Vec<Bound> = Vec::with_capacity(rows.fields.len());
        for (name, spec) in &rows.fields {
            let bound = self.field(plan, &binder, object, name, spec);
            let bound = bound.map_err(|reason| format!("fields.{name}: {reason}"))?;
            if let Some(other) = fields.iter().find(|f| f.target == bound.target) {
                return Err(format!("fields.{name} and fields.{} are the same field", other.name));
            }
            fields.push(bound);
        }
        let optional = |spec: Option<&_>, name| {
            spec.map(|spec| binder.reading(spec, name).map_err(|reason| format!("{name}: {reason}"))).transpose()
        };
        let (when, key) = (optional(rows.when.as_ref(), "when")?, optional(rows.key.as_ref(), "key")?);
        let mut stays = Vec::with_capacity(rows.stays.len());
        for stay in &rows.stays {
            let bound = binder.reading(&stay.entered, "entered").and_then(|reading| {
                let decimal = self.mapping.format.decimal;
                let conversion = Conversion::new(&stay.entered, Kind::DateTime, &self.dates, decimal, &self.zone)?;
                Ok(BoundStay { stage: stay.stage.clone(), reading, conversion })
            });
            stays.push(bound.map_err(|reason| format!("stays: {}: {reason}", stay.stage))?);
        }
        let step = Step { object, when, key, on_match: rows.on_match, on_new: rows.on_new, fields, stays, file };
        step.check()?;
        Ok(step)
    }
}

impl Step {
    /// The built-in field of that name, if rows set it.
    pub(crate) fn built_in(&self, name: &str) -> Option<usize> {
        let at = Target::BuiltIn(self.object.position(name)?);
        self.fields.iter().position(|f| f.target == at)
    }

    fn check(&self) -> Result<(), String> {
        let is_user = self.object.name == "user";
        if is_user && (self.key.is_some() || self.built_in("email").is_none()) {
            return Err("users are told apart by their e-mail addresses: map email, and no key".to_owned());
        }
        if self.key.is_none() && !is_user && (self.on_match, self.on_new) != (OnMatch::Update, OnNew::Create) {
            return Err("on_match and on_new need a key".to_owned());
        }
        if self.stays.is_empty() {
            return Ok(());
        }
        if self.object.name != "deal" {
            return Err("stays are for deals".to_owned());
        }
        match self.built_in("stage_id").map(|at| self.fields[at].by) {
            Some(By::Name) => Ok(()),
            _ => Err("stays need the field stage, by name".to_owned()),
        }
    }
}
