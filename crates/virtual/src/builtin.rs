//! The built-in model over the built-in CRM: the objects of a CRM under clean names, each field mapped to the column
//! that the object tables name.

use std::sync::LazyLock;

use penstock_connector::Name;
use penstock_model::{Field, Kind, Object, objects, visibility::LEVELS};

use crate::{
    lens::{Conversion, Unknown},
    model::{Configuration, FieldMapping, Mapping, ObjectMapping},
};

/// The configuration of the name `default`.
pub static DEFAULT: LazyLock<Configuration> = LazyLock::new(|| Configuration {
    name: Name::Borrowed("default"),
    objects: {
        let mut own: Vec<&Object> = objects::ALL.iter().copied().filter(|o| o.virtual_order > 0).collect();
        own.sort_by_key(|object| object.virtual_order);
        own.into_iter().map(mapped).collect()
    },
});

/// What stands in every record's envelope under a name of its own.
const ENVELOPE: [&str; 3] = ["id", "created_time", "updated_time"];

fn mapped(object: &Object) -> ObjectMapping {
    let shown = object.fields.iter().filter(|f| !f.virtual_name.is_empty());
    let own = shown.filter(|f| !ENVELOPE.contains(&f.virtual_name));
    ObjectMapping {
        name: object.virtual_name.into(),
        provider: object.name.into(),
        fields: own.map(field).collect(),
        with_custom: true,
    }
}

fn field(field: &Field) -> FieldMapping {
    let mapping = match field.kind {
        Kind::Reference(_) => Mapping::Reference,
        Kind::VisibleTo => {
            let pairs = LEVELS.iter().map(|level| (level.number.to_string().into(), level.openness.word().into()));
            Mapping::Enumeration(pairs.collect(), Unknown::Null)
        }
        Kind::Participants => Mapping::Cast(Conversion::ParticipantsReferences(objects::PERSON.virtual_name.into())),
        _ => Mapping::Direct,
    };
    FieldMapping { name: field.virtual_name.into(), path: field.name.into(), mapping }
}
