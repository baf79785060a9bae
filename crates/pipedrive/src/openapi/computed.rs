//! What computed values look like: the counterpart of `wire::computed`.

use penstock_model::{Field, Object, field::Compute};
use serde_json::{Value as Json, json};

use super::kinds::{component, flag, int, list, nullable, number, object, shown, space_time, text};

/// The value that is made on output.
pub(super) fn shape(how: Compute, of: &'static Object, field: &Field) -> Json {
    let unless_unset = |input: &str, schema: Json| {
        if of.field(input).is_some_and(|f| f.never_null) { schema } else { nullable(schema) }
    };
    match how {
        Compute::Active { .. } | Compute::Hidden { .. } | Compute::IsYou { .. } => flag(),
        Compute::Status { .. } => shown(penstock_model::Codec::Plain, field.kind),
        Compute::FirstCharacter { .. } => nullable(text()),
        Compute::Formatted { amount, .. } => unless_unset(amount, text()),
        Compute::Weighted { .. } | Compute::StageProgress { .. } => number(),
        Compute::RecordMail { record } => unless_unset(record, text()),
        Compute::FormattedWeighted { .. }
        | Compute::CompanyMail
        | Compute::ZoneOffset { .. }
        | Compute::ActivityTypeName { .. } => text(),
        Compute::LocalDay { .. } => nullable(json!({ "type": "string", "format": "date" })),
        Compute::No | Compute::Yes => json!({ "const": how == Compute::Yes }),
        Compute::CompanyId => int(),
        Compute::Nothing | Compute::Concerned { .. } => nullable(shown(penstock_model::Codec::Plain, field.kind)),
        Compute::Word(word) => json!({ "const": word }),
        Compute::RottenTime { .. } => nullable(space_time()),
        Compute::Activity { .. } => nullable(component("Activity")),
        Compute::Age { .. } | Compute::TimeToWon { .. } => component("Span"),
        Compute::StageTimes { .. } => component("StageTimes"),
        Compute::LinkedName { reference } => {
            let key = of.target(reference).map_or("name", |to| to.title);
            nullable(object(&[(key, text())]))
        }
        Compute::Author { .. } => nullable(component("Author")),
        Compute::AppAccess { .. } => list(&component("AppAccess")),
    }
}

/// The schemas that computed values refer to.
pub(super) fn shared() -> Vec<(&'static str, Json)> {
    let span = ["y", "m", "d", "h", "i", "s", "total_seconds"].map(|key| (key, int()));
    let times = json!({ "type": "object", "additionalProperties": int(), "description": "Seconds by stage." });
    vec![
        ("Span", object(&span)),
        ("StageTimes", object(&[("times_in_stages", times), ("order_of_stages", list(&int()))])),
        (
            "Author",
            object(&[
                ("email", nullable(text())),
                ("name", nullable(text())),
                ("icon_url", nullable(text())),
                ("is_you", flag()),
            ]),
        ),
        ("AppAccess", object(&[("app", text()), ("admin", flag()), ("permission_set_id", json!({ "type": "null" }))])),
    ]
}
