//! What runs operations. A generic handler is one function for all objects; rows name the functions (DESIGN 2).

pub(crate) mod currencies;
pub(crate) mod delete;
pub(crate) mod duplicate;
pub(crate) mod fields;
pub(crate) mod followers;
pub(crate) mod get;
pub(crate) mod lead_sources;
pub(crate) mod list;
pub(crate) mod participants;
pub(crate) mod save;
pub(crate) mod summary;
pub(crate) mod under;
pub(crate) mod users;
