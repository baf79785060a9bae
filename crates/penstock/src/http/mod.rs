//! HTTP: connections, what every request meets, and which face each path is for. It translates; what is answered is
//! decided by the faces.

mod body;
mod health;
mod histogram;
mod metrics;
mod observe;
mod router;
mod server;
mod site;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use penstock_api::{Face, Reply};
use penstock_connectors::builtin::Builtin;
use penstock_crm::Crm;
use penstock_model::Error;
use tokio::sync::Notify;

use metrics::Metrics;
pub(crate) use server::{serve, stopped};

use crate::sandbox::{Faults, Injected, Sandbox};

/// What requests share.
pub(crate) struct App {
    crm: Crm,
    /// The faces, in the order in which they are asked.
    faces: Vec<Box<dyn Face>>,
    /// Spells the refusal of a path that is nobody's.
    fallback: Box<dyn Face>,
    metrics: Metrics,
    body_limit: usize,
}

impl App {
    /// The server over a CRM. `woken` wakes whoever runs jobs.
    pub(crate) fn new(crm: Crm, woken: Arc<Notify>, body_limit: usize) -> Arc<Self> {
        let faults = Arc::new(Faults::default());
        let pipedrive = penstock_pipedrive::Face::new(crm.clone());
        let accounts = Arc::new(Builtin::new(crm.clone(), penstock_auth::authenticate));
        let virtual_api = penstock_virtual::Face::new(accounts);
        let sandbox = Sandbox::new(crm.clone(), pipedrive.clone(), woken);
        // The Virtual API stands below Pipedrive's prefix, and so do the paths of sandboxes.
        let faces: Vec<Box<dyn Face>> = vec![
            Box::new(sandbox),
            Box::new(Injected::new(virtual_api, crm.clone(), Arc::clone(&faults))),
            Box::new(Injected::new(pipedrive.clone(), crm.clone(), faults)),
        ];
        Self::of(crm, faces, Box::new(pipedrive), body_limit)
    }

    fn of(crm: Crm, faces: Vec<Box<dyn Face>>, fallback: Box<dyn Face>, body_limit: usize) -> Arc<Self> {
        let metrics = Metrics::new(crm.clock.now());
        Arc::new(Self { crm, faces, fallback, metrics, body_limit })
    }

    /// An error at a path, as the face spells it whose path it is.
    fn refuse(&self, path: &str, correlation: &str, error: Error) -> Reply {
        let face = self.faces.iter().find(|face| face.serves(path)).unwrap_or(&self.fallback);
        face.refuse(path, correlation, error)
    }
}
