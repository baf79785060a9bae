//! `penstock company`: make, list, rename, reset.

use super::{open, open_existing};
use crate::{
    cli::{self, Company},
    company::{self, Wanted},
    failure::Outcome,
    output::say,
    settings::Settings,
};
use penstock_demo as demo;
use penstock_store::Conn;

pub(super) async fn run(settings: &Settings, command: &Company) -> Outcome {
    match command {
        Company::Create(new) => create(settings, new).await,
        Company::List => list(settings).await,
        Company::Edit { company, name } => edit(settings, company, name).await,
        Company::Reset { name } => reset(settings, name).await,
    }
}

async fn create(settings: &Settings, new: &cli::NewCompany) -> Outcome {
    let crm = open(settings)?;
    let admin = settings.admin.clone();
    let wanted = Wanted {
        name: new.name.clone(),
        sandbox: new.sandbox,
        seed: cli::seed(new.demo, new.seed),
        admin,
        token: None,
    };
    let done = async {
        let made = company::create(&crm, &wanted).await?;
        // The token first: it is known only here, whatever becomes of the demo records.
        say(&format!(
            "company {}: {}\n  admin  {}\n  token  {}\nThe token is shown only now; `penstock token` makes a new one.",
            made.company, made.name, made.admin, made.token
        ));
        if let (Some(seed), Some(begun)) = (made.seed, made.demo) {
            demo::fill(&crm, begun).await?;
            say(&format!("It has the demo records of seed {seed}."));
        }
        Ok(())
    };
    let done = done.await;
    crm.database.close().await;
    done
}

async fn list(settings: &Settings) -> Outcome {
    let crm = open_existing(settings).await?;
    let companies = penstock_crm::company::all(&crm).await;
    crm.database.close().await;
    let companies = companies?;
    let width = companies.iter().map(|c| c.name.chars().count()).max().unwrap_or(4).max(4);
    say(&format!("{:>6}  {:width$}  {:>6}  {:<8}  created", "number", "name", "users", "kind"));
    for c in companies {
        let kind = if c.sandbox { "sandbox" } else { "company" };
        let day = penstock_model::time::local_date(c.add_time, "UTC");
        say(&format!("{:>6}  {:width$}  {:>6}  {kind:<8}  {day}", c.id, c.name, c.users));
    }
    Ok(())
}

async fn edit(settings: &Settings, named: &str, name: &str) -> Outcome {
    let crm = open_existing(settings).await?;
    let done: Outcome<_> = async {
        let company = company::find(&crm, named).await?;
        let new = name.to_owned();
        let rename = move |conn: &mut dyn Conn| penstock_crm::company::rename(conn, company.id, &new);
        crm.database.write(company.id, rename).await?;
        Ok(company)
    }
    .await;
    crm.database.close().await;
    let company = done?;
    say(&format!("company {}: {}, before {}", company.id, name.trim(), company.name));
    Ok(())
}

async fn reset(settings: &Settings, name: &str) -> Outcome {
    let crm = open_existing(settings).await?;
    let done = async {
        let company = company::find(&crm, name).await?;
        company::reset(&crm, company.id).await?;
        Ok(company)
    };
    let done: Outcome<penstock_crm::company::Company> = done.await;
    crm.database.close().await;
    let company = done?;
    say(&format!("company {}: {} is back to {}", company.id, company.name, company::seed_words(&company)));
    Ok(())
}
