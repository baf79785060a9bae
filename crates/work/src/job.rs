//! A job, as its row has it.

use penstock_model::{CompanyId, Micros};
use penstock_store::Row;
use serde_json::Value as Json;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its time, or for somebody to take it.
    Waiting,
    /// Somebody has a lease of it.
    Running,
    /// It is done.
    Done,
    /// It can't be done.
    Failed,
    /// It is not to be done any more.
    Cancelled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// The word in the row.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether there is something left to do.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// A job.
#[derive(Clone, Debug)]
pub struct Job {
    /// The company whose rows it changes; 0 is the server itself.
    pub company: CompanyId,
    /// Its number, within the company.
    pub id: i64,
    /// What kind of work it is.
    pub kind: Box<str>,
    /// What the work is about; it does not change.
    pub payload: Json,
    /// Where it stands; null before the first chunk.
    pub cursor: Json,
    /// Its state.
    pub state: State,
    /// How often in a row it failed.
    pub attempts: i64,
    /// Why it failed the last time.
    pub error: Option<Box<str>>,
    /// When it was enqueued.
    pub add_time: Micros,
}

/// The columns that [`read`] wants, in order.
pub(crate) const COLUMNS: &str = "company_id, id, kind, payload, cursor, state, attempts, error, add_time";

/// A job from its row. A text that is no JSON, which nobody writes, counts as null.
pub(crate) fn read(row: &dyn Row) -> Job {
    let text = |at| row.get(at).text();
    let json = |at| text(at).and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Json::Null);
    let int = |at| row.get(at).int().unwrap_or(0);
    Job {
        company: CompanyId::new(int(0)),
        id: int(1),
        kind: text(2).unwrap_or_default().into(),
        payload: json(3),
        cursor: json(4),
        state: State::ALL.into_iter().find(|s| Some(s.word()) == text(5)).unwrap_or(State::Failed),
        attempts: int(6),
        error: text(7).map(Into::into),
        add_time: int(8),
    }
}
