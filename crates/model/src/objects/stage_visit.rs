//! A deal's stay in a stage: kept by the write that moves the deal, settable by imports (DESIGN 7).

use crate::{
    Kind, Object,
    field::field,
    object::{Deletion, Visibility, index},
};

/// The stay of a deal in a stage.
pub static DEAL_STAGE_VISIT: Object = Object {
    name: "deal_stage_visit",
    plural: "deal_stage_visits",
    label: "Stage visit",
    code: 6,
    field_base: 3800,
    fields: &[
        field(1, "id", Kind::Id, "ID").never_null(),
        field(2, "deal_id", Kind::Reference("deal"), "Deal").required(),
        field(3, "stage_id", Kind::Reference("stage"), "Stage").required(),
        field(4, "entered", Kind::DateTime, "Entered").required(),
        field(5, "left_at", Kind::DateTime, "Left").help("Unset while the deal is in the stage."),
    ],
    visibility: Visibility::Parent,
    deletion: Deletion::Hard,
    indexes: &[index(&["deal_id", "entered"]), index(&["stage_id", "deal_id"])],
    ..Object::PLAIN
};
