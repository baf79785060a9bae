//! Lenses: two-way mappings of one virtual field, lawful by construction (virtual-api 4, appendix A).
//!
//! A kind of mapping supplies [`Lens::get`] and a [`Lens::try_put`] that may be lossy. [`Put::put`] is the only way
//! to write, and no kind can change it: it keeps what is unchanged (the law `put(s, get(s)) = s`), writes, reads
//! back, and refuses what does not read back the same (the law `get(put(s, v)) = v`).

mod cast;
mod direct;
mod enumeration;
mod reference;

use std::fmt::Debug;

use penstock_connector::{Edits, Name, Values, describe};
use penstock_model::{
    Value,
    filter::{Expr, Test},
};

pub use cast::{Cast, Conversion};
pub use direct::Direct;
pub use enumeration::{Enumeration, Unknown};
pub use reference::Reference;

/// What writing needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// One to one: the new value alone says what to write.
    Iso,
    /// Something that the virtual value does not show is kept, so the record must have been read.
    Lens,
}

impl Class {
    /// The word in metadata.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Iso => "iso",
            Self::Lens => "lens",
        }
    }
}

/// Why a value can't be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Refuse {
    /// It would read back as another value.
    NotRepresentable {
        /// What it would read back as.
        reads_back: Value,
    },
}

/// A condition on the provider's records that stands for one on the virtual field.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It holds for the same records.
    Exact(Expr<Name>),
    /// It holds for those and perhaps for more.
    Inexact(Expr<Name>),
    /// There is none.
    None,
}

/// A kind of mapping, bound to its paths.
pub trait Lens: Send + Sync + Debug {
    /// The word of its kind in metadata.
    fn kind(&self) -> &'static str;
    /// What writing needs.
    fn class(&self) -> Class;
    /// The provider's fields that it reads and writes: its footprint.
    fn paths(&self) -> &[Name];
    /// The virtual value of a record.
    fn get(&self, record: &dyn Values) -> Value;
    /// What to write for a value; it may be lossy. `None`: there is nothing that could stand for it.
    fn try_put(&self, record: &dyn Values, value: &Value) -> Option<Edits>;
    /// The provider's condition for a test of the virtual value.
    fn translate(&self, test: &Test) -> Verdict;
    /// Says what of the provider's description is different for the virtual field.
    fn describe(&self, field: &mut describe::Field);
    /// The provider's condition for a test of a part of the value.
    fn translate_part(&self, _part: &str, _test: &Test) -> Verdict {
        Verdict::None
    }
    /// The provider's field that sorts as the virtual one does.
    fn sort_path(&self) -> Option<&Name> {
        None
    }
}

/// The one way to write through a lens. It is implemented for all of them at once, so that none can leave out a law.
pub trait Put: Lens {
    /// The edits that make the virtual value of the record `value`: none when it is that already.
    ///
    /// # Errors
    /// [`Refuse`] when the value would not read back the same.
    fn put(&self, record: &dyn Values, value: &Value) -> Result<Edits, Refuse> {
        let now = self.get(record);
        if now == *value {
            return Ok(Edits::default());
        }
        let Some(edits) = self.try_put(record, value) else {
            return Err(Refuse::NotRepresentable { reads_back: now });
        };
        let reads_back = self.get(&edits.over(record));
        if reads_back == *value { Ok(edits) } else { Err(Refuse::NotRepresentable { reads_back }) }
    }
}

impl<L: Lens + ?Sized> Put for L {}

/// One edit.
fn one(path: &Name, value: Value) -> Edits {
    let mut edits = Edits::default();
    edits.set(path, value);
    edits
}
