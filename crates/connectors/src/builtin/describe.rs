//! The registry as a description: object tables, the company's custom fields and options, and what this user may do.

use penstock_connector::{Choice, Field as Described, Name, Object as DescribedObject, Operator, Type, operators};
use penstock_crm::{List, Reader};
use penstock_model::{
    Access, CompanySchema, CustomField, Field, Kind, Object, Result, field,
    field::{Writable, meaning},
    kind::limit,
    object::Deletion,
    objects,
    schema::OptionItem,
    visibility::LEVELS,
};
use penstock_store::sql::Column;

use super::{external, ids, layout};

/// The most lead labels that are options.
const MOST_LABELS: i64 = 1000;

/// Whether an object's labels are records, which the caller must read.
pub(super) fn has_lead_labels(object: &Object) -> bool {
    object.fields.iter().any(|f| f.kind == Kind::References("lead_label"))
}

/// The company's lead labels as options.
pub(super) fn lead_labels(reader: &mut Reader<'_>) -> Result<Vec<Choice>> {
    let object = &objects::LEAD_LABEL;
    let columns = [field!(objects::LEAD_LABEL, "name"), field!(objects::LEAD_LABEL, "color")].map(Column::Field);
    let page = reader.list(&List::all(object, &columns, MOST_LABELS))?;
    let text = |row, column| page.get(row, column).text().unwrap_or_default().to_owned();
    let label = |row| Choice {
        id: ids::spell(reader.access.company(), object, page.id(row)).into(),
        label: text(row, 0).into(),
        color: Some(text(row, 1).into()),
        deleted: false,
    };
    Ok((0..page.len()).map(label).collect())
}

/// An object as a user of a company sees it.
pub(super) fn object(
    object: &'static Object,
    schema: &CompanySchema,
    access: &Access,
    labels: &[Choice],
) -> DescribedObject {
    let mut fields: Vec<Described> =
        layout::built_in(object).map(|f| built_in(object, f, schema, access, labels)).collect();
    let writable = fields.iter().any(|f| f.on_create);
    fields.push(external_ids(writable));
    fields.extend(schema.custom(object).map(custom));
    let lacks_right = object.right.is_some_and(|right| !access.may(right));
    if lacks_right {
        for field in &mut fields {
            (field.on_create, field.on_update) = (false, false);
        }
    }
    DescribedObject {
        name: object.name.into(),
        label: object.label.into(),
        plural: object.plural.into(),
        can_create: writable,
        can_update: writable,
        can_delete: object.deletion != Deletion::Never,
        lacks_right,
        created: Some("add_time".into()),
        modified: Some("update_time".into()),
        fields,
    }
}

fn built_in(
    object: &'static Object,
    field: &'static Field,
    schema: &CompanySchema,
    access: &Access,
    labels: &[Choice],
) -> Described {
    let is_type = field.names == objects::ACTIVITY_TYPE.name;
    let kind = match field.kind {
        _ if is_type => Type::Choice,
        // Lead labels are records below, but what they are to a lead is what labels are to a deal: options.
        Kind::References("lead_label") => Type::Choices,
        kind => Type::of(kind),
    };
    let choices = match field.kind {
        _ if is_type => schema.activity_types.iter().map(|(key, name)| chosen(key, name)).collect(),
        Kind::Enumeration(words) => words.iter().map(|word| Choice::new((*word).into(), worded(word))).collect(),
        Kind::VisibleTo => LEVELS.iter().map(|l| chosen(&l.number.to_string(), l.label)).collect(),
        Kind::Choice | Kind::Choices => options(schema.options_of(object, field)),
        Kind::References("lead_label") => labels.to_vec(),
        _ => Vec::new(),
    };
    let stamp = matches!(field.name, "add_time" | "update_time");
    let on_update = match field.writable {
        Writable::Always => true,
        Writable::WithRight(right) => access.may(right),
        Writable::OnCreate | Writable::Never => false,
    };
    Described {
        description: meaning(object, field),
        required: field.required,
        instead: field.instead.iter().map(|name| (*name).into()).collect(),
        nullable: !field.never_null,
        unique: field.kind == Kind::Id,
        on_create: on_update || field.writable == Writable::OnCreate,
        on_update,
        derived: !on_update && field.is_derived(),
        operators: if field.filterable || stamp { tests(&kind).to_vec() } else { Vec::new() },
        filter_parts: currency_part(object, field),
        case_sensitive: !field.has_key_column() && !kind.is_list(),
        sortable: field.sortable,
        searchable: field.search_weight > 0,
        max_length: field.kind.longest(),
        max_items: field.kind.most(),
        choices,
        ..Described::new(field.name.into(), field.label.into(), kind)
    }
}

/// Amounts with a currency column can be filtered by it.
fn currency_part(object: &Object, field: &Field) -> Vec<Name> {
    let filterable = field.kind == Kind::Money && object.field("currency").is_some_and(|c| c.filterable);
    if filterable { vec!["currency".into()] } else { Vec::new() }
}

fn custom(field: &CustomField) -> Described {
    let kind = Type::of(field.kind);
    let findable = !matches!(field.kind, Kind::LongText | Kind::Html);
    Described {
        description: "Defined by the company; the label says what it holds.".into(),
        suggested: Some(field.api_name.to_string().into()),
        custom: true,
        on_create: true,
        on_update: true,
        operators: if findable { tests(&kind).to_vec() } else { Vec::new() },
        case_sensitive: false,
        searchable: is_searched(field.kind),
        max_length: field.kind.longest(),
        max_items: field.kind.most(),
        choices: options(&field.options),
        ..Described::new(field.key.to_string().into(), field.name.to_string().into(), kind)
    }
}

fn external_ids(writable: bool) -> Described {
    Described {
        description: "The record's keys in other systems; no two records of the object have the same.".into(),
        unique: true,
        on_create: writable,
        on_update: writable,
        max_items: Some(limit::EXTERNAL_IDS),
        operators: operators::KEYS.to_vec(),
        ..Described::new(external::NAME.into(), "External IDs".into(), Type::ExternalIds)
    }
}

fn options(items: &[OptionItem]) -> Vec<Choice> {
    let choice = |o: &OptionItem| Choice {
        color: o.color.as_ref().map(|c| c.to_string().into()),
        deleted: o.deleted,
        ..Choice::new(o.id.to_string().into(), o.label.to_string().into())
    };
    items.iter().map(choice).collect()
}

fn chosen(id: &str, label: &str) -> Choice {
    Choice::new(id.to_owned().into(), label.to_owned().into())
}

/// `no_consent` as `No consent`.
fn worded(word: &'static str) -> Name {
    let mut label = word.replace('_', " ");
    if let Some(first) = label.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    label.into()
}

/// The operators that the engines have for a type.
const fn tests(kind: &Type) -> &'static [Operator] {
    match kind {
        Type::Id => operators::IDENTITY,
        Type::Text | Type::Phone => operators::TEXT,
        Type::Integer | Type::Number | Type::Money | Type::Date | Type::Time | Type::Duration | Type::DateTime => {
            operators::ORDER
        }
        Type::Boolean | Type::Choice | Type::Reference(_) => operators::EQUALITY,
        Type::Choices | Type::References(_) | Type::Emails | Type::Phones | Type::Messengers => operators::MEMBERSHIP,
        Type::Address | Type::ZonedTime | Type::DateRange | Type::TimeRange => operators::PRESENCE,
        Type::LongText | Type::Html | Type::Participants | Type::Attendees | Type::ExternalIds => operators::NONE,
    }
}

/// Whether search looks into custom fields of a kind (pipedrive-contract 7).
const fn is_searched(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Address | Kind::Text | Kind::LongText | Kind::Autocomplete | Kind::Number | Kind::Amount | Kind::Phone
    )
}
