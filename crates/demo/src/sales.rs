//! What the demo's company sells: deals through their stages, leads, and the work around them.

use penstock_model::{
    Micros, objects,
    time::{self, DAY, SECOND},
};
use serde_json::{Map, Value as Json, json};

use super::{
    contacts::{Contacts, Organization, Person, moments},
    plan::{Act, DAYS, body},
    random::Random,
    setup::PIPELINES,
    words,
    work::Work,
};

const DEALS: i64 = 380;
const LEADS: i64 = 48;

pub(super) fn sell(seed: i64, start: Micros, contacts: &Contacts, acts: &mut Vec<Act>) {
    let mut work = Work::new(seed, start);
    deals(seed, start, contacts, &mut work, acts);
    leads(seed, start, contacts, &mut work, acts);
    for person in &contacts.persons {
        work.perhaps_noted(person.at, person.owner, person.first, ("person_id", person.id));
    }
    work.finish(acts);
}

/// A day as `YYYY-MM-DD`.
pub(super) fn day(moment: Micros) -> String {
    time::local_date(moment, "UTC")
}

/// Whom a deal or lead is about.
struct Partner<'a> {
    person: &'a Person,
    organization: Option<&'a Organization>,
}

impl<'a> Partner<'a> {
    /// Someone who was met by then.
    fn pick(random: &mut Random, contacts: &'a Contacts, at: Micros) -> Self {
        let met = contacts.persons.iter().filter(|p| p.at < at).count().max(1);
        let person = random.pick(&contacts.persons[..met]);
        Self { person, organization: person.organization.map(|at| &contacts.organizations[at]) }
    }
    fn name(&self) -> &str {
        self.organization.map_or(&self.person.name, |o| &o.name)
    }
    fn organization(&self) -> Option<i64> {
        self.organization.map(|o| o.id)
    }
}

fn deals(seed: i64, start: Micros, contacts: &Contacts, work: &mut Work, acts: &mut Vec<Act>) {
    let mut random = Random::new(seed, "deals");
    let end = start + DAYS * DAY;
    for (at, id) in moments(&mut random, start, DEALS, 9, DAYS - 9).into_iter().zip(1..) {
        let at = at.max(contacts.first_met() + 3600 * SECOND);
        let partner = Partner::pick(&mut random, contacts, at);
        let Person { id: person, first, owner, .. } = *partner.person;
        let (pipeline, stages) = if random.chance(72) { PIPELINES[0] } else { PIPELINES[1] };
        let offers: &[_] = if pipeline == PIPELINES[0].0 { &words::EQUIPMENT } else { &words::SERVICE };
        let (product, low, high) = *random.pick(offers);
        let value = random.between(low / 50, high / 50) * 50;
        let label = random.chance(30).then(|| [*random.pick(&["Hot", "Warm", "Repeat order"])]);
        let mut body = body! {
            "title" => format!("{}: {product}", partner.name()),
            "owner_id" => owner,
            "person_id" => person,
            "org_id" => partner.organization(),
            "value" => value,
            "currency" => if random.chance(12) { *random.pick(&["GBP", "USD", "DKK"]) } else { "EUR" },
            "pipeline_id" => pipeline,
            "stage_id" => stages[0],
            "expected_close_date" => day(at + random.between(40, 110) * DAY),
            "label_ids" => label,
            "probability" => random.chance(15).then(|| random.between(1, 19) * 5),
            "visible_to" => random.chance(4).then_some(1),
        };
        customize(&mut random, at, &mut body);
        acts.push(Act { at, user: owner, object: &objects::DEAL, id, makes: true, body });
        let links = [("deal_id", Some(id)), ("person_id", Some(person)), ("org_id", partner.organization())];
        work.first_contact(at, owner, &links);
        work.perhaps_noted(at, owner, first, ("deal_id", id));
        let act = |at, body| Act { at, user: owner, object: &objects::DEAL, id, makes: false, body };
        let mut stage = 0;
        let mut moment = at;
        loop {
            moment = random.working_time(start, moment, (3, 40));
            if moment >= end {
                work.next_step(at, owner, &links);
                break;
            }
            work.along_the_way(at, moment, owner, &links);
            if random.chance(13) {
                let reason = random.pick(&words::LOST_REASONS);
                acts.push(act(moment, body! { "status" => "lost", "lost_reason" => reason }));
                break;
            }
            stage += 1;
            if stage == stages.len() {
                acts.push(act(moment, body! { "status" => "won" }));
                break;
            }
            acts.push(act(moment, body! { "stage_id" => stages[stage] }));
            work.perhaps_noted(moment, owner, first, ("deal_id", id));
        }
    }
}

/// Values of the custom fields of deals.
fn customize(random: &mut Random, at: Micros, body: &mut Map<String, Json>) {
    let from = at + random.between(60, 120) * DAY;
    let values = body! {
        "Pump type" => random.chance(55).then(|| *random.pick(&words::PUMPS)),
        "Flow rate" => random.chance(50).then(|| random.between(8, 900) * 5),
        "Competitors" => random.chance(25).then(|| [*random.pick(&words::COMPETITORS)]),
        "Installation budget" => random.chance(30).then(|| json!({"value": random.between(10, 400) * 100, "currency": "EUR"})),
        "Site visit on" => random.chance(35).then(|| day(at + random.between(5, 30) * DAY)),
        "Delivery window" => random.chance(30).then(|| json!({"value": day(from), "until": day(from + 21 * DAY)})),
        "Requirements" => random.chance(30).then(|| format!("Head {} m, duty and standby, noise below 70 dB.", random.between(4, 60))),
        "Gate opens at" => random.chance(15).then(|| json!({"value": "06:30:00", "timezone_name": "Etc/UTC"})),
    };
    body.extend(values);
}

fn leads(seed: i64, start: Micros, contacts: &Contacts, work: &mut Work, acts: &mut Vec<Act>) {
    let mut random = Random::new(seed, "leads");
    for (at, id) in moments(&mut random, start, LEADS, DAYS * 2 / 3, DAYS / 3).into_iter().zip(1..) {
        let at = at.max(contacts.first_met() + 3600 * SECOND);
        let partner = Partner::pick(&mut random, contacts, at);
        let Person { id: person, first, owner, .. } = *partner.person;
        let (product, low, high) = *random.pick(&words::EQUIPMENT);
        let value = random.chance(60).then(|| random.between(low / 100, high / 100) * 100);
        let body = body! {
            "title" => format!("{first} asks about a {product}"),
            "owner_id" => owner,
            "person_id" => person,
            "org_id" => partner.organization(),
            "label_ids" => random.chance(70).then(|| [*random.pick(&["Hot", "Warm", "Cold"])]),
            "value" => value,
            "currency" => value.map(|_| "EUR"),
            "expected_close_date" => random.chance(30).then(|| day(at + random.between(30, 90) * DAY)),
            "was_seen" => random.chance(75),
        };
        acts.push(Act { at, user: owner, object: &objects::LEAD, id, makes: true, body });
        work.perhaps_noted(at, owner, first, ("lead_id", id));
        if random.chance(20) {
            let at = random.working_time(start, at, (4, 30));
            acts.push(Act {
                at,
                user: owner,
                object: &objects::LEAD,
                id,
                makes: false,
                body: body! { "is_archived" => true },
            });
        }
    }
}
