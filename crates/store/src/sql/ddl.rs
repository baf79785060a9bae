//! The schema that the object tables declare. Migrations are written by hand; this text is what they are checked
//! against, and where the first one came from.

use std::fmt::Write;

use penstock_model::{Object, kind::SqlType, object::Visibility, objects};

use crate::{
    Engine,
    system::{self, Made, SystemTable},
};

const fn type_name(engine: Engine, kind: SqlType) -> &'static str {
    match (engine, kind) {
        (Engine::Sqlite, SqlType::Int | SqlType::Bool) => "INTEGER",
        (Engine::Sqlite, SqlType::Real) => "REAL",
        (Engine::Sqlite, SqlType::Text) => "TEXT",
        (Engine::Postgres, SqlType::Int) => "BIGINT",
        (Engine::Postgres, SqlType::Real) => "DOUBLE PRECISION",
        (Engine::Postgres, SqlType::Bool) => "BOOLEAN",
        (Engine::Postgres, SqlType::Text) => "TEXT COLLATE \"C\"",
    }
}

/// The whole schema for an engine: what the migrations make together.
#[must_use]
pub fn schema(engine: Engine) -> String {
    let mut out = String::new();
    for object in objects::ALL {
        object_table(&mut out, engine, object);
    }
    for table in system::ALL {
        system_table(&mut out, engine, table);
    }
    out
}

fn system_table(out: &mut String, engine: Engine, table: &SystemTable) {
    let (columns, key, indexes) = match table.made {
        Made::Columns { columns, key, indexes } => (columns, key, indexes),
        Made::Text { sqlite, postgres } => {
            out.push_str(if engine == Engine::Sqlite { sqlite } else { postgres });
            return;
        }
        Made::Before => return,
    };
    let rowless = if engine == Engine::Sqlite { " STRICT, WITHOUT ROWID" } else { "" };
    let _ = write!(out, "CREATE TABLE {} (", table.name);
    for column in columns {
        let not_null = if column.nullable { "" } else { " NOT NULL" };
        let _ = write!(out, "{} {}{not_null}, ", column.name, type_name(engine, column.kind));
    }
    let _ = writeln!(out, "PRIMARY KEY ({})){rowless};", key.join(", "));
    for index in indexes {
        let unique = if index.unique { "UNIQUE " } else { "" };
        let columns = index.columns.join(", ");
        let only = index.only.map_or_else(String::new, |column| format!(" WHERE {column} IS NOT NULL"));
        let _ = writeln!(out, "CREATE {unique}INDEX {} ON {} ({columns}){only};", index.name, table.name);
    }
}

fn object_table(out: &mut String, engine: Engine, object: &'static Object) {
    // The company's own row is the tenant: its number is the key by itself.
    let is_company = object.name == "company";
    let strict = if engine == Engine::Sqlite { " STRICT" } else { "" };
    let name = object.name;
    let table = object.table();
    let _ = writeln!(out, "CREATE TABLE {table} (");
    let has_rowid = !is_company && engine == Engine::Sqlite;
    if has_rowid {
        out.push_str("  rowid INTEGER PRIMARY KEY,\n");
    }
    if !is_company {
        let _ = writeln!(out, "  company_id {} NOT NULL,", type_name(engine, SqlType::Int));
    }
    for (_, field) in object.columns() {
        let not_null = if field.never_null { " NOT NULL" } else { "" };
        let _ = writeln!(out, "  {} {}{not_null},", field.name, type_name(engine, field.kind.sql_type()));
        if field.has_key_column() {
            let _ = writeln!(out, "  {}_key {}{not_null},", field.name, type_name(engine, SqlType::Text));
        }
    }
    if object.visibility == Visibility::Owned {
        let _ = writeln!(out, "  shared {} NOT NULL,", type_name(engine, SqlType::Bool));
    }
    if object.custom.is_some() {
        let _ = writeln!(out, "  custom {},", type_name(engine, SqlType::Text));
    }
    let key = match (is_company, has_rowid) {
        (true, _) => "PRIMARY KEY (id)",
        (false, true) => "UNIQUE (company_id, id)",
        (false, false) => "PRIMARY KEY (company_id, id)",
    };
    let _ = writeln!(out, "  version {} NOT NULL,\n  {key}\n){strict};", type_name(engine, SqlType::Int));
    if !is_company {
        let _ = writeln!(out, "CREATE INDEX {name}_version ON {table} (company_id, version);");
    }
    if object.is_purged() {
        // Few records are deleted: those that are to be purged are found without looking at any other.
        let _ = writeln!(
            out,
            "CREATE INDEX {name}_delete_time ON {table} (company_id, delete_time, id) WHERE delete_time IS NOT NULL;"
        );
    }
    for index in object.indexes {
        let unique = if index.unique { "UNIQUE " } else { "" };
        let (which, only) = match index.only {
            "" => (String::new(), String::new()),
            flag => (format!("_{flag}"), format!(" WHERE {flag} = TRUE")),
        };
        let columns = index.columns;
        let named = format!("CREATE {unique}INDEX {name}_{}{which}", columns.join("_"));
        index_of(out, engine, object, &named, columns, &only);
        // The order that an index gives to what the whole company sees, its twin gives to a user's own records, which
        // are all that it holds: each branch of visibility walks an index that ends in the sort key (DESIGN 10).
        if let Some((at, _)) = columns.iter().enumerate().find(|(_, c)| **c == "shared")
            && columns.first() != Some(&"owner_id")
        {
            let own: Vec<&str> =
                std::iter::once("owner_id").chain([&columns[..at], &columns[at + 1..]].concat()).collect();
            let named = format!("CREATE INDEX {name}_own_{}", own.join("_"));
            index_of(out, engine, object, &named, &own, " WHERE shared = FALSE");
        }
    }
}

fn index_of(out: &mut String, engine: Engine, object: &Object, create: &str, columns: &[&str], only: &str) {
    // Postgres sorts unset values last by default; the lists want what SQLite does.
    let nulls = if engine == Engine::Postgres { " NULLS FIRST" } else { "" };
    let spelled: Vec<String> = columns.iter().map(|c| format!("{c}{nulls}")).collect();
    let _ = writeln!(out, "{create} ON {} (company_id, {}){only};", object.table(), spelled.join(", "));
}
