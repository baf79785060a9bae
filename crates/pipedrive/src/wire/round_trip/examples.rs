//! Values as the wire shows them, by codec and kind.

use penstock_model::{Codec, CompanyId, Kind, kind::ADDRESS_PARTS, objects, uuid};
use proptest::{
    collection::{btree_set, vec},
    option,
    prelude::*,
};
use serde_json::{Map, Value as Json, json};

use crate::operations::Version;

type Examples = BoxedStrategy<Json>;

fn json<T: Into<Json> + std::fmt::Debug + 'static>(strategy: impl Strategy<Value = T> + 'static) -> Examples {
    strategy.prop_map(Into::into).boxed()
}

/// Any text that is not blank and holds no NUL, at most 255 characters.
fn text() -> impl Strategy<Value = String> {
    "[^\\x00]{1,40}".prop_filter("blank texts are unset", |t| !t.trim().is_empty())
}

fn id() -> impl Strategy<Value = i64> {
    1..=9_007_199_254_740_991_i64
}

fn day() -> impl Strategy<Value = String> {
    (1..=9999, 1..=12, 1..=28).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"))
}

fn clock(seconds: bool, hours: i64) -> impl Strategy<Value = String> {
    (0..hours, 0..60, if seconds { 0..60 } else { 0..1 })
        .prop_map(move |(h, m, s)| if seconds { format!("{h:02}:{m:02}:{s:02}") } else { format!("{h:02}:{m:02}") })
}

fn moment(between: &'static str, end: &'static str) -> impl Strategy<Value = String> {
    (day(), clock(true, 24)).prop_map(move |(day, clock)| format!("{day}{between}{clock}{end}"))
}

/// A number as JSON shows it: whole ones without a fraction.
fn number() -> Examples {
    prop_oneof![
        json(-9_000_000_000_000_000..9_000_000_000_000_000_i64),
        json(any::<f64>().prop_filter("with a fraction", |f| f.is_finite() && f.fract() != 0.0)),
        json(-1.0e15..1.0e15_f64).prop_filter("with a fraction", |f| f.as_f64().is_some_and(|f| f.fract() != 0.0)),
    ]
    .boxed()
}

/// An amount with at most four digits behind the point that a double holds exactly enough.
fn money() -> Examples {
    (-1_000_000_000_000_000..1_000_000_000_000_000_i64)
        .prop_map(|amount| {
            let sign = if amount < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:04}", amount.abs() / 10_000, amount.abs() % 10_000);
            let text = text.trim_end_matches('0').trim_end_matches('.');
            serde_json::from_str(if text == "-0" { "0" } else { text }).expect("a number")
        })
        .boxed()
}

fn chosen() -> impl Strategy<Value = Vec<i64>> {
    vec(1..=9_i64, 1..5).prop_map(|mut ids| {
        let mut seen = Vec::new();
        ids.retain(|id| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
        ids
    })
}

fn comma(ids: &[i64]) -> Json {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",").into()
}

fn primary_of<T: std::fmt::Debug + Clone>(
    items: impl Strategy<Value = Vec<T>>,
) -> impl Strategy<Value = (Vec<T>, usize)> {
    (items, any::<prop::sample::Index>()).prop_map(|(items, index)| {
        let at = index.index(items.len());
        (items, at)
    })
}

fn contacts() -> Examples {
    primary_of(vec((text().prop_map(|t| t.trim().to_owned()), "[a-z]{1,8}"), 1..5))
        .prop_map(|(entries, primary)| {
            let entry = |(at, (value, label)): (usize, &(String, String))| json!({ "value": value, "primary": at == primary, "label": label });
            entries.iter().enumerate().map(entry).collect()
        })
        .boxed()
}

fn participants(flag: &'static str) -> Examples {
    primary_of(btree_set(id(), 1..5).prop_map(|ids| ids.into_iter().collect()))
        .prop_map(move |(ids, primary)| {
            ids.iter().enumerate().map(|(at, id)| json!({ "person_id": id, (flag): at == primary })).collect()
        })
        .boxed()
}

fn attendees(v1: bool) -> Examples {
    let one = (text(), text(), "[a-z]{1,9}", any::<bool>(), option::of(id()), option::of(id()));
    vec(one, 1..4)
        .prop_map(move |list| {
            let one = |(mail, name, status, organizer, person, user): (_, _, _, bool, Option<i64>, Option<i64>)| {
                let mail: String = mail;
                let (name, status): (String, String) = (name, status);
                let organizer = if v1 { json!(i64::from(organizer)) } else { json!(organizer) };
                let key = if v1 { "email_address" } else { "email" };
                json!({
                    (key): mail, "name": name, "status": status, "is_organizer": organizer,
                    "person_id": person, "user_id": user,
                })
            };
            list.into_iter().map(one).collect()
        })
        .boxed()
}

/// An address as v2 shows it: with every part.
fn address() -> Examples {
    (text(), vec(option::of(text()), ADDRESS_PARTS.len()))
        .prop_map(|(line, values)| {
            let parts = ADDRESS_PARTS.into_iter().zip(values).map(|(name, value)| (name.to_owned(), json!(value)));
            std::iter::once(("value".to_owned(), json!(line))).chain(parts).collect::<Map<_, _>>().into()
        })
        .boxed()
}

fn uuid_of(to: &'static str) -> impl Strategy<Value = String> {
    (1..1_000_000_i64).prop_map(move |id| uuid::spell(CompanyId::new(super::COMPANY), objects::get(to).code, id))
}

/// What a field of that kind shows in that codec; `target` is the kind of the column that it is stored in.
pub(super) fn of(version: Version, codec: Codec, kind: Kind, target: Kind) -> Examples {
    let v1 = version == Version::V1;
    match (codec, kind) {
        (Codec::SpaceTime, _) => json(moment(" ", "")),
        (Codec::RfcTime, _) => json(moment("T", "Z")),
        (Codec::ClockMinutes, Kind::Duration) => json(clock(false, 1000)),
        (Codec::ClockMinutes, _) => json(clock(false, 24)),
        (Codec::ClockSeconds, Kind::Duration) => json(clock(true, 1000)),
        (Codec::ClockSeconds, _) => json(clock(true, 24)),
        (Codec::CommaList, _) => chosen().prop_map(|ids| comma(&ids)).boxed(),
        (Codec::FirstOfList, _) => json(1..=9_i64),
        (Codec::DigitText, Kind::VisibleTo) => json(prop::sample::select(vec!["1", "3", "5", "7"])),
        (Codec::DigitText, Kind::Choice) => json((1..=9_i64).prop_map(|id| id.to_string())),
        (Codec::DigitText, _) => json(id().prop_map(|id| id.to_string())),
        (Codec::ZeroOne, _) => json(0..=1_i64),
        (Codec::Negated, _) => json(any::<bool>()),
        (Codec::Contacts, _) => contacts(),
        (Codec::AddressLine | Codec::AddressParts, _) => json(text()),
        (Codec::Uuid, Kind::Reference(to)) => json(uuid_of(to)),
        (Codec::UuidList, Kind::References(to)) => {
            btree_set(uuid_of(to), 0..4).prop_map(|ids| ids.into_iter().collect::<Vec<_>>().into()).boxed()
        }
        (Codec::MoneyPair, _) => (money(), "[A-Z]{3}")
            .prop_map(|(amount, currency)| json!({ "amount": amount, "currency": currency }))
            .boxed(),
        (Codec::ParticipantFlags, _) => participants("primary_flag"),
        (Codec::AttendeeFlags, _) => attendees(true),
        (Codec::List, Kind::Participants) => participants("primary"),
        (Codec::List, Kind::Attendees) => attendees(false),
        (Codec::List, Kind::Choices) => prop_oneof![chosen().prop_map(Into::into), Just(json!([]))].boxed(),
        (Codec::List, Kind::Emails | Kind::Phones | Kind::Messengers) => {
            prop_oneof![9 => contacts(), 1 => Just(json!([]))].boxed()
        }
        _ => plain(v1, kind, target),
    }
}

fn plain(v1: bool, kind: Kind, target: Kind) -> Examples {
    match kind {
        Kind::Id | Kind::Integer | Kind::Reference(_) => json(id()),
        Kind::VisibleTo => json(prop::sample::select(vec![1, 3, 5, 7])),
        Kind::Number => number(),
        Kind::Money => money(),
        Kind::Boolean => json(any::<bool>()),
        Kind::Text | Kind::Autocomplete | Kind::Phone | Kind::LongText | Kind::Html => json(text()),
        Kind::Date => json(day()),
        Kind::Time => json(clock(true, 24)),
        Kind::Enumeration(words) => match target {
            Kind::Enumeration(stored) => json(prop::sample::select(stored.to_vec())),
            _ => json(prop::sample::select(words.to_vec())),
        },
        Kind::Choice => json(1..=9_i64),
        Kind::Address => address(),
        other => panic!("what does {other:?} look like? v1: {v1}"),
    }
}

/// What a custom field of that kind shows on v2.
pub(super) fn custom_v2(kind: Kind) -> Examples {
    let zoned = |time: Json, zone: i64| json!({ "value": time, "timezone_id": zone, "timezone_name": "Europe/Berlin" });
    match kind {
        Kind::Amount => (number(), prop::sample::select(vec!["EUR", "USD", "JPY"]))
            .prop_map(|(value, currency)| json!({ "value": value, "currency": currency }))
            .boxed(),
        Kind::DateRange => (day(), day()).prop_map(|(value, until)| json!({ "value": value, "until": until })).boxed(),
        Kind::ZonedTime => (clock(true, 24), 1..500_i64).prop_map(move |(time, zone)| zoned(time.into(), zone)).boxed(),
        Kind::TimeRange => (clock(true, 24), clock(true, 24), 1..500_i64)
            .prop_map(move |(from, until, zone)| {
                let mut range = zoned(from.into(), zone);
                range["until"] = until.into();
                range
            })
            .boxed(),
        Kind::Choices => chosen().prop_map(Into::into).boxed(),
        kind => plain(false, kind, kind),
    }
}

/// What a custom field of that kind shows on v1: its key, and its suffixes.
pub(super) fn custom_v1(kind: Kind, key: &str) -> Examples {
    let key = key.to_owned();
    let suffixed = {
        let key = key.clone();
        move |suffix: &str| format!("{key}_{suffix}")
    };
    match kind {
        Kind::Choice => (1..=9_i64).prop_map(move |id| json!({ (&key): id.to_string() })).boxed(),
        Kind::Choices => chosen().prop_map(move |ids| json!({ (&key): comma(&ids) })).boxed(),
        Kind::Address | Kind::Amount | Kind::DateRange | Kind::ZonedTime | Kind::TimeRange => custom_v2(kind)
            .prop_map(move |whole| {
                let parts = whole
                    .as_object()
                    .cloned()
                    .unwrap_or_default()
                    .into_iter()
                    .filter(|(name, _)| name != "timezone_name");
                let keyed =
                    parts.map(|(name, value)| (if name == "value" { key.clone() } else { suffixed(&name) }, value));
                keyed.collect::<Map<_, _>>().into()
            })
            .boxed(),
        kind => plain(true, kind, kind).prop_map(move |value| json!({ (&key): value })).boxed(),
    }
}
