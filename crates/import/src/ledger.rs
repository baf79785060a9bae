//! What an import made and what it refused, row by row: by the first it is undone, by the second it is reported.

use penstock_model::{CompanyId, Object, Result, ValueRef, objects};
use penstock_store::{Conn, one_int};

use super::draft::Problem;

/// Notes records that were made.
pub(super) fn note(conn: &mut dyn Conn, company: CompanyId, id: &str, made: &[(&'static Object, i64)]) -> Result<()> {
    if made.is_empty() {
        return Ok(());
    }
    let mut number = last(conn, company, id, "import_record")?;
    for (object, record) in made {
        number += 1;
        conn.defer(
            "INSERT INTO import_record (company_id, import_id, number, object, record_id) VALUES (?1, ?2, ?3, ?4, ?5)",
            &[
                company.into(),
                ValueRef::Text(id),
                ValueRef::Int(number),
                ValueRef::Int(object.code.into()),
                ValueRef::Int(*record),
            ],
        )?;
    }
    Ok(())
}

fn last(conn: &mut dyn Conn, company: CompanyId, id: &str, table: &str) -> Result<i64> {
    let text = format!("SELECT MAX(number) FROM {table} WHERE company_id = ?1 AND import_id = ?2");
    Ok(one_int(conn, &text, &[company.into(), ValueRef::Text(id)])?.unwrap_or(0))
}

/// Notes why rows of a file were refused.
pub(super) fn refuse(conn: &mut dyn Conn, company: CompanyId, id: &str, file: &str, why: &[Problem]) -> Result<()> {
    if why.is_empty() {
        return Ok(());
    }
    let mut number = last(conn, company, id, "import_refusal")?;
    for problem in why {
        number += 1;
        conn.defer(
            "INSERT INTO import_refusal (company_id, import_id, number, file, line, field, value, reason) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            &[
                company.into(),
                ValueRef::Text(id),
                ValueRef::Int(number),
                ValueRef::Text(file),
                ValueRef::Int(i64::try_from(problem.line).unwrap_or(i64::MAX)),
                ValueRef::Text(&problem.column),
                ValueRef::Text(&storable(&problem.value)),
                ValueRef::Text(&storable(&problem.reason)),
            ],
        )?;
    }
    Ok(())
}

/// A text of a file as every engine can keep it.
fn storable(text: &str) -> String {
    text.chars().filter(|c| *c != '\0').take(500).collect()
}

/// Why rows were refused, as `(file, problem)`, behind the first `skip`.
pub(super) fn refusals(conn: &mut dyn Conn, company: CompanyId, id: &str, skip: i64) -> Result<Vec<(String, Problem)>> {
    let mut found = Vec::new();
    conn.query(
        "SELECT file, line, field, value, reason FROM import_refusal WHERE company_id = ?1 AND import_id = ?2 \
         AND number > ?3 ORDER BY number LIMIT 1000",
        &[company.into(), ValueRef::Text(id), ValueRef::Int(skip)],
        &mut |row| {
            let text = |at| row.get(at).text().unwrap_or_default().to_owned();
            let line = row.get(1).int().and_then(|line| u64::try_from(line).ok()).unwrap_or(0);
            found.push((text(0), Problem { line, column: text(2), value: text(3), reason: text(4) }));
            Ok(())
        },
    )?;
    Ok(found)
}

/// How many records of each object an import made that are still its own.
pub(super) fn made(conn: &mut dyn Conn, company: CompanyId, id: &str) -> Result<Vec<(&'static Object, i64)>> {
    let text = "SELECT object, COUNT(*), MIN(number) FROM import_record WHERE company_id = ?1 AND import_id = ?2 \
                GROUP BY object ORDER BY 3";
    let mut found = Vec::new();
    conn.query(text, &[company.into(), ValueRef::Text(id)], &mut |row| {
        let object = row.get(0).int().and_then(objects::by_code);
        found.extend(object.map(|object| (object, row.get(1).int().unwrap_or(0))));
        Ok(())
    })?;
    Ok(found)
}

/// The last records that an import made, newest first, as `(number, object, record)`.
pub(super) fn newest(
    conn: &mut dyn Conn,
    company: CompanyId,
    id: &str,
    most: i64,
) -> Result<Vec<(i64, &'static Object, i64)>> {
    let text = "SELECT number, object, record_id FROM import_record WHERE company_id = ?1 AND import_id = ?2 \
                ORDER BY number DESC LIMIT ?3";
    let mut found = Vec::new();
    conn.query(text, &[company.into(), ValueRef::Text(id), ValueRef::Int(most)], &mut |row| {
        let int = |at| row.get(at).int().unwrap_or(0);
        found.extend(objects::by_code(int(1)).map(|object| (int(0), object, int(2))));
        Ok(())
    })?;
    Ok(found)
}

/// Forgets that an import made a record.
pub(super) fn forget(conn: &mut dyn Conn, company: CompanyId, id: &str, number: i64) -> Result<()> {
    let key = [company.into(), ValueRef::Text(id), ValueRef::Int(number)];
    conn.defer("DELETE FROM import_record WHERE company_id = ?1 AND import_id = ?2 AND number = ?3", &key)
}
