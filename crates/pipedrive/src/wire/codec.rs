//! What each codec writes. Reading them back is `body`'s business; a round trip ties the two together.

use penstock_model::{
    Codec, CompanyId, Kind, ValueRef,
    kind::ADDRESS_PARTS,
    time::{Spelling, clock_text},
    uuid,
};
use serde_json::Value as Json;

use super::{custom::Parts, members::Members, scalar};

/// What codecs need to know beyond the value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// The company, for UUIDs.
    pub(crate) company: CompanyId,
    /// The code of the object that a UUID names.
    pub(crate) uuid_object: u8,
}

/// Writes one value after its key. Codecs that write several keys are `AddressParts` and `AddressPartsOnly`, which
/// [`address_parts`] writes.
pub(crate) fn write(out: &mut Vec<u8>, codec: Codec, kind: Kind, value: ValueRef<'_>, context: Context) {
    if value.is_null() {
        return unset(out, codec);
    }
    match (codec, value) {
        (Codec::SpaceTime | Codec::SpaceTimeOrEmpty, ValueRef::Int(t)) => scalar::moment(out, t, Spelling::Space),
        (Codec::RfcTime, ValueRef::Int(t)) => scalar::moment(out, t, Spelling::Rfc),
        (Codec::RfcMillis, ValueRef::Int(t)) => scalar::moment(out, t, Spelling::RfcMillis),
        (Codec::ClockMinutes | Codec::ClockSeconds, value) => clock(out, codec, value),
        (Codec::CommaList, ValueRef::Text(list)) => comma_list(out, list),
        (Codec::FirstOfList, ValueRef::Text(list)) => first_of_list(out, list),
        (Codec::DigitText, ValueRef::Int(i)) => {
            out.push(b'"');
            scalar::int(out, i);
            out.push(b'"');
        }
        (Codec::Negated, flag) => scalar::flag(out, !flag.truth()),
        (Codec::ZeroOne, flag) => scalar::int(out, i64::from(flag.truth())),
        (Codec::PrimaryContact, ValueRef::Text(list)) => primary_contact(out, list),
        (Codec::AddressLine, ValueRef::Text(address)) => address_line(out, address),
        (Codec::Uuid, ValueRef::Int(id)) => scalar::string(out, &uuid::spell(context.company, context.uuid_object, id)),
        (Codec::UuidList, ValueRef::Text(list)) => uuid_list(out, list, context),
        (Codec::ParticipantFlags, ValueRef::Text(list)) => participant_flags(out, list),
        (Codec::AttendeeFlags, ValueRef::Text(list)) => attendee_flags(out, list),
        (_, value) => plain(out, kind, value),
    }
}

/// Writes what a codec makes of an unset value.
pub(crate) fn unset(out: &mut Vec<u8>, codec: Codec) {
    match codec {
        Codec::List | Codec::UuidList => out.extend_from_slice(b"[]"),
        Codec::TextOrEmpty | Codec::ClockMinutes | Codec::SpaceTimeOrEmpty => out.extend_from_slice(b"\"\""),
        Codec::NumberOrZero | Codec::ZeroOne => out.push(b'0'),
        Codec::Negated => scalar::flag(out, true),
        Codec::Contacts => out.extend_from_slice(b"[{\"value\":\"\",\"primary\":true}]"),
        _ => scalar::null(out),
    }
}

/// The kind's own JSON.
pub(crate) fn plain(out: &mut Vec<u8>, kind: Kind, value: ValueRef<'_>) {
    match (kind, value) {
        (_, ValueRef::Null) => scalar::null(out),
        (Kind::Boolean, flag) => scalar::flag(out, flag.truth()),
        (_, ValueRef::Bool(flag)) => scalar::flag(out, flag),
        (Kind::Money, ValueRef::Int(amount)) => scalar::money(out, amount),
        (_, ValueRef::Int(i)) => scalar::int(out, i),
        (_, ValueRef::Real(r)) => scalar::real(out, r),
        (kind, ValueRef::Text(json)) if kind.is_composite() => out.extend_from_slice(json.as_bytes()),
        (_, ValueRef::Text(text)) => scalar::string(out, text),
    }
}

fn clock(out: &mut Vec<u8>, codec: Codec, value: ValueRef<'_>) {
    let spelled = match value {
        ValueRef::Int(seconds) => clock_text(seconds),
        ValueRef::Text(clock) => clock.to_owned(),
        _ => String::new(),
    };
    let shown =
        if codec == Codec::ClockMinutes { spelled.rsplit_once(':').map_or(&*spelled, |(s, _)| s) } else { &spelled };
    scalar::string(out, shown);
}

fn comma_list(out: &mut Vec<u8>, list: &str) {
    out.push(b'"');
    out.extend_from_slice(list.trim_matches(['[', ']']).as_bytes());
    out.push(b'"');
}

fn first_of_list(out: &mut Vec<u8>, list: &str) {
    let first = list.trim_matches(['[', ']']).split(',').next().filter(|f| !f.is_empty());
    out.extend_from_slice(first.unwrap_or("null").as_bytes());
}

/// Stored composites are canonical; one that does not parse reads as unset.
fn parsed(json: &str) -> Json {
    serde_json::from_str(json).unwrap_or(Json::Null)
}

fn part(out: &mut Vec<u8>, json: &Json, name: &str) {
    match &json[name] {
        Json::Null => scalar::null(out),
        value => {
            let _ = serde_json::to_writer(out, value);
        }
    }
}

fn primary_contact(out: &mut Vec<u8>, list: &str) {
    let list = parsed(list);
    let primary = list.as_array().and_then(|entries| entries.iter().find(|e| e["primary"] == true));
    part(out, primary.unwrap_or(&Json::Null), "value");
}

fn uuid_list(out: &mut Vec<u8>, list: &str, context: Context) {
    out.push(b'[');
    for (position, id) in list.trim_matches(['[', ']']).split(',').filter_map(|id| id.parse().ok()).enumerate() {
        if position > 0 {
            out.push(b',');
        }
        scalar::string(out, &uuid::spell(context.company, context.uuid_object, id));
    }
    out.push(b']');
}

fn participant_flags(out: &mut Vec<u8>, list: &str) {
    // The stored keys are canonical: `{"person_id":1,"primary":true}`.
    out.extend_from_slice(list.replace("\"primary\":", "\"primary_flag\":").as_bytes());
}

fn attendee_flags(out: &mut Vec<u8>, list: &str) {
    let mut list = parsed(list);
    for entry in list.as_array_mut().into_iter().flatten() {
        let organizer = i64::from(entry["is_organizer"] == true);
        if let Some(map) = entry.as_object_mut() {
            let mail = map.remove("email").unwrap_or(Json::Null);
            map.insert("email_address".to_owned(), mail);
            map.insert("is_organizer".to_owned(), organizer.into());
        }
    }
    let _ = serde_json::to_writer(out, &list);
}

fn address_line(out: &mut Vec<u8>, address: &str) {
    let line = Members::of(Some(address)).find(|(key, _)| *key == "value");
    out.extend_from_slice(line.map_or("null", |(_, json)| json).as_bytes());
}

/// Writes an address as keys of the record: the line at `key` itself when it does not end in `_`, and each part
/// behind it.
pub(crate) fn address_parts(out: &mut Vec<u8>, key: &str, value: ValueRef<'_>) {
    let address = Parts::of(value.text());
    let prefix = key.strip_suffix('_').unwrap_or_else(|| {
        scalar::key(out, key);
        address.write(out, "value");
        key
    });
    for name in ADDRESS_PARTS {
        scalar::suffixed_key(out, prefix, name);
        address.write(out, name);
    }
}

/// `{amount, currency}` of a lead's value.
pub(crate) fn money_pair(out: &mut Vec<u8>, amount: ValueRef<'_>, currency: ValueRef<'_>) {
    let Some(amount) = amount.int() else { return scalar::null(out) };
    out.extend_from_slice(b"{\"amount\":");
    scalar::money(out, amount);
    out.extend_from_slice(b",\"currency\":");
    plain(out, Kind::Text, currency);
    out.push(b'}');
}
