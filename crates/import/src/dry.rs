//! Looking at every row without writing: what the company has, and what the rows before would have made by then.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use penstock_model::{CompanyId, CompanySchema, Object, Result, kind::fold, objects};
use penstock_store::Conn;

use super::{
    ask::{Ask, Found, name_of},
    draft::{Draft, Wanted},
    judge::{Ground, Verdict, identity},
    mapping::By,
    plan::{Plan, Step, Target},
};

/// What the company has, and what the import would make.
pub(super) struct Dry {
    plan: Arc<Plan>,
    schema: Arc<CompanySchema>,
    /// What the company has, as far as it was looked up.
    there: HashMap<Ask, Found>,
    /// What would be made, and how often.
    coming: HashMap<Ask, u32>,
    /// Options that would be added: field and folded label.
    options: HashSet<(FieldName, String)>,
}

/// A choice field by object and name.
type FieldName = (&'static str, String);

impl Dry {
    pub(super) fn new(plan: Arc<Plan>, schema: Arc<CompanySchema>) -> Self {
        let mut dry = Self { plan, schema, there: HashMap::new(), coming: HashMap::new(), options: HashSet::new() };
        let plan = Arc::clone(&dry.plan);
        for pipeline in &plan.pipelines {
            dry.comes(Ask::record(&objects::PIPELINE, By::Name, &pipeline.name));
            for stage in &pipeline.stages {
                dry.comes(Ask::stage(Some(&pipeline.name), stage));
                dry.comes(Ask::stage(None, stage));
            }
        }
        for field in &plan.defined {
            for label in &field.options {
                dry.options.insert(((field.object.name, fold(&field.name)), fold(label)));
            }
        }
        dry
    }

    /// The source of the keys of rows.
    pub(super) fn source(&self) -> &str {
        &self.plan.source
    }

    fn comes(&mut self, ask: Ask) {
        *self.coming.entry(ask).or_default() += 1;
    }

    /// What of some rows has not been looked up yet.
    pub(super) fn unknown(&mut self, step: &Step, drafts: &[Draft]) -> Vec<Ask> {
        // A key is mostly asked for once, when its row comes: those of earlier rows are not kept.
        self.there.retain(|ask, _| !matches!(ask, Ask::Record { by: By::Key, .. }));
        let mut asks = HashSet::new();
        for draft in drafts {
            let links = draft.fields.iter().filter_map(|(_, wanted)| match wanted {
                Wanted::Link { ask, .. } => Some(ask.clone()),
                _ => None,
            });
            asks.extend(links.chain(draft.stays.iter().map(|(ask, _)| ask.clone())).chain(identity(step, draft)));
        }
        asks.retain(|ask| !self.there.contains_key(ask));
        asks.into_iter().collect()
    }

    /// Looks things up in the company.
    pub(super) fn look(conn: &mut dyn Conn, company: CompanyId, source: &str, asks: &[Ask]) -> Result<Vec<Found>> {
        asks.iter().map(|ask| ask.find(conn, company, source)).collect()
    }

    /// Remembers what was found.
    pub(super) fn learn(&mut self, asks: &[Ask], found: Vec<Found>) {
        self.there.extend(asks.iter().cloned().zip(found));
    }

    /// Remembers what a row would make.
    pub(super) fn take(&mut self, step: &Step, draft: &Draft, verdict: &Verdict) {
        let comes = match verdict {
            Verdict::Make(_) => true,
            Verdict::Change(..) => step.object.name == "user",
            _ => false,
        };
        if !comes {
            return;
        }
        if let Some(ask) = identity(step, draft) {
            self.comes(ask);
        }
        if let Some(Wanted::Value(value)) = name_of(step.object).and_then(|name| draft.wanted(step.built_in(name)))
            && let Some(name) = value.text()
        {
            self.comes(Ask::record(step.object, By::Name, name));
        }
    }

    fn field_name(&self, object: &'static Object, field: Target) -> FieldName {
        match field {
            Target::BuiltIn(at) => (object.name, object.fields[at].name.to_owned()),
            Target::Custom(at) => {
                let custom = &self.plan.customs[at];
                (custom.object.name, fold(&custom.name))
            }
        }
    }
}

impl Ground for Dry {
    fn find(&mut self, ask: &Ask) -> Result<Found> {
        Ok(match (self.there.get(ask), self.coming.get(ask)) {
            (None | Some(Found::Nothing), None) => Found::Nothing,
            (None | Some(Found::Nothing), Some(1)) => Found::One(0),
            (None | Some(Found::Nothing), Some(_)) => Found::Several,
            (Some(found), _) => *found,
        })
    }

    fn make(&mut self, object: &'static str, name: &str, email: Option<&str>) -> Result<i64> {
        let object = objects::get(object);
        self.comes(Ask::record(object, By::Name, name));
        if let Some(email) = email {
            self.comes(Ask::record(object, By::Email, email));
        }
        Ok(0)
    }

    fn option(&mut self, object: &'static Object, field: Target, label: &str) -> Option<i64> {
        let coming = self.options.contains(&(self.field_name(object, field), fold(label)));
        let there = match field {
            Target::BuiltIn(at) => self.schema.options_of(object, &object.fields[at]),
            Target::Custom(at) => {
                let number = self.plan.customs[at].number;
                number.and_then(|n| self.schema.by_number(n)).map_or(&[][..], |f| &f.options)
            }
        };
        let there = there.iter().find(|o| !o.deleted && fold(&o.label) == fold(label));
        there.map(|o| o.id).or(coming.then_some(0))
    }

    fn add_option(&mut self, object: &'static Object, field: Target, label: &str) -> Result<i64> {
        let name = self.field_name(object, field);
        self.options.insert((name, fold(label)));
        Ok(0)
    }

    fn schema(&self) -> &CompanySchema {
        &self.schema
    }
}
