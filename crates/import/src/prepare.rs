//! What the company is to have before the first row comes: custom fields with their options, pipelines with their
//! stages. What is there already is used as it is.

use penstock_crm::{
    Patch, Tx, create,
    fields::{self, NewField, NewOption},
};
use penstock_model::{CompanySchema, CustomField, Error, Object, Result, kind::fold, objects};

use super::{
    ask::{Ask, Found},
    mapping::{By, NewPipeline},
    plan::{Defined, Plan},
};

/// What was prepared.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// The numbers of the plan's custom fields.
    pub(super) customs: Vec<u32>,
    /// The records that were made.
    pub(super) made: Vec<(&'static Object, i64)>,
}

/// Makes what is missing. A second time it finds everything and makes nothing.
pub(super) fn prepare(tx: &mut Tx<'_>, plan: &Plan) -> Result<Prepared> {
    let mut prepared = Prepared::default();
    for field in &plan.defined {
        define(tx, field, &mut prepared)?;
    }
    for custom in &plan.customs {
        let number = custom.number.or_else(|| named(&tx.schema, custom.object, &custom.name).map(|f| f.number));
        let number = number.ok_or_else(|| Error::not_found("field"))?;
        prepared.customs.push(number);
    }
    for pipeline in &plan.pipelines {
        lay(tx, pipeline, &mut prepared)?;
    }
    Ok(prepared)
}

fn named<'s>(schema: &'s CompanySchema, object: &Object, name: &str) -> Option<&'s CustomField> {
    schema.custom(object).find(|f| fold(&f.name) == fold(name))
}

fn define(tx: &mut Tx<'_>, field: &Defined, prepared: &mut Prepared) -> Result<()> {
    let option = |label: &String| NewOption { label: label.clone(), color: None };
    let Some(there) = named(&tx.schema, field.object, &field.name) else {
        let options = field.options.iter().map(option).collect();
        let (name, field_type) = (field.name.clone(), field.field_type.clone());
        let new = NewField { name, field_type, options, ..NewField::default() };
        let made = fields::create(tx, field.object, &new)?.id();
        prepared.made.push((&objects::CUSTOM_FIELD, made));
        return Ok(());
    };
    let known = |label: &str| there.options.iter().any(|o| !o.deleted && fold(&o.label) == fold(label));
    let lacking: Vec<NewOption> = field.options.iter().filter(|l| !known(l)).map(option).collect();
    let number = i64::from(there.number);
    if !lacking.is_empty() {
        fields::add_options(tx, field.object, number, &lacking)?;
    }
    Ok(())
}

fn lay(tx: &mut Tx<'_>, pipeline: &NewPipeline, prepared: &mut Prepared) -> Result<()> {
    let ask = Ask::record(&objects::PIPELINE, By::Name, &pipeline.name);
    let id = if let Some(id) = find(tx, &ask)? {
        id
    } else {
        let mut patch = Patch::default();
        patch.set(&objects::PIPELINE, "name", pipeline.name.trim());
        let id = create(tx, &objects::PIPELINE, &patch)?.id();
        prepared.made.push((&objects::PIPELINE, id));
        id
    };
    for stage in &pipeline.stages {
        if find(tx, &Ask::stage(Some(&pipeline.name), stage))?.is_none() {
            let mut patch = Patch::default();
            patch.set(&objects::STAGE, "name", stage.trim()).set(&objects::STAGE, "pipeline_id", id);
            let stage = create(tx, &objects::STAGE, &patch)?.id();
            prepared.made.push((&objects::STAGE, stage));
        }
    }
    Ok(())
}

fn find(tx: &mut Tx<'_>, ask: &Ask) -> Result<Option<i64>> {
    // Pipelines and stages are not looked up by the keys of rows, so there is no source of keys.
    let company = tx.access.company();
    match ask.find(tx.conn, company, "")? {
        Found::One(id) => Ok(Some(id)),
        Found::Nothing => Ok(None),
        Found::Several => Err(Error::new(penstock_model::Code::Conflict, ask.several())),
    }
}
