//! How much one value may hold. Every body is held against these before anything else looks at it; the reference of
//! objects and every OpenAPI document publish them.

use super::Kind;
use crate::{Error, Result};

/// The most options that a field has (pipedrive-contract 5.2).
pub const OPTIONS: u32 = 10_000;
/// The most options that one request adds, replaces, renames or deletes.
pub const OPTIONS_AT_ONCE: u32 = 2_000;
/// The most external ids of a record.
pub const EXTERNAL_IDS: u32 = 100;
/// The most records that one request changes (DESIGN 5).
pub const BULK: u32 = 500;
/// The most characters of a text within a value: the label of an address, the name of an attendee or of a time zone.
pub const PART: u32 = 255;
/// The most characters of each part of a postal address.
pub const ADDRESS_PART: u32 = 1000;

impl Kind {
    /// The most characters of a text; nothing for what is no free text.
    #[must_use]
    pub const fn longest(self) -> Option<u32> {
        match self {
            Self::Text | Self::Autocomplete | Self::Phone => Some(255),
            Self::LongText => Some(65_535),
            Self::Html => Some(100_000),
            _ => None,
        }
    }

    /// The most members of a list; nothing for what is no list.
    #[must_use]
    pub const fn most(self) -> Option<u32> {
        match self {
            Self::Choices | Self::References(_) | Self::Participants | Self::Attendees => Some(500),
            Self::Emails | Self::Phones | Self::Messengers => Some(100),
            _ => None,
        }
    }
}

/// Refuses a list with more members than it may have.
///
/// # Errors
/// `FieldInvalid` at the field, saying how many it takes.
pub fn at_most(most: u32, members: usize, name: &str) -> Result<()> {
    if members > most as usize {
        return Err(Error::invalid(name, &format!("must have at most {most} entries")));
    }
    Ok(())
}
