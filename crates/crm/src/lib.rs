//! What a CRM does.
//!
//! Every change goes through [`Crm::write`]: one transaction with exactly one event per changed record (DESIGN 7).
//! Every read goes through a [`Reader`], which narrows to what its [`Access`](penstock_model::Access) may see
//! (DESIGN 10). The acts are one file each: [`create()`], [`update()`], [`delete()`] and those that are named for
//! what they do. What is particular to an object stands in [`rules`].
//!
//! This crate knows no wire and no HTTP.

mod api_name;
mod change;
pub mod company;
mod company_write_state;
mod count;
mod create;
mod crm;
mod custom;
mod delete;
pub mod distribution;
mod duplicate;
mod event;
pub mod external_ids;
mod field_value_index;
pub mod fields;
pub mod followers;
pub mod jobs;
mod link_log;
mod option_list;
pub mod participants;
pub mod past;
mod patch;
pub mod permitted_users;
pub mod purge;
pub mod read;
pub mod rules;
pub mod sandbox;
mod schema;
pub mod summary;
mod tx;
mod update;

pub use create::{check_new, create};
pub use crm::{Crm, Ids};
pub use delete::delete;
pub use duplicate::duplicate;
pub use event::Action;
pub use patch::Patch;
pub use read::{List, Lookup, Page, Reader, Single};
pub use tx::Tx;
pub use update::update;
