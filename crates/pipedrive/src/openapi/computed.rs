//! What computed values look like: the counterpart of `wire::computed`.

use penstock_model::{Field, Object, field::Compute};
use serde_json::{Value as Json, json};

use super::kinds::{component, flag, int, list, nullable, number, object, shown, space_time, text};

/// The value that is made on output, and what is to be said of it.
pub(super) fn shape(how: Compute, of: &'static Object, field: &Field) -> (Json, &'static str) {
    let unless_unset = |input: &str, schema: Json| {
        if of.field(input).is_some_and(|f| f.never_null) { schema } else { nullable(schema) }
    };
    match how {
        Compute::Active { .. } => (flag(), "Whether it is open and not deleted."),
        Compute::Status { .. } => (shown(penstock_model::Codec::Plain, field.kind), "`deleted` for a deleted one."),
        Compute::FirstCharacter { .. } => (nullable(text()), ""),
        Compute::Formatted { amount, .. } => (unless_unset(amount, text()), "With the currency's sign."),
        Compute::Weighted { .. } => (number(), "The value times the probability."),
        Compute::FormattedWeighted { .. } => (text(), "With the currency's sign."),
        Compute::RecordMail { record } => (unless_unset(record, text()), ""),
        Compute::CompanyMail | Compute::ZoneOffset { .. } => (text(), ""),
        Compute::ActivityTypeName { .. } => (text(), "The key itself when the type can't be used any more."),
        Compute::LocalDay { .. } => {
            (nullable(json!({ "type": "string", "format": "date" })), "In the company's time zone.")
        }
        Compute::Hidden { .. } => (flag(), "Whether the asking user can't see the referenced record."),
        Compute::IsYou { .. } => (flag(), "Whether it is the asking user."),
        Compute::No | Compute::Yes => (json!({ "const": how == Compute::Yes }), ""),
        Compute::CompanyId => (int(), ""),
        Compute::Nothing | Compute::Concerned { .. } => {
            (nullable(shown(penstock_model::Codec::Plain, field.kind)), "Always unset.")
        }
        Compute::Word(word) => (json!({ "const": word }), ""),
        Compute::RottenTime { .. } => {
            (nullable(space_time()), "When the deal counts as rotten unless something happens.")
        }
        Compute::Activity { .. } => (nullable(component("Activity")), "The whole activity."),
        Compute::Age { .. } | Compute::TimeToWon { .. } => (component("Span"), ""),
        Compute::StageTimes { .. } => (component("StageTimes"), ""),
        Compute::StageProgress { .. } => (number(), "The share of the pipeline's stages that are passed, 0 to 1."),
        Compute::LinkedName { reference } => {
            let key = of.target(reference).map_or("name", |to| to.title);
            (nullable(object(&[(key, text())])), "")
        }
        Compute::Author { .. } => (nullable(component("Author")), ""),
        Compute::AppAccess { .. } => (list(&component("AppAccess")), ""),
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
