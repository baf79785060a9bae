//! HTTP: connections, what every request meets, and where each path goes. It translates; what is answered is decided
//! by the faces.

mod answer;
mod api;
mod body;
mod fault;
mod health;
mod metrics;
mod observe;
mod router;
mod server;
mod site;
mod virtual_api;

use std::sync::Arc;

use penstock_connectors::builtin::Builtin;
use penstock_crm::Crm;
use penstock_pipedrive::Face;
use tokio::sync::Notify;

use metrics::Metrics;
pub(crate) use server::{serve, stopped};

use crate::sandbox::Faults;

/// What requests share.
pub(crate) struct App {
    pub(crate) crm: Crm,
    /// Pipedrive's API.
    pub(crate) face: Face,
    /// The Virtual API.
    pub(crate) virtual_api: penstock_virtual::Face,
    pub(crate) faults: Faults,
    /// Wakes the worker that purges.
    pub(crate) purge: Arc<Notify>,
    metrics: Metrics,
    body_limit: usize,
}

impl App {
    pub(crate) fn new(crm: Crm, body_limit: usize) -> Arc<Self> {
        let metrics = Metrics::new(crm.clock.now());
        let accounts = Arc::new(Builtin::new(crm.clone(), penstock_auth::authenticate));
        Arc::new(Self {
            face: Face::new(crm.clone()),
            virtual_api: penstock_virtual::Face::new(accounts),
            crm,
            faults: Faults::default(),
            purge: Arc::default(),
            metrics,
            body_limit,
        })
    }
}
