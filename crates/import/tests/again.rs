//! An import that is run again finds its records as they were: it writes nothing, and costs no more than the first time.

use std::{fmt::Write, path::Path};

use penstock_crm::company;
use penstock_import::{Counts, Import, Outcome, Problem, Wanted, Watcher, import};
use penstock_testing::{TestCompany, tenants};

const MAP: &str = r#"
source = "s"
[[pipelines]]
name = "Orders"
stages = ["Asked", "Ordered"]
[[rows]]
file = "people.csv"
object = "person"
key = "no"
[rows.fields]
name = "name"
emails = "mail"
organization = { column = "firm", missing = "create" }
[[rows]]
file = "deals.csv"
object = "deal"
key = "no"
[rows.fields]
title = "title"
value = "value"
person = { column = "person", by = "key" }
pipeline = { value = "Orders" }
stage = "stage"
status = "status"
closed_time = "closed"
[[rows.stays]]
stage = "Asked"
entered = "opened"
[[rows.stays]]
stage = "Ordered"
entered = "moved"
"#;

const ROWS: usize = 120;

fn files(folder: &Path) {
    let (mut people, mut deals) = ("no,name,mail,firm\n".to_owned(), String::new());
    deals.push_str("no,title,value,person,stage,status,closed,opened,moved\n");
    for row in 0..ROWS {
        let _ = writeln!(people, "{row},Person {row},{row}@example.com,Firm {}", row % 9);
        let place = if row % 2 == 0 { "Ordered,won,2024-03-03" } else { "Asked,open," };
        let _ = writeln!(deals, "{row},Deal {row},{row}.5,{row},{place},2024-01-01,2024-02-02");
    }
    for (name, text) in [("map.toml", MAP), ("people.csv", &people), ("deals.csv", &deals)] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
}

const EVENTS: &str = "SELECT event_seq FROM company WHERE id = ?1";
const VERSIONS: &str = "SELECT SUM(version) FROM deal WHERE company_id = ?1";
const STAYS: &str = "SELECT MAX(id) FROM deal_stage_visit WHERE company_id = ?1";

struct Nobody;

impl Watcher for Nobody {
    fn begun(&mut self, _: &Import) {}
    fn resumed(&mut self, _: &Import) {}
    fn progress(&mut self, _: &str, _: i64, _: i64, _: i64) {}
    fn end(&mut self, _: i64, _: i64, _: i64) {}
    fn refused(&mut self, file: &str, problem: &Problem) -> Outcome {
        panic!("{file} {problem:?}")
    }
}

/// Imports the files; gives what became of the rows, and how many statements that took.
async fn run(tenant: &TestCompany, folder: &Path) -> (Counts, i64) {
    const MANY: i64 = 1 << 40;
    let all = company::all(&tenant.crm).await.expect("companies");
    let company = all.into_iter().find(|company| company.id == tenant.company).expect("it is there");
    let wanted = Wanted { map: folder.join("map.toml"), paths: vec![folder.to_owned()], id: None };
    tenant.faults.fail_at(MANY);
    let done = import(&tenant.crm, &company, &wanted, &mut Nobody).await.expect("it is finished");
    (done.counts, MANY - tenant.faults.left())
}

#[tokio::test]
async fn an_unchanged_import_writes_nothing_and_asks_no_more_than_its_first_run() {
    for tenant in tenants().await {
        let folder = tempfile::tempdir().unwrap();
        files(folder.path());
        let (first, made) = run(&tenant, folder.path()).await;
        assert_eq!(first.made, 2 * i64::try_from(ROWS).unwrap(), "{first:?}");
        let kept = (tenant.number(EVENTS).await, tenant.number(VERSIONS).await, tenant.number(STAYS).await);
        let (second, looked) = run(&tenant, folder.path()).await;
        assert_eq!(second.same, first.made, "{second:?}");
        let left = (tenant.number(EVENTS).await, tenant.number(VERSIONS).await, tenant.number(STAYS).await);
        assert_eq!(left, kept);
        assert!(looked <= made / 2, "{looked} statements the second time, {made} the first");
    }
}
