//! Everything that is derived, computed from scratch, to be compared with what is stored.

use std::collections::BTreeMap;

use penstock_crm::{List, Reader};
use penstock_model::{
    Kind, Object, Source, Value, ValueRef,
    field::{Subquery, When},
    objects,
};
use penstock_store::sql::{self, Column, Deleted, Record};

use crate::test_company::{ADMIN, TestCompany};

type Table = BTreeMap<i64, Record>;

/// Every record of every object.
struct Everything(BTreeMap<&'static str, Table>);

impl Everything {
    fn read(reader: &mut Reader<'_>) -> Self {
        let mut all = BTreeMap::new();
        for object in objects::ALL.iter().filter(|o| o.name != "company") {
            let ids = reader.list(&List { deleted: Deleted::Shown, ..List::all(object, &[], 100_000) }).unwrap();
            let company = reader.access.company();
            let records = (0..ids.len()).map(|row| {
                let record = sql::find(reader.conn, object, company, ids.id(row)).unwrap().unwrap();
                (record.id(), record)
            });
            all.insert(object.name, records.collect());
        }
        Self(all)
    }
    fn of(&self, object: &str) -> impl Iterator<Item = &Record> {
        self.0[object].values()
    }
}

fn alive(record: &Record) -> bool {
    !record.object.is_marked() || !record.get("is_deleted").truth()
}

fn counts(record: &Record, when: When) -> bool {
    let status = |word: &str| record.get("status").text() == Some(word);
    alive(record)
        && match when {
            When::Any => true,
            When::Open => status("open"),
            When::Closed => status("won") || status("lost"),
            When::Won => status("won"),
            When::Lost => status("lost"),
            When::Done => record.get("done").truth(),
            When::Undone => !record.get("done").truth(),
            When::Follows(object) => record.get("object").int() == Some(objects::get(object).code.into()),
        }
}

fn agenda(all: &Everything, record: &Record, link: &str) {
    let mine = |done| {
        all.of("activity")
            .filter(move |a| alive(a) && a.get("done").truth() == done && a.get(link).int() == Some(record.id()))
    };
    let text = |a: &Record, name: &str| a.get(name).text().map(str::to_owned);
    let next = mine(false).min_by_key(|a| {
        let day = text(a, "due_date");
        (day.is_none(), day, text(a, "due_time"), a.id())
    });
    let last = mine(true).max_by_key(|a| (text(a, "due_date"), text(a, "due_time"), a.id()));
    for (column, activity, field) in [
        ("next_activity_id", next, "id"),
        ("next_activity_date", next, "due_date"),
        ("next_activity_time", next, "due_time"),
        ("last_activity_id", last, "id"),
        ("last_activity_date", last, "due_date"),
    ] {
        if record.object.field(column).is_some() {
            let wanted = activity.map_or(&Value::Null, |a| a.get(field));
            assert_eq!(record.get(column), wanted, "{} {} {column}", record.object.name, record.id());
        }
    }
}

fn counters(all: &Everything) {
    for object in objects::ALL.iter().filter(|o| o.name != "company") {
        for field in object.fields {
            let Some(count) = field.count else { continue };
            for record in all.of(object.name) {
                let wanted = all
                    .of(count.object)
                    .filter(|r| counts(r, count.when) && r.get(count.link).int() == Some(record.id()))
                    .count();
                let stored = record.get(field.name).int().unwrap();
                assert_eq!(stored, i64::try_from(wanted).unwrap(), "{} {} {}", object.name, record.id(), field.name);
            }
        }
    }
}

/// What is asked of the engine per row, against the same sum made here.
fn asked(reader: &mut Reader<'_>, all: &Everything) {
    for object in [&objects::PERSON, &objects::ORGANIZATION] {
        for field in object.fields {
            let Source::Subquery(subquery) = field.source else { continue };
            let columns = [Column::Field(field)];
            let page = reader.list(&List { deleted: Deleted::Shown, ..List::all(object, &columns, 100_000) }).unwrap();
            for row in 0..page.len() {
                let id = page.id(row);
                let wanted: i64 = match subquery {
                    Subquery::Sum { object, link, field } => all
                        .of(object)
                        .filter(|r| alive(r) && r.get(link).int() == Some(id))
                        .map(|r| r.get(field).int().unwrap())
                        .sum(),
                    Subquery::ParticipantDeals(when) => all
                        .of("deal")
                        .filter(|d| counts(d, when) && d.get("person_id").int() != Some(id))
                        .filter(|d| {
                            all.of("participant")
                                .any(|p| p.get("deal_id").int() == Some(d.id()) && p.get("person_id").int() == Some(id))
                        })
                        .count()
                        .try_into()
                        .unwrap(),
                };
                assert_eq!(page.get(row, 0).int(), Some(wanted), "{} {id} {}", object.name, field.name);
            }
        }
    }
}

/// Leads carry labels that there are.
fn labels(all: &Everything) {
    for lead in all.of("lead") {
        let carried: Vec<i64> =
            lead.get("label_ids").text().map(|list| serde_json::from_str(list).unwrap()).unwrap_or_default();
        for label in carried {
            assert!(all.0["lead_label"].contains_key(&label), "label {label} of lead {}", lead.id());
        }
    }
}

fn visits(all: &Everything) {
    for deal in all.of("deal") {
        let mut visits: Vec<&Record> =
            all.of("deal_stage_visit").filter(|v| v.get("deal_id").int() == Some(deal.id())).collect();
        visits.sort_by_key(|v| v.id());
        let open: Vec<_> = visits.iter().filter(|v| v.get("left_at").is_null()).collect();
        assert_eq!(open.len(), 1, "deal {} is in one stage", deal.id());
        assert_eq!(open[0].get("stage_id"), deal.get("stage_id"));
        assert_eq!(open[0].id(), visits.last().unwrap().id());
        for pair in visits.windows(2) {
            assert_eq!(pair[0].get("left_at"), pair[1].get("entered"), "no gap between visits");
        }
        let stage = &all.0["stage"][&deal.get("stage_id").int().unwrap()];
        assert_eq!(stage.get("pipeline_id"), deal.get("pipeline_id"));
        if let Some(person) = deal.get("person_id").int() {
            let takes_part =
                |p: &Record| p.get("deal_id").int() == Some(deal.id()) && p.get("person_id").int() == Some(person);
            assert!(all.of("participant").any(takes_part), "the main person of deal {} takes part", deal.id());
        }
    }
}

fn rows(reader: &mut Reader<'_>, sql: &str, columns: usize) -> Vec<String> {
    let mut found = Vec::new();
    let company = [reader.access.company().into()];
    reader
        .conn
        .query(sql, &company, &mut |row| {
            found.push((0..columns).map(|i| format!("{:?}", row.get(i))).collect::<Vec<_>>().join(" "));
            Ok(())
        })
        .unwrap();
    found.sort_unstable();
    found
}

/// A text as it is found: in lower case, without blanks around it, its first 255 characters.
fn folded(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    lower.chars().take(255).collect()
}

/// By which numbers and texts a value is found. A text has the number 0, a number an empty text.
fn keys(kind: Kind, value: &Value) -> Vec<(f64, String)> {
    let number = |n: Option<f64>| n.map(|n| (n, String::new()));
    let text = |t: Option<&str>| t.map(|t| (0.0, folded(t)));
    let json: serde_json::Value = match (kind, value) {
        (_, Value::Null) => return Vec::new(),
        (_, Value::Text(stored)) if stored.starts_with(['[', '{']) && kind != Kind::Text => {
            serde_json::from_str(stored).unwrap()
        }
        (_, value) => value.to_json(),
    };
    let entries = json.as_array().cloned().unwrap_or_else(|| vec![json.clone()]);
    let found = entries.iter().filter_map(|one| match kind {
        Kind::LongText | Kind::Html | Kind::Attendees | Kind::Json => None,
        Kind::Participants if one["primary"] == true => None,
        Kind::Participants => number(one["person_id"].as_f64()),
        Kind::Amount => number(one["value"].as_f64()),
        Kind::Emails
        | Kind::Phones
        | Kind::Messengers
        | Kind::ZonedTime
        | Kind::DateRange
        | Kind::TimeRange
        | Kind::Address => text(one["value"].as_str()),
        _ => match one {
            serde_json::Value::Bool(flag) => number(Some(f64::from(u8::from(*flag)))),
            serde_json::Value::Number(n) => number(n.as_f64()),
            one => text(one.as_str()),
        },
    });
    found.collect()
}

fn members(reader: &mut Reader<'_>, all: &Everything) {
    let mut wanted = Vec::new();
    let mut add = |number: u32, kind: Kind, value: &Value, record: &Record| {
        for (number_key, text) in keys(kind, value) {
            wanted.push(format!(
                "{:?} {:?} {:?} {:?} {:?}",
                ValueRef::Int(number.into()),
                ValueRef::Int(record.object.code.into()),
                ValueRef::Real(number_key),
                ValueRef::Text(&text),
                ValueRef::Int(record.id())
            ));
        }
    };
    let schema = std::sync::Arc::clone(&reader.schema);
    for object in objects::ALL.iter().filter(|o| o.name != "company") {
        for record in all.of(object.name) {
            for (position, field) in object.columns().filter(|(_, f)| f.is_indexed_by_value()) {
                let number = object.field_base + u32::from(field.number);
                add(number, field.kind, &record.values[position], record);
            }
            let custom: serde_json::Map<String, serde_json::Value> =
                record.custom.text().map(|t| serde_json::from_str(t).unwrap()).unwrap_or_default();
            for field in schema.custom(object) {
                if let Some(json) = custom.get(&field.number.to_string()) {
                    let value = match (json, field.kind) {
                        (serde_json::Value::Number(n), Kind::Number) => Value::Real(n.as_f64().unwrap()),
                        _ => Value::from_json(json),
                    };
                    add(field.number, field.kind, &value, record);
                }
            }
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    let stored =
        rows(reader, "SELECT field, object, number, text_key, record_id FROM field_value WHERE company_id = ?1", 5);
    assert_eq!(stored, wanted, "field_value");
}

/// Every living record with words to be found has one search document, and no other has.
fn documents(reader: &mut Reader<'_>, all: &Everything) {
    let mut wanted = Vec::new();
    for object in objects::ALL.iter().filter(|o| o.name != "company") {
        let searched: Vec<usize> =
            object.columns().filter(|(_, f)| f.search_weight > 0).map(|(position, _)| position).collect();
        let has_words = |r: &&Record| {
            searched.iter().any(|p| r.values[*p].text().is_some_and(|t| t.chars().any(char::is_alphanumeric)))
        };
        for record in all.of(object.name).filter(|r| alive(r)).filter(has_words) {
            wanted.push(format!("{:?} {:?}", ValueRef::Int(object.code.into()), ValueRef::Int(record.id())));
        }
    }
    wanted.sort_unstable();
    let stored = rows(reader, "SELECT object, record_id FROM search_doc WHERE company_id = ?1", 2);
    assert_eq!(stored, wanted, "search documents");
}

fn hidden_columns(reader: &mut Reader<'_>, all: &Everything) {
    let last = rows(
        reader,
        "SELECT object, record_id, MAX(seq) FROM event WHERE company_id = ?1 GROUP BY object, record_id",
        3,
    );
    for object in objects::ALL.iter().filter(|o| !["company", "deal_stage_visit"].contains(&o.name)) {
        let keys: Vec<&str> = object.columns().filter(|(_, f)| f.has_key_column()).map(|(_, f)| f.name).collect();
        for record in all.of(object.name) {
            let event = format!(
                "{:?} {:?} {:?}",
                ValueRef::Int(object.code.into()),
                ValueRef::Int(record.id()),
                ValueRef::Int(record.version)
            );
            assert!(last.contains(&event), "the version of {} {} is its last event", object.name, record.id());
            for name in &keys {
                let table = object.table();
                let sql = format!("SELECT {name}_key FROM {table} WHERE company_id = ?1 AND id = {}", record.id());
                let wanted = record.get(name).text().map(folded);
                let wanted = wanted.as_deref().map_or(ValueRef::Null, ValueRef::Text);
                assert_eq!(rows(reader, &sql, 1), [format!("{wanted:?}")], "{} {name}_key", object.name);
            }
        }
        if object.is_owned() {
            let sql =
                format!("SELECT id FROM {} WHERE company_id = ?1 AND shared <> (visible_to >= 3)", object.table());
            assert_eq!(rows(reader, &sql, 1), Vec::<String>::new(), "{} shared", object.name);
        }
    }
}

/// An tenant whose derived values can be counted again.
pub(crate) trait Recount {
    /// Compares everything that is derived with what it derives from.
    async fn recount(&self);
}

/// A follow lets its user see what is neither the whole company's nor the user's own, and nothing else.
fn grants(all: &Everything) {
    for follower in all.of("follower") {
        let int = |name: &str| follower.get(name).int().unwrap();
        let object = objects::ALL.iter().find(|o| i64::from(o.code) == int("object")).unwrap();
        let followed = &all.0[object.name][&int("record_id")];
        let own = object.is_owned() && followed.get("owner_id").int() == Some(int("user_id"));
        let hidden = object.is_owned() && matches!(followed.get("visible_to"), Value::Int(1));
        let wanted = hidden && !own;
        assert_eq!(follower.get("grants").truth(), wanted, "follower {} of {}", follower.id(), object.name);
    }
}

impl Recount for TestCompany {
    async fn recount(&self) {
        self.read(ADMIN, |reader| {
            let all = Everything::read(reader);
            counters(&all);
            let linked: [(&Object, &str); 4] = [
                (&objects::DEAL, "deal_id"),
                (&objects::LEAD, "lead_id"),
                (&objects::PERSON, "person_id"),
                (&objects::ORGANIZATION, "org_id"),
            ];
            for (object, link) in linked {
                for record in all.of(object.name) {
                    agenda(&all, record, link);
                }
            }
            labels(&all);
            visits(&all);
            asked(reader, &all);
            grants(&all);
            members(reader, &all);
            documents(reader, &all);
            hidden_columns(reader, &all);
            Ok(())
        })
        .await
        .unwrap();
    }
}
