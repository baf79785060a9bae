//! Statements that are held back, and how they are sent: as few messages as possible. The server answers each message
//! by itself, which costs both sides about as much as a small insert.

use penstock_model::Value;

/// What is held back.
pub(super) enum Held {
    /// Statements of the transaction's frame.
    Frame(&'static str),
    /// A statement that changes rows, with its values.
    Statement(Box<str>, Vec<Value>),
}

/// What is sent at once.
pub(super) enum Part {
    /// Statements of the transaction's frame.
    Frame(&'static str),
    /// Statements that run as one.
    Batch(Batch),
}

/// Statements that run as one, none of which could see what another does. Of each table there is one statement, or
/// there are only inserts.
pub(super) struct Batch {
    pub(super) texts: Vec<Box<str>>,
    pub(super) values: Vec<Value>,
}

impl Batch {
    /// What the batch is known by: its texts.
    pub(super) fn key(&self) -> String {
        self.texts.join(";")
    }

    fn takes(&self, sql: &str) -> bool {
        let Some(target) = Target::of(sql) else { return false };
        let apart = |known: &str| Target::of(known).is_some_and(|known| target.is_apart_from(&known));
        self.texts.iter().all(|known| apart(known))
    }
}

/// The table that a statement changes, when it looks at no other.
struct Target<'a> {
    table: &'a str,
    inserts: bool,
}

impl<'a> Target<'a> {
    fn of(sql: &'a str) -> Option<Self> {
        let (verb, rest) = ["INSERT INTO ", "UPDATE ", "DELETE FROM "]
            .iter()
            .find_map(|verb| Some((*verb, sql.strip_prefix(verb)?)))
            .filter(|_| !sql.contains("SELECT") && !sql.contains("ON CONFLICT"))?;
        Some(Self { table: rest.split(' ').next()?, inserts: verb == "INSERT INTO " })
    }

    fn is_apart_from(&self, other: &Self) -> bool {
        self.table != other.table || (self.inserts && other.inserts)
    }
}

/// What is held back as parts, in order.
pub(super) fn parts(held: Vec<Held>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(held.len());
    for one in held {
        match (one, parts.last_mut()) {
            (Held::Frame(sql), _) => parts.push(Part::Frame(sql)),
            (Held::Statement(sql, values), Some(Part::Batch(batch))) if batch.takes(&sql) => {
                batch.texts.push(sql);
                batch.values.extend(values);
            }
            (Held::Statement(sql, values), _) => parts.push(Part::Batch(Batch { texts: vec![sql], values })),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sizes of the batches; 0 is a frame.
    fn sizes(texts: &[&str]) -> Vec<usize> {
        let held = texts.iter().map(|text| match *text {
            "frame" => Held::Frame("SAVEPOINT one"),
            text => Held::Statement(text.into(), vec![Value::Int(1)]),
        });
        let size = |part| match part {
            Part::Frame(_) => 0,
            Part::Batch(batch) => {
                assert_eq!(batch.texts.len(), batch.values.len());
                batch.texts.len()
            }
        };
        parts(held.collect()).into_iter().map(size).collect()
    }

    #[test]
    fn statements_about_different_tables_run_as_one() {
        let texts = ["INSERT INTO a (x) VALUES (?1)", "UPDATE b SET x = ?1", "DELETE FROM c WHERE x = ?1"];
        assert_eq!(sizes(&texts), [3]);
    }

    #[test]
    fn what_must_see_another_runs_after_it() {
        let (insert, other, update) =
            ("INSERT INTO a (x) VALUES (?1)", "INSERT INTO a (y) VALUES (?1)", "UPDATE a SET x = ?1");
        assert_eq!(sizes(&[insert, other]), [2]);
        assert_eq!(sizes(&[insert, update]), [1, 1]);
        assert_eq!(sizes(&[update, insert]), [1, 1]);
        assert_eq!(sizes(&[update, update]), [1, 1]);
        assert_eq!(sizes(&[insert, "frame", other]), [1, 0, 1]);
    }

    #[test]
    fn what_may_look_at_other_tables_runs_alone() {
        let looks = "UPDATE b SET x = (SELECT MAX(x) FROM a) WHERE y = ?1";
        let counts = "INSERT INTO b (x) VALUES (?1) ON CONFLICT (x) DO UPDATE SET x = excluded.x";
        let plain = "INSERT INTO c (x) VALUES (?1)";
        assert_eq!(sizes(&[plain, looks, plain]), [1, 1, 1]);
        assert_eq!(sizes(&[plain, counts, plain]), [1, 1, 1]);
    }
}
