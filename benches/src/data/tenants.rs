//! Many small companies in one file: one is set up through the rules, the others are its rows under other numbers.

use penstock_model::CompanyId;
use std::path::Path;

use penstock_store::Database;
use rusqlite::Connection;

use super::{COMPANY, READER, Size, bulk, company, fields, make, sqlite};
use crate::Result;

/// Deals of each company.
const DEALS: i64 = 20;

/// Makes the file, in the place of an earlier one.
pub(super) fn generate(file: &Path, companies: i64) -> Result<()> {
    super::remove(file);
    let size = Size::small(DEALS);
    make(&sqlite(file), size)?;
    bulk::fill(file, size, &fields(&sqlite(file))?)?;
    multiply(file, companies)?;
    company::runtime()?.block_on(async {
        let database = Database::open(&sqlite(file))?;
        for first in (2..=companies).step_by(500) {
            let last = companies.min(first + 499);
            let write = move |conn: &mut dyn penstock_store::Conn| {
                (first..=last).try_for_each(|company| company::set_token(conn, company, READER))
            };
            database.write(CompanyId::SERVER, write).await?;
        }
        database.close().await;
        Ok(())
    })
}

fn multiply(file: &Path, companies: i64) -> Result<()> {
    let connection = Connection::open(file)?;
    connection.execute_batch("PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; BEGIN")?;
    for (table, columns) in tables(&connection)? {
        let copied = |column: &String| match column.as_str() {
            "company_id" => "?1".to_owned(),
            "rowid" => penstock_store::sql::rowid("?1", "id"),
            other => format!("\"{other}\""),
        };
        let (names, values) = (columns.iter().map(|c| format!("\"{c}\"")), columns.iter().map(copied));
        let [names, values] = [names.collect::<Vec<_>>(), values.collect()].map(|list| list.join(", "));
        let text = format!("INSERT INTO \"{table}\" ({names}) SELECT {values} FROM \"{table}\" WHERE company_id = ?2");
        let mut statement = connection.prepare(&text)?;
        for company in 2..=companies {
            statement.execute((company, COMPANY))?;
        }
    }
    let names = columns(&connection, "company")?;
    let others: Vec<&str> = names.iter().map(String::as_str).filter(|c| *c != "id").collect();
    let others = others.join(", ");
    let text = format!("INSERT INTO company (id, {others}) SELECT ?1, {others} FROM company WHERE id = ?2");
    let mut statement = connection.prepare(&text)?;
    for company in 2..=companies {
        statement.execute((company, COMPANY))?;
    }
    drop(statement);
    let counter = "UPDATE counter SET last = ?1 WHERE company_id = 0 AND name = 'company'";
    connection.execute(counter, [companies])?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}

/// The tables whose rows are one company's, with the columns that are copied. Tokens are unique and made anew;
/// search is left empty, since it numbers its documents for the whole file.
fn tables(connection: &Connection) -> Result<Vec<(String, Vec<String>)>> {
    let text = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('token', 'search_doc')";
    let names: Vec<String> =
        connection.prepare(text)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut found = Vec::new();
    for name in names {
        let columns = columns(connection, &name)?;
        if columns.iter().any(|c| c == "company_id") {
            found.push((name, columns));
        }
    }
    Ok(found)
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    Ok(statement.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
