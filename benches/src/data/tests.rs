//! What the generator writes is what the rules write.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use penstock_crm::{Crm, Patch, create, followers};
use penstock_model::{
    CompanyId, CustomField, UserId, Value,
    kind::{self, Strictness},
    objects,
    time::DAY,
};
use penstock_store::Database;
use rusqlite::Connection;

use super::{COMPANY, Draft, READER, Size, company, fields, generate, make, sqlite};
use crate::clock::{Drawn, MADE, Still};

/// Columns that say who did it and when: a generated deal was made by its owner in its own time.
const OF_THE_ACT: [&str; 6] = ["update_time", "creator_user_id", "added_by_user_id", "user_id", "time", "correlation"];
/// The same, in the tables of links and events only.
const LINKS: [&str; 3] = ["follower", "participant", "event"];

/// A deal that a client would ask for so.
fn patch(draft: &Draft<'_>) -> Patch {
    let object = &objects::DEAL;
    let mut patch = Patch::default();
    patch.set(object, "title", draft.title.as_str()).set(object, "owner_id", draft.owner);
    patch.set(object, "value", draft.cents * 100).set(object, "currency", draft.currency);
    patch.set(object, "stage_id", draft.stage).set(object, "status", draft.status);
    patch.set(object, "add_time", draft.added).set(object, "visible_to", if draft.is_private { 1 } else { 3 });
    for (name, value) in [
        ("person_id", Value::from(draft.person)),
        ("org_id", Value::from(draft.organization)),
        ("expected_close_date", Value::from(draft.expected.clone())),
        ("probability", draft.probability.map_or(Value::Null, |p| Value::Real(f64::from(i32::try_from(p).unwrap())))),
    ] {
        if !value.is_null() {
            patch.set(object, name, value);
        }
    }
    match draft.status {
        "won" => drop(patch.set(object, "won_time", draft.added + 30 * DAY)),
        "lost" => drop(patch.set(object, "lost_time", draft.added + 30 * DAY)),
        _ => {}
    }
    for (field, json) in &draft.custom {
        let value = kind::parse(field.kind, json, Strictness::Strict, &field.key, &field.options).unwrap();
        patch.custom.push((field.number, value));
    }
    patch
}

/// The same company with its deals made by the rules.
fn by_rules(file: &Path, size: Size) {
    make(&sqlite(file), size).unwrap();
    let fields: Arc<Vec<CustomField>> = Arc::new(fields(&sqlite(file)).unwrap());
    company::runtime().unwrap().block_on(async {
        let database = Database::open(&sqlite(file)).unwrap();
        let crm = Crm::new(database.clone(), Arc::new(Still(MADE)), Arc::new(Drawn::default()));
        let access = penstock_crm::rules::company::root(CompanyId::new(COMPANY), "api");
        let work = move |tx: &mut penstock_crm::Tx<'_>| {
            for number in 1..=size.deals {
                let draft = Draft::of(number, size, &fields);
                let deal = create(tx, &objects::DEAL, &patch(&draft))?.id();
                if draft.is_followed {
                    followers::follow(tx, &objects::DEAL, deal, UserId::new(READER))?;
                }
            }
            Ok(())
        };
        crm.write(Arc::new(access), work).await.unwrap();
        database.close().await;
    });
}

/// The rows of every table, each as text.
fn dump(file: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = Connection::open(file).unwrap();
    connection.execute_batch("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)").unwrap();
    let list = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' AND name <> 'search'";
    let mut tables: Vec<String> = strings(&connection, list);
    tables.extend(["search_doc".to_owned(), "words".to_owned()]);
    let mut rows = BTreeMap::new();
    for table in tables {
        let names = strings(&connection, &format!("SELECT name FROM pragma_table_info('{table}')"));
        let is_link = LINKS.contains(&table.as_str());
        let kept = |name: &String| {
            !(OF_THE_ACT.contains(&name.as_str()) && (name != "user_id" || table == "event"))
                && !(is_link && name == "add_time")
        };
        let names: Vec<String> = names.into_iter().filter(kept).map(|n| format!("quote(\"{n}\")")).collect();
        let text = format!("SELECT {} AS line FROM \"{table}\" ORDER BY line", names.join(" || '|' || "));
        rows.insert(table, strings(&connection, &text));
    }
    rows
}

fn strings(connection: &Connection, text: &str) -> Vec<String> {
    let mut statement = connection.prepare(text).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn generated_deals_are_those_that_the_rules_make() {
    let folder = tempfile::tempdir().unwrap();
    let (bulk, ruled) = (folder.path().join("bulk.db"), folder.path().join("ruled.db"));
    let size = Size::of(400);
    generate(&bulk, size.deals).unwrap();
    by_rules(&ruled, size);
    let (bulk, ruled) = (dump(&bulk), dump(&ruled));
    assert!(bulk["deal"].len() == 400 && bulk["field_value"].len() > 2000 && bulk["words"].len() > 100);
    assert_eq!(bulk.keys().collect::<Vec<_>>(), ruled.keys().collect::<Vec<_>>());
    for (table, rows) in &bulk {
        let other = &ruled[table];
        let differing = rows.iter().zip(other).find(|(a, b)| a != b);
        assert!(
            rows.len() == other.len() && differing.is_none(),
            "{table}: {} {} {differing:#?}",
            rows.len(),
            other.len()
        );
    }
}

#[test]
fn some_private_deals_are_seen_by_the_reader_and_none_of_the_newest() {
    let size = Size::of(20_000);
    let private: Vec<(i64, bool)> = (1..=size.deals)
        .map(|number| (number, Draft::of(number, size, &[])))
        .filter(|(_, draft)| draft.is_private)
        .map(|(number, draft)| (number, draft.is_seen()))
        .collect();
    let seen: Vec<i64> = private.iter().filter(|(_, seen)| *seen).map(|(number, _)| *number).collect();
    assert!(
        (800..1200).contains(&private.len()) && (40..120).contains(&seen.len()),
        "{} {}",
        private.len(),
        seen.len()
    );
    assert!(seen.iter().all(|number| *number <= size.deals - 2500));
    assert!(COMPANY == 1 && private.iter().any(|(number, _)| *number > size.deals - 100));
}
