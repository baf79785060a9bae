//! The twenty custom fields of deals, and a value for each.

use penstock_model::{CustomField, Kind};
use serde_json::{Value as Json, json};

use super::{Random, Size, deal::words};

/// The fields: name and Pipedrive's word for the kind. Every kind is there; the common ones twice.
pub(super) const FIELDS: [(&str, &str); 20] = [
    ("Reference", "varchar"),
    ("Campaign", "varchar_auto"),
    ("Background", "text"),
    ("Seats", "double"),
    ("Setup fee", "monetary"),
    ("Kick-off", "date"),
    ("Trial", "daterange"),
    ("Call at", "time"),
    ("Support hours", "timerange"),
    ("Tier", "enum"),
    ("Interests", "set"),
    ("Site", "address"),
    ("Hotline", "phone"),
    ("Engineer", "user"),
    ("Reseller", "org"),
    ("Champion", "people"),
    ("Purchase order", "varchar"),
    ("Margin", "double"),
    ("Region", "enum"),
    ("Renewal", "date"),
];

/// Fields that a deal has a value in.
const SET: usize = 8;

/// The words of a field's options.
pub(super) const OPTIONS: [&str; 6] = ["Bronze", "Silver", "Gold", "Platinum", "Trial", "Partner"];

/// The fields that a deal has a value in, with the values as v2 takes them.
pub(super) fn values<'a>(random: &mut Random, size: Size, fields: &'a [CustomField]) -> Vec<(&'a CustomField, Json)> {
    // Seven and twenty have no common divisor: the steps meet no field twice.
    let first = random.below(20);
    (0..i64::try_from(SET).unwrap_or(0))
        .filter_map(|step| fields.get(usize::try_from((first + step * 7) % 20).unwrap_or(0)))
        .map(|field| (field, value(random, size, field)))
        .collect()
}

fn value(random: &mut Random, size: Size, field: &CustomField) -> Json {
    match field.kind {
        Kind::Autocomplete => words(random, 1).into(),
        Kind::LongText => words(random, 24).into(),
        Kind::Number => number(random),
        Kind::Amount => json!({ "value": number(random), "currency": random.pick(&["EUR", "USD", "GBP"]) }),
        Kind::Date => day(random).into(),
        Kind::DateRange => json!({ "value": day(random), "until": day(random) }),
        Kind::ZonedTime => {
            json!({ "value": clock(random), "timezone_id": 2, "timezone_name": "Europe/Berlin" })
        }
        Kind::TimeRange => json!({
            "value": clock(random), "until": clock(random), "timezone_id": 2, "timezone_name": "Europe/Berlin"
        }),
        Kind::Choice => random.pick(&options(field)).into(),
        Kind::Choices => {
            let chosen = options(field);
            let (one, other) = (random.pick(&chosen), random.pick(&chosen));
            if one == other { json!([one]) } else { json!([one, other]) }
        }
        Kind::Address => address(random),
        Kind::Phone => phone(random).into(),
        Kind::Reference("user") => (1 + random.below(Size::USERS)).into(),
        Kind::Reference("organization") => size.organization(random).into(),
        Kind::Reference("person") => size.person(random).into(),
        _ => words(random, 3).into(),
    }
}

fn options(field: &CustomField) -> Vec<i64> {
    field.options.iter().map(|o| o.id).collect()
}

fn number(random: &mut Random) -> Json {
    let hundredths = random.below(1_000_000);
    match hundredths % 100 {
        0 => (hundredths / 100).into(),
        cents => format!("{}.{cents:02}", hundredths / 100).parse::<f64>().unwrap_or(0.0).into(),
    }
}

pub(super) fn day(random: &mut Random) -> String {
    format!("20{}-{:02}-{:02}", 22 + random.below(6), 1 + random.below(12), 1 + random.below(28))
}

fn clock(random: &mut Random) -> String {
    format!("{:02}:{:02}:00", random.below(24), random.below(12) * 5)
}

pub(super) fn phone(random: &mut Random) -> String {
    format!("+49 30 {:07}", random.below(10_000_000))
}

pub(super) fn address(random: &mut Random) -> Json {
    let (street, number, city) = (words(random, 1), 1 + random.below(200), random.pick(&["Berlin", "Köln", "Graz"]));
    let line = format!("{street} {number}, {city}, Germany");
    json!({
        "value": line, "subpremise": null, "street_number": number.to_string(), "route": street, "sublocality": null,
        "locality": city, "admin_area_level_1": null, "admin_area_level_2": null, "country": "Germany",
        "postal_code": format!("{:05}", random.below(100_000)), "formatted_address": line
    })
}
