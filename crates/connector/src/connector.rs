//! The trait, and how a request comes to one.

use std::{future::Future, pin::Pin, sync::Arc};

use penstock_model::{CompanyId, Result};

use crate::{Edits, Object, Page, Query, Record};

/// What a call gives in the end.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Who asks.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The token that came with the request.
    pub token: String,
    /// What ties the log and the events of the request together.
    pub correlation: String,
}

/// The accounts behind a face. It proves who asks, and gives the account that they ask about.
pub trait Accounts: Send + Sync {
    /// The account of a configuration, for one request.
    ///
    /// # Errors
    /// `Unauthenticated`; `NotFound` when there is no such configuration for the caller.
    fn open<'a>(&'a self, caller: &'a Caller, configuration: &'a str) -> Answer<'a, Arc<dyn Connector>>;
}

/// How a record is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// By its id.
    Id(String),
    /// By its key in another system.
    External {
        /// The other system.
        source: String,
        /// The key there.
        key: String,
    },
}

/// One account as one request sees it. Errors name fields as the provider does.
pub trait Connector: Send + Sync {
    /// The company that the account belongs to.
    fn company(&self) -> CompanyId;

    /// What the account's page tokens are sealed with: a secret that every process knows and no answer shows.
    fn secret(&self) -> &str;

    /// The most records of a page.
    fn max_page(&self) -> u32;

    /// An object as the account and the user see it.
    ///
    /// # Errors
    /// `NotFound` when there is no such object; `Unavailable`.
    fn describe<'a>(&'a self, object: &'a str) -> Answer<'a, Arc<Object>>;

    /// A page of the records that the user may see.
    ///
    /// # Errors
    /// `CursorInvalid` when `after` was not made by such a list; `Unavailable`.
    fn list(&self, query: Query) -> Answer<'_, Page>;

    /// A record with all its fields; a deleted one only if asked.
    ///
    /// # Errors
    /// `NotFound` when there is none that the user may see; `Unavailable`.
    fn get<'a>(&'a self, object: &'a str, key: &'a Key, deleted: bool) -> Answer<'a, Record>;

    /// A new record, as it stands after the provider's own rules.
    ///
    /// # Errors
    /// `Conflict` at `external_ids` when another record has one of them; whatever the provider refuses.
    fn create<'a>(&'a self, object: &'a str, edits: Edits) -> Answer<'a, Record>;

    /// A changed record, as it stands after the provider's own rules.
    ///
    /// # Errors
    /// `PreconditionFailed` when the record has another version than expected; `NotFound`; whatever the provider
    /// refuses.
    fn update<'a>(
        &'a self,
        object: &'a str,
        id: &'a str,
        expected: Option<&'a str>,
        edits: Edits,
    ) -> Answer<'a, Record>;

    /// Deletes a record.
    ///
    /// # Errors
    /// As [`Connector::update`].
    fn delete<'a>(&'a self, object: &'a str, id: &'a str, expected: Option<&'a str>) -> Answer<'a, ()>;
}
