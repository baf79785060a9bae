//! How records are spelt: cells to bytes, without a tree of JSON in between (DESIGN 4).

pub(crate) mod codec;
mod computed;
mod custom;
mod members;
pub(crate) mod plan;
mod record;
pub(crate) mod reference;
#[cfg(test)]
mod round_trip;
pub(crate) mod scalar;

pub(crate) use computed::mail_address;
pub(crate) use custom::parts_of;
pub(crate) use plan::{Plan, Shape};
pub(crate) use record::Writer;
