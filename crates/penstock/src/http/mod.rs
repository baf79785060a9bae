//! HTTP: connections, what every request meets, and which face each path is for. It translates; what is answered is
//! decided by the faces.

mod body;
mod connection;
mod health;
mod histogram;
mod in_flight;
mod metrics;
mod observe;
mod refusal;
mod router;
mod server;
mod site;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use penstock_api::{Face, Reply};
use penstock_connectors::builtin::Builtin;
use penstock_crm::Crm;
use penstock_model::Error;
use tokio::sync::Notify;

use in_flight::InFlight;
use metrics::Metrics;
pub(crate) use server::{serve, stopped};

use crate::sandbox::{Faults, Injected, Sandbox};

/// What clients may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of a body.
    pub(crate) body: usize,
    /// Bytes of the bodies of all requests together.
    pub(crate) bodies: usize,
    /// How long a connection may stay idle, and the head of a request take.
    pub(crate) idle: Duration,
    /// How long a client may take nothing of its answer.
    pub(crate) write: Duration,
}

/// What requests share.
pub(crate) struct App {
    crm: Crm,
    /// The faces, in the order in which they are asked.
    faces: Vec<Box<dyn Face>>,
    /// Spells the refusal of a path that is nobody's.
    fallback: Box<dyn Face>,
    metrics: Metrics,
    limits: Limits,
    bodies: Arc<InFlight>,
}

impl App {
    /// The server over a CRM. `woken` wakes whoever runs jobs.
    pub(crate) fn new(crm: Crm, woken: Arc<Notify>, limits: Limits) -> Arc<Self> {
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
        Self::of(crm, faces, Box::new(pipedrive), limits)
    }

    fn of(crm: Crm, faces: Vec<Box<dyn Face>>, fallback: Box<dyn Face>, limits: Limits) -> Arc<Self> {
        let metrics = Metrics::new(crm.clock.now());
        let bodies = InFlight::new(limits.bodies.max(limits.body));
        Arc::new(Self { crm, faces, fallback, metrics, limits, bodies })
    }

    /// An error at a path, as the face spells it whose path it is.
    fn refuse(&self, path: &str, correlation: &str, error: Error) -> Reply {
        let face = self.faces.iter().find(|face| face.serves(path)).unwrap_or(&self.fallback);
        face.refuse(path, correlation, error)
    }
}
