//! The history of a record's links: events of followers and participants, those who are gone among them.

use penstock_model::{Object, Result, UserId, ValueRef, objects};
use penstock_store::{Engine, sql::Statement};

use crate::{Action, read::Reader};

/// Which links.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Link {
    /// Users who follow.
    Follower,
    /// Persons who take part in a deal.
    Participant,
}

/// One event of a link.
pub(crate) struct Line {
    pub(crate) seq: i64,
    pub(crate) action: Action,
    pub(crate) actor: UserId,
    /// The user or person at the other end.
    pub(crate) other: i64,
    pub(crate) time: i64,
}

/// The events of a record's links, newest first.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    link: Link,
    object: &'static Object,
    record: i64,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Line>> {
    let (link, alive) = match link {
        Link::Follower => {
            let alive = "SELECT id AS link_id, user_id AS other_id FROM follower WHERE company_id = ?1 \
                         AND object = ?2 AND record_id = ?3";
            (&objects::FOLLOWER, alive)
        }
        Link::Participant => {
            let alive = "SELECT id AS link_id, person_id AS other_id FROM participant WHERE company_id = ?1 \
                         AND deal_id = ?3";
            (&objects::PARTICIPANT, alive)
        }
    };
    let engine: Engine = reader.conn.engine();
    let mut statement = Statement::new(engine, reader.access.company());
    for value in [i64::from(object.code), record, i64::from(link.code), before.unwrap_or(i64::MAX), limit] {
        statement.bind(value);
    }
    statement.push(
        "SELECT e.seq, e.action, e.user_id, l.other_id, e.time FROM (SELECT link_id, other_id FROM former_link \
         WHERE company_id = ?1 AND object = ?2 AND record_id = ?3 AND link = ?4 UNION ALL ",
    );
    statement.push(alive).push(
        ") l JOIN event e ON e.company_id = ?1 AND e.object = ?4 AND e.record_id = l.link_id \
         WHERE e.seq < ?5 AND e.action IN (1, 3) ORDER BY e.seq DESC LIMIT ?6",
    );
    let mut lines = Vec::new();
    let params: Vec<ValueRef<'_>> = statement.bound();
    reader.conn.query(&statement.text, &params, &mut |row| {
        let int = |column| row.get(column).int().unwrap_or(0);
        let action = if int(1) == Action::Create as i64 { Action::Create } else { Action::Delete };
        lines.push(Line { seq: int(0), action, actor: UserId::new(int(2)), other: int(3), time: int(4) });
        Ok(())
    })?;
    Ok(lines)
}
