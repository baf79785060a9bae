//! A sandbox's clock: set to a moment, or moved on. It runs on from there.

use penstock_model::{CompanyId, Error, Micros, Result, ValueRef};
use penstock_store::Conn;

use super::find::by_id;
use crate::{Crm, jobs::enqueue_purge};

/// How a clock is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To this moment.
    To(Micros),
    /// By so many microseconds; back when negative.
    By(Micros),
    /// To everyone's time.
    Real,
}

/// The years that a clock can show: those that every spelling of a time has.
const FIRST: Micros = 0;
const LAST: Micros = 253_402_300_799_000_000;

/// Turns a sandbox's clock; what is to be purged by it is enqueued. Gives the time that it shows, and how far ahead of everyone's that is.
///
/// # Errors
/// `FieldInvalid` when the moment can't be written in every form of a time; `NotFound` when there is no such company.
pub async fn turn_clock(crm: &Crm, company: CompanyId, turn: Turn) -> Result<(Micros, Micros)> {
    let now = crm.clock.now();
    crm.database.write(company, move |conn| turn_stored(conn, company, turn, now)).await
}

fn turn_stored(conn: &mut dyn Conn, company: CompanyId, turn: Turn, now: Micros) -> Result<(Micros, Micros)> {
    let was = now + by_id(conn, company)?.clock_offset;
    let is = match turn {
        Turn::To(moment) => Some(moment),
        Turn::By(span) => was.checked_add(span),
        Turn::Real => Some(now),
    };
    let is = is.filter(|is| (FIRST..=LAST).contains(is));
    let is = is.ok_or_else(|| Error::invalid("clock", "must stay between the years 1970 and 9999"))?;
    let ahead = is - now;
    conn.execute("UPDATE company SET clock_offset = ?2 WHERE id = ?1", &[company.into(), ValueRef::Int(ahead)])?;
    enqueue_purge(conn, company, now)?;
    Ok((is, ahead))
}
