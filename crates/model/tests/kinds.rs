//! What each kind reads: as v1 does, which is lenient, and as v2 and the Virtual API do, which is strict.

use penstock_model::{
    Kind, Value,
    kind::{Strictness, canonical_number, id_list, limit, money_from_text, parse, text_of},
    schema::OptionItem,
};
use serde_json::{Value as Json, json};

fn options() -> Vec<OptionItem> {
    let option = |id, label: &str, deleted| OptionItem { id, label: label.into(), color: None, deleted };
    vec![option(11, "Red", false), option(12, "Green", false), option(13, "Blue", true), option(14, "red", false)]
}

/// A value as a text; a refusal as what it says, after a `!`.
fn read(kind: Kind, json: &Json, how: Strictness) -> String {
    match parse(kind, json, how, "f", &options()) {
        Ok(Value::Null) => "null".to_owned(),
        Ok(Value::Bool(flag)) => flag.to_string(),
        Ok(Value::Int(int)) => int.to_string(),
        Ok(Value::Real(real)) => real.to_string(),
        Ok(Value::Text(text)) => text.into(),
        Err(error) => format!("!{}", error.message.trim_start_matches("f: ")),
    }
}

/// Kind, value, what lenient and what strict reading make of it. A refusal is named by a part of what it says.
#[track_caller]
fn all(cases: &[(Kind, Json, &str, &str)]) {
    for (kind, json, lenient, strict) in cases {
        for (how, expected) in [(Strictness::Lenient, *lenient), (Strictness::Strict, *strict)] {
            let found = read(*kind, json, how);
            let is_expected = match expected.strip_prefix('!') {
                Some(part) => found.strip_prefix('!').is_some_and(|said| said.contains(part)),
                None => found == expected,
            };
            assert!(is_expected, "{kind:?} {json} {how:?}: {found}, not {expected}");
        }
    }
}

const NOT_WHOLE: &str = "!must be a whole number";

#[test]
fn nothing_is_unset_whatever_the_kind() {
    for kind in [Kind::Integer, Kind::Text, Kind::Html, Kind::Choices, Kind::Address, Kind::Emails, Kind::Json] {
        all(&[(kind, json!(null), "null", "null")]);
    }
    // An empty text is unset on v1, but for texts of many lines, which it empties.
    all(&[
        (Kind::Text, json!(""), "null", ""),
        (Kind::Date, json!(""), "null", "!must be a date"),
        (Kind::Choices, json!(""), "null", "!must be a list"),
        (Kind::Html, json!(""), "", ""),
        (Kind::LongText, json!(""), "", ""),
    ]);
}

#[test]
fn numbers() {
    all(&[
        (Kind::Integer, json!(83), "83", "83"),
        (Kind::Integer, json!(-83), "-83", "-83"),
        (Kind::Integer, json!(83.5), NOT_WHOLE, NOT_WHOLE),
        (Kind::Integer, json!("83"), "83", NOT_WHOLE),
        (Kind::Integer, json!(" 83.00 "), "83", NOT_WHOLE),
        (Kind::Integer, json!("83."), NOT_WHOLE, NOT_WHOLE),
        (Kind::Integer, json!("83.5"), NOT_WHOLE, NOT_WHOLE),
        (Kind::Integer, json!(true), NOT_WHOLE, NOT_WHOLE),
        (Kind::Integer, json!(9_007_199_254_740_991_i64), "9007199254740991", "9007199254740991"),
        (Kind::Integer, json!(-9_007_199_254_740_991_i64), "-9007199254740991", "-9007199254740991"),
        (Kind::Integer, json!(9_007_199_254_740_992_i64), NOT_WHOLE, NOT_WHOLE),
        (Kind::Reference("user"), json!({ "id": 3, "name": "Ann" }), "3", NOT_WHOLE),
        (Kind::Reference("user"), json!({ "value": 4, "id": 3 }), "4", NOT_WHOLE),
        (Kind::Reference("user"), json!({ "id": { "id": 3 } }), NOT_WHOLE, NOT_WHOLE),
        (Kind::Number, json!(12.5), "12.5", "12.5"),
        (Kind::Number, json!(" 12.5 "), "12.5", "!must be a number"),
        (Kind::Number, json!("NaN"), "!must be a number", "!must be a number"),
        (Kind::Number, json!("1e400"), "!must be a number", "!must be a number"),
        (Kind::Number, json!([]), "!must be a number", "!must be a number"),
    ]);
}

#[test]
fn amounts_are_rounded_half_away_from_zero_and_bounded() {
    all(&[
        (Kind::Money, json!(12.34), "123400", "123400"),
        (Kind::Money, json!("12.34"), "123400", "!must be a number, such as"),
        (Kind::Money, json!("-0.00005"), "-1", "!must be a number"),
        (Kind::Money, json!("0.00004"), "0", "!must be a number"),
        (Kind::Money, json!("0.12349"), "1235", "!must be a number"),
        (Kind::Money, json!(".5"), "5000", "!must be a number"),
        (Kind::Money, json!("5."), "50000", "!must be a number"),
        (Kind::Money, json!("1.5e3"), "15000000", "!must be a number"),
        (Kind::Money, json!(1e14), "1000000000000000000", "1000000000000000000"),
        (Kind::Money, json!(9e14), "9000000000000000000", "9000000000000000000"),
        (Kind::Money, json!("9e14"), "!must be an amount between", "!must be a number"),
        (Kind::Money, json!("900000000000000"), "9000000000000000000", "!must be a number"),
        (Kind::Money, json!("-900000000000000"), "-9000000000000000000", "!must be a number"),
        (Kind::Money, json!("900000000000000.0001"), "!must be an amount between", "!must be a number"),
        (Kind::Money, json!("123456789012345678"), "!must be an amount between", "!must be a number"),
        (Kind::Money, json!("1234567890123456789"), "!must be an amount between", "!must be a number"),
        (Kind::Money, json!("1".repeat(45)), "!must be an amount between", "!must be a number"),
        (Kind::Money, json!(true), "!such as 1234.5", "!such as 1234.5"),
    ]);
    assert_eq!(money_from_text("12.34"), Some(123_400));
    assert_eq!(money_from_text("twelve"), None);
}

#[test]
fn flags() {
    let refused = "!must be true or false";
    all(&[
        (Kind::Boolean, json!(true), "true", "true"),
        (Kind::Boolean, json!(false), "false", "false"),
        (Kind::Boolean, json!(1), "true", refused),
        (Kind::Boolean, json!(0), "false", refused),
        (Kind::Boolean, json!(2), refused, refused),
        (Kind::Boolean, json!("1"), "true", refused),
        (Kind::Boolean, json!("TRUE"), "true", refused),
        (Kind::Boolean, json!("0"), "false", refused),
        (Kind::Boolean, json!("False"), "false", refused),
        (Kind::Boolean, json!("yes"), refused, refused),
    ]);
}

#[test]
fn texts() {
    let refused = "!must be a string";
    all(&[
        (Kind::Text, json!(" a "), " a ", " a "),
        (Kind::Text, json!(4_930_123_456_i64), "4930123456", refused),
        (Kind::Text, json!(-1.5), "-1.5", refused),
        (Kind::Text, json!(1e15), "!send it as a string", refused),
        (Kind::Text, json!(true), refused, refused),
        (Kind::Text, json!(["a"]), refused, refused),
        (Kind::Text, json!("a\0"), "!NUL", "!NUL"),
        (Kind::Enumeration(&["open", "won"]), json!("won"), "won", "won"),
        (Kind::Enumeration(&["open", "won"]), json!("Won"), "!must be one of open, won", "!must be one of open, won"),
        (Kind::Json, json!({ "a": [1] }), r#"{"a":[1]}"#, r#"{"a":[1]}"#),
    ]);
    // Characters count, not bytes.
    for (kind, most) in [(Kind::Text, 255), (Kind::Phone, 255), (Kind::LongText, 65_535), (Kind::Html, 100_000)] {
        let (fits, too_long) = ("ä".repeat(most), "ä".repeat(most + 1));
        all(&[(kind, json!(fits), &fits, &fits)]);
        all(&[(kind, json!(too_long), "!must have at most", "!must have at most")]);
    }
    assert_eq!(text_of(&json!(7), Strictness::Lenient, "f").unwrap(), "7");
    assert_eq!(text_of(&json!("a"), Strictness::Strict, "f").unwrap(), "a");
    assert!(text_of(&json!(7), Strictness::Strict, "f").is_err());
}

#[test]
fn days_times_and_moments() {
    let (day, clock) = ("!must be a date", "!must be a time as HH:MM");
    all(&[
        (Kind::Date, json!("2026-01-05"), "2026-01-05", "2026-01-05"),
        (Kind::Date, json!("2026-02-30"), day, day),
        (Kind::Date, json!("2026-01-05 blah"), day, day),
        (Kind::Date, json!("2026-01-05T00:00:00.000Z"), "2026-01-05", day),
        (Kind::Date, json!(20_260_105), day, day),
        (Kind::Time, json!("09:30"), "09:30:00", "09:30:00"),
        (Kind::Time, json!("24:00"), clock, clock),
        (Kind::Duration, json!("01:30"), "5400", "5400"),
        (Kind::Duration, json!(5400), "!must be a span", "!must be a span"),
        (Kind::DateTime, json!("1970-01-01 00:00:01"), "1000000", "!without fractions"),
        (Kind::DateTime, json!("1970-01-01T00:00:01Z"), "1000000", "1000000"),
        (Kind::DateTime, json!("1970-01-01T00:00:01.5Z"), "1500000", "!without fractions"),
        (Kind::DateTime, json!("soon"), "!YYYY-MM-DD HH:MM:SS", "!without fractions"),
    ]);
}

#[test]
fn options_by_id_and_on_v1_by_label() {
    let refused = "!must be the id of one of the field's options";
    all(&[
        (Kind::Choice, json!(12), "12", "12"),
        (Kind::Choice, json!(99), refused, refused),
        (Kind::Choice, json!("12"), "12", refused),
        (Kind::Choice, json!("GREEN"), "12", refused),
        // Of two with the same label the first counts; one that was deleted has none, yet its number may stay.
        (Kind::Choice, json!("Red"), "11", refused),
        (Kind::Choice, json!("Blue"), refused, refused),
        (Kind::Choice, json!(13), "13", "13"),
        (Kind::Choices, json!([12, 11, 12]), "[12,11]", "[12,11]"),
        (Kind::Choices, json!("12, 11,,"), "[12,11]", "!must be a list"),
        (Kind::Choices, json!("green,RED"), "[12,11]", "!must be a list"),
        (Kind::Choices, json!(12), "[12]", "!must be a list"),
        (Kind::Choices, json!([12, 99]), refused, refused),
        (Kind::Choices, json!([]), "null", "!must not be an empty list"),
        (Kind::Choices, json!({ "id": 12 }), "!must be a list", "!must be a list"),
        (Kind::References("lead_label"), json!([3, 1, 3]), "[3,1]", "[3,1]"),
        (Kind::References("lead_label"), json!([]), "null", "null"),
        (Kind::References("lead_label"), json!("3,1"), "[3,1]", "!must be a list"),
        (Kind::References("lead_label"), json!(["x"]), "!list of whole numbers", "!list of whole numbers"),
    ]);
    assert_eq!(id_list(&[]), "[]");
    assert_eq!(id_list(&[2, -1]), "[2,-1]");
}

#[test]
fn lists_have_an_end() {
    for kind in [Kind::Choices, Kind::References("lead_label"), Kind::Participants, Kind::Emails] {
        let most = kind.most().unwrap() as usize;
        let refused = format!("!must have at most {most} entries");
        all(&[(kind, json!(vec![json!(1); most + 1]), &refused, &refused)]);
    }
    let most = Kind::References("lead_label").most().unwrap() as usize;
    all(&[
        (Kind::References("lead_label"), json!(vec![1; most]), "[1]", "[1]"),
        (Kind::References("lead_label"), json!("1,".repeat(most)), "[1]", "!must be a list"),
        (Kind::References("lead_label"), json!("1,".repeat(most + 1)), "!must have at most", "!must have at most"),
    ]);
}

#[test]
fn amounts_with_a_currency() {
    let (shape, code) = ("!must be an object {value, currency}", "!currency must be an ISO 4217 code");
    all(&[
        (
            Kind::Amount,
            json!({ "value": 5, "currency": "eur" }),
            r#"{"value":5,"currency":"EUR"}"#,
            r#"{"value":5,"currency":"EUR"}"#,
        ),
        (Kind::Amount, json!({ "value": 5.5 }), r#"{"value":5.5}"#, r#"{"value":5.5}"#),
        (Kind::Amount, json!({ "value": 5, "currency": null }), r#"{"value":5}"#, r#"{"value":5}"#),
        (Kind::Amount, json!({ "value": null, "currency": "EUR" }), "null", "null"),
        (Kind::Amount, json!({ "currency": "EUR" }), "null", "null"),
        (Kind::Amount, json!({ "value": "x" }), "!value must be a number", "!value must be a number"),
        (Kind::Amount, json!({ "value": 5, "currency": "XXQ" }), code, code),
        (Kind::Amount, json!({ "value": 5, "currency": 7 }), code, code),
        (Kind::Amount, json!({ "value": 5, "note": 7 }), "!has no part note", "!has no part note"),
        (Kind::Amount, json!(5), r#"{"value":5}"#, shape),
        (Kind::Amount, json!("5"), r#"{"value":5}"#, shape),
    ]);
    assert_eq!(canonical_number(8e15), json!(8_000_000_000_000_000_i64));
    assert_eq!(canonical_number(-3.0), json!(-3));
    for kept in [9e15, -9e15, 1e20, 0.5] {
        assert_eq!(canonical_number(kept), json!(kept));
    }
}

#[test]
fn ranges_and_times_with_a_zone() {
    let whole = r#"{"value":"2026-01-05","until":"2026-01-06"}"#;
    let zoned = r#"{"value":"09:30:00","timezone_id":3,"timezone_name":"Europe/Tallinn"}"#;
    all(&[
        (Kind::DateRange, json!({ "value": "2026-01-05", "until": "2026-01-06" }), whole, whole),
        (
            Kind::DateRange,
            json!({ "value": "2026-01-05", "until": null }),
            r#"{"value":"2026-01-05"}"#,
            r#"{"value":"2026-01-05"}"#,
        ),
        (Kind::DateRange, json!("2026-01-05"), r#"{"value":"2026-01-05"}"#, "!must be an object {value, until}"),
        (Kind::DateRange, json!({}), "null", "null"),
        (Kind::DateRange, json!(7), "!must be an object {value, until}", "!must be an object {value, until}"),
        (Kind::DateRange, json!({ "value": "x" }), "!value has a wrong form", "!value has a wrong form"),
        (Kind::DateRange, json!({ "timezone_id": 3 }), "!has no part timezone_id", "!has no part timezone_id"),
        (
            Kind::ZonedTime,
            json!({ "value": "09:30", "timezone_id": 3, "timezone_name": "Europe/Tallinn" }),
            zoned,
            zoned,
        ),
        (
            Kind::ZonedTime,
            json!({ "value": "09:30", "timezone_id": null }),
            r#"{"value":"09:30:00"}"#,
            r#"{"value":"09:30:00"}"#,
        ),
        (
            Kind::ZonedTime,
            json!({ "value": "09:30", "timezone_id": "3" }),
            r#"{"value":"09:30:00","timezone_id":3}"#,
            "!timezone_id must be a whole number",
        ),
        (
            Kind::ZonedTime,
            json!({ "value": "09:30", "timezone_id": "x" }),
            "!timezone_id must be a whole number",
            "!timezone_id must be a whole number",
        ),
        (
            Kind::ZonedTime,
            json!({ "value": "09:30", "timezone_name": [] }),
            "!timezone_name is no text",
            "!timezone_name is no text",
        ),
        // A zone without a time says nothing.
        (Kind::ZonedTime, json!({ "timezone_id": 3 }), "null", "null"),
        (
            Kind::TimeRange,
            json!({ "value": "09:30", "until": "25:00" }),
            "!until has a wrong form",
            "!until has a wrong form",
        ),
    ]);
}

#[test]
fn addresses() {
    let read = |json: &Json, how| parse(Kind::Address, json, how, "f", &[]);
    let part = |json: &Json, how, key: &str| {
        let Value::Text(text) = read(json, how).unwrap() else { return Json::Null };
        serde_json::from_str::<Json>(&text).unwrap()[key].clone()
    };
    for json in [json!("Main Street 1"), json!({ "value": "Main Street 1" })] {
        assert_eq!(part(&json, Strictness::Lenient, "value"), "Main Street 1");
        assert_eq!(part(&json, Strictness::Lenient, "route"), Json::Null);
    }
    assert_eq!(part(&json!("Main Street 1"), Strictness::Lenient, "formatted_address"), "Main Street 1");
    assert_eq!(part(&json!(12), Strictness::Lenient, "value"), "12");
    let whole = json!({ "value": "Main Street 1", "route": "Main Street" });
    assert_eq!(part(&whole, Strictness::Strict, "route"), "Main Street");
    all(&[
        (Kind::Address, json!([]), "!must be an address", "!must be an object"),
        (Kind::Address, json!({}), "null", "null"),
        (Kind::Address, json!({ "route": "Main Street" }), "!value is required", "!value is required"),
        (Kind::Address, json!({ "value": true }), "!value must be a string", "!value must be a string"),
    ]);
    for refused in [json!("Main Street 1"), json!(12), json!({ "value": "a", "planet": "Mars" })] {
        assert!(read(&refused, Strictness::Strict).is_err(), "{refused}");
    }
    assert!(read(&json!({ "value": "a", "planet": "Mars" }), Strictness::Lenient).is_ok());
    let longest = limit::ADDRESS_PART as usize;
    assert!(read(&json!({ "value": "x".repeat(longest) }), Strictness::Strict).is_ok());
    assert!(read(&json!({ "value": "x".repeat(longest + 1) }), Strictness::Strict).is_err());
}

#[test]
fn contacts_have_one_that_is_primary() {
    let one = |value: &str, primary: bool, label: &str| {
        format!(r#"{{"value":"{value}","primary":{primary},"label":"{label}"}}"#)
    };
    let (a, b) = (one("a", true, "work"), one("b", false, "home"));
    let both = format!("[{a},{b}]");
    let swapped = format!("[{},{}]", one("a", false, "work"), one("b", true, "home"));
    let (list, alone) = ("!must be a list of {value, primary, label}", format!("[{a}]"));
    all(&[
        (Kind::Emails, json!([{ "value": "a" }, { "value": "b", "label": "home" }]), &both, &both),
        (
            Kind::Emails,
            json!([{ "value": "a" }, { "value": "b", "label": "home", "primary": true }]),
            &swapped,
            &swapped,
        ),
        (
            Kind::Emails,
            json!([{ "value": "a", "primary": true }, { "value": "b", "label": "home", "primary": true }]),
            &both,
            "!only one entry may be primary",
        ),
        (
            Kind::Emails,
            json!([{ "value": "a" }, { "value": "b", "label": "home", "primary": true }, { "value": "a", "primary": true }]),
            &format!("[{},{},{}]", one("a", false, "work"), one("b", true, "home"), one("a", false, "work")),
            "!only one entry may be primary",
        ),
        (Kind::Emails, json!(["a"]), &alone, list),
        (Kind::Emails, json!(" a "), &alone, list),
        (Kind::Phones, json!(12), "[{\"value\":\"12\",\"primary\":true,\"label\":\"work\"}]", list),
        (Kind::Emails, json!({ "value": "a" }), &alone, list),
        (Kind::Emails, json!([{ "value": " " }]), "null", "!value must not be empty"),
        (Kind::Emails, json!([{ "value": "a", "label": null, "primary": null }]), &alone, &alone),
        (
            Kind::Emails,
            json!([{ "value": "a", "primary": "x" }]),
            "!primary must be true or false",
            "!primary must be true or false",
        ),
        (Kind::Emails, json!([{ "value": "a", "label": [] }]), "!label must be a string", "!label must be a string"),
        (Kind::Emails, json!([{ "value": "a", "label": "\u{0}" }]), "!NUL", "!NUL"),
        (Kind::Emails, json!([{ "value": "a", "kind": 1 }]), &alone, "!has no part kind"),
        (Kind::Emails, json!([true]), list, list),
        (Kind::Emails, json!(true), list, list),
        (Kind::Emails, json!([]), "null", "null"),
    ]);
}

#[test]
fn participants_are_there_once_and_one_is_primary() {
    let two = r#"[{"person_id":3,"primary":false},{"person_id":4,"primary":true}]"#;
    let first = r#"[{"person_id":3,"primary":true},{"person_id":4,"primary":false}]"#;
    all(&[
        (Kind::Participants, json!([{ "person_id": 3 }, { "person_id": 4, "primary": true }]), two, two),
        (Kind::Participants, json!([{ "person_id": 3 }, { "person_id": 4, "primary_flag": true }]), two, two),
        (
            Kind::Participants,
            json!([{ "person_id": 3 }, { "person_id": 4 }, { "person_id": 3, "primary": true }]),
            first,
            first,
        ),
        (
            Kind::Participants,
            json!([{ "person_id": 3, "primary": true }, { "person_id": 4, "primary": true }]),
            "!only one participant may be primary",
            "!only one participant may be primary",
        ),
        (
            Kind::Participants,
            json!([{ "person_id": "3" }]),
            r#"[{"person_id":3,"primary":true}]"#,
            "!person_id must be a whole number",
        ),
        (Kind::Participants, json!([{ "primary": true }]), "!person_id must be", "!person_id must be"),
        (Kind::Participants, json!([{ "person_id": 3, "primary": "x" }]), "!primary must be", "!primary must be"),
        (Kind::Participants, json!([]), "null", "null"),
        (Kind::Participants, json!({}), "!must be a list", "!must be a list"),
    ]);
}

#[test]
fn attendees_need_an_address() {
    let ann = r#"[{"email":"a@x.example","name":"a@x.example","status":"noreply","is_organizer":false,"person_id":null,"user_id":null}]"#;
    let whole =
        r#"[{"email":"a@x.example","name":"Ann","status":"accepted","is_organizer":true,"person_id":3,"user_id":4}]"#;
    let full = |mail: &str| json!([{ (mail): "a@x.example", "name": "Ann", "status": "accepted", "is_organizer": 1, "person_id": 3, "user_id": 4 }]);
    all(&[
        (Kind::Attendees, json!([{ "email": "a@x.example" }]), ann, ann),
        (Kind::Attendees, full("email"), whole, whole),
        (Kind::Attendees, full("email_address"), whole, whole),
        (Kind::Attendees, json!([{ "name": "Ann" }]), "!needs an e-mail address", "!needs an e-mail address"),
        (Kind::Attendees, json!([{ "email": "x".repeat(256) }]), "!must have at most", "!must have at most"),
        (Kind::Attendees, json!(["a@x.example"]), "!must be a list of attendees", "!must be a list of attendees"),
        (Kind::Attendees, json!("a@x.example"), "!must be a list of attendees", "!must be a list of attendees"),
        (Kind::Attendees, json!([]), "null", "null"),
    ]);
}
