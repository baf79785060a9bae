//! A virtual object bound to what an account holds: every field with its lens and its description.

use std::collections::HashSet;

use penstock_connector::{Name, Object as Described, Record, Type, describe};
use penstock_model::{Code, Error, Value};

use crate::{
    lens::{Direct, Lens},
    model::{Configuration, ObjectMapping},
    operations::Capability,
    refusal,
    suggest::hint,
};

/// A virtual object, as one account and one user see it.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts about the object")]
pub(crate) struct View {
    /// Its virtual name.
    pub(crate) name: Name,
    /// The provider's object.
    pub(crate) object: Name,
    pub(crate) label: Name,
    pub(crate) plural: Name,
    pub(crate) can_create: bool,
    pub(crate) can_update: bool,
    pub(crate) can_delete: bool,
    /// Whether this user lacks the right to do any of it.
    pub(crate) lacks_right: bool,
    /// Its fields, those of the envelope first.
    pub(crate) fields: Vec<Field>,
}

/// A virtual field.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its description; the name is the virtual one.
    pub(crate) about: describe::Field,
    pub(crate) source: Source,
    /// Whether it stands in every record, whichever fields are asked for.
    pub(crate) always: bool,
}

/// Where a virtual field's value comes from.
#[derive(Debug)]
pub(crate) enum Source {
    Lens(Box<dyn Lens>),
    /// The record's id.
    Id(Direct),
    /// The record's version.
    Version,
    /// Whether it is deleted.
    Deleted,
}

impl Field {
    pub(crate) fn name(&self) -> &str {
        &self.about.name
    }
    /// Its lens; the version and the deletion have none.
    pub(crate) fn lens(&self) -> Option<&dyn Lens> {
        match &self.source {
            Source::Lens(lens) => Some(&**lens),
            Source::Id(lens) => Some(lens),
            Source::Version | Source::Deleted => None,
        }
    }
    /// The provider's fields that it needs.
    pub(crate) fn paths(&self) -> &[Name] {
        match &self.source {
            Source::Lens(lens) => lens.paths(),
            _ => &[],
        }
    }
    /// Its value in a record.
    pub(crate) fn get(&self, record: &Record) -> Value {
        match &self.source {
            Source::Lens(lens) => lens.get(record),
            // A record that is still to be made has none of these.
            _ if record.id.is_empty() => Value::Null,
            Source::Id(_) => Value::from(record.id.as_str()),
            Source::Version => Value::from(record.version.as_str()),
            Source::Deleted => Value::Bool(record.deleted),
        }
    }
    /// Whether a record of it can be embedded in answers.
    pub(crate) fn is_expandable(&self, configuration: &Configuration) -> bool {
        self.about.kind.target().is_some_and(|to| configuration.object(to).is_some())
    }
}

impl View {
    /// Whether the object allows something.
    pub(crate) const fn allows(&self, capability: Capability) -> bool {
        match capability {
            Capability::Create => self.can_create,
            Capability::Update => self.can_update,
            Capability::Delete => self.can_delete,
        }
    }

    /// Binds a virtual object. Mapped fields that the account does not have are left out.
    pub(crate) fn new(configuration: &Configuration, mapping: &ObjectMapping, described: &Described) -> Self {
        let mut fields = envelope(described);
        let mut names: HashSet<Name> = fields.iter().map(|f| f.about.name.clone()).collect();
        for field in &mapping.fields {
            if let Some(about) = described.field(&field.path)
                && names.insert(field.name.clone())
            {
                fields.push(bound(field.name.clone(), about.clone(), configuration.lens(field, about)));
            }
        }
        let custom = described.fields.iter().filter(|f| f.custom && mapping.with_custom);
        for about in custom {
            let name = about.suggested.clone().unwrap_or_else(|| about.name.clone());
            let own = crate::model::FieldMapping {
                name: name.clone(),
                path: about.name.clone(),
                mapping: crate::model::Mapping::Direct,
            };
            if names.insert(name.clone()) {
                fields.push(bound(name, about.clone(), configuration.lens(&own, about)));
            }
        }
        Self {
            name: mapping.name.clone(),
            object: described.name.clone(),
            label: described.label.clone(),
            plural: described.plural.clone(),
            can_create: described.can_create,
            can_update: described.can_update,
            can_delete: described.can_delete,
            lacks_right: described.lacks_right,
            fields,
        }
    }

    /// The position of the field of that virtual name.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.name() == name)
    }

    /// The position of a field that a request names.
    pub(crate) fn find(&self, name: &str) -> Result<usize, Error> {
        self.position(name).ok_or_else(|| self.unknown(name))
    }

    /// What is said of a field that does not exist.
    pub(crate) fn unknown(&self, name: &str) -> Error {
        let name = &*refusal::shortened(name, refusal::LONGEST_NAME);
        // Who writes the provider's own name is told the virtual one.
        let meant = self.fields.iter().find(|f| f.paths().iter().any(|p| p == name)).map(Field::name);
        let hint =
            meant.map_or_else(|| hint(name, self.fields.iter().map(Field::name)), |m| format!("; did you mean {m}?"));
        Error::new(Code::FieldUnknown, format!("{} has no field {name}{hint}", self.name)).at(name)
    }

    /// An error of the connector in the virtual object's own names.
    pub(crate) fn renamed(&self, mut error: Error) -> Error {
        for field in self.fields.iter().filter(|f| f.paths().len() == 1) {
            let (path, name) = (&*field.paths()[0], field.name());
            if error.field.as_deref() == Some(path) {
                error.field = Some(name.into());
            }
            if path != name && error.message.contains(path) {
                error.message = word_replaced(&error.message, path, name).into();
            }
        }
        error
    }
}

/// A text with a word in place of another; parts of longer words stay.
fn word_replaced(text: &str, word: &str, by: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let whole = !out.chars().chain(before.chars()).next_back().is_some_and(is_part) && !after.starts_with(is_part);
        out.push_str(before);
        out.push_str(if whole { by } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

fn bound(name: Name, mut about: describe::Field, lens: Box<dyn Lens>) -> Field {
    about.name = name;
    lens.describe(&mut about);
    Field { about, source: Source::Lens(lens), always: false }
}

/// The fields that every object has.
fn envelope(described: &Described) -> Vec<Field> {
    let plain = |name: &'static str, label: &'static str, kind, help: &'static str| describe::Field {
        description: help.into(),
        nullable: false,
        ..describe::Field::new(name.into(), label.into(), kind)
    };
    let id = described.field("id");
    let mut fields = vec![
        Field {
            about: describe::Field {
                unique: true,
                operators: id.map_or_else(Vec::new, |f| f.operators.clone()),
                sortable: id.is_some_and(|f| f.sortable),
                ..plain("id", "ID", Type::Id, "An opaque text; numbers are accepted for it.")
            },
            source: Source::Id(Direct::new("id".into())),
            always: true,
        },
        Field {
            about: plain("etag", "Version", Type::Text, "Changes with the record; the value for If-Match."),
            source: Source::Version,
            always: true,
        },
    ];
    let stamps = [("createdTime", &described.created), ("lastModifiedTime", &described.modified)];
    for (name, path) in stamps {
        if let Some(about) = path.as_deref().and_then(|path| described.field(path)) {
            let lens = Direct::new(about.name.clone());
            fields.push(bound(name.into(), about.clone(), Box::new(lens)));
        }
    }
    fields.push(Field {
        about: plain("deleted", "Deleted", Type::Boolean, "True only when deleted records were asked for."),
        source: Source::Deleted,
        always: false,
    });
    if let Some(about) = described.field("external_ids") {
        let lens = Direct::new(about.name.clone());
        fields.push(bound("external_ids".into(), about.clone(), Box::new(lens)));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::word_replaced;

    #[test]
    fn only_whole_words_are_replaced() {
        assert_eq!(
            word_replaced("org_id: organization 7 of org_ids", "org_id", "organization"),
            "organization: organization 7 of org_ids"
        );
        assert_eq!(word_replaced("type or wire_type", "type", "kind"), "kind or wire_type");
    }
}
