//! Writing rows: every record goes through the rules of the CRM, inside the write closure of its chunk.

use std::{collections::HashMap, sync::Arc};

use penstock_crm::{
    Patch, Tx, create,
    fields::{self, NewOption},
    past::{self, StageVisit},
    rules::user,
    update,
};
use penstock_model::{CompanySchema, Object, Result, Value, kind::fold, objects};

use super::{
    ask::{Ask, Found, find_keys},
    draft::Draft,
    judge::{Decided, Ground, Verdict},
    mapping::By,
    plan::{Plan, Step, Target},
};

/// Names that were found in the company, by what was looked for.
pub(super) type Names = HashMap<Ask, i64>;

/// A company while rows are written to it.
pub(super) struct Live<'t, 'c> {
    tx: &'t mut Tx<'c>,
    plan: &'t Plan,
    /// The numbers of the plan's custom fields.
    customs: &'t [u32],
    /// Names that earlier chunks found.
    known: Arc<Names>,
    /// The records of this chunk's rows, by key, where they are there.
    own: HashMap<String, i64>,
    /// Names that this chunk found.
    pub(super) found: Names,
    /// The records that were made, in order.
    pub(super) made: Vec<(&'static Object, i64)>,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Became {
    /// It was made.
    Made,
    /// It was changed.
    Changed,
    /// It was as the row says.
    Same,
}

impl<'t, 'c> Live<'t, 'c> {
    pub(super) fn new(tx: &'t mut Tx<'c>, plan: &'t Plan, customs: &'t [u32], known: Arc<Names>) -> Self {
        Self { tx, plan, customs, known, own: HashMap::new(), found: Names::new(), made: Vec::new() }
    }

    /// Looks for the records of rows, all at once. No other row of the chunk has the key of one.
    pub(super) fn expect<'d>(&mut self, step: &Step, drafts: impl Iterator<Item = &'d Draft>) -> Result<()> {
        let keys: Vec<&str> = drafts.filter_map(|draft| draft.key.as_deref()).collect();
        if !keys.is_empty() {
            let company = self.tx.access.company();
            self.own = find_keys(self.tx.conn, company, step.object, &self.plan.source, &keys)?;
        }
        Ok(())
    }

    /// Makes or changes the record of a row.
    pub(super) fn write(&mut self, step: &Step, draft: &Draft, verdict: Verdict) -> Result<Option<Became>> {
        match verdict {
            Verdict::Make(decided) => self.add(step, draft, decided).map(Some),
            Verdict::Change(id, decided) => self.change(step, id, decided).map(Some),
            Verdict::Pass | Verdict::Refuse(_) => Ok(None),
        }
    }

    fn add(&mut self, step: &Step, draft: &Draft, decided: Decided) -> Result<Became> {
        let stays = stays(&decided);
        let mut patch = self.patch(decided);
        let object = step.object;
        if object.name == "user" {
            let text = |name| patch.get(object, name).and_then(Value::text).unwrap_or_default().to_owned();
            self.add_user(&text("name"), &text("email"))?;
            return Ok(Became::Made);
        }
        if let Some(time) = draft.add_time
            && patch.get(object, "add_time").is_none()
        {
            patch.set(object, "add_time", time);
        }
        patch.external_ids = draft.key.clone().map(|key| vec![(self.plan.source.clone(), key)]);
        let record =
            if object.name == "deal" { past::create(self.tx, &patch, &stays) } else { create(self.tx, object, &patch) };
        self.made.push((object, record?.id()));
        Ok(Became::Made)
    }

    fn change(&mut self, step: &Step, id: i64, decided: Decided) -> Result<Became> {
        let stays = stays(&decided);
        let mut patch = self.patch(decided);
        let before = self.tx.changed().count();
        let mut became = Became::Changed;
        match step.object.name {
            "user" => {
                // One who left, or whose import was undone, is back. Undoing this import sends them off again.
                if !self.tx.visible_record(step.object, id)?.get("is_active").truth() {
                    patch.set(step.object, "is_active", true);
                    self.made.push((step.object, id));
                    became = Became::Made;
                }
                update(self.tx, step.object, id, &patch, None)?;
            }
            "deal" => {
                past::update(self.tx, id, &patch, &stays)?;
            }
            _ => {
                update(self.tx, step.object, id, &patch, None)?;
            }
        }
        Ok(if self.tx.changed().count() == before { Became::Same } else { became })
    }

    fn patch(&self, decided: Decided) -> Patch {
        let mut patch = Patch::default();
        for (target, value) in decided.values {
            match target {
                Target::BuiltIn(at) => _ = patch.put(at, value),
                Target::Custom(at) => patch.custom.push((self.customs[at], value)),
            }
        }
        patch
    }

    fn add_user(&mut self, name: &str, email: &str) -> Result<i64> {
        let currency = self.tx.schema.currency.to_string();
        let id = user::add(self.tx, name, email, false, &currency)?.id();
        self.made.push((&objects::USER, id));
        Ok(id)
    }

    /// The definition of a choice field: its number and its options, those that can't be chosen left out.
    fn options(&self, object: &'static Object, field: Target) -> (i64, impl Iterator<Item = (i64, &str)>) {
        let (number, options) = match field {
            Target::BuiltIn(at) => {
                let field = &object.fields[at];
                (object.field_base + u32::from(field.number), self.tx.schema.options_of(object, field))
            }
            Target::Custom(at) => {
                let number = self.customs[at];
                (number, self.tx.schema.by_number(number).map_or(&[][..], |f| &f.options))
            }
        };
        (i64::from(number), options.iter().filter(|o| !o.deleted).map(|o| (o.id, &*o.label)))
    }
}

fn stays(decided: &Decided) -> Vec<StageVisit> {
    decided.stays.iter().map(|(stage, entered)| StageVisit { stage: *stage, entered: *entered }).collect()
}

impl Ground for Live<'_, '_> {
    fn find(&mut self, ask: &Ask) -> Result<Found> {
        if let Some(id) = self.found.get(ask).or_else(|| self.known.get(ask)) {
            return Ok(Found::One(*id));
        }
        let company = self.tx.access.company();
        let found = ask.find(self.tx.conn, company, &self.plan.source)?;
        if let (Found::One(id), Ask::Record { by: By::Name, .. } | Ask::Stage { .. }) = (found, ask) {
            self.found.insert(ask.clone(), id);
        }
        Ok(found)
    }

    fn find_own(&mut self, ask: &Ask) -> Result<Found> {
        match ask {
            Ask::Record { by: By::Key, text, .. } => {
                Ok(self.own.get(text).map_or(Found::Nothing, |id| Found::One(*id)))
            }
            _ => self.find(ask),
        }
    }

    fn make(&mut self, object: &'static str, name: &str, email: Option<&str>) -> Result<i64> {
        let object = objects::get(object);
        if object.name != "user" {
            let mut patch = Patch::default();
            patch.set(object, "name", name);
            let id = create(self.tx, object, &patch)?.id();
            self.made.push((object, id));
            return Ok(id);
        }
        let email = email.unwrap_or_default();
        match self.find(&Ask::record(object, By::Email, email))? {
            Found::One(id) => {
                let mut patch = Patch::default();
                patch.set(object, "is_active", true);
                update(self.tx, object, id, &patch, None)?;
                self.made.push((object, id));
                Ok(id)
            }
            _ => self.add_user(name, email),
        }
    }

    fn option(&mut self, object: &'static Object, field: Target, label: &str) -> Option<i64> {
        self.options(object, field).1.find(|(_, known)| fold(known) == fold(label)).map(|(id, _)| id)
    }

    fn add_option(&mut self, object: &'static Object, field: Target, label: &str) -> Result<i64> {
        let number = self.options(object, field).0;
        let carrier = match field {
            Target::BuiltIn(_) => object,
            Target::Custom(at) => self.plan.customs[at].object,
        };
        let new = NewOption { label: label.to_owned(), color: None };
        let added = fields::add_options(self.tx, carrier, number, &[new])?;
        Ok(added.first().map_or(0, |option| option.id))
    }

    fn schema(&self) -> &CompanySchema {
        &self.tx.schema
    }
}
