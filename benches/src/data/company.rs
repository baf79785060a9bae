//! A company as its people would have set it up, through the rules.

use std::sync::Arc;

use penstock_crm::{
    Crm, Patch, create,
    fields::{self, NewField, NewOption},
    rules::{company, user},
};
use penstock_model::{Access, CompanyId, CustomField, Result as Ruled, UserId, Value, kind, objects};
use penstock_store::{Conn, Database, Settings};

use super::{ADMIN, COMPANY, READER, Random, deal::words, field, token};
use crate::{
    Result,
    clock::{Drawn, MADE, Still},
};

/// Records that one write makes.
const CHUNK: i64 = 500;

/// How large a company is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Deals.
    pub(crate) deals: i64,
    persons: i64,
    organizations: i64,
}

impl Size {
    /// Users, the admin and the reader among them.
    pub(crate) const USERS: i64 = 20;
    /// Pipelines.
    pub(crate) const PIPELINES: i64 = 4;
    /// Stages of each pipeline.
    pub(crate) const STAGES: i64 = 5;

    /// The size of a company with that many deals.
    pub(crate) fn of(deals: i64) -> Self {
        Self { deals, persons: (deals / 20).max(100), organizations: (deals / 50).max(60) }
    }

    /// The same company before its first deal.
    pub(crate) const fn without_deals(self) -> Self {
        Self { deals: 0, ..self }
    }

    /// The size of one of many small companies.
    pub(super) const fn small(deals: i64) -> Self {
        Self { deals, persons: 10, organizations: 10 }
    }

    /// A person that every user sees.
    pub(super) fn person(self, random: &mut Random) -> i64 {
        seen(1 + random.below(self.persons))
    }

    /// An organization that every user sees.
    pub(super) fn organization(self, random: &mut Random) -> i64 {
        seen(1 + random.below(self.organizations))
    }
}

/// One in fifty is its owner's alone: the one before it stands in.
const fn seen(number: i64) -> i64 {
    if is_private(number) { number - 1 } else { number }
}

const fn is_private(number: i64) -> bool {
    number % 50 == 0
}

/// Makes the company with everything but its deals.
pub(crate) fn make(settings: &Settings, size: Size) -> Result<()> {
    runtime()?.block_on(async {
        let database = Database::open(settings)?;
        let crm = Crm::new(database.clone(), Arc::new(Still(MADE)), Arc::new(Drawn::default()));
        found(&crm).await?;
        people(&crm, size).await?;
        database.close().await;
        Ok(())
    })
}

/// The custom fields of the company's deals.
pub(super) fn fields(settings: &Settings) -> Result<Vec<CustomField>> {
    runtime()?.block_on(async {
        let database = Database::open(settings)?;
        let crm = Crm::new(database.clone(), Arc::new(Still(MADE)), Arc::new(Drawn::default()));
        let read = database
            .read(move |conn| {
                let schema = crm.schema(conn, &access())?;
                Ok(schema.custom(&objects::DEAL).cloned().collect())
            })
            .await?;
        database.close().await;
        Ok(read)
    })
}

pub(super) fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// The admin, who makes everything.
pub(super) fn access() -> Access {
    company::root(CompanyId::new(COMPANY), "setup")
}

async fn found(crm: &Crm) -> Result<()> {
    let new = company::NewCompany {
        name: "Bench".to_owned(),
        sandbox: false,
        seed: None,
        currency: "EUR".to_owned(),
        admin_name: "Ada Admin".to_owned(),
        admin_email: "user1@example.com".to_owned(),
    };
    let founder = crm.clone();
    crm.database.write(CompanyId::SERVER, move |conn| company::found(&founder, conn, &new)).await?;
    crm.write(Arc::new(access()), |tx| {
        for number in 2..=Size::USERS {
            user::add(tx, &format!("User {number}"), &format!("user{number}@example.com"), false, "EUR")?;
        }
        for number in 2..=Size::PIPELINES {
            let mut pipeline = Patch::default();
            pipeline.set(&objects::PIPELINE, "name", format!("Pipeline {number}"));
            let pipeline = create(tx, &objects::PIPELINE, &pipeline)?.id();
            for name in ["Lead", "Contacted", "Demo", "Offer", "Contract"] {
                let mut stage = Patch::default();
                stage.set(&objects::STAGE, "name", name).set(&objects::STAGE, "pipeline_id", pipeline);
                create(tx, &objects::STAGE, &stage)?;
            }
        }
        for (name, field_type) in field::FIELDS {
            let options = if matches!(field_type, "enum" | "set") { field::OPTIONS.as_slice() } else { &[] };
            let options = options.iter().map(|label| NewOption { label: (*label).to_owned(), color: None }).collect();
            let new =
                NewField { name: name.to_owned(), field_type: field_type.to_owned(), options, ..NewField::default() };
            fields::create(tx, &objects::DEAL, &new)?;
        }
        Ok(())
    })
    .await?;
    crm.database
        .write(CompanyId::new(COMPANY), |conn| {
            set_token(conn, COMPANY, ADMIN)?;
            set_token(conn, COMPANY, READER)
        })
        .await?;
    Ok(())
}

pub(super) fn set_token(conn: &mut dyn Conn, company: i64, user: i64) -> Ruled<()> {
    penstock_auth::set_token(conn, CompanyId::new(company), UserId::new(user), &token(company, user), MADE)
}

async fn people(crm: &Crm, size: Size) -> Result<()> {
    for first in (1..=size.organizations).step_by(usize::try_from(CHUNK)?) {
        let last = size.organizations.min(first + CHUNK - 1);
        crm.write(Arc::new(access()), move |tx| {
            for number in first..=last {
                create(tx, &objects::ORGANIZATION, &organization(number)?)?;
            }
            Ok(())
        })
        .await?;
    }
    for first in (1..=size.persons).step_by(usize::try_from(CHUNK)?) {
        let last = size.persons.min(first + CHUNK - 1);
        crm.write(Arc::new(access()), move |tx| {
            for number in first..=last {
                create(tx, &objects::PERSON, &person(number, size))?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

fn organization(number: i64) -> Ruled<Patch> {
    let mut random = Random::of(-number);
    let object = &objects::ORGANIZATION;
    let mut patch = Patch::default();
    let address = kind::parse(
        penstock_model::Kind::Address,
        &field::address(&mut random),
        kind::Strictness::Strict,
        "address",
        &[],
    )?;
    patch.set(object, "name", format!("{} {number}", words(&mut random, 2))).set(object, "address", address);
    keep(object, &mut patch, number, &mut random);
    Ok(patch)
}

fn person(number: i64, size: Size) -> Patch {
    let mut random = Random::of(-number - 1_000_000_000);
    let object = &objects::PERSON;
    let mut patch = Patch::default();
    let (mail, phone) = (format!("person{number}@example.com"), field::phone(&mut random));
    let entry = |value: &str| Value::from(format!(r#"[{{"value":"{value}","primary":true,"label":"work"}}]"#));
    patch.set(object, "name", format!("{} {number}", words(&mut random, 1)));
    patch.set(object, "emails", entry(&mail)).set(object, "phones", entry(&phone));
    patch.set(object, "org_id", size.organization(&mut random));
    keep(object, &mut patch, number, &mut random);
    patch
}

/// Gives the record to a user, and hides some.
fn keep(object: &'static penstock_model::Object, patch: &mut Patch, number: i64, random: &mut Random) {
    patch.set(object, "owner_id", 1 + random.below(Size::USERS));
    patch.set(object, "visible_to", if is_private(number) { 1 } else { 3 });
}
