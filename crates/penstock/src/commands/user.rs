//! `penstock user`: add, list, change, deactivate.

use penstock_crm::Crm;

use super::open_existing;
use crate::{
    cli::{User, Who},
    company,
    failure::Outcome,
    output::say,
    settings::Settings,
};

pub(super) async fn run(settings: &Settings, command: &User) -> Outcome {
    let crm = open_existing(settings).await?;
    let said = obey(&crm, command).await;
    crm.database.close().await;
    said?.iter().for_each(|line| say(line));
    Ok(())
}

/// Does it and gives what is to be said.
async fn obey(crm: &Crm, command: &User) -> Outcome<Vec<String>> {
    match command {
        User::Add { company, name, email, admin } => {
            let company = company::find(crm, company).await?;
            let id = company::add_user(crm, &company, name, email, *admin).await?;
            Ok(vec![
                format!("user {id}: {name} <{email}> of {}", company.name),
                format!("`penstock token --company {} --user {id}` gives them a token", company.id),
            ])
        }
        User::List { company } => {
            let company = company::find(crm, company).await?;
            let users = company::all_users(crm, company.id).await?;
            let width = users.iter().map(|user| user.name.chars().count()).max().unwrap_or(4).max(4);
            let head = format!("{:>6}  {:width$}  {:<5}  {:<11}  e-mail", "number", "name", "admin", "state");
            let line = |user: &company::User| {
                let admin = if user.admin { "admin" } else { "" };
                let state = if user.active { "active" } else { "deactivated" };
                format!("{:>6}  {:width$}  {admin:<5}  {state:<11}  {}", user.id, user.name, user.email)
            };
            Ok(std::iter::once(head).chain(users.iter().map(line)).collect())
        }
        User::Edit { who, name, email } => {
            let company = company::find(crm, &who.company).await?;
            let user = company::edit_user(crm, &company, &who.user, name.as_deref(), email.as_deref()).await?;
            Ok(vec![format!("user {}: {} <{}> of {}", user.id, user.name, user.email, company.name)])
        }
        User::Deactivate(who) => set_active(crm, who, false).await,
        User::Activate(who) => set_active(crm, who, true).await,
    }
}

async fn set_active(crm: &Crm, who: &Who, active: bool) -> Outcome<Vec<String>> {
    let company = company::find(crm, &who.company).await?;
    let user = company::set_active(crm, &company, &who.user, active).await?;
    let state = if active { "active" } else { "deactivated: no token of theirs works, their records stay" };
    Ok(vec![format!("user {}: {} <{}> is {state}", user.id, user.name, user.email)])
}
