//! Requests that work against the demo company, made from the rows' sample requests.
//!
//! The demo has a first record of every object, and that is what a request reads. What it changes or deletes is made by
//! a request before it, so that all can be tried in one sitting, creates first, whatever the demo's own numbers are.

use penstock_api::snippet::{Before, Credential, Sent, Snippet, Taken};
use penstock_model::{CompanyId, Field, Object, objects, uuid};
use serde_json::Value as Json;

use crate::operations::{
    self, Operation, ParamType, Target,
    sample::{filled, filled_text},
};

/// The demo's company.
const COMPANY: CompanyId = CompanyId::new(1);

/// What a placeholder stands for in the demo: the first of everything, a built-in field of each object, and the user whom
/// the line that adds a follower adds.
fn of_demo(row: &Operation, word: &str) -> Json {
    let targets = row.targets.into_iter().flatten().chain(row.ids);
    for target in targets.filter(|target| target.placeholder() == word) {
        match target {
            Target::Field(object) => return (object.field_base + u32::from(telling(object).number)).into(),
            Target::FieldCode(object) => return telling(object).v2.key.into(),
            Target::Follower => return 2.into(),
            Target::Record(_) | Target::FieldOption(_) | Target::FollowRecord(_) | Target::Participant => {}
        }
    }
    match objects::find(word) {
        Some(object) if object.uuid => uuid::spell(COMPANY, object.code, 1).into(),
        _ => 1.into(),
    }
}

/// A built-in field that every record of an object has a value of.
fn telling(object: &'static Object) -> &'static Field {
    object.fields.iter().find(|field| field.required).unwrap_or(object.id())
}

/// What a request needs to have made before it, and the operation that makes it.
struct Made {
    by: &'static Operation,
    targets: Vec<Target>,
}

impl Made {
    fn before(row: &Operation) -> Option<Self> {
        let subject = row.ids.or_else(|| row.targets.into_iter().flatten().last()).filter(|_| row.fresh)?;
        let makes = |other: &Operation| {
            let made = other.makes.into_iter().flatten().any(|made| made.placeholder() == subject.placeholder());
            made && other.version == row.version
        };
        let by = operations::all().find(|other| makes(other))?;
        let text = format!("{}{:?}", row.sample_target(), row.sample_body());
        let named = |target: &Target| text.contains(&format!("{{{}}}", target.placeholder()));
        Some(Self { by, targets: by.makes.into_iter().flatten().filter(named).collect() })
    }

    fn has(&self, word: &str) -> bool {
        self.targets.iter().any(|target| target.placeholder() == word)
    }
}

/// A value of a path's parameter in the demo; nothing for what has to be made first.
pub(super) fn path_value(row: &Operation, target: Target) -> Option<Json> {
    let word = target.placeholder();
    let is_made = Made::before(row).is_some_and(|made| made.has(&word));
    (!is_made).then(|| of_demo(row, &word))
}

/// A value of a query's required parameter; nothing for what has to be made first.
pub(super) fn query_value(row: &Operation, name: &str) -> Option<String> {
    let value = row.sample_query().into_iter().find(|(own, _)| *own == name)?.1;
    (!value.starts_with('{')).then_some(value)
}

/// A sample body for the demo.
pub(super) fn body(row: &Operation) -> Option<Json> {
    Some(filled(&row.sample_body()?, &|word| of_demo(row, word)))
}

/// The request of the operation. Where it needs something of its own, a request before it makes that.
pub(super) fn snippet(row: &Operation) -> Snippet {
    let made = Made::before(row);
    let sent = request(row, made.as_ref());
    let before = made.map(|made| Before {
        sent: request(made.by, None),
        takes: made.targets.iter().map(|t| taken(*t, row)).collect(),
    });
    Snippet { before, sent, credential: Credential::Header }
}

/// How a later request finds what was made.
fn taken(target: Target, row: &Operation) -> Taken {
    let at = target.stands_at(row.version);
    Taken {
        word: target.placeholder(),
        at: at.into_iter().map(str::to_owned).collect(),
        after: target.stands_after(row.version),
    }
}

/// One request; what was made stays a placeholder.
fn request(row: &Operation, made: Option<&Made>) -> Sent {
    let is_made = |word: &str| made.is_some_and(|made| made.has(word));
    let target = filled_text(&row.sample_target(), &|word| match of_demo(row, word) {
        _ if is_made(word) => format!("{{{word}}}"),
        Json::String(text) => text,
        other => other.to_string(),
    });
    let limit = row.params.iter().any(|param| param.takes == ParamType::Limit);
    let limit = if limit { "?limit=2" } else { "" };
    let body = row.sample_body().map(|body| {
        filled(&body, &|word| if is_made(word) { format!("{{{word}}}").into() } else { of_demo(row, word) })
    });
    Sent { method: row.method, path: format!("{}{target}{limit}", row.version.prefix()), body }
}
