//! `penstock migrate`: brings the schema up to date and says what was done.

use penstock_store::{Database, migrate};

use super::open;
use crate::{failure::Outcome, output::say, settings::Settings};

pub(super) async fn run(settings: &Settings) -> Outcome {
    let before = Database::connect(&settings.database)?;
    let was = before.read(migrate::applied).await.unwrap_or_default();
    before.close().await;
    let crm = open(settings)?;
    let is = crm.database.read(migrate::applied).await?;
    crm.database.close().await;
    for migration in is.iter().filter(|m| !was.contains(m)) {
        say(&format!("applied migration {} ({})", migration.number, migration.name));
    }
    let last = is.last().map_or(0, |m| m.number);
    say(&format!("the schema is up to date (migration {last})"));
    Ok(())
}
