//! Records as bytes: each piece of the plan, then the custom values.

use std::collections::HashMap;

use penstock_crm::{List, Page, Reader};
use penstock_model::{
    Codec, CompanySchema, Kind, Object, Result, ValueRef, field,
    field::Compute,
    filter::Expr,
    objects::{ACTIVITY, DEAL_STAGE_VISIT, STAGE},
};
use penstock_store::sql::{Column, Direction};

use super::{
    codec::{self, Context},
    computed::{self, Input, Inputs},
    custom,
    plan::{LABELS, Origin, Plan, Projection, Shape},
    reference::{Facts, References},
    scalar,
};
use crate::operations::{References as Form, Version};

/// What a record that is read alone shows beyond its row.
#[derive(Default)]
pub(crate) struct Extras {
    /// Activities as v1 shows them, by number.
    pub(super) activities: HashMap<i64, Vec<u8>>,
    /// Seconds in each stage that a deal was in, in order of first entry.
    pub(super) stage_seconds: Vec<(i64, i64)>,
    /// The share of its pipeline's stages that a deal has reached.
    pub(super) stage_progress: f64,
}

impl Extras {
    fn read(reader: &mut Reader<'_>, plan: &Plan, page: &Page) -> Result<Self> {
        let mut extras = Self::default();
        for piece in &plan.pieces {
            let Origin::Computed(how) = &piece.value else { continue };
            let cell = |input: Input| page.get(0, input.column).int();
            match **how {
                Compute::Activity { activity } => {
                    if let Some(id) = cell(activity)
                        && let Some(bytes) = shown_activity(reader, id)?
                    {
                        extras.activities.insert(id, bytes);
                    }
                }
                Compute::StageTimes { deal, close_time } => {
                    if let Some(deal) = cell(deal) {
                        extras.stage_seconds = stage_seconds(reader, deal, cell(close_time))?;
                    }
                }
                Compute::StageProgress { stage, pipeline } => {
                    if let Some(stage) = cell(stage) {
                        extras.stage_progress = stage_progress(reader, stage, cell(pipeline).unwrap_or(0))?;
                    }
                }
                _ => {}
            }
        }
        Ok(extras)
    }
}

fn shown_activity(reader: &mut Reader<'_>, id: i64) -> Result<Option<Vec<u8>>> {
    let plan = Plan::of(&ACTIVITY, Version::V1, Shape::Listed, Form::Ids, &Projection::default());
    let Ok(page) = reader.one(&plan.single, id) else { return Ok(None) };
    let mut bytes = Vec::with_capacity(1024);
    Writer::read(reader, &plan, &page)?.record(&mut bytes, reader, &page, 0);
    Ok(Some(bytes))
}

/// The seconds that a deal was in each stage. The stay that goes on counts until now, or until the deal was closed.
fn stage_seconds(reader: &mut Reader<'_>, deal: i64, closed: Option<i64>) -> Result<Vec<(i64, i64)>> {
    let entered = field!(DEAL_STAGE_VISIT, "entered");
    let columns =
        [field!(DEAL_STAGE_VISIT, "stage_id"), entered, field!(DEAL_STAGE_VISIT, "left_at")].map(Column::Field);
    let mut list = List::all(&DEAL_STAGE_VISIT, &columns, 1000);
    list.filter = Expr::eq(field!(DEAL_STAGE_VISIT, "deal_id"), deal);
    list.order = vec![(entered.into(), Direction::Ascending)];
    let until = closed.unwrap_or(reader.now);
    let page = reader.list(&list)?;
    let mut seconds: Vec<(i64, i64)> = Vec::new();
    for row in 0..page.len() {
        let (stage, entered) = (page.get(row, 0).int().unwrap_or(0), page.get(row, 1).int().unwrap_or(until));
        let spent = (page.get(row, 2).int().unwrap_or(until) - entered).max(0) / penstock_model::time::SECOND;
        match seconds.iter_mut().find(|(s, _)| *s == stage) {
            Some((_, sum)) => *sum += spent,
            None => seconds.push((stage, spent)),
        }
    }
    Ok(seconds)
}

fn stage_progress(reader: &mut Reader<'_>, stage: i64, pipeline: i64) -> Result<f64> {
    let columns = [Column::Field(STAGE.id())];
    let mut list = List::all(&STAGE, &columns, 1000);
    list.filter = Expr::eq(field!(STAGE, "pipeline_id"), pipeline);
    list.order = vec![(field!(STAGE, "order_nr").into(), Direction::Ascending)];
    let page = reader.list(&list)?;
    let reached = (0..page.len()).position(|row| page.id(row) == stage).map_or(0, |at| at + 1);
    let whole = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    Ok(if page.is_empty() { 0.0 } else { (whole(reached) / whole(page.len()) * 100.0).round() / 100.0 })
}

/// Writes the records of one page.
pub(crate) struct Writer<'p> {
    plan: &'p Plan,
    references: References,
    custom: custom::Chosen,
    extras: Extras,
}

impl<'p> Writer<'p> {
    /// Reads what the page refers to.
    pub(crate) fn read(reader: &mut Reader<'_>, plan: &'p Plan, page: &Page) -> Result<Self> {
        let references = References::read(reader, plan, page)?;
        let extras = if page.len() == 1 { Extras::read(reader, plan, page)? } else { Extras::default() };
        let custom = custom::Chosen::of(plan, &reader.schema);
        Ok(Self { plan, references, custom, extras })
    }

    /// Writes one record as an object.
    pub(crate) fn record(&mut self, out: &mut Vec<u8>, reader: &Reader<'_>, page: &Page, row: usize) {
        self.record_with(out, reader, page, row, |_| {});
    }

    /// As [`Writer::record`], with what `more` writes as its last keys.
    pub(crate) fn record_with(
        &mut self,
        out: &mut Vec<u8>,
        reader: &Reader<'_>,
        page: &Page,
        row: usize,
        more: impl FnOnce(&mut Vec<u8>),
    ) {
        let schema = &*reader.schema;
        let plan = self.plan;
        let facts = Facts { company: schema.company, domain: &schema.domain, about: plan.object };
        out.push(b'{');
        let mut first = true;
        for piece in &plan.pieces {
            if !std::mem::replace(&mut first, false) {
                out.push(b',');
            }
            let context = Context { company: schema.company, uuid_object: piece.uuid_object };
            if matches!(piece.codec, Codec::AddressParts | Codec::AddressPartsOnly)
                && let Origin::Cell(column) = piece.value
            {
                // These write keys of their own, with their own commas.
                if out.last() == Some(&b',') {
                    out.pop();
                }
                codec::address_parts(out, piece.key, page.get(row, column));
                continue;
            }
            out.extend_from_slice(&piece.lead);
            match &piece.value {
                Origin::Cell(column) => codec::write(out, piece.codec, piece.kind, page.get(row, *column), context),
                Origin::Pair(amount, currency) => {
                    codec::money_pair(out, page.get(row, *amount), page.get(row, *currency));
                }
                Origin::Embedded(column, lookup) => {
                    self.references.embed(out, *lookup, page.get(row, *column), facts);
                }
                Origin::Joined(via, lookup, other) => {
                    let lookup = &self.references.lookups[*lookup];
                    let joined = page.get(row, *via).int().and_then(|id| lookup.row(id));
                    let value = match joined {
                        Some(at) if lookup.visible(at) => lookup.at(at, *other),
                        Some(_) if piece.kind == Kind::Text => ValueRef::Text("(hidden)"),
                        _ => ValueRef::Null,
                    };
                    codec::write(out, piece.codec, piece.kind, value, context);
                }
                Origin::Computed(how) => {
                    let inputs = Inputs {
                        plan,
                        page,
                        row,
                        lookups: &self.references.lookups,
                        schema,
                        user: reader.access.user(),
                        now: reader.now,
                        extras: &self.extras,
                    };
                    computed_value(out, piece.codec, how, &inputs);
                }
            }
        }
        if let Some(column) = plan.labels {
            labels(out, plan.object, schema, page.get(row, column));
        }
        if let Some(column) = plan.custom {
            self.custom.write(out, plan, schema, page.get(row, column).text());
        }
        more(out);
        out.push(b'}');
    }

    /// Writes every record of the page as a list.
    pub(crate) fn list(&mut self, out: &mut Vec<u8>, reader: &Reader<'_>, page: &Page) {
        out.push(b'[');
        for row in 0..page.len() {
            if row > 0 {
                out.push(b',');
            }
            let start = out.len();
            self.record(out, reader, page, row);
            if row == 0 {
                // The others are about as long, and moving a long answer to make room costs as much as writing it.
                out.reserve((out.len() - start) * (page.len() - 1) * 5 / 4);
            }
        }
        out.push(b']');
    }

    /// Writes `related_objects`.
    pub(crate) fn related(&mut self, out: &mut Vec<u8>, reader: &Reader<'_>) {
        let about = self.plan.object;
        let facts = Facts { company: reader.schema.company, domain: &reader.schema.domain, about };
        self.references.related(out, |at| self.plan.wanted[at].related, facts);
    }
}

/// Writes `labels`: what `include_labels` asks for (pipedrive-contract 4.1).
fn labels(out: &mut Vec<u8>, object: &Object, schema: &CompanySchema, ids: ValueRef<'_>) {
    let options = object.field(LABELS).map_or(&[] as &[_], |field| schema.options_of(object, field));
    scalar::key(out, "labels");
    custom::labelled_list(out, options, ids.text().unwrap_or("[]"));
}

fn computed_value(out: &mut Vec<u8>, spelling: Codec, how: &Compute<Input>, inputs: &Inputs<'_>) {
    let start = out.len();
    computed::write(out, how, inputs);
    if &out[start..] == b"null" {
        out.truncate(start);
        codec::unset(out, spelling);
    }
}
