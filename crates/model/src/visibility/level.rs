//! The levels of `visible_to`: how far its owner opened a record.

/// A level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its number, as records have it.
    pub number: i64,
    /// Whom it opens a record to.
    pub openness: Openness,
    /// What it is called.
    pub label: &'static str,
    /// Pipedrive's label, where a company without groups of users has the level (pipedrive-contract 12.7).
    pub published: Option<&'static str>,
}

/// Who sees a record besides its owner and its followers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// Nobody.
    Owner,
    /// The whole company.
    Company,
}

/// Every level. Until there are groups of users, what is for a group is for the company.
pub const LEVELS: [Level; 4] = [
    Level { number: 1, openness: Openness::Owner, label: "Owner and followers", published: Some("Owner & followers") },
    Level { number: 3, openness: Openness::Company, label: "Whole company", published: Some("Entire company") },
    Level { number: 5, openness: Openness::Company, label: "Owner's group and its subgroups", published: None },
    Level { number: 7, openness: Openness::Company, label: "Whole company, all groups", published: None },
];

/// The level of a new record of which nothing else is said.
pub const DEFAULT: Level = LEVELS[1];

/// The fields of a record that decide who sees it.
pub const DECIDING: [&str; 2] = ["owner_id", "visible_to"];

impl Level {
    /// The level of a number.
    ///
    /// # Errors
    /// What the number must be.
    pub fn find(number: i64) -> Result<Self, &'static str> {
        LEVELS.into_iter().find(|level| level.number == number).ok_or("must be 1, 3, 5 or 7")
    }
}

impl Openness {
    /// Whom a value of `visible_to` opens a record to: what lies between two levels is as the lower one, and nothing
    /// said is as the company.
    #[must_use]
    pub fn of(visible_to: Option<i64>) -> Self {
        let Some(number) = visible_to else { return Self::Company };
        LEVELS.iter().rfind(|level| level.number <= number).map_or(Self::Owner, |level| level.openness)
    }

    /// Its name in the Virtual API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Company => "company",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_that_is_not_known_opens_no_more_than_the_one_below_it() {
        let owner = [i64::MIN, 0, 1, 2].map(|number| Openness::of(Some(number)));
        assert_eq!(owner, [Openness::Owner; 4]);
        let company = [Some(3), Some(4), Some(5), Some(7), Some(8), None].map(Openness::of);
        assert_eq!(company, [Openness::Company; 6]);
    }
}
