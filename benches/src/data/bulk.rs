//! Many deals at once: written without a journal and with indexes built afterwards, into a file that ends up as the
//! rules would have left it.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use penstock_model::{CustomField, objects};
use penstock_store::sql::{self, Record};
use rusqlite::{Connection, OptionalExtension};

use super::{COMPANY, Draft, Event, Inserts, READER, Rows, Size};
use crate::Result;

/// Tables whose indexes are built when all rows are there.
const LOADED: [&str; 6] = ["deal", "deal_stage_visit", "follower", "participant", "event", "search_doc"];

/// Adds the deals, and all that hangs on them, to a company that has none.
pub(super) fn fill(file: &Path, size: Size, fields: &[CustomField]) -> Result<()> {
    let connection = alone(file)?;
    connection.execute_batch("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN")?;
    let indexes = take_indexes(&connection)?;
    insert(&connection, size, fields)?;
    count(&connection)?;
    for index in indexes {
        connection.execute_batch(&index)?;
    }
    connection.execute_batch("COMMIT; PRAGMA journal_mode=WAL;")?;
    Ok(())
}

/// A connection that nobody else disturbs, to a file whose log is copied into it and gone. Those who wrote the file
/// before may still be at that.
pub(super) fn alone(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file)?;
    connection.execute_batch("PRAGMA busy_timeout=60000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2000000;")?;
    let begun = Instant::now();
    loop {
        match connection.execute_batch("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=DELETE;") {
            Ok(()) => return Ok(connection),
            Err(why) if begun.elapsed() > Duration::from_mins(1) => return Err(why.into()),
            Err(_) => std::thread::sleep(Duration::from_millis(100)),
        }
    }
}

/// Drops the indexes of the tables that are filled, and gives the statements that make them again.
fn take_indexes(connection: &Connection) -> Result<Vec<String>> {
    let mut made = Vec::new();
    for table in LOADED {
        let text = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?1";
        let found: Vec<(String, String)> = connection
            .prepare(text)?
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (name, index) in found {
            connection.execute_batch(&format!("DROP INDEX {name}"))?;
            made.push(index);
        }
    }
    Ok(made)
}

/// The numbers that are given out: from where the company's counters stand.
struct Numbers<'c> {
    connection: &'c Connection,
    names: [(&'static str, i64); 4],
    seq: i64,
}

impl<'c> Numbers<'c> {
    fn read(connection: &'c Connection) -> Result<Self> {
        let last = |name: &'static str| -> Result<(&'static str, i64)> {
            let text = "SELECT last FROM counter WHERE company_id = ?1 AND name = ?2";
            Ok((name, connection.query_row(text, (COMPANY, name), |row| row.get(0)).optional()?.unwrap_or(0)))
        };
        let names = [last("deal")?, last("deal_stage_visit")?, last("follower")?, last("participant")?];
        let seq = connection.query_row("SELECT event_seq FROM company WHERE id = ?1", [COMPANY], |row| row.get(0))?;
        Ok(Self { connection, names, seq })
    }

    fn next(&mut self, name: &str) -> i64 {
        let Some(counter) = self.names.iter_mut().find(|(known, _)| *known == name) else { return 0 };
        counter.1 += 1;
        counter.1
    }

    fn next_seq(&mut self) -> i64 {
        self.seq += 1;
        self.seq
    }

    fn write(self) -> Result<()> {
        for counter in self.names {
            self.connection.execute(
                "INSERT INTO counter (company_id, name, last) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (company_id, name) DO UPDATE SET last = excluded.last",
                (COMPANY, counter.0, counter.1),
            )?;
        }
        self.connection.execute("UPDATE company SET event_seq = ?2 WHERE id = ?1", (COMPANY, self.seq))?;
        Ok(())
    }
}

fn insert(connection: &Connection, size: Size, fields: &[CustomField]) -> Result<()> {
    let mut inserts = Inserts::prepare(connection)?;
    let mut numbers = Numbers::read(connection)?;
    for number in 1..=size.deals {
        let draft = Draft::of(number, size, fields);
        let (id, seq) = (numbers.next("deal"), numbers.next_seq());
        let (user, time) = (draft.owner, draft.added);
        inserts.deal(&Rows::of(&draft, id, seq, fields)?)?;
        inserts.event(Event { seq, object: &objects::DEAL, record: id, user, time })?;
        let mut visit = Record::empty(&objects::DEAL_STAGE_VISIT);
        visit.set("id", numbers.next("deal_stage_visit"));
        visit.set("deal_id", id);
        visit.set("stage_id", draft.stage);
        visit.set("entered", time);
        inserts.visit(&visit)?;
        follow(&mut inserts, &mut numbers, (id, draft.owner), user, time)?;
        if let Some(person) = draft.person {
            let mut link = Record::empty(&objects::PARTICIPANT);
            link.set("deal_id", id);
            link.set("person_id", person);
            link.set("added_by_user_id", user);
            let event = link_event(&mut link, &mut numbers, user, time);
            inserts.participant(&link)?;
            inserts.event(event)?;
        }
        if draft.is_followed {
            follow(&mut inserts, &mut numbers, (id, READER), user, time)?;
        }
        if number % 100_000 == 0 {
            eprintln!("{number} deals");
        }
    }
    numbers.write()
}

fn follow(
    inserts: &mut Inserts<'_>,
    numbers: &mut Numbers<'_>,
    (deal, follower): (i64, i64),
    user: i64,
    time: i64,
) -> Result<()> {
    let mut link = Record::empty(&objects::FOLLOWER);
    link.set("object", i64::from(objects::DEAL.code));
    link.set("record_id", deal);
    link.set("user_id", follower);
    link.set("grants", follower != user);
    let event = link_event(&mut link, numbers, user, time);
    inserts.follower(&link)?;
    inserts.event(event)
}

/// Numbers a link and gives the event of its making.
fn link_event(link: &mut Record, numbers: &mut Numbers<'_>, user: i64, time: i64) -> Event {
    let id = numbers.next(link.object.name);
    link.version = numbers.next_seq();
    link.set("id", id);
    link.set("add_time", time);
    Event { seq: link.version, object: link.object, record: id, user, time }
}

/// Sets the counters of persons and organizations, by the tables that declare them.
fn count(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "CREATE TEMP TABLE deal_link AS SELECT person_id, org_id, status, is_deleted FROM deal;
         CREATE INDEX temp.by_person ON deal_link (person_id); CREATE INDEX temp.by_organization ON deal_link (org_id);",
    )?;
    for parent in objects::ALL {
        for field in parent.fields {
            let Some(counted) = field.count.filter(|c| c.object == "deal") else { continue };
            connection.execute_batch(&format!(
                "UPDATE {table} SET {name} = (SELECT COUNT(*) FROM deal_link d WHERE d.{link} = {table}.id AND {state})",
                table = parent.table(),
                name = field.name,
                link = counted.link,
                state = sql::when(&objects::DEAL, counted.when, "d"),
            ))?;
        }
    }
    connection.execute_batch("DROP TABLE deal_link")?;
    Ok(())
}
