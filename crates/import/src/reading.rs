//! Getting a text out of a row: from a column, a joined table, a constant or a template, through its value map.

use std::{collections::BTreeMap, sync::Arc};

use csv::StringRecord;

use super::{
    file::{CsvFile, Lookup, cell},
    mapping::{MapOf, Mapping, Other, Spec},
    template::Template,
};

type Maps = Arc<BTreeMap<String, BTreeMap<String, String>>>;

/// A specification whose columns were found.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// What reports call it: the column, or the field when there is none.
    pub(super) label: String,
    from: From,
    map: Option<BTreeMap<String, String>>,
    other: Other,
    default: Option<String>,
    required: bool,
    blank: Arc<[String]>,
    maps: Maps,
}

#[derive(Clone, Debug)]
enum From {
    Column(Column),
    Constant(String),
    Made(Template<Column>),
}

/// Where a cell is.
#[derive(Clone, Debug)]
enum Column {
    Own(usize),
    Joined { table: Arc<Lookup>, on: Arc<Reading>, column: usize },
}

/// A table of `[tables]` that was read.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    pub(super) file: CsvFile,
    pub(super) rows: Arc<Lookup>,
}

/// What is needed to find the columns that specifications name.
pub(super) struct Binder<'m> {
    pub(super) mapping: &'m Mapping,
    pub(super) maps: Maps,
    pub(super) blank: Arc<[String]>,
    pub(super) tables: &'m BTreeMap<String, Joined>,
    pub(super) file: &'m CsvFile,
}

impl Binder<'_> {
    /// The reading of a specification; `field` is what it is for. Refuses with the reason.
    pub(super) fn reading(&self, spec: &Spec, field: &str) -> Result<Reading, String> {
        let from = match (&spec.column, &spec.value, &spec.template) {
            (Some(column), ..) => From::Column(self.column(column)?),
            (_, Some(value), _) => From::Constant(value.0.clone()),
            (_, _, Some(template)) => From::Made(self.template(template)?),
            _ => return Err("names neither a column nor a value".to_owned()),
        };
        let map = match &spec.map {
            None => None,
            Some(MapOf::Inline(map)) => Some(map.clone()),
            Some(MapOf::Named(name)) => Some(self.map(name)?.clone()),
        };
        Ok(Reading {
            label: spec.column.clone().unwrap_or_else(|| field.to_owned()),
            from,
            map,
            other: spec.other,
            default: spec.default.as_ref().map(|d| d.0.clone()),
            required: spec.required,
            blank: Arc::clone(&self.blank),
            maps: Arc::clone(&self.maps),
        })
    }

    /// A template whose columns were found, as a reading without a map.
    pub(super) fn made(&self, template: &str, field: &str) -> Result<Reading, String> {
        self.reading(&Spec { template: Some(template.to_owned()), ..Spec::default() }, field)
    }

    fn template(&self, text: &str) -> Result<Template<Column>, String> {
        let template = Template::parse(text)?.bind(&mut |name| self.column(name))?;
        template.maps().into_iter().try_for_each(|name| self.map(name).map(|_| ()))?;
        Ok(template)
    }

    fn map(&self, name: &str) -> Result<&BTreeMap<String, String>, String> {
        self.maps.get(name).ok_or_else(|| format!("names the value map {name}, which [maps] does not have"))
    }

    fn column(&self, name: &str) -> Result<Column, String> {
        if let Some(at) = self.file.position(name) {
            return Ok(Column::Own(at));
        }
        if let Some((table, column)) = name.split_once('.')
            && let (Some(joined), Some(spec)) = (self.tables.get(table), self.mapping.tables.get(table))
        {
            let at = joined.file.position(column).ok_or_else(|| unknown(column, &joined.file))?;
            if let Some(via) = &spec.on.column
                && self.file.position(via).is_none()
            {
                return Err(format!(
                    "joins the table {table} on the column {via}, which {} does not have",
                    self.file.name
                ));
            }
            let on = Arc::new(self.reading(&spec.on, table)?);
            return Ok(Column::Joined { table: Arc::clone(&joined.rows), on, column: at });
        }
        Err(unknown(name, self.file))
    }
}

fn unknown(column: &str, file: &CsvFile) -> String {
    format!("names the column {column}, which {} does not have; its columns are {}", file.name, file.columns.join(", "))
}

impl Reading {
    /// The text in a row, unset when it is blank. Refuses with the reason.
    pub(super) fn text(&self, cells: &StringRecord) -> Result<Option<String>, String> {
        let found = match &self.from {
            From::Column(column) => self.cell(column, cells)?,
            From::Constant(value) => Some(value.clone()),
            From::Made(template) => {
                let map = |name: &str, text: String| {
                    self.maps.get(name).and_then(|map| map.get(&text)).cloned().unwrap_or(text)
                };
                Some(template.render(&|column| self.cell(column, cells), &map)?)
            }
        };
        let mut found = found.filter(|text| !text.is_empty());
        if let (Some(map), Some(text)) = (&self.map, &found) {
            found = match (map.get(text), self.other) {
                (Some(put), _) => Some(put.clone()).filter(|t| !t.is_empty()),
                (None, Other::Keep) => found,
                (None, Other::Blank) => None,
                (None, Other::Refuse) => {
                    let known: Vec<&str> = map.keys().map(String::as_str).collect();
                    return Err(format!("is not in the value map, which has {}", known.join(", ")));
                }
            };
        }
        let found = found.or_else(|| self.default.clone());
        if found.is_none() && self.required { Err("is blank".to_owned()) } else { Ok(found) }
    }

    /// What stands in the row, for reports: before any map.
    pub(super) fn raw(&self, cells: &StringRecord) -> String {
        match &self.from {
            From::Column(Column::Own(at)) => cells.get(*at).unwrap_or("").to_owned(),
            _ => self.text(cells).ok().flatten().unwrap_or_default(),
        }
    }

    fn cell(&self, column: &Column, cells: &StringRecord) -> Result<Option<String>, String> {
        let text = match column {
            Column::Own(at) => cells.get(*at),
            Column::Joined { table, on, column } => match on.text(cells)? {
                Some(key) => table.get(&key, *column),
                None => None,
            },
        };
        let text = cell(text.unwrap_or(""));
        Ok((!text.is_empty() && !self.blank.iter().any(|b| **b == *text)).then(|| text.into_owned()))
    }
}
