//! The inserts of a deal's rows, prepared once: for the generator, and for the raw writes that Penstock is held
//! against.

use penstock_model::{Object, Value, kind::ValueKey, kind::fold, objects};
use penstock_store::sql::Record;
use rusqlite::{
    Connection, Statement,
    types::{Null, ToSqlOutput, ValueRef as Cell},
};

use super::{COMPANY, Event, Rows};
use crate::Result;

/// The statements over one connection.
pub(crate) struct Inserts<'c> {
    connection: &'c Connection,
    deal: Insert<'c>,
    visit: Insert<'c>,
    follower: Insert<'c>,
    participant: Insert<'c>,
    event: Statement<'c>,
    value: Statement<'c>,
    document: Statement<'c>,
    terms: Statement<'c>,
}

impl<'c> Inserts<'c> {
    pub(crate) fn prepare(connection: &'c Connection) -> Result<Self> {
        Ok(Self {
            connection,
            deal: Insert::prepare(connection, &objects::DEAL)?,
            visit: Insert::prepare(connection, &objects::DEAL_STAGE_VISIT)?,
            follower: Insert::prepare(connection, &objects::FOLLOWER)?,
            participant: Insert::prepare(connection, &objects::PARTICIPANT)?,
            event: connection.prepare(
                "INSERT INTO event (company_id, seq, object, record_id, action, user_id, source, correlation, time) \
                 VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, '', ?7)",
            )?,
            value: connection.prepare(
                "INSERT INTO field_value (company_id, field, object, number, text_key, record_id) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            document: connection
                .prepare("INSERT INTO search_doc (company_id, object, record_id) VALUES (?1, ?2, ?3)")?,
            terms: connection.prepare("INSERT INTO search (rowid, terms) VALUES (?1, ?2)")?,
        })
    }

    /// The deal itself, its values and its words.
    pub(crate) fn deal(&mut self, rows: &Rows) -> Result<()> {
        self.deal.run(&rows.deal)?;
        let (id, object) = (rows.deal.id(), i64::from(objects::DEAL.code));
        for (field, key) in &rows.values {
            let (number, text) = match key {
                ValueKey::Number(number) => (*number, ""),
                ValueKey::Text(text) => (0.0, text.as_str()),
            };
            self.value.execute((COMPANY, field, object, number, text, id))?;
        }
        self.document.execute((COMPANY, object, id))?;
        self.terms.execute((self.connection.last_insert_rowid(), &rows.terms))?;
        Ok(())
    }

    /// The event of a new record.
    pub(crate) fn event(&mut self, event: Event) -> Result<()> {
        let object = i64::from(event.object.code);
        self.event.execute((COMPANY, event.seq, object, event.record, event.user, Event::SOURCE, event.time))?;
        Ok(())
    }

    pub(super) fn visit(&mut self, record: &Record) -> Result<()> {
        self.visit.run(record)
    }

    pub(super) fn follower(&mut self, record: &Record) -> Result<()> {
        self.follower.run(record)
    }

    pub(super) fn participant(&mut self, record: &Record) -> Result<()> {
        self.participant.run(record)
    }
}

/// The insert of a record of one object, with the columns that its table says.
struct Insert<'c> {
    object: &'static Object,
    statement: Statement<'c>,
}

impl<'c> Insert<'c> {
    fn prepare(connection: &'c Connection, object: &'static Object) -> Result<Self> {
        let mut names = vec!["company_id".to_owned()];
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
        let mut marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
        names.push("rowid".to_owned());
        marks.push(penstock_store::sql::rowid("?1", "?2"));
        let text = format!("INSERT INTO {} ({}) VALUES ({})", object.table(), names.join(", "), marks.join(", "));
        Ok(Self { object, statement: connection.prepare(&text)? })
    }

    fn run(&mut self, record: &Record) -> Result<()> {
        let mut place = 0;
        let statement = &mut self.statement;
        let mut bind = |value: ToSqlOutput<'_>| {
            place += 1;
            statement.raw_bind_parameter(place, value)
        };
        bind(COMPANY.into())?;
        for (position, field) in self.object.columns() {
            let value = &record.values[position];
            bind(cell(value))?;
            if field.has_key_column() {
                match value.text() {
                    Some(text) => bind(fold(text).into())?,
                    None => bind(Null.into())?,
                }
            }
        }
        if self.object.is_owned() {
            bind((record.get("visible_to").int() != Some(1)).into())?;
        }
        if self.object.custom.is_some() {
            bind(cell(&record.custom))?;
        }
        bind(record.version.into())?;
        self.statement.raw_execute()?;
        Ok(())
    }
}

fn cell(value: &Value) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(match value {
        Value::Null => Cell::Null,
        Value::Bool(flag) => Cell::Integer(i64::from(*flag)),
        Value::Int(int) => Cell::Integer(*int),
        Value::Real(real) => Cell::Real(*real),
        Value::Text(text) => Cell::Text(text.as_bytes()),
    })
}
