//! The tables that are no object's, declared as data like the objects' own: from the list come the schema, and what
//! a reset, an export and an erasure of a company have to touch. A new table is an entry here and a migration; a test
//! holds that the schema has no others.

use penstock_model::{kind::SqlType, objects};

use crate::Engine;

/// A table that is no object's.
#[derive(Debug)]
pub struct SystemTable {
    /// Its name.
    pub name: &'static str,
    /// Whose its rows are.
    pub rows: Rows,
    /// Its columns, and what finds its rows.
    pub made: Made,
}

/// Whose the rows of a table are, and so what becomes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// The server's: no company is named, and no act on one touches them.
    Server,
    /// A company's, named by the column `company_id`. Erasing the company removes them.
    Company {
        /// Whether resetting a sandbox removes them.
        reset: bool,
        /// Whether they are part of what a company may take along: false for what is derived from other rows, means
        /// something on this server alone, or is a secret.
        exported: bool,
    },
}

/// What a table is made of.
#[derive(Debug)]
pub enum Made {
    /// Plain columns, under a primary key.
    Columns {
        /// Its columns, in order.
        columns: &'static [Column],
        /// The columns of its primary key.
        key: &'static [&'static str],
        /// Its further indexes.
        indexes: &'static [SystemIndex],
    },
    /// What only one engine has: its statements for each.
    Text {
        /// For SQLite.
        sqlite: &'static str,
        /// For Postgres.
        postgres: &'static str,
    },
    /// Made before the first migration, by `migrate` itself.
    Before,
}

/// A column of a system table.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: SqlType,
    /// Whether it may be unset.
    pub nullable: bool,
}

/// An index of a system table.
#[derive(Debug)]
pub struct SystemIndex {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// Whether no two rows may agree in them.
    pub unique: bool,
    /// The column without which a row is not in it.
    pub only: Option<&'static str>,
}

const fn int(name: &'static str) -> Column {
    Column { name, kind: SqlType::Int, nullable: false }
}

const fn real(name: &'static str) -> Column {
    Column { name, kind: SqlType::Real, nullable: false }
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: SqlType::Text, nullable: false }
}

impl Column {
    const fn or_null(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// Facts of the company itself: they go with a reset, and along with an export.
const FACTS: Rows = Rows::Company { reset: true, exported: true };
/// What is made of other rows, or means something on this server alone: it goes with a reset, and is not exported.
const DERIVED: Rows = Rows::Company { reset: true, exported: false };

/// Every table that is no object's.
pub static ALL: &[SystemTable] = &[
    SystemTable { name: "schema_migration", rows: Rows::Server, made: Made::Before },
    // Those of company 0, which does not exist, are the server's; no act on a company names it.
    SystemTable {
        name: "counter",
        rows: DERIVED,
        made: Made::Columns {
            columns: &[int("company_id"), text("name"), int("last")],
            key: &["company_id", "name"],
            indexes: &[],
        },
    },
    // A reset ends those of users that are not part of the seed by itself: whoever asked for it stays logged in.
    SystemTable {
        name: "token",
        rows: Rows::Company { reset: false, exported: false },
        made: Made::Columns {
            columns: &[text("hash"), int("company_id"), int("user_id"), int("add_time")],
            key: &["hash"],
            indexes: &[SystemIndex { name: "token_user", columns: &["company_id", "user_id"], unique: true, only: None }],
        },
    },
    SystemTable {
        name: "event",
        rows: FACTS,
        made: Made::Columns {
            columns: &[
                int("company_id"),
                int("seq"),
                int("object"),
                int("record_id"),
                int("action"),
                int("user_id"),
                text("source"),
                text("correlation"),
                int("time"),
                text("changes").or_null(),
            ],
            key: &["company_id", "seq"],
            indexes: &[SystemIndex {
                name: "event_record",
                columns: &["company_id", "object", "record_id", "seq"],
                unique: false,
                only: None,
            }],
        },
    },
    SystemTable {
        name: "field_value",
        rows: DERIVED,
        made: Made::Columns {
            columns: &[
                int("company_id"),
                int("field"),
                int("object"),
                real("number"),
                text("text_key"),
                int("record_id"),
            ],
            key: &["company_id", "field", "object", "number", "text_key", "record_id"],
            indexes: &[],
        },
    },
    SystemTable {
        name: "former_link",
        rows: FACTS,
        made: Made::Columns {
            columns: &[
                int("company_id"),
                int("object"),
                int("record_id"),
                int("link"),
                int("link_id"),
                int("other_id"),
            ],
            key: &["company_id", "object", "record_id", "link", "link_id"],
            indexes: &[],
        },
    },
    // A reset ends all but its own, which goes on.
    SystemTable {
        name: "job",
        rows: Rows::Company { reset: false, exported: false },
        made: Made::Columns {
            columns: &[
                int("company_id"),
                int("id"),
                text("kind"),
                text("payload"),
                text("state"),
                int("due").or_null(),
                text("owner").or_null(),
                int("fence"),
                text("cursor").or_null(),
                int("attempts"),
                text("error").or_null(),
                int("add_time"),
                int("end_time").or_null(),
            ],
            key: &["company_id", "id"],
            indexes: &[
                SystemIndex { name: "job_due", columns: &["due", "company_id", "id"], unique: false, only: Some("due") },
                SystemIndex { name: "job_kind", columns: &["company_id", "kind", "id"], unique: false, only: None },
            ],
        },
    },
    SystemTable {
        name: "sandbox_fault",
        rows: DERIVED,
        made: Made::Columns {
            columns: &[
                int("company_id"),
                int("number"),
                text("path"),
                text("effect"),
                int("value"),
                int("remaining"),
            ],
            key: &["company_id", "number"],
            indexes: &[],
        },
    },
    SystemTable {
        name: "import_record",
        rows: DERIVED,
        made: Made::Columns {
            columns: &[int("company_id"), text("import_id"), int("number"), int("object"), int("record_id")],
            key: &["company_id", "import_id", "number"],
            indexes: &[],
        },
    },
    SystemTable {
        name: "import_refusal",
        rows: DERIVED,
        made: Made::Columns {
            columns: &[
                int("company_id"),
                text("import_id"),
                int("number"),
                text("file"),
                int("line"),
                text("field"),
                text("value"),
                text("reason"),
            ],
            key: &["company_id", "import_id", "number"],
            indexes: &[],
        },
    },
    SystemTable {
        name: "search_doc",
        rows: DERIVED,
        made: Made::Text {
            sqlite: "\
CREATE TABLE search_doc (doc INTEGER PRIMARY KEY, company_id INTEGER NOT NULL, object INTEGER NOT NULL, record_id INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX search_doc_record ON search_doc (company_id, object, record_id);
CREATE VIRTUAL TABLE search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail=none);
",
            postgres: "\
CREATE TABLE search_doc (company_id BIGINT NOT NULL, object BIGINT NOT NULL, record_id BIGINT NOT NULL, terms tsvector NOT NULL, PRIMARY KEY (company_id, object, record_id));
CREATE INDEX search_doc_terms ON search_doc USING gin (terms);
",
        },
    },
];

/// The tables whose rows a reset removes, each with the columns that tell them apart within a company.
pub fn reset_keys() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let company = penstock_model::objects::COMPANY.name;
    let of_objects = objects::ALL.iter().filter(move |o| o.name != company).map(|o| (o.table(), &["id"][..]));
    let of_system = ALL.iter().filter(|table| matches!(table.rows, Rows::Company { reset: true, .. }));
    of_objects.chain(of_system.map(|table| match table.made {
        Made::Columns { key, .. } => (table.name, &key[1..]),
        // The documents of the search.
        Made::Text { .. } | Made::Before => (table.name, &["object", "record_id"][..]),
    }))
}

/// Why rows of a company are removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// A sandbox is put back to its seed: the company's own row and what [`Rows`] says stay.
    Reset,
    /// The company goes for good.
    Erasure,
}

/// The statements that remove a company's rows, in order: its number is bound first. On a full-sized company they are
/// more than one write may do; resets are of sandboxes.
#[must_use]
pub fn removals(engine: Engine, why: Removal) -> Vec<String> {
    let mut texts = Vec::new();
    if engine == Engine::Sqlite {
        // The index of terms knows its documents alone.
        texts.push("DELETE FROM search WHERE rowid IN (SELECT doc FROM search_doc WHERE company_id = ?1)".to_owned());
    }
    let company = penstock_model::objects::COMPANY.name;
    let of_objects = objects::ALL.iter().filter(|o| o.name != company).map(|o| o.table());
    let of_system = ALL.iter().filter(|table| match table.rows {
        Rows::Server => false,
        Rows::Company { reset, .. } => reset || why == Removal::Erasure,
    });
    for table in of_objects.chain(of_system.map(|table| table.name)) {
        texts.push(format!("DELETE FROM {table} WHERE company_id = ?1"));
    }
    if why == Removal::Erasure {
        texts.push(format!("DELETE FROM {company} WHERE id = ?1"));
    }
    texts
}
