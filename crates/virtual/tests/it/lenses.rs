//! The laws of lenses, for every kind over random records and values (virtual-api 4.4).

use penstock_connector::{Columns, Edits, Name, Record, Values, composite};
use penstock_model::{
    Value,
    filter::{Expr, Op, Test},
};
use penstock_virtual::lens::{Cast, Class, Conversion, Direct, Enumeration, Lens, Put, Reference, Unknown, Verdict};
use proptest::{prelude::*, sample::select};

const PATH: &str = "field";

/// Every kind, with each of its policies.
fn lenses() -> Vec<Box<dyn Lens>> {
    let path = || Name::Borrowed(PATH);
    let pairs = |list: &[(&'static str, &'static str)]| {
        list.iter().map(|(option, word)| (Name::Borrowed(*option), Name::Borrowed(*word))).collect::<Vec<_>>()
    };
    let mut all: Vec<Box<dyn Lens>> =
        vec![Box::new(Direct::new(path())), Box::new(Reference::new(path(), "person".into()))];
    for unknown in [Unknown::Null, Unknown::Pass] {
        for list in [
            &[("1", "owner"), ("3", "company"), ("7", "company")][..],
            &[("a", "b"), ("b", "a")][..],
            &[("1", "x")][..],
            &[][..],
        ] {
            all.push(Box::new(Enumeration::new(path(), pairs(list), unknown)));
        }
    }
    for conversion in [
        Conversion::TextInteger,
        Conversion::TextNumber,
        Conversion::TextBoolean,
        Conversion::IntegerText,
        Conversion::IntegerNumber,
        Conversion::NumberInteger,
        Conversion::ParticipantsReferences("person".into()),
    ] {
        all.push(Box::new(Cast::new(path(), conversion)));
    }
    all
}

/// Values that meet the lenses' own words often, and others.
fn value() -> impl Strategy<Value = Value> {
    let words =
        vec!["1", "3", "5", "7", "owner", "company", "a", "b", "x", "", " 7", "007", "7.50", "TRUE", "no", "2.5"];
    let people = |ids: Vec<u8>, primary: usize| {
        let member = |(at, id): (usize, &u8)| format!("{{\"person\":\"{id}\",\"primary\":{}}}", at == primary);
        let members: Vec<String> = ids.iter().enumerate().map(member).collect();
        if members.is_empty() { Value::Null } else { Value::from(format!("[{}]", members.join(","))) }
    };
    prop_oneof![
        2 => Just(Value::Null),
        4 => select(words).prop_map(Value::from),
        1 => any::<String>().prop_map(Value::from),
        2 => (-3i64..10).prop_map(Value::Int),
        1 => any::<i64>().prop_map(Value::Int),
        2 => select(vec![0.0, 1.0, 2.5, 7.0, 1e300, -0.5]).prop_map(Value::Real),
        1 => any::<bool>().prop_map(Value::Bool),
        2 => proptest::collection::vec(0u8..5, 0..4).prop_map(|ids| composite::ids(&ids.iter().map(ToString::to_string).collect::<Vec<_>>())),
        2 => (proptest::collection::vec(0u8..5, 0..4), 0usize..3).prop_map(move |(ids, primary)| people(ids, primary)),
    ]
}

fn record(value: &Value) -> Record {
    let columns = Columns::new([Name::Borrowed(PATH), Name::Borrowed("other")]);
    Record::new("1".to_owned(), "1".to_owned(), false, columns, vec![value.clone(), Value::from("kept")])
}

/// The record after edits, as one that could be read again.
fn after(before: &Record, edits: &Edits) -> Record {
    record(&edits.over(before).value(PATH))
}

/// Whether a value passes a test, as filters mean it.
fn passes(value: &Value, test: &Test) -> bool {
    let order = |than: &Value| match (value, than) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Real(a), Value::Real(b)) => a.partial_cmp(b),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        _ => None,
    };
    match test {
        Test::Empty => value.is_null(),
        _ if value.is_null() => false,
        Test::In(values) => values.contains(value),
        Test::Is(Op::Eq, than) => value == than,
        Test::Is(Op::Ne, than) => value != than,
        Test::Is(Op::Lt, than) => order(than).is_some_and(std::cmp::Ordering::is_lt),
        Test::Is(Op::Le, than) => order(than).is_some_and(std::cmp::Ordering::is_le),
        Test::Is(Op::Gt, than) => order(than).is_some_and(std::cmp::Ordering::is_gt),
        Test::Is(Op::Ge, than) => order(than).is_some_and(std::cmp::Ordering::is_ge),
        Test::Is(Op::StartsWith, than) => {
            matches!((value, than), (Value::Text(a), Value::Text(b)) if a.starts_with(&**b))
        }
        Test::Is(Op::Contains, than) => {
            matches!((value, than), (Value::Text(a), Value::Text(b)) if a.contains(&**b))
        }
        Test::Relative(..) => unreachable!("no lens knows the time"),
    }
}

/// Whether the provider's field, which has a type, can hold a value.
fn can_hold(lens: &dyn Lens, value: &Value) -> bool {
    let source = format!("{lens:?}");
    value.is_null()
        || match lens.kind() {
            "direct" => true,
            "cast" if source.contains("IntegerText") || source.contains("IntegerNumber") => value.int().is_some(),
            "cast" if source.contains("NumberInteger") => matches!(value, Value::Real(_)),
            _ => value.text().is_some(),
        }
}

fn chooses(filter: &Expr<Name>, record: &Record) -> bool {
    match filter {
        Expr::All(parts) => parts.iter().all(|part| chooses(part, record)),
        Expr::Any(parts) => parts.iter().any(|part| chooses(part, record)),
        Expr::Not(part) => !chooses(part, record),
        Expr::Field(name, test) => passes(&record.value(name), test),
        Expr::Related(..) => unreachable!("no lens knows other records"),
    }
}

fn test() -> impl Strategy<Value = Test> {
    use Op::{Contains, Eq, Ge, Gt, Le, Lt, Ne, StartsWith};
    let set = || value().prop_filter("a value", |v| !v.is_null());
    prop_oneof![
        1 => Just(Test::Empty),
        2 => proptest::collection::vec(set(), 0..4).prop_map(Test::In),
        5 => (select(vec![Eq, Ne, Lt, Le, Gt, Ge, StartsWith, Contains]), set()).prop_map(|(o, v)| Test::Is(o, v)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn writing_what_is_read_writes_nothing(stored in value()) {
        let before = record(&stored);
        for lens in lenses() {
            let edits = lens.put(&before, &lens.get(&before));
            prop_assert_eq!(edits, Ok(Edits::default()), "{:?}", lens);
        }
    }

    #[test]
    fn what_is_written_reads_back_and_touches_nothing_else(stored in value(), wanted in value()) {
        for lens in lenses() {
            for before in [record(&stored), Record::default()] {
                let Ok(edits) = lens.put(&before, &wanted) else { continue };
                prop_assert_eq!(lens.get(&edits.over(&before)), wanted.clone(), "{:?}", lens);
                for (path, _) in edits.iter() {
                    prop_assert!(lens.paths().contains(path), "{:?} writes {}", lens, path);
                }
            }
        }
    }

    #[test]
    fn one_to_one_kinds_forget_what_was_there(stored in value(), first in value(), second in value()) {
        for lens in lenses().into_iter().filter(|lens| lens.class() == Class::Iso && can_hold(&**lens, &stored)) {
            let before = record(&stored);
            let (Ok(one), Ok(direct)) = (lens.put(&before, &first), lens.put(&before, &second)) else { continue };
            let between = after(&before, &one);
            let Ok(two) = lens.put(&between, &second) else { continue };
            let (by_way, at_once) = (after(&between, &two), after(&before, &direct));
            prop_assert_eq!(by_way.value(PATH), at_once.value(PATH), "{:?}", lens);
        }
    }

    #[test]
    fn an_exact_translation_chooses_the_same_records(stored in value(), asked in test()) {
        let record = record(&stored);
        for lens in lenses().into_iter().filter(|lens| can_hold(&**lens, &stored)) {
            let wanted = passes(&lens.get(&record), &asked);
            match lens.translate(&asked) {
                Verdict::Exact(filter) => {
                    prop_assert_eq!(chooses(&filter, &record), wanted, "{:?} {:?} {:?}", lens, filter, stored);
                }
                Verdict::Inexact(filter) => prop_assert!(!wanted || chooses(&filter, &record), "{:?}", lens),
                Verdict::None => {}
            }
        }
    }
}

#[test]
fn an_option_that_shares_its_word_is_kept_and_others_are_replaced_by_the_first() {
    let pairs = [("open", "OPEN"), ("new", "OPEN"), ("won", "WON")].map(|(o, w)| (o.into(), w.into()));
    let lens = Enumeration::new(PATH.into(), pairs.into(), Unknown::Null);
    assert_eq!(lens.class(), Class::Lens);
    let written = |stored: &str, word: &str| {
        let before = record(&stored.into());
        after(&before, &lens.put(&before, &word.into()).unwrap()).value(PATH).into_owned()
    };
    assert_eq!(written("new", "OPEN"), "new".into(), "kept");
    assert_eq!(written("won", "OPEN"), "open".into(), "the first");
    assert!(lens.put(&record(&"won".into()), &"LOST".into()).is_err(), "no such word");
    let unknown = record(&"other".into());
    assert!(lens.get(&unknown).is_null());
    assert_eq!(lens.put(&unknown, &Value::Null), Ok(Edits::default()), "what is not understood is kept");
}

#[test]
fn the_primary_participant_stays_as_long_as_it_takes_part() {
    let lens = Cast::new(PATH.into(), Conversion::ParticipantsReferences("person".into()));
    let before = record(&r#"[{"person":"1","primary":false},{"person":"2","primary":true}]"#.into());
    let put = |list: &str| after(&before, &lens.put(&before, &list.into()).unwrap()).value(PATH).into_owned();
    assert_eq!(put(r#"["3","2"]"#), r#"[{"person":"3","primary":false},{"person":"2","primary":true}]"#.into());
    assert_eq!(put(r#"["3","1"]"#), r#"[{"person":"3","primary":true},{"person":"1","primary":false}]"#.into());
}

#[test]
fn what_has_no_counterpart_is_refused() {
    let refused =
        |conversion, value: Value| Cast::new(PATH.into(), conversion).put(&record(&Value::Null), &value).is_err();
    assert!(refused(Conversion::IntegerText, "x".into()));
    assert!(refused(Conversion::IntegerText, "007".into()));
    assert!(refused(Conversion::IntegerNumber, Value::Real(2.5)));
    assert!(refused(Conversion::NumberInteger, Value::Int(i64::MAX)));
    assert!(refused(Conversion::TextInteger, Value::Real(1.0)));
}
