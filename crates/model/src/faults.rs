//! Faults of one request, gathered so that its sender learns of all of them at once.

use crate::{Code, Error, Result};

/// Faults in the order in which they were found, up to a number: whoever looks for more should stop when it is full.
#[derive(Debug)]
pub struct Faults {
    found: Vec<Error>,
    most: usize,
}

impl Faults {
    /// How many faults one refusal names at most.
    pub const MOST: usize = 20;

    /// Room for that many faults.
    #[must_use]
    pub const fn up_to(most: usize) -> Self {
        Self { found: Vec::new(), most }
    }
    /// Keeps a fault, if there is room.
    pub fn add(&mut self, error: Error) {
        if !self.is_full() {
            self.found.push(error);
        }
    }
    /// Keeps the fault of an outcome, if it is one, and gives the value otherwise.
    pub fn take<T>(&mut self, outcome: Result<T>) -> Option<T> {
        outcome.map_err(|error| self.add(error)).ok()
    }
    /// Whether there is no room for another.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.found.len() >= self.most
    }
    /// Whether there is none yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
    /// Whether one of them is about that field or parameter.
    #[must_use]
    pub fn names(&self, field: Option<&str>) -> bool {
        self.found.iter().any(|error| error.field.as_deref() == field)
    }
    /// The faults as one refusal: the code and field of the first, the messages of all with `; ` between them. The
    /// rules are asked only about what has the right form, so where a form is wrong, what they say waits; and a fault of
    /// the server is all that there is to say.
    ///
    /// # Errors
    /// That refusal, if there was a fault.
    pub fn into_result(mut self) -> Result<()> {
        let broken = |error: &Error| matches!(error.code, Code::Internal | Code::Unavailable);
        if let Some(at) = self.found.iter().position(broken) {
            return Err(self.found.swap_remove(at));
        }
        if self.found.iter().any(|error| !error.code.is_rule()) {
            self.found.retain(|error| !error.code.is_rule());
        }
        let mut all = self.found.into_iter();
        let Some(mut first) = all.next() else { return Ok(()) };
        for other in all {
            first.message = format!("{}; {}", first.message, other.message).into();
        }
        Err(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(errors: Vec<Error>, most: usize) -> (Code, String) {
        let mut faults = Faults::up_to(most);
        for error in errors {
            faults.add(error);
        }
        let error = faults.into_result().unwrap_err();
        (error.code, error.message.into_owned())
    }

    #[test]
    fn faults_are_named_together_up_to_their_number() {
        let three = || ["a", "b", "c"].map(|name| Error::invalid(name, "is wrong")).to_vec();
        assert_eq!(refusal(three(), 20), (Code::FieldInvalid, "a: is wrong; b: is wrong; c: is wrong".to_owned()));
        assert_eq!(refusal(three(), 2).1, "a: is wrong; b: is wrong");
        assert!(Faults::up_to(1).into_result().is_ok());
    }

    #[test]
    fn rules_wait_for_a_right_form_and_a_fault_of_the_server_stands_alone() {
        let rule = || Error::new(Code::RuleViolated, "x: may not");
        assert_eq!(refusal(vec![rule(), Error::invalid("a", "is wrong"), rule()], 20).1, "a: is wrong");
        assert_eq!(refusal(vec![rule(), rule()], 20), (Code::RuleViolated, "x: may not; x: may not".to_owned()));
        let broken = Error::internal("broken");
        assert_eq!(refusal(vec![Error::invalid("a", "is wrong"), broken], 20), (Code::Internal, "broken".to_owned()));
    }
}
