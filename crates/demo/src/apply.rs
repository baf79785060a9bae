//! One act of the scenario, done as the API would do it: values are parsed by their fields' kinds.

use penstock_crm::{Patch, Tx, create, update};
use penstock_model::{
    Error, Kind, Object, Result, ValueRef,
    kind::{Strictness, parse},
};
use penstock_store::one_int;
use serde_json::{Map, Value as Json};

use super::{fill::out_of_step, plan::Act};

pub(super) fn apply(tx: &mut Tx<'_>, act: &Act) -> Result<()> {
    let patch = patch(tx, act.object, &act.body)?;
    if !act.makes {
        update(tx, act.object, act.id, &patch, None)?;
        return Ok(());
    }
    let id = create(tx, act.object, &patch)?.id();
    if id == act.id { Ok(()) } else { Err(out_of_step(act, id)) }
}

fn patch(tx: &mut Tx<'_>, object: &'static Object, body: &Map<String, Json>) -> Result<Patch> {
    let mut patch = Patch::default();
    for (name, json) in body {
        if let Some(position) = object.position(name) {
            let field = &object.fields[position];
            let json = if field.kind == Kind::References("lead_label") { labels(tx, json)? } else { json.clone() };
            let options = tx.schema.options_of(object, field);
            patch.put(position, parse(field.kind, &json, Strictness::Lenient, name, options)?);
        } else {
            let custom = tx.schema.custom(object).find(|f| *f.name == **name);
            let custom = custom.ok_or_else(|| Error::internal(format!("the demo knows no field {name}")))?;
            let value = parse(custom.kind, json, Strictness::Lenient, name, &custom.options)?;
            patch.custom.push((custom.number, value));
        }
    }
    Ok(patch)
}

/// The numbers of lead labels.
fn labels(tx: &mut Tx<'_>, names: &Json) -> Result<Json> {
    let find = "SELECT id FROM lead_label WHERE company_id = ?1 AND name = ?2";
    let company = tx.access.company();
    let mut ids = Vec::new();
    for name in names.as_array().into_iter().flatten().filter_map(Json::as_str) {
        ids.extend(one_int(tx.conn, find, &[company.into(), ValueRef::Text(name)])?);
    }
    Ok(Json::from(ids))
}
