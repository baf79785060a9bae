//! How SQLite looks for what the rules read: by an index on what is asked for. It knows no numbers of rows, so an
//! order by id can make it walk through everything that the company has, row by row of an import.

use std::{collections::BTreeSet, sync::Arc};

use penstock_crm::past::{self, StageVisit};
use penstock_model::{CompanyId, Result, ValueRef, objects::DEAL};
use penstock_store::{Conn, Engine, GroupState, Row};

use crate::test_company::{ADMIN, START, TestCompany, moment, patch};

/// A connection that remembers the reads that go through it.
struct Heard<'c> {
    conn: &'c mut dyn Conn,
    reads: BTreeSet<String>,
}

impl Conn for Heard<'_> {
    fn engine(&self) -> Engine {
        self.conn.engine()
    }
    fn of_company(&mut self, company: CompanyId) -> Result<()> {
        self.conn.of_company(company)
    }
    fn query(
        &mut self,
        sql: &str,
        params: &[ValueRef<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()> {
        self.reads.insert(sql.to_owned());
        self.conn.query(sql, params, each)
    }
    fn execute(&mut self, sql: &str, params: &[ValueRef<'_>]) -> Result<u64> {
        self.conn.execute(sql, params)
    }
    fn group_state(&mut self) -> &mut Option<Arc<dyn GroupState>> {
        self.conn.group_state()
    }
    fn batch(&mut self, sql: &str) -> Result<()> {
        self.conn.batch(sql)
    }
}

/// The steps in which statements that ask for some of what a company has look at all of it.
fn walks(conn: &mut dyn Conn, reads: &BTreeSet<String>) -> Result<Vec<String>> {
    let mut walks = Vec::new();
    for read in reads.iter().filter(|read| read.contains("?2")) {
        let parameters = (1..100).take_while(|n| read.contains(&format!("?{n}"))).count();
        let bound = vec![ValueRef::Int(1); parameters];
        conn.query(&format!("EXPLAIN QUERY PLAN {read}"), &bound, &mut |row| {
            let step = row.get(3).text().unwrap_or_default().to_owned();
            if step.starts_with("SCAN ") || step.ends_with("(company_id=?)") {
                walks.push(format!("{step}: {read}"));
            }
            Ok(())
        })?;
    }
    Ok(walks)
}

#[tokio::test]
async fn a_deal_with_a_past_that_is_as_it_was_is_found_by_its_own_indexes() {
    let tenant = TestCompany::open(Engine::Sqlite).await;
    let (crm, access) = (tenant.crm.clone(), tenant.access(ADMIN));
    let unchanged = move |conn: &mut dyn Conn| {
        let mut heard = Heard { conn, reads: BTreeSet::new() };
        let start = moment(START);
        let visits = [StageVisit { stage: 1, entered: start }, StageVisit { stage: 2, entered: start }];
        let deal = patch(&DEAL, [("title", "Pump".into()), ("stage_id", 2.into()), ("add_time", start.into())]);
        crm.change(&mut heard, &access, |tx| {
            let made = past::create(tx, &deal, &visits)?;
            let again = past::update(tx, made.id(), &deal, &visits)?;
            assert_eq!(again.version, made.version, "nothing differs");
            Ok(())
        })?;
        assert!(heard.reads.len() > 3, "{:?}", heard.reads);
        walks(heard.conn, &heard.reads)
    };
    let walks = tenant.crm.database.write(tenant.company, unchanged).await.unwrap();
    assert!(walks.is_empty(), "{}", walks.join("\n"));
}
