//! What holds for every row.

use std::collections::HashSet;

use penstock_api::Method;
use penstock_model::{Field, objects};

use super::{Operation, Paging, ParamEffect, ParamType, References, UNIMPLEMENTED, Version, all};

fn field(row: &Operation, name: &str) -> &'static Field {
    row.object.field(name).unwrap_or_else(|| panic!("{}: no field {name}", row.title()))
}

#[test]
fn each_operation_of_pipedrive_is_named_once() {
    let mut seen = HashSet::new();
    let rows = all().map(|row| (row.version, row.method, row.path));
    for (version, method, path) in rows.chain(UNIMPLEMENTED.iter().copied()) {
        assert!(seen.insert((version, method, path)), "{version:?} {method:?} {path} is named twice");
        assert!(path.starts_with('/') && !path.ends_with('/'), "{path}");
    }
    // 284 of late 2023, 9 newer ones and 158 of v2 (pipedrive-contract 1.1), without those of OAuth.
    assert_eq!(seen.len(), 451);
}

#[test]
fn every_name_that_the_rows_use_exists() {
    for row in all() {
        for param in row.params {
            for other in param.sets_aside {
                let known = row.params.iter().any(|p| p.name == *other);
                assert!(known, "{}: {} sets {other} aside", row.title(), param.name);
            }
            match param.does {
                ParamEffect::Equal(name)
                | ParamEffect::Until(name)
                | ParamEffect::From(name)
                | ParamEffect::StartsWith(name)
                | ParamEffect::Mine(name) => {
                    let field = field(row, name);
                    assert!(field.is_column() && field.filterable, "{}: filters by {name}", row.title());
                }
                ParamEffect::FromDay(name)
                | ParamEffect::UntilDay(name)
                | ParamEffect::OfUser(name)
                | ParamEffect::Types(name) => {
                    assert!(field(row, name).is_column(), "{}: filters by {name}", row.title());
                }
                ParamEffect::Linked { object, record, column } => {
                    let link = objects::get(object);
                    assert!(link.field(record).is_some() && link.field(column).is_some(), "{}", row.title());
                }
                ParamEffect::Archived => assert!(field(row, "is_archived").is_column(), "{}", row.title()),
                ParamEffect::DealStatus => assert_eq!(row.object.name, "deal", "{}", row.title()),
                ParamEffect::Ids
                | ParamEffect::Except
                | ParamEffect::Everyone
                | ParamEffect::ByHandler
                | ParamEffect::Extension
                | ParamEffect::Unimplemented(_) => {}
            }
        }
        if let Some(parent) = row.parent.filter(|parent| !parent.link.is_empty()) {
            field(row, parent.link);
        }
        for name in row.order {
            assert!(field(row, name).is_column(), "{}: ordered by {name}", row.title());
        }
    }
}

#[test]
fn every_parameter_of_a_path_names_something() {
    for row in all() {
        let parameters = row.path.matches('{').count();
        assert_eq!(row.in_path().count(), parameters, "{}", row.title());
        assert_eq!(row.targets.iter().flatten().count(), parameters, "{}", row.title());
        let ids = row.params.iter().any(|param| param.name == "ids" && param.required);
        assert_eq!(ids, row.ids.is_some(), "{}", row.title());
        if let Some(parent) = row.parent {
            let first = row.targets[0].and_then(super::Target::record);
            assert_eq!(first.map(|object| object.name), Some(parent.object.name), "{}", row.title());
        }
    }
}

#[test]
fn every_row_says_what_it_does() {
    for row in all() {
        assert!(!row.summary.is_empty() && !row.summary.ends_with('.'), "{}", row.title());
        assert!(row.cost > 0, "{}: what does it cost?", row.title());
        assert!(row.description.is_empty() || row.description.ends_with('.'), "{}", row.title());
        for param in row.params.iter().filter(|p| matches!(p.does, ParamEffect::ByHandler | ParamEffect::Extension)) {
            assert!(
                !param.help.is_empty() || matches!(param.takes, ParamType::Order(_)),
                "{}: {}",
                row.title(),
                param.name
            );
        }
    }
}

#[test]
fn every_key_to_sort_by_is_of_a_field() {
    for row in all() {
        for param in row.params {
            let fields = row.object.fields;
            match (param.name, param.takes) {
                ("sort", ParamType::Order(keys)) => {
                    for key in keys {
                        assert!(fields.iter().any(|f| f.v1.key == *key), "{}: sorts by {key}", row.title());
                    }
                }
                ("sort_by", ParamType::Word(keys)) => {
                    for key in keys {
                        let sorts = fields.iter().any(|f| f.v2.key == *key && f.sortable);
                        assert!(sorts, "{}: sorts by {key}", row.title());
                    }
                }
                ("sort" | "sort_by", other) => panic!("{}: {other:?}", row.title()),
                _ => {}
            }
        }
    }
}

#[test]
fn pages_have_the_parameters_that_they_are_asked_for_with() {
    for row in all() {
        let has = |name: &str| row.params.iter().any(|p| p.name == name);
        let (start, limit, cursor) = match row.paging {
            Paging::None => (false, false, false),
            Paging::OffsetIfAsked => (has("start"), has("start"), false),
            Paging::Offset => (true, true, false),
            Paging::Cursor => (false, true, true),
        };
        assert_eq!((has("start"), has("limit"), has("cursor")), (start, limit, cursor), "{}", row.title());
        let names: HashSet<&str> = row.params.iter().map(|p| p.name).collect();
        assert_eq!(names.len(), row.params.len(), "{}: a parameter twice", row.title());
        assert!(row.method.is_read() || row.params.iter().all(|p| p.name == "ids"), "{}", row.title());
    }
}

#[test]
fn v2_never_embeds_and_refers_by_id_alone() {
    for row in all().filter(|row| row.version == Version::V2) {
        assert_eq!(row.references, References::Ids, "{}", row.title());
        assert!(row.method != Method::Put, "{}", row.title());
    }
}

#[test]
fn what_the_scope_admin_alone_changes_is_changed_by_admins() {
    for row in all().filter(|row| !row.method.is_read()) {
        let needs_admin = row.scopes == ["admin"];
        assert!(!needs_admin || row.right.is_some(), "{}", row.title());
    }
    for row in all().filter(|row| row.method.is_read()) {
        assert_eq!(row.right, None, "{}", row.title());
    }
}

#[test]
fn a_row_takes_the_right_that_the_table_of_what_it_changes_asks_for() {
    for row in all().filter(|row| !row.method.is_read()) {
        // The rows of fields change definitions, whichever object's they are.
        let fields = row.path.contains("Fields");
        let changed = if fields { &penstock_model::objects::CUSTOM_FIELD } else { row.object };
        assert_eq!(row.right, changed.right, "{}", row.title());
    }
}

/// Which answer which, the published specifications say (`published.rs`; pipedrive-contract 2.1).
#[test]
fn only_what_makes_something_answers_201() {
    assert!(all().all(|row| row.success == 200 || (row.success == 201 && row.method == Method::Post)));
}
