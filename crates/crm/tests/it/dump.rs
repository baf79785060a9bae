//! Every row of every table as text, to compare the records before and after.

use penstock_crm::Reader;
use penstock_model::{Object, objects};
use penstock_store::one;

use crate::test_company::{ADMIN, TestCompany};

/// Tables that are no objects, with their columns, keys first.
const SYSTEM: [(&str, &str); 5] = [
    ("counter", "company_id, name, last"),
    ("event", "company_id, seq, object, record_id, action, user_id, source, correlation, time, changes"),
    ("field_value", "company_id, field, object, number, text_key, record_id"),
    ("former_link", "company_id, object, record_id, link, link_id, other_id"),
    ("search_doc", "company_id, object, record_id"),
];

/// The columns of an object's table.
pub(crate) fn columns(object: &Object) -> Vec<String> {
    let mut names = Vec::new();
    for (_, field) in object.columns() {
        names.push(field.name.to_owned());
        if field.has_key_column() {
            names.push(format!("{}_key", field.name));
        }
    }
    if object.is_owned() {
        names.push("shared".to_owned());
    }
    if object.custom.is_some() {
        names.push("custom".to_owned());
    }
    names.push("version".to_owned());
    names
}

fn rows(reader: &mut Reader<'_>, table: &str, columns: &str) -> Vec<String> {
    let width = columns.split(", ").count();
    let mut out = Vec::new();
    let keys = if width < 6 { "1, 2, 3" } else { "1, 2, 3, 4, 5, 6" };
    reader
        .conn
        .query(&format!("SELECT {columns} FROM {table} ORDER BY {keys}"), &[], &mut |row| {
            let cells: Vec<String> = (0..width).map(|i| format!("{:?}", row.get(i))).collect();
            out.push(format!("{table}: {}", cells.join(" | ")));
            Ok(())
        })
        .unwrap();
    out
}

/// Fails, naming the rows that differ.
pub(crate) fn same(before: &[String], after: &[String], when: &str) {
    let only = |these: &[String], those: &[String]| {
        these.iter().filter(|row| !those.contains(row)).cloned().collect::<Vec<_>>().join("\n")
    };
    assert!(before == after, "{when}\ngone:\n{}\nnew:\n{}", only(before, after), only(after, before));
}

/// An tenant whose records can be compared.
pub(crate) trait Dump {
    /// Every row of every table.
    async fn dump(&self) -> Vec<String>;
}

impl Dump for TestCompany {
    async fn dump(&self) -> Vec<String> {
        self.read(ADMIN, |reader| {
            let mut out = Vec::new();
            for object in objects::ALL {
                let mut names = columns(object);
                if object.name != "company" {
                    names.insert(0, "company_id".to_owned());
                }
                out.extend(rows(reader, object.table(), &names.join(", ")));
            }
            for (table, columns) in SYSTEM {
                out.extend(rows(reader, table, columns));
            }
            let documents = match reader.conn.engine() {
                penstock_store::Engine::Sqlite => "SELECT COUNT(*) FROM search",
                penstock_store::Engine::Postgres => "SELECT COUNT(*) FROM search_doc",
            };
            out.push(format!("search: {:?}", one(reader.conn, documents, &[], 1)?));
            Ok(out)
        })
        .await
        .unwrap()
    }
}
