//! The records of references, for answers that show them beside: each is read and rendered once per page.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use penstock_connector::{Connector, Query, Record, Type, composite};
use penstock_model::{Error, Result, Value, filter::Expr};

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
    references: &[(usize, Vec<String>)],
    records: &[Record],
) -> Result<Vec<(usize, HashMap<String, Vec<u8>>)>> {
    let mut found = Vec::with_capacity(references.len());
    for (at, fields) in references {
        let field = &view.fields[*at];
        let wanted: BTreeSet<String> = records.iter().flat_map(|record| ids(field, record)).collect();
        let mut shown = HashMap::new();
        let target = field.about.kind.target().and_then(|name| configuration.object(name));
        if let Some(mapping) = target
            && !(wanted.is_empty() && fields.is_empty())
        {
            let described = connector.describe(&mapping.provider).await?;
            let view = Arc::new(View::new(configuration, mapping, &described));
            let selected = selected(&view, &field.about.name, fields)?;
            let wanted: Vec<Value> = wanted.iter().map(|id| Value::from(id.as_str())).collect();
            for some in wanted.chunks(connector.max_page() as usize) {
                let records = by_id(connector, &view, &selected, some).await?;
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

/// The fields that are shown of the records of a reference; none named: all.
fn selected(view: &View, reference: &str, names: &[String]) -> Result<Vec<usize>> {
    let mut asked = Vec::with_capacity(names.len());
    for name in names {
        if view.position(name).is_none() && name.contains('.') {
            let message =
                format!("can name fields of the record that {reference} refers to, and not of those behind it");
            return Err(Error::parameter("fields", &message));
        }
        asked.push(view.find(name).map_err(|error| error.at("fields"))?);
    }
    let is_shown = |at: &usize| asked.is_empty() || view.fields[*at].always || asked.contains(at);
    Ok((0..view.fields.len()).filter(is_shown).collect())
}

async fn by_id(connector: &dyn Connector, view: &View, selected: &[usize], ids: &[Value]) -> Result<Vec<Record>> {
    let query = Query {
        object: view.object.to_string(),
        fields: selected.iter().flat_map(|at| view.fields[*at].paths().iter().cloned()).collect(),
        filter: Expr::one_of("id", ids.iter().cloned()),
        order: Vec::new(),
        after: None,
        limit: u32::try_from(ids.len()).unwrap_or(u32::MAX),
        deleted: false,
    };
    Ok(connector.list(query).await?.records)
}
