//! The parts of a composite value: keys of their own beside the field's in v1, `subfields` in v2
//! (pipedrive-contract 5.1, 5.2, 5.4).

use penstock_model::Kind;

/// One part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Its key inside the value; in v1 the suffix of its own key. `value` is what stands under the field's key.
    pub(super) key: &'static str,
    /// Its name for people; ` of ` and the field's name follow.
    pub(super) label: &'static str,
    /// Its `field_type`.
    pub(super) field_type: &'static str,
    /// What kind of value it is, in Penstock's words.
    pub(super) word: &'static str,
    /// Whether v1 has a key of its own for it, which is shown, and accepted in bodies.
    pub(super) in_v1: bool,
}

const fn part(key: &'static str, label: &'static str, field_type: &'static str, word: &'static str) -> Part {
    Part { key, label, field_type, word, in_v1: true }
}

/// The value itself, under the field's own key.
const fn value(label: &'static str, field_type: &'static str, word: &'static str) -> Part {
    Part { in_v1: false, ..part("value", label, field_type, word) }
}

/// A piece of an address.
const fn piece(key: &'static str, label: &'static str) -> Part {
    part(key, label, "varchar", "text")
}

const ZONE: Part = part("timezone_id", "Time zone", "int", "integer");
const ZONE_NAME: Part = Part { in_v1: false, ..part("timezone_name", "Name of the time zone", "varchar", "text") };

const MONEY: &[Part] = &[value("Amount", "double", "number"), part("currency", "Currency", "varchar", "text")];
const DATES: &[Part] = &[value("Start date", "date", "date"), part("until", "End date", "date", "date")];
const TIME: &[Part] = &[value("Time", "time", "time"), ZONE, ZONE_NAME];
const TIMES: &[Part] =
    &[value("Start time", "time", "time"), part("until", "End time", "time", "time"), ZONE, ZONE_NAME];
const ADDRESS: &[Part] = &[
    value("Address value", "varchar", "text"),
    piece("subpremise", "Apartment/suite no"),
    piece("street_number", "House number"),
    piece("route", "Street/road name"),
    piece("sublocality", "District/sublocality"),
    piece("locality", "City/town/village/locality"),
    piece("admin_area_level_1", "State/county"),
    piece("admin_area_level_2", "Region"),
    piece("country", "Country"),
    piece("postal_code", "ZIP/Postal code"),
    piece("formatted_address", "Full/combined address"),
];

/// The parts of values of a kind; none for those that are no composites.
pub(super) const fn parts(kind: Kind) -> &'static [Part] {
    match kind {
        Kind::Amount => MONEY,
        Kind::DateRange => DATES,
        Kind::ZonedTime => TIME,
        Kind::TimeRange => TIMES,
        Kind::Address => ADDRESS,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use penstock_model::kind::ADDRESS_PARTS;

    use super::*;

    #[test]
    fn the_parts_of_an_address_are_those_of_its_values() {
        let keys: Vec<&str> = ADDRESS.iter().map(|p| p.key).filter(|key| *key != "value").collect();
        assert_eq!(keys, ADDRESS_PARTS);
    }
}
