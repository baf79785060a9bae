//! Whether a company would be the server's first.

use penstock_model::{Result, ValueRef};
use penstock_store::{Conn, one_int};

/// Whether there is no company yet, in a write closure of company 0 that would make one: of two processes that ask at
/// once, one gets a yes.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn is_first(conn: &mut dyn Conn) -> Result<bool> {
    // The server's own counters are a lock that every engine has: the second process waits here for the first.
    one_int(
        conn,
        "INSERT INTO counter (company_id, name, last) VALUES (0, 'first_company', 1) \
         ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 1 RETURNING last",
        &[],
    )?;
    Ok(one_int(conn, "SELECT id FROM company WHERE id > ?1 LIMIT 1", &[ValueRef::Int(0)])?.is_none())
}
