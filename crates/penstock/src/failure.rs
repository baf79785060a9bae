//! Why a command did not do what was asked, and what the person can do about it.

use std::{borrow::Cow, fmt};

/// A failure as it is shown: one sentence, and advice on a line of its own.
#[derive(Debug)]
pub(crate) struct Failure {
    what: Cow<'static, str>,
    advice: Option<Cow<'static, str>>,
}

/// The result of a command.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(what: impl Into<Cow<'static, str>>) -> Self {
        Self { what: what.into(), advice: None }
    }
    /// The same failure with what to do.
    pub(crate) fn advise(mut self, advice: impl Into<Cow<'static, str>>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "penstock: {}", self.what)?;
        self.advice.as_ref().map_or(Ok(()), |advice| write!(f, "\n  {advice}"))
    }
}

impl From<penstock_model::Error> for Failure {
    fn from(error: penstock_model::Error) -> Self {
        Self::new(error.message)
    }
}

impl From<penstock_import::Failure> for Failure {
    fn from(failure: penstock_import::Failure) -> Self {
        Self { what: failure.what.into(), advice: failure.advice.map(Into::into) }
    }
}
