//! The objects, one file each, and how to find them.

mod company;
mod deal;
mod pipeline;
mod stage;
mod stage_visit;
mod user;

pub use company::COMPANY;
pub use deal::{DEAL, DEAL_STATUS};
pub use pipeline::PIPELINE;
pub use stage::STAGE;
pub use stage_visit::DEAL_STAGE_VISIT;
pub use user::USER;

use crate::Object;

/// Every object, parents before children.
pub static ALL: &[&Object] = &[&COMPANY, &USER, &PIPELINE, &STAGE, &DEAL, &DEAL_STAGE_VISIT];

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
    use crate::{Kind, Source, object::Visibility};

    #[test]
    fn names_numbers_codes_and_keys_are_unique() {
        let mut codes = HashSet::new();
        for object in ALL {
            assert!(codes.insert(object.code), "code of {}", object.name);
            let mut numbers = HashSet::new();
            let (mut names, mut v1, mut v2, mut named) =
                (HashSet::new(), HashSet::new(), HashSet::new(), HashSet::new());
            for field in object.fields {
                assert!(numbers.insert(field.number), "number of {}.{}", object.name, field.name);
                assert!(names.insert(field.name), "name of {}.{}", object.name, field.name);
                assert!(field.v1.key.is_empty() || v1.insert(field.v1.key), "v1 key of {}.{}", object.name, field.name);
                assert!(field.v2.key.is_empty() || v2.insert(field.v2.key), "v2 key of {}.{}", object.name, field.name);
                assert!(
                    field.virtual_name.is_empty() || named.insert(field.virtual_name),
                    "virtual name of {}.{}",
                    object.name,
                    field.name
                );
            }
        }
    }

    #[test]
    fn every_name_that_the_tables_use_exists() {
        for object in ALL {
            assert_eq!(object.fields[0].name, "id", "{} begins with its id", object.name);
            for field in object.fields {
                if let Kind::Reference(to) | Kind::References(to) = field.kind {
                    assert!(find(to).is_some(), "{}.{} refers to {to}", object.name, field.name);
                }
                match field.source {
                    Source::Column => {}
                    Source::Alias(column) => assert!(
                        object.field(column).is_some_and(crate::Field::is_column),
                        "{}.{}",
                        object.name,
                        field.name
                    ),
                    Source::Joined { via, field: other } => {
                        let via = object
                            .field(via)
                            .unwrap_or_else(|| panic!("{}.{} joins by {via}", object.name, field.name));
                        let Kind::Reference(to) = via.kind else {
                            panic!("{}.{} is no reference", object.name, via.name)
                        };
                        assert!(
                            get(to).field(other).is_some_and(crate::Field::is_column),
                            "{}.{} reads {to}.{other}",
                            object.name,
                            field.name
                        );
                    }
                    Source::Computed(_, from) => {
                        for name in from {
                            assert!(
                                object.field(name).is_some_and(crate::Field::is_column),
                                "{}.{} needs {name}",
                                object.name,
                                field.name
                            );
                        }
                    }
                    Source::Subquery(crate::field::Subquery::Sum { object: other, link, field: sum }) => {
                        assert!(
                            get(other).field(link).is_some() && get(other).field(sum).is_some(),
                            "{}.{}",
                            object.name,
                            field.name
                        );
                    }
                    Source::Subquery(_) => {}
                }
                if let Some(count) = field.count {
                    assert!(get(count.object).field(count.link).is_some(), "{}.{}", object.name, field.name);
                }
            }
            for index in object.indexes {
                for column in *index {
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
}
