//! The policy over records in memory: who sees one, and so whether a user does.

use std::collections::BTreeSet;

use super::{Openness, Rule};
use crate::{Object, Result, UserId};

/// A record, as far as the policy looks at it.
pub trait Facts {
    /// Its number.
    fn id(&self) -> i64;
    /// The number in a field; none where the field is unset.
    fn number(&self, field: &str) -> Option<i64>;
}

/// Where the policy finds what a record does not say itself.
pub trait Records {
    /// What a record is read as.
    type Record: Facts;
    /// The record of that number, deleted or not, whoever asks; none when there is no such record.
    ///
    /// # Errors
    /// `Unavailable` when it can't be read now.
    fn find(&mut self, object: &'static Object, id: i64) -> Result<Option<Self::Record>>;
    /// The users who follow a record.
    ///
    /// # Errors
    /// `Unavailable` when they can't be read now.
    fn followers(&mut self, object: &'static Object, id: i64) -> Result<BTreeSet<UserId>>;
}

/// The users who see a record, admins aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewers {
    /// All of the company.
    Everyone,
    /// These.
    Only(BTreeSet<UserId>),
}

impl Viewers {
    fn nobody() -> Self {
        Self::Only(BTreeSet::new())
    }

    fn of(number: Option<i64>) -> Self {
        Self::Only(number.into_iter().map(UserId::new).collect())
    }

    /// Whether a user who is no admin is among them.
    #[must_use]
    pub fn include(&self, user: UserId) -> bool {
        match self {
            Self::Everyone => true,
            Self::Only(users) => users.contains(&user),
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Only(mut users), Self::Only(more)) => {
                users.extend(more);
                Self::Only(users)
            }
            _ => Self::Everyone,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everyone, viewers) | (viewers, Self::Everyone) => viewers,
            (Self::Only(mut users), Self::Only(others)) => {
                users.retain(|user| others.contains(user));
                Self::Only(users)
            }
        }
    }
}

/// Everyone who sees a record.
///
/// # Errors
/// As [`Records`].
pub fn viewers<R: Records>(records: &mut R, object: &'static Object, record: &R::Record) -> Result<Viewers> {
    gather(records, &super::rule(object), object, record)
}

fn gather<R: Records>(records: &mut R, rule: &Rule, object: &'static Object, record: &R::Record) -> Result<Viewers> {
    Ok(match rule {
        Rule::Follower => Viewers::Only(records.followers(object, record.id())?),
        Rule::Linked { field, to, optional } => match record.number(field) {
            None if *optional => Viewers::Everyone,
            None => Viewers::nobody(),
            Some(id) => of_other(records, to, id)?,
        },
        Rule::About(to) if record.number("object") != Some(to.code.into()) => Viewers::nobody(),
        // What is about a record that everyone sees outlives it.
        Rule::About(to) if matches!(super::rule(to), Rule::Everyone) => Viewers::Everyone,
        Rule::About(to) => {
            record.number("record_id").map_or_else(|| Ok(Viewers::nobody()), |id| of_other(records, to, id))?
        }
        Rule::Any(rules) => rules.iter().try_fold(Viewers::nobody(), |so_far, rule| {
            // Nobody can be added to everyone, so no more is read.
            if so_far == Viewers::Everyone { Ok(so_far) } else { Ok(so_far.or(gather(records, rule, object, record)?)) }
        })?,
        Rule::All(rules) => rules
            .iter()
            .try_fold(Viewers::Everyone, |so_far, rule| Ok(so_far.and(gather(records, rule, object, record)?)))?,
        Rule::Everyone | Rule::Open | Rule::Owner => of_itself(rule, record),
    })
}

fn of_other<R: Records>(records: &mut R, object: &'static Object, id: i64) -> Result<Viewers> {
    let Some(other) = records.find(object, id)? else { return Ok(Viewers::nobody()) };
    viewers(records, object, &other)
}

/// What a record's own values say.
fn of_itself(rule: &Rule, record: &impl Facts) -> Viewers {
    match rule {
        Rule::Everyone => Viewers::Everyone,
        Rule::Open if Openness::of(record.number("visible_to")) == Openness::Company => Viewers::Everyone,
        Rule::Owner => Viewers::of(record.number("owner_id")),
        _ => Viewers::nobody(),
    }
}

/// Everyone who sees a record with an owner of its own whoever follows it: to all others, following grants sight.
pub fn viewers_without_following(record: &impl Facts) -> Viewers {
    of_itself(&Rule::Open, record).or(of_itself(&Rule::Owner, record))
}
