//! `penstock user`: add.

use super::open_existing;
use crate::{cli::User, company, failure::Outcome, output::say, settings::Settings};

pub(super) async fn run(settings: &Settings, command: &User) -> Outcome {
    let User::Add { company, name, email, admin } = command;
    let crm = open_existing(settings).await?;
    let added = async {
        let company = company::find(&crm, company).await?;
        let id = company::add_user(&crm, &company, name, email, *admin).await?;
        Ok((company, id))
    };
    let added: Outcome<_> = added.await;
    crm.database.close().await;
    let (company, id) = added?;
    say(&format!("user {id}: {name} <{email}> of {}", company.name));
    say(&format!("`penstock token --company {} --user {id}` gives them a token", company.id));
    Ok(())
}
