//! Which companies there are.

use penstock_crm::Crm;
use penstock_model::{Error, Micros, Result, ValueRef};
use penstock_store::Conn;

use crate::failure::{Failure, Outcome};

/// A company, as the operator sees it.
#[derive(Clone, Debug)]
pub(crate) struct Company {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) currency: String,
    pub(crate) sandbox: bool,
    /// What a reset fills it with; unset: nothing.
    pub(crate) seed: Option<i64>,
    /// Microseconds that its clock is ahead.
    pub(crate) clock_offset: i64,
    pub(crate) add_time: Micros,
    pub(crate) users: i64,
}

impl Company {
    /// What a reset brings it back to, in words.
    pub(crate) fn seed_words(&self) -> String {
        self.seed.map_or_else(|| "an empty company".to_owned(), |seed| format!("the demo records of seed {seed}"))
    }
}

/// Every company, by number.
pub(crate) async fn all(crm: &Crm) -> Result<Vec<Company>> {
    crm.database.read(|conn| select(conn, None)).await
}

/// The company with that number.
pub(crate) fn by_id(conn: &mut dyn Conn, id: i64) -> Result<Company> {
    select(conn, Some(id))?.pop().ok_or_else(|| Error::not_found("company"))
}

/// The company that a person names, by name (case does not count) or number.
pub(crate) async fn find(crm: &Crm, name: &str) -> Outcome<Company> {
    let all = all(crm).await?;
    let folded = name.trim().to_lowercase();
    let mut named: Vec<&Company> = all.iter().filter(|c| c.name.to_lowercase() == folded).collect();
    if named.is_empty() {
        named = all.iter().filter(|c| Ok(c.id) == folded.parse()).collect();
    }
    match named[..] {
        [one] => Ok(one.clone()),
        [] => {
            let there: Vec<String> = all.iter().take(20).map(|c| format!("{} {}", c.id, c.name)).collect();
            let advice = if there.is_empty() {
                "There is none yet: `penstock company create NAME` makes one.".to_owned()
            } else {
                format!("There are: {}", there.join(", "))
            };
            Err(Failure::new(format!("no company is called {name}")).advise(advice))
        }
        _ => {
            let ids: Vec<String> = named.iter().map(|c| c.id.to_string()).collect();
            Err(Failure::new(format!("several companies are called {name}"))
                .advise(format!("Name one by its number: {}", ids.join(", "))))
        }
    }
}

fn select(conn: &mut dyn Conn, id: Option<i64>) -> Result<Vec<Company>> {
    let mut found = Vec::new();
    conn.query(
        "SELECT c.id, c.name, c.currency, c.sandbox, c.seed, c.clock_offset, c.add_time, \
         (SELECT COUNT(*) FROM \"user\" u WHERE u.company_id = c.id) FROM company c \
         WHERE c.id = ?1 OR ?1 = 0 ORDER BY c.id",
        &[ValueRef::Int(id.unwrap_or(0))],
        &mut |row| {
            let int = |column| row.get(column).int().unwrap_or(0);
            let text = |column| row.get(column).text().unwrap_or("").to_owned();
            found.push(Company {
                id: int(0),
                name: text(1),
                currency: text(2),
                sandbox: row.get(3).truth(),
                seed: row.get(4).int(),
                clock_offset: int(5),
                add_time: int(6),
                users: int(7),
            });
            Ok(())
        },
    )?;
    Ok(found)
}
