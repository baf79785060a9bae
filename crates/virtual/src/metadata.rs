//! Objects and fields as metadata: everything that a form, a mapping or a synchronisation must know.

use penstock_connector::{Operator, Type};
use penstock_model::filter::Op;
use serde_json::{Value as Json, json};

use crate::{
    model::Configuration,
    view::{Field, Source, View},
};

/// An object without its fields.
pub(crate) fn summary(view: &View) -> Json {
    let may = |possible: bool| possible && !view.lacks_right;
    json!({
        "name": view.name,
        "label": view.label,
        "plural": view.plural,
        "operations": {
            "create": may(view.can_create),
            "update": may(view.can_update),
            "upsert": may(view.can_create && view.can_update),
            "delete": may(view.can_delete),
        },
    })
}

/// An object with its fields.
pub(crate) fn object(view: &View, configuration: &Configuration) -> Json {
    let mut object = summary(view);
    object["configuration"] = json!(configuration.name);
    object["fields"] = view.fields.iter().map(|f| field(f, configuration)).collect();
    // Keys that stand beside the fields only when there is reason to.
    object["beside"] = json!([
        { "name": "expanded", "description": "The records of the references that expand= names, by field." },
        { "name": "warnings", "description": "Fields that the provider keeps in another form than was sent." },
    ]);
    object
}

/// Whether filters compare texts that people wrote.
const fn compares_texts(kind: &Type) -> bool {
    matches!(kind, Type::Text | Type::Phone | Type::Emails | Type::Phones | Type::Messengers)
}

/// A field.
pub(crate) fn field(field: &Field, configuration: &Configuration) -> Json {
    let about = &field.about;
    let options = about.choices.iter().map(
        |choice| json!({ "id": choice.id, "label": choice.label, "color": choice.color, "deleted": choice.deleted }),
    );
    let has_options = matches!(about.kind.word(), "option" | "options");
    let parts = about.kind.parts().iter().map(|part| {
        let target = if part.target.is_empty() { Json::Null } else { json!(part.target) };
        json!({ "name": part.name, "type": part.word, "target": target, "description": part.help })
    });
    let parts: Vec<Json> = parts.collect();
    let mut operators: Vec<&str> = about.operators.iter().map(|o| o.word()).collect();
    if about.operators.contains(&Operator::Is(Op::Eq)) {
        operators.push("in");
    }
    json!({
        "name": about.name,
        "label": about.label,
        "description": about.description,
        "type": about.kind.word(),
        "target": about.kind.target(),
        "custom": about.custom,
        "required": about.required,
        "nullable": about.nullable,
        "unique": about.unique,
        "derived": about.derived || matches!(field.source, Source::Version),
        "read_only": { "create": !about.on_create, "update": !about.on_update },
        "filterable": !about.operators.is_empty(),
        "operators": operators,
        "case_sensitive": if compares_texts(&about.kind) { json!(about.case_sensitive) } else { Json::Null },
        "sortable": about.sortable,
        "searchable": about.searchable,
        "expandable": field.is_expandable(configuration),
        "options": if has_options { options.collect() } else { Json::Null },
        "max_length": about.max_length,
        "max_items": about.max_items,
        "parts": if parts.is_empty() { Json::Null } else { Json::Array(parts) },
        "mapping": field.lens().map(|lens| {
            json!({ "kind": lens.kind(), "class": lens.class().word(), "reads": lens.paths() })
        }),
    })
}
