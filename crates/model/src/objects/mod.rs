//! The objects, one file each, and how to find them.

#![cfg_attr(not(test), expect(clippy::enum_glob_use, reason = "a table names a codec on most of its lines"))]

mod activity;
mod activity_type;
mod comment;
mod company;
mod contact_label;
mod custom_field;
mod deal;
mod external_id;
mod follower;
mod lead;
mod lead_label;
mod note;
mod organization;
mod origin;
mod participant;
mod person;
mod pipeline;
mod product;
mod stage;
mod stage_visit;
mod user;

pub use activity::ACTIVITY;
pub use activity_type::{ACTIVITY_ICON, ACTIVITY_TYPE};
pub use comment::COMMENT;
pub use company::COMPANY;
pub use custom_field::CUSTOM_FIELD;
pub use deal::{DEAL, DEAL_STATUS};
pub use external_id::EXTERNAL_ID;
pub use follower::FOLLOWER;
pub use lead::LEAD;
pub use lead_label::{LEAD_LABEL, LEAD_LABEL_COLOR};
pub use note::NOTE;
pub use organization::ORGANIZATION;
pub use participant::PARTICIPANT;
pub use person::{MARKETING_STATUS, PERSON};
pub use pipeline::PIPELINE;
pub use product::PRODUCT;
pub use stage::STAGE;
pub use stage_visit::DEAL_STAGE_VISIT;
pub use user::USER;

use crate::Object;

/// Every object, parents before children. Records also name their next and last activity, which stand later.
pub static ALL: &[&Object] = &[
    &COMPANY,
    &USER,
    &CUSTOM_FIELD,
    &PIPELINE,
    &STAGE,
    &ORGANIZATION,
    &PERSON,
    &PRODUCT,
    &LEAD_LABEL,
    &LEAD,
    &DEAL,
    &DEAL_STAGE_VISIT,
    &PARTICIPANT,
    &ACTIVITY_TYPE,
    &ACTIVITY,
    &NOTE,
    &COMMENT,
    &FOLLOWER,
    &EXTERNAL_ID,
];

/// The object of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Object> {
    ALL.iter().copied().find(|o| o.name == name)
}

/// The object of a name that the tables themselves use. A wrong name is a fault of the tables, which this module's
/// tests find.
///
/// # Panics
/// When no object has that name.
#[must_use]
pub fn get(name: &str) -> &'static Object {
    find(name).unwrap_or_else(|| panic!("no object is named {name}"))
}

/// The object with that code in event rows.
#[must_use]
pub fn by_code(code: i64) -> Option<&'static Object> {
    ALL.iter().copied().find(|o| i64::from(o.code) == code)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{
        Codec, Field, Kind, Source,
        field::{Compute, Shown, Subquery},
        object::Visibility,
        reference::ReferenceForm,
        sample::Sample,
    };

    #[test]
    fn names_numbers_codes_and_keys_are_unique() {
        let mut codes = HashSet::new();
        for object in ALL {
            assert!(codes.insert(object.code), "code of {}", object.name);
            let mut numbers = HashSet::new();
            let (mut names, mut v1, mut v2, mut virtuals) =
                (HashSet::new(), HashSet::new(), HashSet::new(), HashSet::new());
            for field in object.fields {
                assert!(numbers.insert(field.number), "number of {}.{}", object.name, field.name);
                assert!(names.insert(field.name), "name of {}.{}", object.name, field.name);
                assert!(field.v1.key.is_empty() || v1.insert(field.v1.key), "v1 key of {}.{}", object.name, field.name);
                assert!(field.v2.key.is_empty() || v2.insert(field.v2.key), "v2 key of {}.{}", object.name, field.name);
                assert!(
                    field.virtual_name.is_empty() || virtuals.insert(field.virtual_name),
                    "virtual name of {}.{}",
                    object.name,
                    field.name
                );
            }
        }
    }

    #[test]
    fn every_name_that_fields_use_exists() {
        for object in ALL {
            assert_eq!(object.fields[0].name, "id", "{} begins with its id", object.name);
            for field in object.fields {
                if let Kind::Reference(to) | Kind::References(to) = field.kind {
                    assert!(find(to).is_some(), "{}.{} refers to {to}", object.name, field.name);
                }
                match field.source {
                    Source::Column | Source::Subquery(Subquery::ParticipantDeals(_)) => {}
                    Source::Alias(column) => {
                        assert!(object.field(column).is_some_and(Field::is_column), "{}.{}", object.name, field.name);
                    }
                    Source::Joined { via, field: other } => {
                        let via = object
                            .field(via)
                            .unwrap_or_else(|| panic!("{}.{} joins by {via}", object.name, field.name));
                        let Kind::Reference(to) = via.kind else {
                            panic!("{}.{} is no reference", object.name, via.name)
                        };
                        assert!(
                            get(to).field(other).is_some_and(Field::is_column),
                            "{}.{} reads {to}.{other}",
                            object.name,
                            field.name
                        );
                    }
                    Source::Computed(how) => {
                        for name in how.inputs() {
                            assert!(
                                object.field(name).is_some_and(Field::is_column),
                                "{}.{} needs {name}",
                                object.name,
                                field.name
                            );
                        }
                    }
                    Source::Subquery(Subquery::Sum { object: other, link, field: sum }) => {
                        assert!(
                            get(other).field(link).is_some() && get(other).field(sum).is_some(),
                            "{}.{}",
                            object.name,
                            field.name
                        );
                    }
                }
                for name in field.instead {
                    assert!(object.field(name).is_some(), "{}.{}", object.name, field.name);
                }
                assert!(field.names.is_empty() || find(field.names).is_some(), "{}.{}", object.name, field.name);
                if let Some(count) = field.count {
                    assert!(get(count.object).field(count.link).is_some(), "{}.{}", object.name, field.name);
                }
            }
        }
    }

    #[test]
    fn every_name_that_objects_use_exists() {
        for object in ALL {
            assert!(object.field(object.title).is_some_and(|f| f.kind == Kind::Text) || !needs_title(object));
            for name in object.reference.iter().flat_map(ReferenceForm::fields) {
                assert!(object.field(name).is_some(), "references to {} show {name}", object.name);
            }
            for entry in object.listing {
                let field = object.field(entry.name);
                let is_shown = |f: &Field| matches!(f.v1.shown, Shown::Always | Shown::Collected);
                assert!(
                    field.is_some_and(|f| is_shown(f) || !entry.key.is_empty()),
                    "{}.{} is in every record",
                    object.name,
                    entry.name
                );
            }
            for index in object.indexes {
                let flag = (!index.only.is_empty()).then_some(&index.only);
                assert!(
                    flag.is_none_or(|f| object.field(f).is_some_and(|f| f.kind == Kind::Boolean)),
                    "{}",
                    object.name
                );
                for column in index.columns.iter().chain(flag) {
                    let key = column.strip_suffix("_key").unwrap_or(column);
                    assert!(
                        ["shared", "version"].contains(column) || object.field(key).is_some(),
                        "{}: index on {column}",
                        object.name
                    );
                }
            }
            if object.is_owned() {
                for name in ["owner_id", "visible_to"] {
                    assert!(object.field(name).is_some(), "{} has {name}", object.name);
                }
            }
            if let Visibility::Linked(links) = object.visibility {
                for (field, _) in links {
                    assert!(object.field(field).is_some(), "{}.{field}", object.name);
                }
            }
            if object.is_marked() {
                assert!(object.field("is_deleted").is_some(), "{} has is_deleted", object.name);
            }
        }
    }

    #[test]
    fn numeric_field_ids_of_two_objects_never_meet() {
        let mut ids = HashSet::new();
        for object in ALL {
            for field in object.fields {
                assert!(
                    ids.insert(object.field_base + u32::from(field.number)),
                    "the id of {}.{}",
                    object.name,
                    field.name
                );
            }
        }
    }

    #[test]
    fn no_column_takes_the_name_of_a_hidden_one() {
        for object in ALL {
            let columns: HashSet<&str> = object.columns().map(|(_, f)| f.name).collect();
            for hidden in ["company_id", "version", "shared", "custom"] {
                assert!(!columns.contains(hidden), "{}.{hidden}", object.name);
            }
            for (_, field) in object.columns().filter(|(_, f)| f.has_key_column()) {
                assert!(
                    !columns.contains(&*format!("{}_key", field.name)),
                    "{}.{} and its key",
                    object.name,
                    field.name
                );
            }
        }
    }

    /// Whether records of an object are shown by their title somewhere.
    fn needs_title(object: &Object) -> bool {
        object.reference.is_some()
            || ALL.iter().flat_map(|o| o.fields.iter().map(move |f| (o, f))).any(|(o, f)| match f.source {
                Source::Computed(Compute::LinkedName { reference }) => {
                    o.target(reference).is_some_and(|to| to.name == object.name)
                }
                _ => false,
            })
    }

    /// Whether a codec can spell a field of a kind.
    fn spells(codec: Codec, object: &Object, kind: Kind) -> bool {
        match codec {
            Codec::Plain => match kind {
                Kind::Id => !object.uuid,
                Kind::Reference(to) | Kind::References(to) => !get(to).uuid,
                Kind::Amount | Kind::DateTime | Kind::Duration => false,
                _ => true,
            },
            Codec::SpaceTime | Codec::SpaceTimeOrEmpty | Codec::RfcTime | Codec::RfcMillis => kind == Kind::DateTime,
            Codec::ClockMinutes | Codec::ClockSeconds => matches!(kind, Kind::Time | Kind::Duration),
            Codec::CommaList => kind == Kind::Choices,
            Codec::FirstOfList => kind == Kind::Choice,
            Codec::List => kind.is_composite() || kind == Kind::Json,
            Codec::DigitText => matches!(kind, Kind::VisibleTo | Kind::Integer | Kind::Choice | Kind::Reference(_)),
            Codec::Negated | Codec::ZeroOne => kind == Kind::Boolean,
            Codec::TextOrEmpty => matches!(kind, Kind::Text | Kind::LongText),
            Codec::NumberOrZero => matches!(kind, Kind::Integer | Kind::Number | Kind::Money),
            Codec::Contacts => matches!(kind, Kind::Emails | Kind::Phones | Kind::Messengers),
            Codec::PrimaryContact => kind == Kind::Text,
            Codec::Embedded => matches!(kind, Kind::Reference(to) if get(to).reference.is_some()),
            Codec::AddressLine | Codec::AddressParts | Codec::AddressPartsOnly => kind == Kind::Address,
            Codec::Uuid => match kind {
                Kind::Id => object.uuid,
                Kind::Reference(to) => get(to).uuid,
                _ => false,
            },
            Codec::UuidList => matches!(kind, Kind::References(to) if get(to).uuid),
            Codec::MoneyPair => kind == Kind::Money,
            Codec::ParticipantFlags => kind == Kind::Participants,
            Codec::AttendeeFlags => kind == Kind::Attendees,
        }
    }

    #[test]
    fn every_codec_spells_a_kind_that_it_can() {
        for object in ALL {
            for field in object.fields {
                for form in [field.v1, field.v2] {
                    assert!(
                        form.key.is_empty() || spells(form.codec, object, field.kind),
                        "{:?} can't spell {}.{}, a {:?}",
                        form.codec,
                        object.name,
                        field.name,
                        field.kind
                    );
                }
            }
        }
    }

    #[test]
    fn samples_give_writable_fields_and_all_that_are_required() {
        for object in ALL {
            let all = object.samples.create.iter().chain(object.samples.update);
            for (name, sample) in all {
                let field = object.field(name).unwrap_or_else(|| panic!("{}: no field {name}", object.name));
                assert!(field.writable != crate::field::Writable::Never, "{}.{name}", object.name);
                if let Sample::Record(to) = sample {
                    assert_eq!(field.kind.refers_to(), Some(*to), "{}.{name}", object.name);
                }
            }
            let missing =
                |f: &&crate::Field| f.required && object.samples.create.iter().all(|(name, _)| *name != f.name);
            let missing: Vec<&str> = object.fields.iter().filter(missing).map(|f| f.name).collect();
            assert!(object.samples.create.is_empty() || missing.is_empty(), "{}: {missing:?}", object.name);
        }
    }

    #[test]
    fn virtual_names_say_what_is_meant_and_nothing_twice() {
        for object in ALL.iter().filter(|o| !o.virtual_name.is_empty()) {
            assert!(object.fields.iter().any(|f| f.virtual_name == "id"), "{} has an id", object.name);
            for field in object.fields.iter().filter(|f| !f.virtual_name.is_empty()) {
                let name = field.virtual_name;
                let place = format!("{}.{name}", object.name);
                assert!(!matches!(field.source, Source::Alias(_) | Source::Joined { .. }), "{place} is a copy");
                assert!(!matches!(field.kind, Kind::Reference(_)) || !name.ends_with("_id"), "{place} names a role");
                assert!(!name.ends_with("_flag") && !name.ends_with("_ids"), "{place}");
            }
        }
    }

    #[test]
    fn collections_show_the_published_keys_and_no_others() {
        let published = [
            (
                "deal",
                "add_time close_time creator_user_id currency expected_close_date id label lost_reason lost_time \
                 org_id person_id pipeline_id probability stage_id status title update_time user_id value visible_to \
                 won_time",
            ),
            (
                "person",
                "active_flag add_time cc_email delete_time email id label label_ids name org_id owner_id phone \
                 picture_id update_time visible_to",
            ),
            (
                "organization",
                "active_flag add_time address cc_email delete_time id label label_ids name owner_id update_time \
                 visible_to",
            ),
            (
                "activity",
                "active_flag add_time busy_flag company_id conference_meeting_client conference_meeting_id \
                 conference_meeting_url deal_id done due_date due_time duration id lead_id location location_ \
                 marked_as_done_time org_id person_id project_id public_description source_timezone subject type \
                 update_time update_user_id user_id",
            ),
        ];
        for (object, keys) in published {
            let mut shown: Vec<&str> =
                get(object).fields.iter().filter(|f| f.v1.shown == Shown::Collected).map(|f| f.v1.key).collect();
            shown.sort_unstable();
            assert_eq!(shown.join(" "), keys, "{object}");
        }
    }

    #[test]
    fn a_field_may_be_written_on_one_version_and_only_read_on_the_other() {
        for (object, field, v1, v2) in [
            ("person", "first_name", false, true),
            ("activity", "person_id", true, false),
            ("person", "name", true, true),
        ] {
            let field = get(object).field(field).unwrap();
            assert_eq!((!field.v1.read_only, !field.v2.read_only), (v1, v2), "{object}.{}", field.name);
        }
        for (object, field) in [("person", "marketing_status"), ("activity", "attendees")] {
            let form = get(object).field(field).unwrap().v2;
            assert!(form.shown == Shown::Asked && !form.read_only, "{object}.{field} is asked for, and written");
        }
    }
}
