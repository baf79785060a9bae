//! Two companies can never see each other, through any operation.

use penstock_model::{Kind, ValueRef, field::Writable, objects};
use penstock_pipedrive::operations::{self, Body, Operation, ParamEffect, ParamType, Target, Version};
use penstock_testing::TestCompany;
use serde_json::{Value as Json, json};

use super::{
    requests::{body, own_target},
    world::{Names, fields, furniture, records},
};
use crate::app::{Answer, App, apps};

const MARKER: &str = "Zebra";

/// A company whose numbers begin where those of a new one never come to, full of records with the marker.
async fn foreign(app: &App) -> Names {
    let company = app.tenant.company;
    let far = "INSERT INTO counter (company_id, name, last) VALUES (?1, ?2, 100000) \
               ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 100000";
    let work = move |conn: &mut dyn penstock_store::Conn| {
        for object in objects::ALL {
            conn.execute(far, &[company.into(), ValueRef::Text(object.name)])?;
        }
        Ok(())
    };
    app.tenant.crm.database.write(company, work).await.unwrap();
    let mut names = Names::default();
    furniture(app, MARKER, &mut names).await;
    fields(app, MARKER).await;
    records(&app.ann(), MARKER, 3, &mut names).await;
    names
}

async fn events(tenant: &TestCompany) -> i64 {
    tenant.number("SELECT event_seq FROM company WHERE id = ?1").await
}

#[track_caller]
fn tells_nothing(answer: &Answer, asked: &str) {
    assert!(answer.status < 500, "{asked}: {}", answer.json);
    let text = answer.json.to_string().to_lowercase();
    assert!(!text.contains(&MARKER.to_lowercase()), "{asked} tells of another company: {}", answer.json);
}

/// Whether a path names records that belong to a company.
fn addresses_records(row: &Operation) -> bool {
    row.in_path().any(|(_, target)| !matches!(target, Target::FieldCode(of) if of.custom.is_none()))
}

/// Runs every operation as someone of one company with the numbers of records of another.
async fn reach(here: &App, there: &App, names: &Names) {
    let before = events(&there.tenant).await;
    for row in operations::all() {
        for client in [here.admin(), here.ann()] {
            let json = body(row, names);
            let bytes = if json.is_null() { Vec::new() } else { json.to_string().into_bytes() };
            let answer = client.ask(row.method.word(), &own_target(row, names), bytes).await;
            tells_nothing(&answer, &row.title());
            if addresses_records(row) {
                let by_admin = answer.status == 403;
                assert!(matches!(answer.status, 404 | 410) || by_admin, "{}: {}", row.title(), answer.json);
            }
            if row.ids.is_some() && answer.status == 200 {
                assert_eq!(answer.at("/data/id"), &json!([]), "{}", row.title());
            }
        }
    }
    assert_eq!(events(&there.tenant).await, before, "nothing changed there");
}

#[tokio::test]
async fn no_operation_reaches_the_records_of_another_company() {
    for there in apps().await {
        let names = foreign(&there).await;
        let here = there.other_tenant("Here").await;
        reach(&here, &there, &names).await;
    }
}

/// On SQLite a record stands at a place that is made of its company and its number (`penstock_store::sql::place`): a
/// number that is large enough spells the place of a record of another company.
#[tokio::test]
async fn no_number_is_large_enough_to_reach_another_company() {
    for here in apps().await {
        let there = here.other_tenant("There").await;
        let mut names = foreign(&there).await;
        let company = there.tenant.company.get() - here.tenant.company.get();
        assert!(company > 0, "the other company is the later one");
        names.shift(company << 40);
        reach(&here, &there, &names).await;
    }
}

/// A value for a query parameter that names something of the other company.
fn foreign_value(row: &Operation, name: &str, takes: ParamType, names: &Names) -> Option<String> {
    let of = match name {
        "user_id" | "owner_id" => "user",
        "organization_id" | "org_id" => "organization",
        "ids" => row.object.name,
        "exclude" => "activity",
        other => other.strip_suffix("_id").unwrap_or(other),
    };
    match takes {
        ParamType::Int | ParamType::Uuid | ParamType::Ids if of != "filter" && of != "project" && of != "task" => {
            matches!(name, "ids" | "exclude")
                .then(|| names.text(of))
                .or_else(|| name.ends_with("_id").then(|| names.text(of)))
        }
        _ => None,
    }
}

#[tokio::test]
async fn no_query_finds_the_records_of_another_company() {
    for there in apps().await {
        let names = foreign(&there).await;
        let here = there.other_tenant("Here").await;
        let mut asked = 0;
        for row in operations::all().filter(|row| row.method.is_read() && row.targets[0].is_none()) {
            for param in row.params {
                let Some(value) = foreign_value(row, param.name, param.takes, &names) else { continue };
                asked += 1;
                let target = format!("{}{}?{}={value}", row.version.prefix(), row.path, param.name);
                let answer = here.admin().get(&target).await;
                tells_nothing(&answer, &target);
                assert!(
                    answer.status == 400 || answer.list().is_empty() || param.does == ParamEffect::Except,
                    "{target}: {}",
                    answer.json
                );
            }
        }
        assert!(asked > 30, "{asked}");
    }
}

#[tokio::test]
async fn no_body_may_refer_to_the_records_of_another_company() {
    for there in apps().await {
        let names = foreign(&there).await;
        let here = there.other_tenant("Here").await;
        let mut own = Names::default();
        furniture(&here, "Own", &mut own).await;
        records(&here.ann(), "Own", 3, &mut own).await;
        let custom = fields(&here, "Own").await;
        let mut asked = 0;
        for row in operations::all().filter(|row| row.takes_fields()) {
            let object = row.object;
            let v2 = row.version == Version::V2;
            let mut changes: Vec<(String, Json)> = Vec::new();
            for field in object.fields {
                let form = if v2 { field.v2 } else { field.v1 };
                let (Kind::Reference(to) | Kind::References(to)) = field.kind else { continue };
                let written = matches!(field.writable, Writable::Always | Writable::WithRight(_))
                    || (field.writable == Writable::OnCreate && matches!(row.body, Body::Create));
                if !form.key.is_empty() && !form.read_only && written {
                    let id = names.json(to).clone();
                    let value = if matches!(field.kind, Kind::References(_)) { json!([id]) } else { id };
                    changes.push((form.key.to_owned(), value));
                }
            }
            for (_, key, kind) in custom.iter().filter(|(of, ..)| object.custom == Some(of)) {
                let to = match *kind {
                    "user" => "user",
                    "org" => "organization",
                    "people" => "person",
                    _ => continue,
                };
                let value = names.json(to).clone();
                changes.push(if v2 {
                    ("custom_fields".to_owned(), json!({ key: value }))
                } else {
                    (key.clone(), value)
                });
            }
            for (key, value) in changes {
                asked += 1;
                let mut json = body(row, &own);
                json[&key] = value;
                let what = format!("{} {json}", row.title());
                let answer =
                    here.admin().ask(row.method.word(), &own_target(row, &own), json.to_string().into_bytes()).await;
                tells_nothing(&answer, &what);
                assert_eq!(answer.status, 400, "{what}: {}", answer.json);
                let said = if key == "custom_fields" { format!("{key}: 0") } else { key };
                assert!(answer.error().contains(&said), "{what}: the message names the key: {}", answer.error());
            }
        }
        assert!(asked > 60, "{asked}");
    }
}
