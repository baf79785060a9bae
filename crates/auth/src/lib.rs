//! Who asks: tokens, and the [`Access`] that they give. Nothing else makes an `Access` for a request.

use std::sync::LazyLock;

use penstock_model::{
    Access, Code, CompanyId, Error, Micros, Result, UserId, ValueRef,
    access::{Grant, TokenFacts},
};
use penstock_store::{Conn, Engine, sql::in_company};
use sha2::{Digest, Sha256};

/// Whether a text has the form of an API token: 40 hexadecimal digits (pipedrive-contract 9.1).
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// What is stored of a token. A token has 160 random bits, so a plain digest is enough.
fn digest(token: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(token.to_ascii_lowercase()) {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}

/// The statement that finds a token's user and company, by engine.
static LOOK_UP: LazyLock<[String; 2]> = LazyLock::new(|| {
    [Engine::Sqlite, Engine::Postgres].map(|engine| {
        let user = in_company(engine, "u", "t.company_id", "t.user_id");
        format!(
            "SELECT t.company_id, t.user_id, u.is_admin, c.schema_version, u.rights_version, c.clock_offset, u.currency, \
             c.event_seq \
             FROM token t JOIN \"user\" u ON {user} JOIN company c ON c.id = t.company_id \
             WHERE t.hash = ?1 AND u.is_active = TRUE"
        )
    })
});

/// The access of a token: one look-up, which also gives the versions that caches are checked by (DESIGN 9).
///
/// # Errors
/// `Unauthenticated` when no active user has the token; `Unavailable` when the engine can't work now.
pub fn authenticate(conn: &mut dyn Conn, token: &str, correlation: &str) -> Result<Access> {
    let unknown = || Error::new(Code::Unauthenticated, "unauthorized access");
    if !is_token(token) {
        return Err(unknown());
    }
    let hash = digest(token);
    let mut access = None;
    conn.query(&LOOK_UP[conn.engine() as usize], &[ValueRef::Text(&hash)], &mut |row| {
        let int = |i| row.get(i).int().unwrap_or(0);
        let facts = TokenFacts {
            company: CompanyId::new(int(0)),
            user: UserId::new(int(1)),
            admin: row.get(2).truth(),
            grant: Grant::UserToken,
            schema_version: int(3),
            rights_version: int(4),
            event_seq: int(7),
            clock_offset: int(5),
            currency: row.get(6).text().map(Into::into),
            source: "api",
        };
        access = Some(Access::of_token(facts, correlation));
        Ok(())
    })?;
    access.ok_or_else(unknown)
}

/// Makes `token` the one token of a user; an earlier one stops working (pipedrive-contract 9.1).
///
/// # Errors
/// `FieldInvalid` when it is no token; `Conflict` when another user has it.
pub fn set_token(conn: &mut dyn Conn, company: CompanyId, user: UserId, token: &str, now: Micros) -> Result<()> {
    if !is_token(token) {
        return Err(Error::invalid("token", "must be 40 hexadecimal digits"));
    }
    let (company, user) = (company.into(), user.into());
    conn.execute("DELETE FROM token WHERE company_id = ?1 AND user_id = ?2", &[company, user])?;
    let hash = digest(token);
    conn.execute(
        "INSERT INTO token (hash, company_id, user_id, add_time) VALUES (?1, ?2, ?3, ?4)",
        &[ValueRef::Text(&hash), company, user, ValueRef::Int(now)],
    )?;
    Ok(())
}
