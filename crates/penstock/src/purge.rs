//! The worker that purges what was deleted long ago, beside the requests: at the start, every hour, and when a
//! sandbox's clock was turned.

use std::{sync::Arc, time::Duration};

use penstock_crm::{Crm, purge};
use penstock_model::Result;
use tokio::{sync::Notify, time::sleep};

/// How long it rests. Nobody can tell whether a record that can't be read any more is gone an hour sooner.
const REST: Duration = Duration::from_hours(1);

/// Purges until it is dropped. What it was in the middle of, the next start goes on with.
pub(crate) async fn work(crm: Crm, woken: Arc<Notify>) {
    loop {
        if let Err(error) = pass(&crm).await {
            tracing::warn!(error = %error.chain(), "can't tell what is to be purged: trying again later");
        }
        tokio::select! {
            () = sleep(REST) => {}
            () = woken.notified() => {}
        }
    }
}

async fn pass(crm: &Crm) -> Result<()> {
    let now = crm.clock.now();
    for company in crm.database.read(move |conn| purge::due(conn, now)).await? {
        let done = loop {
            let writer = crm.clone();
            match crm.database.write(company, move |conn| purge::some(&writer, conn, company)).await {
                Ok(true) => {}
                Ok(false) => break true,
                Err(error) => {
                    // Other companies are not to wait for this one.
                    tracing::error!(%company, error = %error.chain(), "a purge failed: trying again later");
                    break false;
                }
            }
        };
        if done {
            tracing::info!(%company, "purged what was deleted more than thirty days ago");
        }
    }
    Ok(())
}
