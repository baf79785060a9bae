//! Search rows: one document of plain tokens per record. The tokens are made in Rust, so that both engines find the
//! same (DESIGN 11): folded, split at everything that is no letter or digit, prefixed with the company.

use penstock_model::{CompanyId, Object, Result, ValueRef};

use crate::{Conn, Engine};

/// The stored tokens of some texts, for a company.
#[must_use]
pub fn terms<'a>(company: CompanyId, texts: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for text in texts {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&company.to_string());
            out.push('x');
            out.extend(word.chars().flat_map(char::to_lowercase).take(60));
        }
    }
    out
}

/// Writes the document of a new record.
///
/// # Errors
/// As [`Conn::execute`].
pub fn add(conn: &mut dyn Conn, object: &Object, company: CompanyId, record: i64, terms: &str) -> Result<()> {
    if terms.is_empty() {
        return Ok(());
    }
    let key = [company.into(), ValueRef::Int(i64::from(object.code)), ValueRef::Int(record)];
    match conn.engine() {
        Engine::Sqlite => {
            let mut doc = 0;
            conn.query(
                "INSERT INTO search_doc (company_id, object, record_id) VALUES (?1, ?2, ?3) RETURNING doc",
                &key,
                &mut |row| {
                    doc = row.get(0).int().unwrap_or(0);
                    Ok(())
                },
            )?;
            conn.defer(
                "INSERT INTO search (rowid, terms) VALUES (?1, ?2)",
                &[ValueRef::Int(doc), ValueRef::Text(terms)],
            )?;
        }
        Engine::Postgres => {
            conn.defer(
                "INSERT INTO search_doc (company_id, object, record_id, terms) VALUES (?1, ?2, ?3, to_tsvector('simple', ?4))",
                &[key[0], key[1], key[2], ValueRef::Text(terms)],
            )?;
        }
    }
    Ok(())
}

/// Removes the document of a record, if it has one.
///
/// # Errors
/// As [`Conn::execute`].
pub fn remove(conn: &mut dyn Conn, object: &Object, company: CompanyId, record: i64) -> Result<()> {
    let key = [company.into(), ValueRef::Int(i64::from(object.code)), ValueRef::Int(record)];
    if conn.engine() == Engine::Sqlite {
        conn.defer(
            "DELETE FROM search WHERE rowid IN (SELECT doc FROM search_doc WHERE company_id = ?1 AND object = ?2 AND record_id = ?3)",
            &key,
        )?;
    }
    conn.defer("DELETE FROM search_doc WHERE company_id = ?1 AND object = ?2 AND record_id = ?3", &key)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_folded_words_of_the_company() {
        assert_eq!(
            terms(CompanyId::new(7), ["Anna-Lise ÖZ", "a@b.com"].into_iter()),
            "7xanna 7xlise 7xöz 7xa 7xb 7xcom"
        );
    }
}
