//! Who takes part in a deal (pipedrive-contract 3.11, 12.6): the operations under a deal.

use penstock_model::objects;
use serde_json::{Value as Json, json};

use super::{
    answer::Described,
    body::Body,
    operation::{Empty, Operation, References},
    params::PAGE,
    rows::{Scopes, v1},
    target::Target,
};
use crate::{
    handlers::participants,
    openapi::{
        answers,
        kinds::{component, int, list, nullable, object, text},
    },
    wire::Shape,
};

const READ: Scopes = &["deals:read", "deals:full"];
const FULL: Scopes = &["deals:full"];
const CONTACTS: Scopes = &["contacts:read", "contacts:full"];

pub(super) fn rows() -> Vec<Operation> {
    let (deal, participant) = (&objects::DEAL, &objects::PARTICIPANT);
    vec![
        v1::list_under("getDealPersons", "/deals/{id}/persons", &objects::PERSON, (deal, ""), CONTACTS, PAGE)
            .read_by(participants::persons)
            .embedded(),
        v1::list_under("getDealParticipants", "/deals/{id}/participants", participant, (deal, "deal_id"), READ, PAGE)
            .read_by(participants::list)
            .gives(shown)
            .embedded()
            .costs(10),
        v1::post("addDealParticipant", "/deals/{id}/participants", participant, FULL)
            .under(deal, "deal_id")
            .written_by(participants::add)
            .body(Body::required(|_| object(&[("person_id", int())]), |_| json!({ "person_id": "{person}" })))
            .gives(|_| described(component("DealParticipant")))
            .makes(Target::Participant, None)
            .embedded()
            .summary("Add a participant to {parent}"),
        v1::remove("deleteDealParticipant", "/deals/{id}/participants/{deal_participant_id}", participant, FULL)
            .under(deal, "deal_id")
            .about(Target::Record(deal), Some(Target::Participant))
            .written_by(participants::remove)
            .gives(answers::number)
            .summary("Remove a participant from {parent}"),
    ]
}

fn shown(row: &Operation) -> Described {
    let all = list(&component("DealParticipant"));
    described(if row.empty == Empty::Null { nullable(all) } else { all })
}

/// With the schema of a participant: its record with the whole person.
fn described(schema: Json) -> Described {
    let deal = object(&[("deal_id", int()), ("title", nullable(text()))]);
    let with = object(&[("related_item_data", deal), ("person", nullable(component("Person")))]);
    let participant = json!({ "allOf": [component("Participant"), with] });
    Described {
        schema,
        records: [&objects::PARTICIPANT, &objects::PERSON]
            .map(|object| (object, Shape::Listed, References::Embedded))
            .into(),
        components: vec![("DealParticipant", participant)],
    }
}
