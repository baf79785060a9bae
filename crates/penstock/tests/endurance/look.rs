//! A look at the records past the server: what no client may ever find wrong, asked of the tables themselves.

use penstock_model::objects::{DEAL, ORGANIZATION, PERSON};
use penstock_store::Settings;
use postgres::{Client, NoTls};
use rusqlite::{Connection, OpenFlags};

use crate::world::World;

/// A connection of its own to the records.
pub(crate) enum Look {
    Sqlite(Connection),
    Postgres(Box<Client>),
}

impl Look {
    pub(crate) fn at(settings: &Settings) -> Self {
        match settings {
            Settings::Sqlite { file, .. } => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
                Self::Sqlite(Connection::open_with_flags(file, flags).expect("the file opens"))
            }
            Settings::Postgres { url } => Self::Postgres(Box::new(Client::connect(url, NoTls).expect("a connection"))),
        }
    }

    /// The one number that a statement gives.
    pub(crate) fn number(&mut self, sql: &str) -> i64 {
        match self {
            Self::Sqlite(connection) => connection.query_row(sql, [], |row| row.get(0)).expect(sql),
            Self::Postgres(client) => client.query_one(sql, &[]).expect(sql).get(0),
        }
    }

    /// Fails when something is half done or miscounted.
    pub(crate) fn finds_nothing_wrong(&mut self, world: &World) {
        for (what, sql) in wrongs(world) {
            let wrong = self.number(&sql);
            assert_eq!(wrong, 0, "{what}: {wrong}\n{sql}");
        }
        if let Self::Sqlite(connection) = self {
            let found: String = connection.query_row("PRAGMA quick_check", [], |row| row.get(0)).expect("a check");
            assert_eq!(found, "ok");
            let wrong = "SELECT (SELECT COUNT(*) FROM search) - (SELECT COUNT(*) FROM search_doc)";
            assert_eq!(self.number(wrong), 0, "documents that search does not have");
        }
    }
}

/// What must not be, each with a statement that counts it, in the first company.
fn wrongs(world: &World) -> Vec<(&'static str, String)> {
    let (deal, field) = (DEAL.code, world.worth_number);
    let of_deals = |condition: &str| format!("SELECT COUNT(*) FROM deal d WHERE d.company_id = 1 AND ({condition})");
    let own = |table: &str| format!("(SELECT COUNT(*) FROM {table} x WHERE x.company_id = 1 AND x.deal_id = d.id");
    let events = format!("FROM event e WHERE e.company_id = 1 AND e.object = {deal} AND e.record_id = d.id");
    let followers = format!("FROM follower f WHERE f.company_id = 1 AND f.object = {deal} AND f.record_id = d.id");
    let values = format!(
        "SELECT COUNT(*) FROM field_value v WHERE v.company_id = 1 AND v.field = {field} AND v.object = {deal}"
    );
    let mut all = vec![
        (
            "events are not numbered from 1 to the company's last",
            "SELECT c.event_seq - COUNT(*) + ABS(c.event_seq - MAX(e.seq)) + ABS(MIN(e.seq) - 1) FROM company c \
             JOIN event e ON e.company_id = c.id WHERE c.id = 1 GROUP BY c.event_seq"
                .to_owned(),
        ),
        (
            "deals are not numbered from 1 to their counter",
            "SELECT k.last - COUNT(*) + ABS(k.last - MAX(d.id)) FROM counter k JOIN deal d ON d.company_id = k.company_id \
             WHERE k.company_id = 1 AND k.name = 'deal' GROUP BY k.last"
                .to_owned(),
        ),
        (
            "deals without one event of their creation",
            format!(
                "SELECT COUNT(*) FROM deal d LEFT JOIN (SELECT record_id, COUNT(*) AS times FROM event \
                 WHERE company_id = 1 AND object = {deal} AND action = 1 GROUP BY record_id) e ON e.record_id = d.id \
                 WHERE d.company_id = 1 AND COALESCE(e.times, 0) <> 1"
            ),
        ),
        ("deals whose version is not their last event", of_deals(&format!("d.version <> (SELECT MAX(e.seq) {events})"))),
        (
            "events of deals that are not there",
            format!(
                "SELECT COUNT(*) FROM event e LEFT JOIN deal d ON d.company_id = e.company_id AND d.id = e.record_id \
                 WHERE e.company_id = 1 AND e.object = {deal} AND d.id IS NULL"
            ),
        ),
        (
            "deals that their owner does not follow",
            of_deals(&format!("NOT EXISTS (SELECT 1 {followers} AND f.user_id = d.owner_id)")),
        ),
        ("deals that miscount their followers", of_deals(&format!("d.followers_count <> (SELECT COUNT(*) {followers})"))),
        ("deals that miscount who takes part", of_deals(&format!("d.participants_count <> {})", own("participant")))),
        (
            "deals in which their person does not take part",
            of_deals(&format!("{} AND x.person_id = d.person_id) <> 1", own("participant"))),
        ),
        (
            "deals that are not in one stage",
            of_deals(&format!("{} AND x.left_at IS NULL AND x.stage_id = d.stage_id) <> 1", own("deal_stage_visit"))),
        ),
        (
            "deals whose indexed field does not have their value",
            of_deals(&format!(
                "({values} AND v.number = CAST(d.value AS double precision) / 10000 AND v.record_id = d.id) <> 1"
            )),
        ),
        ("indexed fields of no deal", format!("SELECT ABS(COUNT(*) - ({values})) FROM deal d WHERE d.company_id = 1")),
        (
            "deals that search does not know",
            of_deals(&format!(
                "(SELECT COUNT(*) FROM search_doc s WHERE s.company_id = 1 AND s.object = {deal} AND s.record_id = d.id) <> 1"
            )),
        ),
    ];
    for (object, link) in [(&PERSON, "person_id"), (&ORGANIZATION, "org_id")] {
        for (column, status) in [("open_deals_count", "open"), ("won_deals_count", "won")] {
            let table = object.table();
            all.push((
                "deals that a person or an organization miscounts",
                format!(
                    "SELECT COUNT(*) FROM {table} p WHERE p.company_id = 1 AND p.{column} <> (SELECT COUNT(*) FROM deal d \
                     WHERE d.company_id = 1 AND d.{link} = p.id AND d.status = '{status}' AND d.is_deleted = FALSE)"
                ),
            ));
        }
    }
    all
}
