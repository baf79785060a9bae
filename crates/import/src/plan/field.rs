//! Which field a name of the mapping means, and what its texts become.

use std::sync::Arc;

use penstock_model::{CompanySchema, CustomField, Field, Kind, Object, field::Writable, kind::fold, objects};

use super::{Custom, Plan, step::Shared};
use crate::{
    ask::name_of,
    convert::Conversion,
    mapping::{By, Missing, Spec, WhenBlank},
    reading::{Binder, Reading},
};

/// A field with where its value comes from.
#[derive(Debug)]
pub(crate) struct Bound {
    /// Its name, as the mapping has it.
    pub(crate) name: String,
    pub(crate) target: Target,
    pub(crate) kind: Kind,
    pub(crate) reading: Reading,
    pub(crate) conversion: Conversion,
    pub(crate) by: By,
    pub(crate) missing: Missing,
    pub(crate) blank: WhenBlank,
    /// The e-mail address of a user who is made.
    pub(crate) email: Option<Reading>,
}

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// To a built-in field, by its place in the object's table.
    BuiltIn(usize),
    /// To a custom field, by its place in the plan.
    Custom(usize),
}

/// Fields that only imports write: what a record's past was.
const OF_THE_PAST: [&str; 2] = ["update_time", "creator_user_id"];

impl Shared<'_> {
    /// The field that a name means, with its reading. Refuses with the reason.
    pub(super) fn field(
        &self,
        plan: &mut Plan,
        binder: &Binder<'_>,
        object: &'static Object,
        name: &str,
        spec: &Spec,
    ) -> Result<Bound, String> {
        let (target, kind) = self.target(plan, object, name)?;
        if object.name == "user" && !matches!(name, "name" | "email") {
            return Err("of users, only name and email can be imported".to_owned());
        }
        lookup(kind, spec)?;
        let email = spec.email.as_ref().map(|template| binder.made(template, "email")).transpose()?;
        let makes_users = kind == Kind::Reference("user") && spec.missing == Missing::Create;
        if makes_users != email.is_some() {
            return Err("email is for users who are made, with missing = \"create\", and they need it".to_owned());
        }
        let decimal = self.mapping.format.decimal;
        Ok(Bound {
            name: name.to_owned(),
            target,
            kind,
            reading: binder.reading(spec, name)?,
            conversion: Conversion::new(spec, kind, &Arc::clone(&self.dates), decimal, &self.zone)?,
            by: spec.by,
            missing: spec.missing,
            blank: spec.blank,
            email,
        })
    }

    fn target(&self, plan: &mut Plan, object: &'static Object, name: &str) -> Result<(Target, Kind), String> {
        let built_in = |f: &Field| f.is_column() && (f.virtual_name == name || f.name == name);
        if let Some(at) = object.fields.iter().position(built_in) {
            let field = &object.fields[at];
            if field.writable == Writable::Never && !OF_THE_PAST.contains(&field.name) && object.name != "user" {
                return Err(format!("the field {name} of {} can't be written", object.name));
            }
            return importable(field.kind).map(|()| (Target::BuiltIn(at), field.kind));
        }
        let custom = if let Some(field) = custom_named(self.schema, object, name)? {
            Custom {
                object: objects::get(&field.object),
                name: field.name.to_string(),
                kind: field.kind,
                number: Some(field.number),
            }
        } else {
            let carrier = object.custom.unwrap_or_default();
            let defined = plan.defined.iter().find(|d| d.object.name == carrier && fold(&d.name) == fold(name));
            let defined = defined.ok_or_else(|| unknown(self.schema, object, name))?;
            let kind = Kind::creatable(&defined.field_type).unwrap_or(Kind::Text);
            Custom { object: defined.object, name: defined.name.clone(), kind, number: None }
        };
        importable(custom.kind)?;
        let kind = custom.kind;
        let same = |c: &Custom| c.object.name == custom.object.name && fold(&c.name) == fold(&custom.name);
        let at = plan.customs.iter().position(|c| same(c) && c.number == custom.number);
        let at = at.unwrap_or_else(|| {
            plan.customs.push(custom);
            plan.customs.len() - 1
        });
        Ok((Target::Custom(at), kind))
    }
}

/// The custom field of an object with that key or name, if there is one.
pub(super) fn custom_named<'s>(
    schema: &'s CompanySchema,
    object: &Object,
    name: &str,
) -> Result<Option<&'s CustomField>, String> {
    if let Some(field) = schema.custom_by_key(object, name) {
        return Ok(Some(field));
    }
    let named: Vec<&CustomField> = schema.custom(object).filter(|f| fold(&f.name) == fold(name)).collect();
    match named[..] {
        [] => Ok(None),
        [field] => Ok(Some(field)),
        _ => {
            let keys: Vec<&str> = named.iter().map(|f| &*f.key).collect();
            Err(format!("{} fields are called {name}: name one by its key: {}", named.len(), keys.join(", ")))
        }
    }
}

fn unknown(schema: &CompanySchema, object: &Object, name: &str) -> String {
    let built_in = object.fields.iter().filter(|f| f.is_column() && f.writable != Writable::Never);
    let built_in = built_in.map(|f| if f.virtual_name.is_empty() { f.name } else { f.virtual_name });
    let custom = schema.custom(object).map(|f| &*f.name);
    let all: Vec<&str> = built_in.chain(custom).collect();
    let object = object.name;
    format!("{object} has no field {name}; it has {}; [[fields]] can define another", all.join(", "))
}

/// Whether texts can become values of a kind.
fn importable(kind: Kind) -> Result<(), String> {
    match kind {
        Kind::Id | Kind::Json | Kind::Participants | Kind::Attendees | Kind::References(_) => {
            Err("a field of this kind can't be imported".to_owned())
        }
        _ => Ok(()),
    }
}

/// Whether what a specification says about looking up fits the kind.
fn lookup(kind: Kind, spec: &Spec) -> Result<(), String> {
    let says = spec.by != By::default() || spec.missing != Missing::default();
    match kind {
        Kind::Reference(to) => {
            let object = objects::get(to);
            if spec.by == By::Email && to != "user" {
                return Err("only users are looked up by e-mail address".to_owned());
            }
            if spec.by == By::Name && name_of(object).is_none() {
                return Err(format!("{to} records have no name to look them up by: use by = \"key\" or \"id\""));
            }
            let makable = matches!(to, "user" | "organization" | "person") && matches!(spec.by, By::Name);
            if spec.missing == Missing::Create && !makable {
                return Err("missing = \"create\" is for users, organizations, persons and options, by name".to_owned());
            }
            Ok(())
        }
        Kind::Choice | Kind::Choices if spec.by != By::Name => Err("options are looked up by name".to_owned()),
        Kind::Choice | Kind::Choices => Ok(()),
        _ if says => Err("by and missing are for references and options".to_owned()),
        _ => Ok(()),
    }
}
