//! What a deal says, before it is rows: the same for the generator, for the raw inserts and for the bodies of
//! creates.

use penstock_model::{CustomField, Micros, time::SECOND};
use serde_json::{Map, Value as Json};

use super::{READER, Random, Size, field};
use crate::clock::MADE;

/// The newest deals, among which none is private and yet seen by the reader. The yardstick knows no visibility: its
/// pages are Penstock's, byte for byte, only where every row that the reader sees is one of the whole company's.
const FRESH: i64 = 2_500;

/// How long before the company is made its first deal was: four years.
const SPAN: Micros = 126_144_000 * SECOND;

const WORDS: [&str; 40] = [
    "Aurora",
    "Basalt",
    "Cobalt",
    "Delta",
    "Ember",
    "Fjord",
    "Granit",
    "Harbour",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lumen",
    "Meridian",
    "Nimbus",
    "Onyx",
    "Prairie",
    "Quartz",
    "Rapid",
    "Sierra",
    "Tundra",
    "Umbra",
    "Vertex",
    "Willow",
    "Xenon",
    "Yarrow",
    "Zephyr",
    "Müller",
    "Søren",
    "renewal",
    "expansion",
    "pilot",
    "rollout",
    "licence",
    "upgrade",
    "migration",
    "support",
    "retainer",
    "audit",
    "workshop",
    "\"beta\"",
];

/// Some words with blanks between them.
pub(super) fn words(random: &mut Random, number: usize) -> String {
    let mut text = String::with_capacity(number * 9);
    for position in 0..number {
        if position > 0 {
            text.push(' ');
        }
        text.push_str(random.pick(&WORDS));
    }
    text
}

/// One deal.
pub(crate) struct Draft<'a> {
    pub(super) title: String,
    pub(super) owner: i64,
    /// In 1/100 of the currency.
    pub(super) cents: i64,
    pub(super) currency: &'static str,
    pub(super) person: Option<i64>,
    pub(super) organization: Option<i64>,
    pub(super) pipeline: i64,
    pub(super) stage: i64,
    pub(super) status: &'static str,
    pub(super) probability: Option<i64>,
    pub(super) expected: Option<String>,
    pub(super) is_private: bool,
    /// Whether the reader follows a private deal of someone else.
    pub(super) is_followed: bool,
    pub(super) added: Micros,
    pub(super) custom: Vec<(&'a CustomField, Json)>,
}

impl<'a> Draft<'a> {
    /// The deal of that number, from 1.
    pub(crate) fn of(number: i64, size: Size, fields: &'a [CustomField]) -> Self {
        let mut random = Random::of(number);
        let owner = 1 + random.below(Size::USERS);
        let pipeline = 1 + random.below(Size::PIPELINES);
        let is_fresh = number > size.deals - FRESH.min(size.deals / 2);
        let (hides, follows) = (random.one_in(20), random.one_in(40));
        // Deals beyond the company's own are for creates: whoever creates one sees it.
        let is_private = hides && number <= size.deals && !(is_fresh && owner == READER);
        Self {
            title: format!("{} {number}", words(&mut random, 3)),
            owner,
            cents: random.below(5_000_000),
            currency: random.pick(&["EUR", "EUR", "EUR", "USD"]),
            person: (!random.one_in(10)).then(|| size.person(&mut random)),
            organization: (!random.one_in(6)).then(|| size.organization(&mut random)),
            pipeline,
            stage: (pipeline - 1) * Size::STAGES + 1 + random.below(Size::STAGES),
            status: random.pick(&["open", "open", "open", "open", "open", "won", "won", "won", "lost", "lost"]),
            probability: random.one_in(3).then(|| random.below(21) * 5),
            expected: (!random.one_in(3)).then(|| field::day(&mut random)),
            is_private,
            is_followed: is_private && follows && !is_fresh && owner != READER,
            added: MADE - SPAN + SPAN / (size.deals + 1) * number,
            custom: field::values(&mut random, size, fields),
        }
    }

    /// Whether the reader sees it.
    pub(crate) const fn is_seen(&self) -> bool {
        !self.is_private || self.is_followed || self.owner == READER
    }

    /// The body of a request that creates it.
    pub(crate) fn body(&self) -> Json {
        let mut body = Map::new();
        let mut put = |key: &str, value: Json| body.insert(key.to_owned(), value);
        put("title", self.title.as_str().into());
        put("owner_id", self.owner.into());
        put("value", amount(self.cents));
        put("currency", self.currency.into());
        put("pipeline_id", self.pipeline.into());
        put("stage_id", self.stage.into());
        put("status", self.status.into());
        for (key, value) in [
            ("person_id", self.person.map(Json::from)),
            ("org_id", self.organization.map(Json::from)),
            ("probability", self.probability.map(Json::from)),
            ("expected_close_date", self.expected.clone().map(Json::from)),
        ] {
            if let Some(value) = value {
                put(key, value);
            }
        }
        let custom = self.custom.iter().map(|(field, value)| (field.key.to_string(), value.clone())).collect();
        put("custom_fields", Json::Object(custom));
        body.into()
    }
}

fn amount(cents: i64) -> Json {
    match cents % 100 {
        0 => (cents / 100).into(),
        rest => format!("{}.{rest:02}", cents / 100).parse::<f64>().unwrap_or(0.0).into(),
    }
}
