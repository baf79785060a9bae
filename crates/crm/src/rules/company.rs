//! A new company: its row, its first user, and what every company starts with.

use penstock_model::{
    Access, CompanyId, Micros, Object, Result, Value, ValueRef, at,
    objects::{COMPANY, PIPELINE, STAGE},
};
use penstock_store::{Conn, flush, one_int, sql::Record};

use crate::{Crm, Patch, Tx, create};

/// What a new company is to be.
#[derive(Clone, Debug)]
pub struct NewCompany {
    /// Its name.
    pub name: String,
    /// Whether it is a sandbox.
    pub sandbox: bool,
    /// What a reset fills a sandbox with.
    pub seed: Option<i64>,
    /// Its default currency.
    pub currency: String,
    /// The first user's name.
    pub admin_name: String,
    /// The first user's e-mail address.
    pub admin_email: String,
}

/// The first part of a host name made from a name: `Acme & Co` gives `acme-co`.
fn domain(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_end_matches('-');
    if trimmed.is_empty() { "company".to_owned() } else { trimmed.to_owned() }
}

/// The rights of a company's first user, for the acts of the command line.
#[must_use]
pub fn root(company: CompanyId, source: &'static str) -> Access {
    Access::of_system(company, source)
}

/// Makes a company with its first user, a pipeline of five stages, the activity types and the labels that a new
/// account has (pipedrive-contract 3.10, 5.1). Gives its number. Runs in a write closure of company 0.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn found(crm: &Crm, conn: &mut dyn Conn, new: &NewCompany) -> Result<CompanyId> {
    // The server's own counter: company 0 is no company.
    let id = one_int(
        conn,
        "INSERT INTO counter (company_id, name, last) VALUES (0, 'company', 1) \
         ON CONFLICT (company_id, name) DO UPDATE SET last = counter.last + 1 RETURNING last",
        &[],
    )?
    .map_or(CompanyId::new(1), CompanyId::new);
    establish(crm, conn, id, new, crm.clock.now())?;
    Ok(id)
}

/// Fills an empty or cleared company number: the row and everything that it starts with.
///
/// # Errors
/// `Unavailable` when the engine can't work now.
pub fn establish(crm: &Crm, conn: &mut dyn Conn, id: CompanyId, new: &NewCompany, now: Micros) -> Result<()> {
    let object: &'static Object = &COMPANY;
    let mut record = Record::empty(object);
    record.set(at!(COMPANY, "id"), id);
    record.set(at!(COMPANY, "name"), new.name.as_str());
    record.set(at!(COMPANY, "domain"), domain(&new.name));
    record.set(at!(COMPANY, "currency"), new.currency.as_str());
    record.set(at!(COMPANY, "timezone"), "UTC");
    record.set(at!(COMPANY, "sandbox"), new.sandbox);
    record.set(at!(COMPANY, "seed"), Value::from(new.seed));
    record.set(at!(COMPANY, "clock_offset"), 0);
    record.set(at!(COMPANY, "event_seq"), 0);
    record.set(at!(COMPANY, "schema_version"), 1);
    record.set(at!(COMPANY, "add_time"), now);
    record.set(at!(COMPANY, "secret"), crm.ids.secret());
    write_company(conn, &record)?;
    crm.change(conn, &root(id, "setup"), |tx| fill(tx, new))
}

/// Writes the company's row. One that is founded anew keeps its row: that is its lock, and whoever waits for it must
/// get it. Its events and schema versions go on from where they were: whoever remembers an earlier one must not take
/// a later one for it. The company's table has no `company_id`: its number is the tenant.
fn write_company(conn: &mut dyn Conn, record: &Record) -> Result<()> {
    flush(conn)?;
    let names: Vec<&str> = record.object.columns().map(|(_, f)| f.name).collect();
    let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    let kept = |name: &&&str| ["id", "event_seq", "schema_version", "secret"].contains(*name);
    let anew: Vec<String> =
        names.iter().filter(|name| !kept(name)).map(|name| format!("{name} = excluded.{name}")).collect();
    let text = format!(
        "INSERT INTO company ({}, version) VALUES ({}, 0) ON CONFLICT (id) DO UPDATE SET {}, \
         schema_version = company.schema_version + 1, version = 0",
        names.join(", "),
        marks.join(", "),
        anew.join(", ")
    );
    let values: Vec<ValueRef<'_>> = record.object.columns().map(|(p, _)| record.values[p].as_ref()).collect();
    conn.defer(&text, &values)?;
    Ok(())
}

fn fill(tx: &mut Tx<'_>, new: &NewCompany) -> Result<()> {
    super::user::add(tx, &new.admin_name, &new.admin_email, true, &new.currency)?;
    let mut pipeline = Patch::default();
    pipeline.put(at!(PIPELINE, "name"), "Pipeline");
    let pipeline = create(tx, &PIPELINE, &pipeline)?.id();
    for (name, probability) in [
        ("Qualified", 100),
        ("Contact Made", 100),
        ("Demo Scheduled", 100),
        ("Proposal Made", 100),
        ("Negotiations Started", 100),
    ] {
        let mut stage = Patch::default();
        stage.put(at!(STAGE, "name"), name).put(at!(STAGE, "pipeline_id"), pipeline);
        stage.put(at!(STAGE, "deal_probability"), probability);
        create(tx, &STAGE, &stage)?;
    }
    super::activity_type::defaults(tx)?;
    super::custom_field::define_options(tx)
}
