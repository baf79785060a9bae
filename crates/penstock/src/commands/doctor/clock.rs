//! Whether the clock can be right: records are stamped with it.

use penstock_model::{Clock, Micros, Result, time, time::SECOND};
use penstock_store::{Conn, Database, Engine, one_int};

use super::Finding;

/// Before this moment, 2026-01-01, no version of Penstock existed.
const EARLIEST: Micros = 1_767_225_600 * SECOND;
/// Seconds that this machine's clock and the database server's may differ by.
const TOLERANCE: i64 = 5;

/// What can be said without a database.
pub(super) fn alone(clock: &dyn Clock) -> Finding {
    judge(clock.now(), None, None)
}

pub(super) async fn look(database: &Database, has_schema: bool, clock: &dyn Clock) -> Finding {
    let (last, server) = database.read(move |conn| moments(conn, has_schema)).await.unwrap_or((None, None));
    judge(clock.now(), last, server)
}

/// The newest event of a company that is no sandbox, and the database server's clock in microseconds.
fn moments(conn: &mut dyn Conn, has_schema: bool) -> Result<(Option<Micros>, Option<Micros>)> {
    let newest = "SELECT MAX(e.time) FROM company c JOIN event e ON e.company_id = c.id AND e.seq = c.event_seq \
                  WHERE c.sandbox = FALSE";
    let last = if has_schema { one_int(conn, newest, &[])? } else { None };
    let server = match conn.engine() {
        Engine::Sqlite => None,
        Engine::Postgres => {
            one_int(conn, "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)", &[])?
        }
    };
    Ok((last, server))
}

fn judge(now: Micros, last: Option<Micros>, server: Option<Micros>) -> Finding {
    let shown = time::format(now, time::Spelling::Rfc);
    if now < EARLIEST {
        return Finding::broken(
            "clock",
            format!("{shown} is in the past"),
            "set the machine's clock, and have it kept by NTP",
        );
    }
    if let Some(last) = last.filter(|last| *last > now + TOLERANCE * SECOND) {
        let what = format!("{shown} is before the newest change, {}", time::format(last, time::Spelling::Rfc));
        return Finding::warning("clock", what, "the clock was put back, or was wrong before: have it kept by NTP");
    }
    if let Some(server) = server.filter(|server| (server - now).abs() > TOLERANCE * SECOND) {
        let seconds = (server - now) / SECOND;
        let what = format!("{shown} differs from the database server's by {seconds} s");
        return Finding::warning("clock", what, "have both clocks kept by NTP");
    }
    Finding::fine("clock", shown)
}

#[cfg(test)]
mod tests {
    use super::{super::State, *};

    #[test]
    fn a_clock_that_cannot_be_right_is_told() {
        let now = EARLIEST + SECOND;
        assert!(judge(0, None, None).state == State::Broken);
        assert!(judge(now, None, None).state == State::Fine);
        assert!(judge(now, Some(now + 60 * SECOND), None).state == State::Warning);
        assert!(judge(now, Some(now), Some(now - 60 * SECOND)).state == State::Warning);
        assert!(judge(now, Some(now), Some(now + SECOND)).state == State::Fine);
    }
}
