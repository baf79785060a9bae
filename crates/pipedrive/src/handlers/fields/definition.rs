//! What a company says of fields: its custom fields, and the options of built-in ones, as they are stored.

use penstock_crm::{List, Reader};
use penstock_model::{
    Kind, Object, Result, field,
    filter::Expr,
    objects,
    time::{Spelling, format},
};
use penstock_store::sql::{Column, Direction, Key, Record};
use serde_json::{Map, Value as Json, json};

static OBJECT: &Object = &objects::CUSTOM_FIELD;

/// More fields than any company has.
const ALL: i64 = 100_000;

/// One stored definition.
pub(super) struct Definition(Record);

/// An option of a choice field.
pub(super) struct Choice {
    pub(super) id: i64,
    pub(super) label: String,
    pub(super) color: Option<String>,
    pub(super) deleted: bool,
    pub(super) add_time: Option<i64>,
    pub(super) update_time: Option<i64>,
}

impl Definition {
    /// The definitions for an object, in order: its own and those of the object whose custom fields it carries.
    pub(super) fn all(reader: &mut Reader<'_>, object: &Object) -> Result<Vec<Self>> {
        let fields: Vec<(usize, &'static penstock_model::Field)> = OBJECT.columns().collect();
        let columns: Vec<Column> = fields.iter().map(|(_, field)| Column::Field(field)).collect();
        let mut list = List::all(OBJECT, &columns, ALL);
        let names = [Some(object.name), object.custom.filter(|owner| *owner != object.name)];
        let names = names.into_iter().flatten();
        list.filter = Expr::one_of(field!(objects::CUSTOM_FIELD, "object"), names);
        list.order = vec![(Key::Field(field!(objects::CUSTOM_FIELD, "order_nr")), Direction::Ascending)];
        let page = reader.list(&list)?;
        let read = |row| {
            let mut record = Record::empty(OBJECT);
            for (column, (position, _)) in fields.iter().enumerate() {
                record.values[*position] = page.get(row, column).to_value();
            }
            Self(record)
        };
        let of = |definition: &Self| {
            let carried = !definition.is_built_in() && object.custom == definition.0.get("object").text();
            carried || (definition.is_built_in() && definition.0.get("object").text() == Some(object.name))
        };
        Ok((0..page.len()).map(read).filter(of).collect())
    }

    /// The number: v1's id.
    pub(super) fn number(&self) -> i64 {
        self.0.id()
    }
    /// Whether only its options are the company's.
    pub(super) fn is_built_in(&self) -> bool {
        self.flag("built_in")
    }
    /// Its kind, of those that can be created.
    pub(super) fn kind(&self) -> Kind {
        Kind::creatable(self.text("kind")).unwrap_or(Kind::Text)
    }
    /// A text; empty when unset.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).text().unwrap_or("")
    }
    /// A flag.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).truth()
    }
    /// A number or text as it stands.
    pub(super) fn plain(&self, name: &str) -> Json {
        self.0.get(name).to_json()
    }
    /// A time as v1 spells it.
    pub(super) fn time(&self, name: &str) -> Json {
        self.0.get(name).int().map_or(Json::Null, |t| format(t, Spelling::Space).into())
    }
    /// A setting that is stored as JSON; `null` when unset.
    pub(super) fn json(&self, name: &str) -> Json {
        serde_json::from_str(self.text(name)).unwrap_or(Json::Null)
    }
    /// A setting that is stored as an object; empty when unset.
    pub(super) fn map(&self, name: &str) -> Map<String, Json> {
        match self.json(name) {
            Json::Object(map) => map,
            _ => Map::new(),
        }
    }
    /// Which pipelines show it; all unless the company says otherwise.
    pub(super) fn show_in_pipelines(&self) -> Json {
        let mut shown = json!({ "show_in_all": true, "pipeline_ids": [] });
        if let Some(shown) = shown.as_object_mut() {
            shown.extend(self.map("show_in_pipelines"));
        }
        shown
    }
    /// Its options in order, deleted ones last.
    pub(super) fn options(&self) -> Vec<Choice> {
        let stored = self.json("options");
        let list = stored.as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter()
            .map(|option| Choice {
                id: option["id"].as_i64().unwrap_or(0),
                label: option["label"].as_str().unwrap_or("").to_owned(),
                color: option["color"].as_str().map(str::to_owned),
                deleted: option["deleted"].as_bool().unwrap_or(false),
                add_time: option["add_time"].as_i64(),
                update_time: option["update_time"].as_i64(),
            })
            .collect()
    }
}

impl From<Record> for Definition {
    fn from(record: Record) -> Self {
        Self(record)
    }
}
