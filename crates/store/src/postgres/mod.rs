//! Placeholder until the engine's own file replaces it.
use crate::{Conn, Faults};
use penstock_model::{Error, Result};
use std::sync::Arc;
pub(crate) struct Database;
impl Database {
    pub(crate) fn open(_: &str, _: Arc<Faults>) -> Result<Self> {
        Err(Error::unavailable("postgres"))
    }
    pub(crate) fn setup(&self, _: &mut dyn FnMut(&mut dyn Conn) -> Result<()>) -> Result<()> {
        Ok(())
    }
    pub(crate) async fn read<T, F>(&self, _: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        Err(Error::unavailable("postgres"))
    }
    pub(crate) async fn write<T, F>(&self, _: i64, _: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut dyn Conn) -> Result<T> + Send + 'static,
    {
        Err(Error::unavailable("postgres"))
    }
    pub(crate) async fn close(&self) {}
}
