//! The records of references, for answers that show them beside: each is read and rendered once per page.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use penstock_connector::{Connector, Query, Record, Type, composite};
use penstock_model::{Result, Value, filter::Expr};

use crate::{
    model::Configuration,
    render::Renderer,
    view::{Field, View},
};

/// The ids that a reference names in a record.
pub(crate) fn ids(field: &Field, record: &Record) -> Vec<String> {
    let value = field.get(record);
    match field.about.kind {
        Type::References(_) => composite::id_members(&value),
        _ => value.text().map(str::to_owned).into_iter().collect(),
    }
}

/// The rendered records that references of some records name, as far as the user sees them.
pub(crate) async fn read(
    connector: &dyn Connector,
    configuration: &Configuration,
    view: &View,
    references: &[usize],
    records: &[Record],
) -> Result<Vec<(usize, HashMap<String, Vec<u8>>)>> {
    let mut found = Vec::with_capacity(references.len());
    for at in references {
        let field = &view.fields[*at];
        let wanted: BTreeSet<String> = records.iter().flat_map(|record| ids(field, record)).collect();
        let mut shown = HashMap::new();
        let target = field.about.kind.target().and_then(|name| configuration.object(name));
        if let Some(mapping) = target
            && !wanted.is_empty()
        {
            let described = connector.describe(&mapping.provider).await?;
            let view = Arc::new(View::new(configuration, mapping, &described));
            let selected: Vec<usize> = (0..view.fields.len()).collect();
            let wanted: Vec<Value> = wanted.iter().map(|id| Value::from(id.as_str())).collect();
            for some in wanted.chunks(connector.max_page() as usize) {
                let records = by_id(connector, &view, some).await?;
                let renderer = Renderer { view: Arc::clone(&view), selected: selected.clone(), expanded: Vec::new() };
                shown.extend(renderer.write(records, each).await?);
            }
        }
        found.push((*at, shown));
    }
    Ok(found)
}

/// Each record by itself, by its id.
fn each(renderer: &Renderer, records: &[Record]) -> Vec<(String, Vec<u8>)> {
    let written = |record: &Record| {
        let mut out = Vec::new();
        renderer.record(&mut out, record, &[]);
        (record.id.clone(), out)
    };
    records.iter().map(written).collect()
}

async fn by_id(connector: &dyn Connector, view: &View, ids: &[Value]) -> Result<Vec<Record>> {
    let query = Query {
        object: view.object.to_string(),
        fields: view.fields.iter().flat_map(|f| f.paths().iter().cloned()).collect(),
        filter: Expr::one_of("id", ids.iter().cloned()),
        order: None,
        after: None,
        limit: u32::try_from(ids.len()).unwrap_or(u32::MAX),
        deleted: false,
    };
    Ok(connector.list(query).await?.records)
}
