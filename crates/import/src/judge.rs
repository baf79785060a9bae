//! What becomes of a row: made, changed, passed over or refused. The same for an import and for looking at the rows
//! beforehand: a [`Ground`] is what the company has, or would have by then.

use penstock_crm::{Patch, check_new};
use penstock_model::{
    Code, CompanySchema, Error, Kind, Object, Result, Value,
    kind::{fold, id_list},
};

use super::{
    ask::{Ask, Found},
    draft::{Draft, Problem, Wanted},
    mapping::{By, Missing, OnMatch, OnNew},
    plan::{Bound, Step, Target},
};

/// What the company has.
pub(super) trait Ground {
    /// Looks for a record.
    fn find(&mut self, ask: &Ask) -> Result<Found>;
    /// Looks for the record of a row.
    fn find_own(&mut self, ask: &Ask) -> Result<Found> {
        self.find(ask)
    }
    /// Makes a record that a row refers to.
    fn make(&mut self, object: &'static str, name: &str, email: Option<&str>) -> Result<i64>;
    /// The option of a choice field with that label; case does not count.
    fn option(&mut self, object: &'static Object, field: Target, label: &str) -> Option<i64>;
    /// Adds an option to a choice field.
    fn add_option(&mut self, object: &'static Object, field: Target, label: &str) -> Result<i64>;
    /// What the company defined.
    fn schema(&self) -> &CompanySchema;
}

/// What becomes of a row.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Nothing.
    Pass,
    /// A record is made.
    Make(Decided),
    /// This record is changed.
    Change(i64, Decided),
    /// It is refused; nothing was written for it.
    Refuse(Vec<Problem>),
}

/// Values with every record that they refer to.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) values: Vec<(Target, Value)>,
    /// When the deal entered its stages: number and moment.
    pub(super) stays: Vec<(i64, i64)>,
}

/// What stops the writing of a row.
#[derive(Debug)]
pub(super) enum Stop {
    /// The row is refused, and what was written for it must be undone.
    Row(Problem),
    /// The engine can't work.
    Engine(Error),
}

/// Whether an error is one of the row, not of the engine.
pub(super) const fn is_of_row(error: &Error) -> bool {
    !matches!(error.code, Code::Internal | Code::Unavailable)
}

/// A value, or what has to be made for it.
enum Part {
    Value(Value),
    Record { object: &'static str, name: String, email: Option<String> },
    Options(Vec<std::result::Result<i64, String>>),
}

/// Says what becomes of a row, and makes what it refers to if the mapping says so.
pub(super) fn judge(step: &Step, draft: &Draft, ground: &mut dyn Ground) -> std::result::Result<Verdict, Stop> {
    let there = match identity(step, draft) {
        Some(ask) => match ground.find_own(&ask).map_err(Stop::Engine)? {
            Found::One(id) => Some(id),
            Found::Nothing => None,
            Found::Several => return Ok(Verdict::Refuse(vec![Problem::of_row(draft.line, ask.several())])),
        },
        None => None,
    };
    let refuse = |reason: &str| Ok(Verdict::Refuse(vec![Problem::of_row(draft.line, reason)]));
    match (there, step.on_match, step.on_new) {
        (Some(_), OnMatch::Skip, _) | (None, _, OnNew::Skip) => return Ok(Verdict::Pass),
        (Some(_), OnMatch::Refuse, _) => return refuse("a record was made from a row with this key already"),
        (None, _, OnNew::Refuse) => return refuse("no record was made from a row with this key"),
        _ => {}
    }
    let (mut parts, mut problems) = (Vec::with_capacity(draft.fields.len()), Vec::new());
    for (at, wanted) in &draft.fields {
        let field = &step.fields[*at];
        match part(step, field, wanted, ground).map_err(Stop::Engine)? {
            Ok(part) => parts.extend(part.map(|part| (*at, part))),
            Err(reason) => problems.push(draft.problem(step, *at, reason)),
        }
    }
    let mut stays = Vec::with_capacity(draft.stays.len());
    for (ask, entered) in &draft.stays {
        match ground.find(ask).map_err(Stop::Engine)? {
            Found::One(stage) => stays.push((stage, *entered)),
            _ => problems.push(Problem::of_row(draft.line, format!("stays: {}", ask.missing()))),
        }
    }
    if there.is_none() && problems.is_empty() {
        problems.extend(lacking(step, draft, &parts));
    }
    if !problems.is_empty() {
        return Ok(Verdict::Refuse(problems));
    }
    let mut decided = Decided { values: Vec::with_capacity(parts.len()), stays };
    for (at, part) in parts {
        let field = &step.fields[at];
        let value = write(step, field, part, ground);
        let value = value.map_err(|error| {
            if is_of_row(&error) { Stop::Row(draft.problem(step, at, error.message)) } else { Stop::Engine(error) }
        })?;
        decided.values.push((field.target, value));
    }
    Ok(match there {
        Some(id) => Verdict::Change(id, decided),
        None => Verdict::Make(decided),
    })
}

/// By what the record of a row is known: its key; for users, their e-mail address.
pub(super) fn identity(step: &Step, draft: &Draft) -> Option<Ask> {
    if step.object.name == "user" {
        return match draft.wanted(step.built_in("email"))? {
            Wanted::Value(value) => Some(Ask::record(step.object, By::Email, value.text()?)),
            _ => None,
        };
    }
    draft.key.as_ref().map(|key| Ask::record(step.object, By::Key, key))
}

/// What a field is to have, without making anything. Unset: the field is left as it is; an inner error is the reason
/// for which the row is refused.
fn part(
    step: &Step,
    field: &Bound,
    wanted: &Wanted,
    ground: &mut dyn Ground,
) -> Result<std::result::Result<Option<Part>, String>> {
    Ok(match wanted {
        Wanted::Value(value) => check(step, field, value, ground).map(|value| Some(Part::Value(value))),
        Wanted::Link { ask, name, email } => match (ground.find(ask)?, field.missing, field.kind) {
            (Found::One(id), ..) => Ok(Some(Part::Value(Value::Int(id)))),
            (Found::Several, ..) => Err(ask.several()),
            (Found::Nothing, Missing::Blank, _) => Ok(None),
            (Found::Nothing, Missing::Create, Kind::Reference(object)) => {
                Ok(Some(Part::Record { object, name: name.clone(), email: email.clone() }))
            }
            (Found::Nothing, ..) => Err(ask.missing()),
        },
        Wanted::Options(labels) => {
            let mut options = Vec::with_capacity(labels.len());
            for label in labels {
                match (ground.option(step.object, field.target, label), field.missing) {
                    (Some(id), _) => options.push(Ok(id)),
                    (None, Missing::Create) => options.push(Err(label.clone())),
                    (None, Missing::Blank) => {}
                    (None, Missing::Refuse) => return Ok(Err(format!("the field has no option {label}"))),
                }
            }
            Ok((!options.is_empty()).then_some(Part::Options(options)))
        }
    })
}

/// The value as the rules of the CRM take it. Refuses with the reason.
fn check(step: &Step, field: &Bound, value: &Value, ground: &dyn Ground) -> std::result::Result<Value, String> {
    let Target::BuiltIn(at) = field.target else { return Ok(value.clone()) };
    let built_in = &step.object.fields[at];
    if value.is_null() && built_in.required {
        return Err("is blank, and this field can't be cleared".to_owned());
    }
    match (step.object.name, built_in.name, value.text()) {
        ("activity", "type", Some(text)) => {
            let is = |word: &str| fold(word) == fold(text);
            let types = &ground.schema().activity_types;
            let found = types.iter().find(|(key, _)| is(key)).or_else(|| types.iter().find(|(_, name)| is(name)));
            found.map(|(key, _)| Value::from(&**key)).ok_or_else(|| {
                let keys: Vec<&str> = types.iter().map(|(key, _)| &**key).collect();
                format!("must be the key or name of an activity type, as {}", keys.join(", "))
            })
        }
        ("user", "email", Some(email)) if !email.contains('@') || email.contains(char::is_whitespace) => {
            Err("must be an e-mail address".to_owned())
        }
        _ => Ok(value.clone()),
    }
}

/// What a new record would lack.
fn lacking(step: &Step, draft: &Draft, parts: &[(usize, Part)]) -> Option<Problem> {
    let mut patch = Patch::default();
    for (at, part) in parts {
        if let Target::BuiltIn(position) = step.fields[*at].target {
            // A record that is still to be made has no number yet; that it will be there is what counts.
            patch.put(position, if let Part::Value(value) = part { value.clone() } else { Value::Int(0) });
        }
    }
    let error = check_new(step.object, &patch).err()?;
    let field = error.field.as_deref().and_then(|name| step.built_in(name));
    Some(match field {
        Some(at) => draft.problem(step, at, "is blank, and a new record needs it"),
        None => Problem::of_row(draft.line, error.message),
    })
}

/// The value of a field; what it refers to is made.
fn write(step: &Step, field: &Bound, part: Part, ground: &mut dyn Ground) -> Result<Value> {
    match part {
        Part::Value(value) => Ok(value),
        Part::Record { object, name, email } => Ok(Value::Int(ground.make(object, &name, email.as_deref())?)),
        Part::Options(options) => {
            let mut ids = Vec::with_capacity(options.len());
            for option in options {
                let id = match option {
                    Ok(id) => id,
                    // It may have been added for another value of the same cell.
                    Err(label) => match ground.option(step.object, field.target, &label) {
                        Some(id) => id,
                        None => ground.add_option(step.object, field.target, &label)?,
                    },
                };
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            Ok(match (field.kind, ids.first()) {
                (Kind::Choice, Some(id)) => Value::Int(*id),
                _ => Value::from(id_list(&ids)),
            })
        }
    }
}
