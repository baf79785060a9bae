//! The fields of one object for one request: which there are, and what both versions need to know to spell them.

use std::sync::Arc;

use penstock_crm::{List, Reader};
use penstock_model::{Access, CompanySchema, Field, Kind, Object, Result, field, objects, uuid};
use penstock_store::sql::Column;

use super::{built_in::BuiltIn, definition::Definition};
use crate::{call::Call, operations::Version};

/// The fields of an object.
pub(super) struct Catalogue {
    pub(super) object: &'static Object,
    pub(super) version: Version,
    /// Whether `include=description` was asked for.
    pub(super) describes: bool,
    /// Who asks.
    pub(super) access: Access,
    /// What the company is and defined.
    pub(super) schema: Arc<CompanySchema>,
    /// The company's lead labels: UUID, name, colour.
    pub(super) lead_labels: Vec<[String; 3]>,
    /// What the company defined.
    pub(super) definitions: Vec<Definition>,
}

/// One field.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    BuiltIn(BuiltIn<'a>),
    Custom(&'a Definition),
}

impl Item<'_> {
    /// Its number: v1's id.
    pub(super) fn number(&self) -> i64 {
        match self {
            Self::BuiltIn(built_in) => built_in.number(),
            Self::Custom(definition) => definition.number(),
        }
    }
    /// Its name in the version: v1's key, v2's code.
    pub(super) fn key(&self, version: Version) -> &str {
        match self {
            Self::BuiltIn(built_in) => built_in.key(version),
            Self::Custom(definition) => definition.text("key"),
        }
    }
}

impl Catalogue {
    /// Reads what the company defined for the object of a call.
    pub(super) fn read(reader: &mut Reader<'_>, call: &Call) -> Result<Self> {
        let object = call.object();
        let mut catalogue = Self {
            object,
            version: call.version(),
            describes: !super::words(call, "include")?.is_empty(),
            access: reader.access.clone(),
            schema: Arc::clone(&reader.schema),
            lead_labels: Vec::new(),
            definitions: Definition::all(reader, object)?,
        };
        if object.fields.iter().any(|f| f.kind == Kind::References(objects::LEAD_LABEL.name)) {
            catalogue.lead_labels = lead_labels(reader)?;
        }
        Ok(catalogue)
    }

    /// Every field, in the version's order: v1 by place, v2 by number.
    pub(super) fn items(&self) -> Vec<Item<'_>> {
        let custom = self.definitions.iter().filter(|d| !d.is_built_in()).map(Item::Custom);
        if self.version == Version::V1 {
            let listed = self.object.listing.iter().filter_map(|entry| {
                let field = self.object.field(entry.name)?;
                Some(Item::BuiltIn(self.built_in(field, field)))
            });
            return listed.chain(custom).collect();
        }
        let spelt = self.object.fields.iter().filter(|f| BuiltIn::has_code(f));
        let built_in = spelt.map(|field| {
            let stored = self.object.field(field.target()).unwrap_or(field);
            Item::BuiltIn(self.built_in(field, stored))
        });
        let mut items: Vec<Item<'_>> = built_in.chain(custom).collect();
        items.sort_by_key(Item::number);
        items
    }

    /// A built-in field, and the one that stands for it in v1's list.
    fn built_in(&self, field: &'static Field, listed: &'static Field) -> BuiltIn<'_> {
        let number = i64::from(self.object.field_base + u32::from(listed.number));
        BuiltIn {
            object: self.object,
            field,
            listed,
            entry: self.object.listing.iter().find(|e| e.name == listed.name),
            definition: self.definitions.iter().find(|d| d.is_built_in() && d.number() == number),
        }
    }
}

fn lead_labels(reader: &mut Reader<'_>) -> Result<Vec<[String; 3]>> {
    let object = &objects::LEAD_LABEL;
    let columns = [field!(objects::LEAD_LABEL, "name"), field!(objects::LEAD_LABEL, "color")].map(Column::Field);
    let page = reader.list(&List::all(object, &columns, 10_000))?;
    let company = reader.access.company();
    let text = |row, column| page.get(row, column).text().unwrap_or("").to_owned();
    Ok((0..page.len())
        .map(|row| [uuid::spell(company, object.code, page.id(row)), text(row, 0), text(row, 1)])
        .collect())
}
