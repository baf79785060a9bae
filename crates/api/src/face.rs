//! What the executable knows of a face: which paths are its own, and how it answers.

use futures_util::future::BoxFuture;
use penstock_model::Error;

use crate::{Reply, Request};

/// A face. The executable asks the faces in order; the first that serves a path answers, unless it declines.
pub trait Face: Send + Sync {
    /// Whether a path, percent-encoded as it came, is one of this face's.
    fn serves(&self, path: &str) -> bool;

    /// Whether web pages of other origins may use it.
    fn is_for_browsers(&self) -> bool {
        true
    }

    /// An error as this face spells it at a path, also for what a server refuses before the face is asked.
    fn refuse(&self, path: &str, correlation: &str, error: Error) -> Reply;

    /// Answers a request. Every outcome is a reply, errors too.
    fn respond(&self, request: Request) -> BoxFuture<'_, Outcome>;
}

/// What a face makes of a request.
#[derive(Debug)]
pub enum Outcome {
    /// It is answered.
    Answered(Reply),
    /// For whoever asks, this path is none of the face's: the next face is to answer as if this one did not exist.
    Declined(Request),
}

impl Outcome {
    /// The reply, unless the face declined.
    #[must_use]
    pub fn reply(self) -> Option<Reply> {
        match self {
            Self::Answered(reply) => Some(reply),
            Self::Declined(_) => None,
        }
    }
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Self {
        Self::Answered(reply)
    }
}
