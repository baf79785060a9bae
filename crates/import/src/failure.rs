//! Why an import did not do what was asked, and what the person can do about it.

/// A failure: one sentence, and advice.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub advice: Option<String>,
}

/// The result of something that an import does.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure without advice.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), advice: None }
    }

    /// The same failure with what to do.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl From<penstock_model::Error> for Failure {
    fn from(error: penstock_model::Error) -> Self {
        Self::new(error.message)
    }
}
