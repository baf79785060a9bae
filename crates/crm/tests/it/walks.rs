//! Lists that are walked by offset: what is remembered of the page before makes a page faster, and never another one.

use std::sync::Arc;

use penstock_crm::{Crm, List, followers};
use penstock_model::{
    Object, Result, UserId, ValueRef,
    filter::{Expr, Op},
    objects::{DEAL, NOTE},
};
use penstock_store::{
    Conn, Engine, GroupState, Row, one,
    sql::{Column, Deleted, Direction},
};

use crate::{
    purge::purge,
    random::Dice,
    test_company::{ADMIN, ANN, BOB, TestCompany, patch, tenants},
};

/// A connection that keeps the texts of its queries.
struct Recorder<'a> {
    conn: &'a mut dyn Conn,
    texts: Vec<String>,
}

impl Conn for Recorder<'_> {
    fn engine(&self) -> Engine {
        self.conn.engine()
    }
    fn query(
        &mut self,
        sql: &str,
        params: &[ValueRef<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()> {
        self.texts.push(sql.to_owned());
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

/// What is walked, and how.
#[derive(Clone)]
struct Walk {
    object: &'static Object,
    order: Vec<(&'static str, Direction)>,
    filter: Expr,
    deleted: Deleted,
}

impl Walk {
    fn of(object: &'static Object, order: &[(&'static str, Direction)]) -> Self {
        Self { object, order: order.to_vec(), filter: Expr::everything(), deleted: Deleted::Hidden }
    }

    fn list<'a>(&self, columns: &'a [Column], start: i64, size: i64) -> List<'a> {
        let order = self.order.iter().map(|(name, way)| (self.object.field(name).unwrap().into(), *way)).collect();
        List {
            filter: self.filter.clone(),
            deleted: self.deleted,
            order,
            offset: start,
            ..List::all(self.object, columns, size + 1)
        }
    }

    /// A page as it is given, the one read ahead included, and whether it was found without counting; it must be the
    /// page that counting gives.
    async fn page(&self, tenant: &TestCompany, crm: &Crm, user: UserId, start: i64, size: i64) -> (Vec<i64>, bool) {
        let (walk, crm) = (self.clone(), crm.clone());
        let read = move |reader: &mut penstock_crm::Reader<'_>| {
            let columns = [Column::Field(&walk.object.fields[0])];
            let list = walk.list(&columns, start, size);
            let counted = reader.list(&list)?;
            let access = reader.access;
            let mut recorder = Recorder { conn: reader.conn, texts: Vec::new() };
            let given = crm.reader(&mut recorder, access)?.list_by_offset(&list)?;
            let ids = |page: &penstock_crm::Page| (0..page.len()).map(|row| page.id(row)).collect::<Vec<_>>();
            assert_eq!(ids(&given), ids(&counted), "{:?} from {start} for {user}", walk.order);
            Ok((ids(&given), !recorder.texts.last().unwrap().contains(" OFFSET ")))
        };
        tenant.read(user, read).await.unwrap()
    }

    /// The number of records, and of the pages behind the first that were found without counting.
    async fn walk(&self, tenant: &TestCompany, user: UserId, size: i64) -> (i64, i64) {
        let (mut start, mut jumps) = (0, 0);
        loop {
            let (page, jumped) = self.page(tenant, &tenant.crm, user, start, size).await;
            jumps += i64::from(start > 0 && jumped);
            match i64::try_from(page.len()).unwrap() {
                all if all > size => start += size,
                rest => return (start + rest, jumps),
            }
        }
    }
}

async fn deals(tenant: &TestCompany, number: i64) {
    for at in 0..number {
        let day = if at % 3 == 0 { penstock_model::Value::Null } else { format!("2026-05-{:02}", at % 4 + 1).into() };
        let fields = [
            ("title", format!("Deal {}", at % 5).into()),
            ("visible_to", (if at % 4 == 0 { 1 } else { 3 }).into()),
            ("value", (at % 3 * 10_000).into()),
            ("expected_close_date", day),
        ];
        tenant.create([ADMIN, ANN, BOB][usize::try_from(at % 3).unwrap()], &DEAL, patch(&DEAL, fields)).await.unwrap();
    }
}

#[tokio::test]
async fn a_walk_goes_on_where_the_last_page_ended() {
    use Direction::{Ascending, Descending};
    for tenant in tenants().await {
        deals(&tenant, 23).await;
        for name in ["id", "title", "value", "add_time", "expected_close_date"] {
            for way in [Ascending, Descending] {
                let walk = Walk::of(&DEAL, &[(name, way)]);
                for user in [ADMIN, ANN, BOB] {
                    let (all, jumps) = walk.walk(&tenant, user, 4).await;
                    assert_eq!(jumps, (all - 1) / 4, "{name} {way:?} for {user}");
                }
            }
        }
        let some = Walk { filter: Expr::is(DEAL.field("value").unwrap(), Op::Gt, 0), ..Walk::of(&DEAL, &[]) };
        assert!(some.walk(&tenant, ADMIN, 3).await.1 > 3);
        // Records that are not at the end of a page that was given are counted to.
        assert!(!some.page(&tenant, &tenant.crm, ADMIN, 4, 3).await.1);
        let several = Walk::of(&DEAL, &[("title", Ascending), ("value", Descending)]);
        let deleted = Walk { deleted: Deleted::Only, ..Walk::of(&DEAL, &[]) };
        let both = Walk { deleted: Deleted::Shown, ..Walk::of(&DEAL, &[]) };
        for walk in [several, deleted, both] {
            assert_eq!(walk.walk(&tenant, ADMIN, 4).await.1, 0, "{:?}", walk.order);
        }
    }
}

#[tokio::test]
async fn what_one_user_was_given_is_nothing_to_another() {
    for tenant in tenants().await {
        deals(&tenant, 12).await;
        let walk = Walk::of(&DEAL, &[]);
        walk.page(&tenant, &tenant.crm, ANN, 0, 4).await;
        assert!(!walk.page(&tenant, &tenant.crm, BOB, 4, 4).await.1);
        assert!(walk.page(&tenant, &tenant.crm, ANN, 4, 4).await.1);
        let other = Walk { filter: Expr::is(DEAL.field("value").unwrap(), Op::Ge, 0), ..walk };
        assert!(!other.page(&tenant, &tenant.crm, ANN, 4, 4).await.1, "nor is it to another list");
    }
}

#[tokio::test]
async fn a_write_between_two_pages_ends_the_walk_in_every_process() {
    for tenant in tenants().await {
        deals(&tenant, 12).await;
        let walk = Walk::of(&DEAL, &[]);
        let elsewhere = tenant.elsewhere().await;
        walk.page(&tenant, &tenant.crm, ADMIN, 0, 4).await;
        assert!(!walk.page(&tenant, &elsewhere, ADMIN, 4, 4).await.1, "another process remembers its own pages");
        assert!(walk.page(&tenant, &tenant.crm, ADMIN, 4, 4).await.1);
        let access = Arc::new(tenant.access(ANN));
        elsewhere.write(access, |tx| penstock_crm::delete(tx, &DEAL, 2)).await.unwrap();
        assert!(!walk.page(&tenant, &tenant.crm, ADMIN, 8, 4).await.1);
        assert!(!walk.page(&tenant, &elsewhere, ADMIN, 8, 4).await.1);
    }
}

#[tokio::test]
async fn random_writes_between_pages_change_no_page() {
    for tenant in tenants().await {
        deals(&tenant, 20).await;
        let mut dice = Dice::new(7);
        let mut jumps = 0;
        let walks: Vec<Walk> = ["id", "title", "expected_close_date"]
            .iter()
            .flat_map(|name| [Direction::Ascending, Direction::Descending].map(|way| Walk::of(&DEAL, &[(name, way)])))
            .collect();
        for _ in 0..60 {
            let (walk, user, size) = (dice.pick(&walks), dice.pick(&[ADMIN, ANN, BOB]), dice.roll(5) + 1);
            for number in 0..4 {
                jumps += i64::from(walk.page(&tenant, &tenant.crm, user, number * size, size).await.1 && number > 0);
                let deal = dice.roll(24) + 1;
                // What is not there, or hidden, is refused: that is no write.
                match dice.roll(12) {
                    0 => deals(&tenant, 1).await,
                    1 => drop(tenant.delete(ADMIN, &DEAL, deal).await),
                    2 => drop(tenant.write(BOB, move |tx| followers::follow(tx, &DEAL, deal, BOB)).await),
                    3 => {
                        let hidden = patch(&DEAL, [("visible_to", dice.pick(&[1, 3]).into())]);
                        drop(tenant.update(ADMIN, &DEAL, deal, hidden).await);
                    }
                    _ => {}
                }
            }
        }
        assert!(jumps > 20, "{jumps} pages were found without counting");
    }
}

#[tokio::test]
async fn a_purge_ends_a_walk_although_it_is_no_event() {
    for tenant in tenants().await {
        for _ in 0..6 {
            let note = patch(&NOTE, [("content", "x".into()), ("deal_id", tenant.deal(ANN, "x").await.id().into())]);
            tenant.create(ANN, &NOTE, note).await.unwrap();
        }
        let lone = tenant.deal(ANN, "gone").await.id();
        tenant.delete(ANN, &DEAL, lone).await.unwrap();
        tenant.clock.advance(40 * penstock_model::time::DAY);
        let versions = "SELECT event_seq, schema_version FROM company WHERE id = ?1";
        let company = tenant.company;
        let read = async || {
            let read = move |reader: &mut penstock_crm::Reader<'_>| one(reader.conn, versions, &[company.into()], 2);
            tenant.read(ADMIN, read).await.unwrap().unwrap()
        };
        let walk = Walk::of(&NOTE, &[]);
        walk.page(&tenant, &tenant.crm, ANN, 0, 3).await;
        let before = read().await;
        assert!(purge(&tenant).await > 0);
        let after = read().await;
        assert_eq!((before[0] == after[0], before[1] == after[1]), (true, false), "no event, and a new version");
        assert!(!walk.page(&tenant, &tenant.crm, ANN, 3, 3).await.1);
        assert_eq!(purge(&tenant).await, 0, "nothing is left");
        assert_eq!(read().await, after);
    }
}
