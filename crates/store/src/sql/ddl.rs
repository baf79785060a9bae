//! The schema that the object tables declare. Migrations are written by hand; this text is what they are checked
//! against, and where the first one came from.

use std::fmt::Write;

use penstock_model::{Object, kind::SqlType, object::Visibility, objects};

use crate::Engine;

/// Tables that are no objects, with `{int}`, `{real}`, `{bool}` and `{text}` for the engine's types and `{strict}`
/// for its table options.
const SYSTEM: &str = "\
CREATE TABLE counter (company_id {int} NOT NULL, name {text} NOT NULL, last {int} NOT NULL, PRIMARY KEY (company_id, name)){rowless};
CREATE TABLE token (hash {text} NOT NULL PRIMARY KEY, company_id {int} NOT NULL, user_id {int} NOT NULL, add_time {int} NOT NULL){rowless};
CREATE UNIQUE INDEX token_user ON token (company_id, user_id);
CREATE TABLE event (company_id {int} NOT NULL, seq {int} NOT NULL, object {int} NOT NULL, record_id {int} NOT NULL, action {int} NOT NULL, user_id {int} NOT NULL, source {text} NOT NULL, correlation {text} NOT NULL, time {int} NOT NULL, changes {text}, PRIMARY KEY (company_id, seq)){rowless};
CREATE INDEX event_record ON event (company_id, object, record_id, seq);
CREATE TABLE field_value (company_id {int} NOT NULL, field {int} NOT NULL, object {int} NOT NULL, number {real} NOT NULL, text_key {text} NOT NULL, record_id {int} NOT NULL, PRIMARY KEY (company_id, field, object, number, text_key, record_id)){rowless};
CREATE TABLE former_link (company_id {int} NOT NULL, object {int} NOT NULL, record_id {int} NOT NULL, link {int} NOT NULL, link_id {int} NOT NULL, other_id {int} NOT NULL, PRIMARY KEY (company_id, object, record_id, link, link_id)){rowless};
CREATE TABLE import (company_id {int} NOT NULL, id {text} NOT NULL, state {text} NOT NULL, mapping {text} NOT NULL, fingerprint {text} NOT NULL, total {int} NOT NULL, done {int} NOT NULL, made {int} NOT NULL, changed {int} NOT NULL, same {int} NOT NULL, passed {int} NOT NULL, refused {int} NOT NULL, add_time {int} NOT NULL, PRIMARY KEY (company_id, id)){rowless};
CREATE TABLE import_record (company_id {int} NOT NULL, import_id {text} NOT NULL, number {int} NOT NULL, object {int} NOT NULL, record_id {int} NOT NULL, PRIMARY KEY (company_id, import_id, number)){rowless};
CREATE TABLE import_refusal (company_id {int} NOT NULL, import_id {text} NOT NULL, number {int} NOT NULL, file {text} NOT NULL, line {int} NOT NULL, field {text} NOT NULL, value {text} NOT NULL, reason {text} NOT NULL, PRIMARY KEY (company_id, import_id, number)){rowless};
";

const SEARCH_SQLITE: &str = "\
CREATE TABLE search_doc (doc INTEGER PRIMARY KEY, company_id INTEGER NOT NULL, object INTEGER NOT NULL, record_id INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX search_doc_record ON search_doc (company_id, object, record_id);
CREATE VIRTUAL TABLE search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail=none);
";

const SEARCH_POSTGRES: &str = "\
CREATE TABLE search_doc (company_id BIGINT NOT NULL, object BIGINT NOT NULL, record_id BIGINT NOT NULL, terms tsvector NOT NULL, PRIMARY KEY (company_id, object, record_id));
CREATE INDEX search_doc_terms ON search_doc USING gin (terms);
";

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

/// The whole schema for an engine.
#[must_use]
pub fn schema(engine: Engine) -> String {
    let mut out = String::new();
    for object in objects::ALL {
        object_table(&mut out, engine, object);
    }
    let rowless = if engine == Engine::Sqlite { " STRICT, WITHOUT ROWID" } else { "" };
    out.push_str(
        &SYSTEM
            .replace("{int}", type_name(engine, SqlType::Int))
            .replace("{real}", type_name(engine, SqlType::Real))
            .replace("{bool}", type_name(engine, SqlType::Bool))
            .replace("{text}", type_name(engine, SqlType::Text))
            .replace("{rowless}", rowless),
    );
    out.push_str(if engine == Engine::Sqlite { SEARCH_SQLITE } else { SEARCH_POSTGRES });
    out
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
    for columns in object.indexes {
        let unique = if is_unique(object, columns) { "UNIQUE " } else { "" };
        index(out, engine, object, &format!("CREATE {unique}INDEX {name}"), columns, "");
        // The order that an index gives to what the whole company sees, its twin gives to a user's own records, which
        // are all that it holds: each branch of visibility walks an index that ends in the sort key (DESIGN 10).
        if let Some((at, _)) = columns.iter().enumerate().find(|(_, c)| **c == "shared")
            && columns.first() != Some(&"owner_id")
        {
            let own: Vec<&str> =
                std::iter::once("owner_id").chain([&columns[..at], &columns[at + 1..]].concat()).collect();
            index(out, engine, object, &format!("CREATE INDEX {name}_own"), &own, " WHERE shared = FALSE");
        }
    }
    if object.name == "follower" {
        // The few follows by which somebody sees a record.
        out.push_str(
            "CREATE INDEX follower_grants ON follower (company_id, user_id, object, record_id) WHERE grants = TRUE;\n",
        );
    }
}

fn index(out: &mut String, engine: Engine, object: &Object, create: &str, columns: &[&str], only: &str) {
    // Postgres sorts unset values last by default; the lists want what SQLite does.
    let nulls = if engine == Engine::Postgres { " NULLS FIRST" } else { "" };
    let spelled: Vec<String> = columns.iter().map(|c| format!("{c}{nulls}")).collect();
    let (table, name, keys) = (object.table(), columns.join("_"), spelled.join(", "));
    let _ = writeln!(out, "{create}_{name} ON {table} (company_id, {keys}){only};");
}

/// The one unique key of an object beyond its number: an external id names one record, a name one custom field.
fn is_unique(object: &Object, columns: &[&str]) -> bool {
    (object.name == "external_id" && columns == ["object", "source", "key"])
        || (object.name == "follower" && columns == ["object", "record_id", "user_id"])
        || (object.name == "custom_field" && columns == ["object", "api_name"])
        || (object.name == "participant" && columns == ["deal_id", "person_id"])
}
