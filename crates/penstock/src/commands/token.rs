//! `penstock token`: a new token for a user.

use super::open_existing;
use crate::{cli::Who, company, failure::Outcome, output::say, settings::Settings};

pub(super) async fn run(settings: &Settings, command: &Who) -> Outcome {
    let crm = open_existing(settings).await?;
    let issued = async {
        let company = company::find(&crm, &command.company).await?;
        company::issue_token(&crm, &company, &command.user).await
    };
    let issued = issued.await;
    crm.database.close().await;
    say(&issued?);
    Ok(())
}
