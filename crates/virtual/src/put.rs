//! From a body to what the provider is to change: every given field goes through its lens.

use std::borrow::Cow;

use penstock_connector::{Choice, Edits, Record, Type, composite, describe};
use penstock_model::{Code, Error, Value};
use serde_json::{Map, Value as Json, json};

use crate::{
    lens::{Class, Put, Refuse},
    precondition::Tags,
    refusal::{self, Refusal},
    view::{Field, View},
    wire,
};

/// The field that holds a record's keys in other systems.
const EXTERNAL_IDS: &str = "external_ids";
/// The field that holds a record's version.
const ETAG: &str = "etag";
/// What stands beside the fields of a record that was read.
const BESIDE: [&str; 2] = ["expanded", "warnings"];

/// What a body asks for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// What the provider is to change; nothing when all is as it should be.
    pub(crate) edits: Edits,
    /// The fields that change, with their new values.
    pub(crate) fields: Vec<(usize, Value)>,
    /// Whether what is written depends on what was read, so that the record must still have that version. One-to-one
    /// fields do not: of two who write one at once the later wins, and neither is refused.
    pub(crate) depends: bool,
}

/// What a request gives of a record.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The fields of its body.
    pub(crate) body: Map<String, Json>,
    /// The record's key in another system, where the path names one: it is one of the record's, whatever else the body
    /// says.
    pub(crate) key: Option<(String, String)>,
    /// The bytes of the body.
    pub(crate) size: usize,
}

impl Given {
    /// Whether the body says which version of the record it is about.
    pub(crate) fn names_version(&self) -> bool {
        self.body.get(ETAG).is_some_and(|tag| !tag.is_null())
    }

    /// Whether a record that was read may be given as it is: what nobody can give is ignored then. Who makes a new one
    /// has read none.
    const fn is_whole(&self, is_new: bool) -> bool {
        !is_new || self.key.is_some()
    }

    /// The fields with their values.
    fn fields(&self, is_new: bool) -> impl Iterator<Item = (&str, Cow<'_, Json>)> {
        let key = self.key.as_ref().map(|(source, key)| json!({ "source": source, "key": key }));
        let absent = !self.body.contains_key(EXTERNAL_IDS);
        let added = key.clone().filter(|_| is_new && absent);
        let with_key = move |keys: &Json| match (keys, &key) {
            (Json::Null, Some(key)) => Some(json!([key])),
            (Json::Array(keys), Some(key)) if !keys.contains(key) => {
                Some(keys.iter().chain(std::iter::once(key)).cloned().collect())
            }
            // The record that exists has it; and what is no list is refused for that.
            _ => None,
        };
        let of_body = self.body.iter().map(move |(name, json)| {
            let changed = if name == EXTERNAL_IDS { with_key(json) } else { None };
            (name.as_str(), changed.map_or(Cow::Borrowed(json), Cow::Owned))
        });
        of_body.chain(added.map(|key| (EXTERNAL_IDS, Cow::Owned(json!([key])))))
    }
}

/// Reads what is given against a record: the one that is to change, or nothing for one that is to be made.
///
/// # Errors
/// The fields at fault, as many as are named, at once.
pub(crate) fn read(view: &View, before: Option<&Record>, sent: &Given) -> Result<Wanted, Refusal> {
    let empty = Record::default();
    let record = before.unwrap_or(&empty);
    let whole = sent.is_whole(before.is_none());
    if whole {
        still(before, sent)?;
    }
    let mut wanted = Wanted::default();
    let mut given = Vec::new();
    let mut errors = Vec::new();
    for (name, json) in sent.fields(before.is_none()) {
        if errors.len() > refusal::MOST {
            break;
        }
        if whole && (name == ETAG || BESIDE.contains(&name)) {
            continue;
        }
        match one(view, before.is_none(), whole, record, name, &json) {
            Ok(change) => {
                errors.extend(merge(view, &change, &given, &mut wanted));
                given.push((change.field, change.value));
            }
            Err(error) => errors.push(error),
        }
    }
    if before.is_none() {
        errors.extend(missing(view, &wanted));
    }
    if errors.is_empty() {
        errors.extend(broken(view, record, &wanted, &given));
    }
    Refusal::of_fields(errors)?;
    Ok(wanted)
}

/// Refuses a body that is about another version of the record.
fn still(before: Option<&Record>, sent: &Given) -> Result<(), Error> {
    let tags = match sent.body.get(ETAG) {
        Some(Json::String(tag)) => Tags::parse(tag),
        Some(Json::Number(tag)) => Tags::parse(&tag.to_string()),
        None | Some(Json::Null) => return Ok(()),
        Some(_) => return Err(Error::invalid(ETAG, "must be the text that was read")),
    };
    if before.is_some_and(|record| tags.name(&record.version)) {
        return Ok(());
    }
    let message = "etag: the record has another version than the one that was read: read it again, or leave etag out";
    Err(Error::new(Code::PreconditionFailed, message).at(ETAG))
}

/// A field that a body gives.
struct Change {
    field: usize,
    value: Value,
    /// What makes it so; nothing when it is so already.
    edits: Option<Edits>,
    depends: bool,
}

fn one(view: &View, is_new: bool, whole: bool, record: &Record, name: &str, json: &Json) -> Result<Change, Error> {
    let position = view.find(name)?;
    let field = &view.fields[position];
    let now = field.get(record);
    if whole && field.about.derived {
        return Ok(Change { field: position, value: now, edits: None, depends: false });
    }
    let sent = wire::parse(&standing(&field.about, &now), json);
    let value = sent.clone().map(|sent| wire::amended(&field.about, sent, &now));
    // What was read may be sent back, by whoever may write the field or not.
    let same = wire::json(&field.about.kind, &now) == *json || value.as_ref().is_ok_and(|value| *value == now);
    if same {
        return Ok(Change { field: position, value: now, edits: None, depends: false });
    }
    let writable = if is_new { field.about.on_create } else { field.about.on_update };
    let lens = field.lens().filter(|_| writable).ok_or_else(|| read_only(field, is_new))?;
    let value = value?;
    if value.is_null() && !field.about.nullable {
        return Err(Error::invalid(name, "can't be unset"));
    }
    let depends = lens.class() == Class::Lens || sent.is_ok_and(|sent| sent != value);
    match lens.put(record, &value) {
        Ok(edits) => Ok(Change { field: position, value, edits: Some(edits), depends }),
        Err(Refuse::NotRepresentable { reads_back }) => Err(not_representable(field, &reads_back)),
    }
}

/// A field whose deleted options can be chosen as far as the record has them: what stands may stay.
fn standing<'a>(about: &'a describe::Field, now: &Value) -> Cow<'a, describe::Field> {
    let held = match about.kind {
        Type::Choices => composite::id_members(now),
        Type::Choice => now.text().map(str::to_owned).into_iter().collect(),
        _ => Vec::new(),
    };
    let stands = |choice: &Choice| choice.deleted && held.iter().any(|id| *id == choice.id);
    if !about.choices.iter().any(stands) {
        return Cow::Borrowed(about);
    }
    let mut about = about.clone();
    for choice in about.choices.iter_mut().filter(|choice| stands(choice)) {
        choice.deleted = false;
    }
    Cow::Owned(about)
}

fn read_only(field: &Field, is_new: bool) -> Error {
    let about = &field.about;
    let when = match (is_new, about.on_create, about.on_update) {
        (false, true, false) => "can be given on create only",
        (true, false, true) => "can be changed only once the record is there",
        _ if is_new => "is read-only: leave it out",
        _ => "is read-only: leave it out, or send what the record has",
    };
    Error::new(Code::FieldReadOnly, format!("{} {when}", field.name())).at(field.name())
}

fn not_representable(field: &Field, reads_back: &Value) -> Error {
    let back = wire::json(&field.about.kind, reads_back);
    let message = format!("{}: can't be kept, it would read back as {back}", field.name());
    Error::new(Code::NotRepresentable, message).at(field.name())
}

/// Adds the edits of a field; two fields may not ask for different values of one field of the provider.
fn merge(view: &View, change: &Change, given: &[(usize, Value)], wanted: &mut Wanted) -> Option<Error> {
    let edits = change.edits.as_ref()?;
    wanted.fields.push((change.field, change.value.clone()));
    wanted.depends |= change.depends;
    let mut conflict = None;
    for (path, value) in edits.iter() {
        if wanted.edits.set(path, value.clone()).is_some() {
            let name = view.fields[change.field].name();
            let other = given.iter().map(|(field, _)| &view.fields[*field]).find(|f| f.paths().contains(path));
            let other = other.map_or("another field", Field::name);
            let message = format!("{name} and {other} stand for the same value and ask for different ones");
            conflict = Some(Error::new(Code::MappingConflict, message).at(name));
        }
    }
    conflict
}

/// Required fields of a new record that are not given, nor anything that they are made of.
fn missing<'a>(view: &'a View, wanted: &'a Wanted) -> impl Iterator<Item = Error> + 'a {
    let given = |path: &str| wanted.edits.get(path).is_some_and(|value| !value.is_null());
    let absent = move |field: &&'a Field| {
        field.about.required
            && field.about.on_create
            && !field.paths().iter().any(|path| given(path))
            && !field.about.instead.iter().any(|path| given(path))
    };
    view.fields
        .iter()
        .filter(absent)
        .map(|field| Error::new(Code::FieldRequired, format!("{} is required", field.name())).at(field.name()))
}

/// Fields that would not read back once all the edits are made, those that were to stay among them: the laws of single
/// fields do not see overlaps.
fn broken<'a>(
    view: &'a View,
    record: &'a Record,
    wanted: &'a Wanted,
    given: &'a [(usize, Value)],
) -> impl Iterator<Item = Error> + 'a {
    given.iter().filter_map(move |(at, value)| {
        let field = &view.fields[*at];
        let lens = field.lens().filter(|_| !field.paths().is_empty())?;
        let reads_back = lens.get(&wanted.edits.over(record));
        (reads_back != *value).then(|| not_representable(field, &reads_back))
    })
}

#[cfg(test)]
mod tests {
    use penstock_connector::{Columns, Object, Type, describe, operators};
    use serde_json::json;

    use super::*;
    use crate::{
        lens::Unknown,
        model::{Configuration, FieldMapping, Mapping, ObjectMapping},
    };

    /// An object of which two virtual fields stand for the provider's `state`: as it is, and in words.
    fn view() -> View {
        let field = |name: &'static str| describe::Field {
            on_create: true,
            on_update: true,
            operators: operators::TEXT.to_vec(),
            ..describe::Field::new(name.into(), name.into(), Type::Text)
        };
        let described = Object {
            name: "thing".into(),
            label: "Thing".into(),
            plural: "Things".into(),
            can_create: true,
            can_update: true,
            can_delete: true,
            lacks_right: false,
            created: None,
            modified: None,
            fields: vec![field("state"), field("other")],
        };
        let pairs = [("n", "NEW"), ("o", "NEW"), ("d", "DONE")].map(|(o, w)| (o.into(), w.into())).to_vec();
        let mapping = |name: &'static str, path: &'static str, mapping| FieldMapping {
            name: name.into(),
            path: path.into(),
            mapping,
        };
        let object = ObjectMapping {
            name: "thing".into(),
            provider: "thing".into(),
            fields: vec![
                mapping("raw", "state", Mapping::Direct),
                mapping("word", "state", Mapping::Enumeration(pairs, Unknown::Null)),
                mapping("note", "other", Mapping::Direct),
                mapping("gone", "no_such_field", Mapping::Direct),
            ],
            with_custom: false,
        };
        let configuration = Configuration { name: "test".into(), objects: vec![object.clone()] };
        View::new(&configuration, &object, &described)
    }

    fn thing(state: &str) -> Record {
        let columns = Columns::new(["other".into(), "state".into()]);
        Record::new("1".to_owned(), "7".to_owned(), false, columns, vec![Value::Null, Value::from(state)])
    }

    /// The fields at fault, and how.
    type Faults = Vec<(Option<Box<str>>, Code)>;

    fn put(state: &str, body: &Json) -> Result<Wanted, Faults> {
        let given = Given { body: body.as_object().unwrap().clone(), ..Given::default() };
        let outcome = read(&view(), Some(&thing(state)), &given);
        outcome.map_err(|refusal| refusal.fields.into_iter().map(|e| (e.field, e.code)).collect())
    }

    fn edit(wanted: &Wanted) -> Option<&str> {
        wanted.edits.get("state").and_then(Value::text)
    }

    #[test]
    fn a_field_that_the_account_does_not_have_is_left_out() {
        assert!(view().position("gone").is_none());
    }

    #[test]
    fn two_fields_that_ask_for_different_values_of_one_are_refused() {
        let conflict = put("n", &json!({ "raw": "o", "word": "DONE" })).unwrap_err();
        assert_eq!(conflict, [(Some("word".into()), Code::MappingConflict)]);
        let stays = put("n", &json!({ "raw": "n", "word": "DONE" })).unwrap_err();
        assert_eq!(stays, [(Some("raw".into()), Code::NotRepresentable)], "what is to stay would not");
        let agreed = put("n", &json!({ "raw": "d", "word": "DONE" })).unwrap();
        assert_eq!(edit(&agreed), Some("d"));
    }

    #[test]
    fn a_word_that_has_no_option_is_refused_and_one_that_holds_is_kept() {
        assert_eq!(put("n", &json!({ "word": "LOST" })).unwrap_err(), [(Some("word".into()), Code::FieldInvalid)]);
        assert!(put("o", &json!({ "word": "NEW" })).unwrap().edits.is_empty());
        assert_eq!(edit(&put("d", &json!({ "word": "NEW" })).unwrap()), Some("n"));
    }

    #[test]
    fn only_what_depends_on_what_was_read_is_tied_to_it() {
        assert!(put("n", &json!({ "word": "DONE" })).unwrap().depends);
        assert!(!put("n", &json!({ "raw": "d", "note": "x" })).unwrap().depends);
    }
}
