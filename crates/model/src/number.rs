//! The numbers of companies and users, as types of their own: where both meet, neither can stand for the other, nor
//! for a record's number.

use std::fmt;

use serde::Serialize;

use crate::{Value, ValueRef};

/// The number of a company (tenant), counting from 1 per server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CompanyId(i64);

/// The number of a user, counting from 1 per company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct UserId(i64);

impl CompanyId {
    /// The server itself, which is no company: its counters number the companies.
    pub const SERVER: Self = Self(0);
}

impl UserId {
    /// The user with whom a company begins.
    pub const FIRST: Self = Self(1);
}

macro_rules! number {
    ($($id:ident),*) => { $(
        impl $id {
            /// The number as this type, where it is known to be one: from a row, a path, a file.
            #[must_use]
            pub const fn new(number: i64) -> Self {
                Self(number)
            }
            /// The bare number, for a wire, a statement or a formula.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }
        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Self::Int(id.0)
            }
        }
        impl From<$id> for ValueRef<'_> {
            fn from(id: $id) -> Self {
                Self::Int(id.0)
            }
        }
    )* };
}

number!(CompanyId, UserId);
