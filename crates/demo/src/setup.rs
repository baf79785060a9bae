//! What the demo's company has before its scenario begins: people, pipelines, labels, fields of its own, products.

use penstock_crm::{
    Patch, Tx, create, fields,
    fields::{NewField, NewOption},
    rules::user,
    update,
};
use penstock_model::{Object, Result, objects};

use super::{random::Random, words};

/// The users who sell, by number. The admin, who is the first, does as well.
pub(super) const SELLERS: [i64; 7] = [1, 2, 3, 4, 5, 6, 7];
/// How many users there are: numbers 1 to this.
pub const USERS: i64 = SELLERS[SELLERS.len() - 1];

/// The pipelines with their stages, by number: the first is the one that every company starts with.
pub(super) const PIPELINES: [(i64, &[i64]); 2] = [(1, &[1, 2, 3, 4, 5]), (2, &[6, 7, 8, 9])];

/// The name and e-mail address of user `number` of a seed.
pub(super) fn person(seed: i64, number: i64) -> (String, String) {
    let mut random = Random::new(seed, &format!("user {number}"));
    // Users stand apart in the lists, so that no two have one name.
    let part = |list: &[&'static str], random: &mut Random| {
        let size = list.len() / 8;
        let at = usize::try_from(number).unwrap_or(0) % 8 * size;
        *random.pick(&list[at..at + size])
    };
    let (first, last) = (part(&words::FIRST, &mut random), part(&words::LAST, &mut random));
    (format!("{first} {last}"), format!("{}@{}", first.to_lowercase(), words::DOMAIN))
}

/// Sets up the company. Its first user, pipeline and stages are there.
pub(super) fn set_up(tx: &mut Tx<'_>, seed: i64) -> Result<()> {
    for number in SELLERS.into_iter().skip(1) {
        let (name, email) = person(seed, number);
        let currency = tx.schema.currency.to_string();
        user::add(tx, &name, &email, false, &currency)?;
    }
    pipelines(tx)?;
    for (name, color) in [("Hot", "red"), ("Warm", "yellow"), ("Cold", "blue")] {
        let mut patch = Patch::default();
        patch.set(&objects::LEAD_LABEL, "name", name).set(&objects::LEAD_LABEL, "color", color);
        create(tx, &objects::LEAD_LABEL, &patch)?;
    }
    let mut visit = Patch::default();
    visit.set(&objects::ACTIVITY_TYPE, "name", "Site visit").set(&objects::ACTIVITY_TYPE, "icon_key", "truck");
    create(tx, &objects::ACTIVITY_TYPE, &visit)?;
    let labels = [("Hot", "red"), ("Warm", "yellow"), ("Repeat order", "green")]
        .map(|(label, color)| NewOption { label: label.to_owned(), color: Some(color.to_owned()) });
    if let Some(field) = objects::DEAL.field("label_ids") {
        let number = i64::from(objects::DEAL.field_base + u32::from(field.number));
        fields::add_options(tx, &objects::DEAL, number, &labels)?;
    }
    for (object, name, field_type, options) in custom_fields() {
        let options = options.iter().map(|l| NewOption { label: (*l).to_owned(), color: None }).collect();
        let new = NewField { name: name.to_owned(), field_type: field_type.to_owned(), options, ..NewField::default() };
        fields::create(tx, object, &new)?;
    }
    products(tx)
}

/// What the company sells: equipment by the piece, services by the year.
fn products(tx: &mut Tx<'_>) -> Result<()> {
    let product = &objects::PRODUCT;
    let sold = |list: &'static [(&'static str, i64, i64)], unit, billed| {
        list.iter().map(move |(name, ..)| (*name, unit, billed))
    };
    for (name, unit, billed) in
        sold(&words::EQUIPMENT, "piece", "one-time").chain(sold(&words::SERVICE, "contract", "annually"))
    {
        let mut letters = name.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        let mut patch = Patch::default();
        patch.set(product, "name", format!("{first}{}", letters.as_str()));
        patch.set(product, "unit", unit).set(product, "billing_frequency", billed);
        create(tx, product, &patch)?;
    }
    Ok(())
}

fn pipelines(tx: &mut Tx<'_>) -> Result<()> {
    let (pipeline, stage) = (&objects::PIPELINE, &objects::STAGE);
    let mut patch = Patch::default();
    patch.set(pipeline, "name", "Equipment").set(pipeline, "deal_probability", true);
    update(tx, pipeline, PIPELINES[0].0, &patch, None)?;
    let stages = [("Enquiry", 10), ("Site visit", 25), ("Design", 45), ("Quote sent", 65), ("Negotiation", 85)];
    for (id, (name, probability)) in PIPELINES[0].1.iter().zip(stages) {
        let mut patch = Patch::default();
        patch.set(stage, "name", name).set(stage, "deal_probability", probability);
        if name == "Quote sent" {
            patch.set(stage, "rot_enabled", true).set(stage, "rotten_days", 21);
        }
        update(tx, stage, *id, &patch, None)?;
    }
    let mut patch = Patch::default();
    patch.set(pipeline, "name", "Service contracts");
    let second = create(tx, pipeline, &patch)?.id();
    for name in ["Offered", "Inspected", "Terms agreed", "Waiting for signature"] {
        let mut patch = Patch::default();
        patch.set(stage, "name", name).set(stage, "pipeline_id", second);
        create(tx, stage, &patch)?;
    }
    Ok(())
}

/// Object, name, type and options of each custom field.
fn custom_fields() -> [(&'static Object, &'static str, &'static str, &'static [&'static str]); 17] {
    const TRADES: [&str; 10] = {
        let mut names = [""; 10];
        let mut at = 0;
        while at < names.len() {
            names[at] = words::TRADES[at].name;
            at += 1;
        }
        names
    };
    let (deal, person, organization) = (&objects::DEAL, &objects::PERSON, &objects::ORGANIZATION);
    [
        (deal, "Pump type", "enum", &words::PUMPS),
        (deal, "Flow rate", "double", &[]),
        (deal, "Competitors", "set", &words::COMPETITORS),
        (deal, "Installation budget", "monetary", &[]),
        (deal, "Site visit on", "date", &[]),
        (deal, "Delivery window", "daterange", &[]),
        (deal, "Requirements", "text", &[]),
        (deal, "Gate opens at", "time", &[]),
        (organization, "Trade", "enum", &TRADES),
        (organization, "Employees", "double", &[]),
        (organization, "Customer number", "varchar", &[]),
        (organization, "Water sources", "set", &words::SOURCES),
        (organization, "Account manager", "user", &[]),
        (person, "Heard of us through", "varchar_auto", &[]),
        (person, "Direct line", "phone", &[]),
        (person, "Newsletter", "enum", &["Yes", "No"]),
        (person, "Best reached", "timerange", &[]),
    ]
}
