//! Whom the demo's company deals with: organizations and their people.

use std::collections::HashSet;

use penstock_model::{
    Micros, objects,
    time::{DAY, SECOND},
};
use serde_json::{Value as Json, json};

use super::{
    plan::{Act, DAYS, body},
    random::Random,
    setup::SELLERS,
    words,
};

const ORGANIZATIONS: i64 = 220;
const PERSONS: i64 = 340;

pub(super) struct Organization {
    pub(super) at: Micros,
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) owner: i64,
    domain: String,
}

pub(super) struct Person {
    pub(super) at: Micros,
    pub(super) id: i64,
    pub(super) first: &'static str,
    pub(super) name: String,
    pub(super) owner: i64,
    /// The place of its organization in the list.
    pub(super) organization: Option<usize>,
}

pub(super) struct Contacts {
    pub(super) organizations: Vec<Organization>,
    pub(super) persons: Vec<Person>,
}

impl Contacts {
    /// When the first person was met: nothing can be sold before.
    pub(super) fn first_met(&self) -> Micros {
        self.persons.first().map_or(0, |p| p.at)
    }
}

pub(super) fn meet(seed: i64, start: Micros, acts: &mut Vec<Act>) -> Contacts {
    let organizations = organizations(seed, start, acts);
    let persons = persons(seed, start, &organizations, acts);
    Contacts { organizations, persons }
}

/// Moments in order, more of them towards the end: the company grows.
pub(super) fn moments(random: &mut Random, start: Micros, count: i64, first_day: i64, days: i64) -> Vec<Micros> {
    let mut moments: Vec<Micros> = (0..count)
        .map(|_| {
            let day = first_day + random.between(0, days - 1).max(random.between(0, days - 1) * 3 / 4);
            random.working_time(start, start + day * DAY, (0, 0))
        })
        .collect();
    moments.sort_unstable();
    moments
}

fn organizations(seed: i64, start: Micros, acts: &mut Vec<Act>) -> Vec<Organization> {
    let mut random = Random::new(seed, "organizations");
    let mut taken = HashSet::new();
    let mut list = Vec::new();
    for (at, id) in moments(&mut random, start, ORGANIZATIONS, 0, DAYS * 4 / 5).into_iter().zip(1..) {
        let trade = random.pick(&words::TRADES);
        let place = format!("{}{}", random.pick(&words::PLACE_HEADS), random.pick(&words::PLACE_TAILS));
        let name = loop {
            let name = named(&mut random, trade);
            if taken.insert(name.clone()) {
                break name;
            }
        };
        let owner = *random.pick(&SELLERS);
        let domain = format!("{}.example", dashed(&name));
        let people = random.between(trade.people.0, trade.people.1);
        let sources: Vec<&str> = (0..random.between(1, 2)).map(|_| *random.pick(&words::SOURCES)).collect();
        let label = if random.chance(35) { Some(["Customer"]) } else { None };
        let mut body = body! {
            "name" => name,
            "owner_id" => owner,
            "address" => address(&mut random, &place),
            "label_ids" => label,
            "Trade" => trade.name,
            "Employees" => people,
            "Customer number" => format!("M-{}", 10_000 + id),
            "Water sources" => sources,
        };
        if random.chance(30) {
            body.insert("Account manager".to_owned(), json!(random.pick(&SELLERS)));
        }
        if random.chance(40) {
            body.insert("website".to_owned(), json!(format!("https://www.{domain}")));
        }
        acts.push(Act { at, user: owner, object: &objects::ORGANIZATION, id, makes: true, body });
        list.push(Organization { at, id, name, owner, domain });
    }
    list
}

fn named(random: &mut Random, trade: &words::Trade) -> String {
    let firm = random.pick(&trade.firms);
    match random.between(0, 3) {
        0 => format!("{} & {} {firm}", random.pick(&words::LAST), random.pick(&words::LAST)),
        1 => format!("{} {firm}", random.pick(&words::LAST)),
        _ => format!("{}{} {firm}", random.pick(&words::PLACE_HEADS), random.pick(&words::PLACE_TAILS)),
    }
}

/// Letters and digits in lower case, dashes between words.
fn dashed(name: &str) -> String {
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

fn address(random: &mut Random, place: &str) -> Json {
    let (number, street) = (random.between(1, 140).to_string(), *random.pick(&words::STREETS));
    let (country, code) = (*random.pick(&words::COUNTRIES), random.between(10_000, 99_999).to_string());
    let line = format!("{number} {street}, {code} {place}, {country}");
    json!({
        "value": line, "street_number": number, "route": street, "locality": place, "country": country,
        "postal_code": code, "formatted_address": line,
    })
}

fn persons(seed: i64, start: Micros, organizations: &[Organization], acts: &mut Vec<Act>) -> Vec<Person> {
    let mut random = Random::new(seed, "persons");
    let mut met: Vec<(Micros, Option<usize>)> = Vec::new();
    for number in 0..PERSONS {
        let count = i64::try_from(organizations.len()).unwrap_or(1);
        // Each organization has someone; some have several, and some people belong to none.
        let at = if number < count { number } else { random.between(0, count - 1) };
        let at = usize::try_from(at).unwrap_or(0);
        if number >= count && random.chance(12) {
            met.extend(moments(&mut random, start, 1, 20, DAYS * 3 / 4).into_iter().map(|moment| (moment, None)));
            continue;
        }
        let known = organizations[at].at;
        let moment = if number < count {
            known + random.between(90, 1500) * SECOND
        } else {
            random.working_time(start, known, (2, 60))
        };
        met.push((moment, Some(at)));
    }
    met.sort_unstable();
    met.into_iter()
        .zip(1..)
        .map(|((at, organization), id)| {
            let (first, last) = (*random.pick(&words::FIRST), *random.pick(&words::LAST));
            let of = organization.map(|at| &organizations[at]);
            let owner = of.map_or_else(|| *random.pick(&SELLERS), |o| o.owner);
            let domain = of.map_or("post.example", |o| o.domain.as_str());
            let name = format!("{first} {last}");
            let body = person(&mut random, &name, of.map(|o| o.id), owner, domain);
            acts.push(Act { at, user: owner, object: &objects::PERSON, id, makes: true, body });
            Person { at, id, first, name, owner, organization }
        })
        .collect()
}

fn person(
    random: &mut Random,
    name: &str,
    organization: Option<i64>,
    owner: i64,
    domain: &str,
) -> serde_json::Map<String, Json> {
    let account = name.to_lowercase().replace(' ', ".");
    let mail = format!("{account}@{domain}");
    let mut emails = vec![json!({"value": mail, "primary": true, "label": "work"})];
    if random.chance(15) {
        let home = format!("{account}{}@post.example", random.between(10, 99));
        emails.push(json!({"value": home, "primary": false, "label": "home"}));
    }
    let mut phones = vec![json!({"value": phone(random), "primary": true, "label": "work"})];
    if random.chance(25) {
        phones.push(json!({"value": phone(random), "primary": false, "label": "mobile"}));
    }
    let label = random.chance(30).then(|| [*random.pick(&["Customer", "Hot lead", "Warm lead", "Cold lead"])]);
    let heard = random.chance(60).then(|| *random.pick(&words::HEARD_OF_US));
    let direct = random.chance(30).then(|| phone(random));
    let newsletter = random.chance(50).then(|| *random.pick(&["Yes", "No"]));
    let hours =
        random.chance(20).then(|| json!({"value": "09:00:00", "until": "11:30:00", "timezone_name": "Etc/UTC"}));
    body! {
        "name" => name,
        "owner_id" => owner,
        "org_id" => organization,
        "emails" => emails,
        "phones" => phones,
        "job_title" => organization.map(|_| *random.pick(&words::JOBS)),
        "label_ids" => label,
        "Heard of us through" => heard,
        "Direct line" => direct,
        "Newsletter" => newsletter,
        "Best reached" => hours,
    }
}

/// A number of a range that is kept for fiction.
fn phone(random: &mut Random) -> String {
    format!("+44 20 7946 0{:03}", random.between(0, 999))
}
