//! HTTP: connections, what every request meets, and which face each path is for. It translates; what is answered is
//! decided by the faces.

mod body;
mod browser;
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

pub(crate) use browser::Origins;
use in_flight::InFlight;
use metrics::Metrics;
pub(crate) use server::{serve, stopped};

use crate::sandbox::{Faults, Injected, Sandbox};

/// How clients are served.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// What they may take.
    pub(crate) limits: Limits,
    /// The origins whose pages may read answers of the API.
    pub(crate) origins: Origins,
    /// Whether the log tells what was refused.
    pub(crate) log_refusals: bool,
}

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
    options: Options,
    bodies: Arc<InFlight>,
}

impl App {
    /// The server over a CRM. `woken` wakes whoever runs jobs.
    pub(crate) fn new(crm: Crm, woken: Arc<Notify>, options: Options) -> Arc<Self> {
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
        Self::of(crm, faces, Box::new(pipedrive), options)
    }

    fn of(crm: Crm, faces: Vec<Box<dyn Face>>, fallback: Box<dyn Face>, options: Options) -> Arc<Self> {
        let metrics = Metrics::new(crm.clock.now());
        let bodies = InFlight::new(options.limits.bodies.max(options.limits.body));
        Arc::new(Self { crm, faces, fallback, metrics, options, bodies })
    }

    /// An error at a path, as the face spells it whose path it is.
    fn refuse(&self, path: &str, correlation: &str, error: Error) -> Reply {
        let face = self.faces.iter().find(|face| face.serves(path)).unwrap_or(&self.fallback);
        let mut reply = face.refuse(path, correlation, error);
        browser::guard(&mut reply.headers);
        reply
    }

    /// Whether pages of other origins may ask at a path.
    fn is_for_browsers(&self, path: &str) -> bool {
        self.faces.iter().find(|face| face.serves(path)).is_some_and(|face| face.is_for_browsers())
    }
}
