//! Filters: any expression, answered by the records' own engine.

use penstock_testing::tenants;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::{Value as Json, json};

use crate::client::{Client, OBJECTS};

/// Ten deals that differ in everything a filter can ask for.
async fn deals(client: &Client) {
    let organization = client.create("organization", json!({ "name": "Acme" })).await;
    let (titles, states) = (["Alpha", "beta", "Gamma"], ["open", "won", "lost"]);
    for number in 0..10 {
        let mut body = json!({
            "title": format!("Deal {}", titles[number % 3]),
            "value": { "amount": number * 100, "currency": if number < 5 { "EUR" } else { "USD" } },
            "status": states[number % 3],
            "visible_to": if number == 4 { "owner" } else { "company" },
        });
        if number % 2 == 0 {
            body["organization"] = organization["id"].clone();
            body["probability"] = json!(number * 10);
            body["expected_close_date"] = json!(format!("2026-05-{:02}", number + 1));
        }
        client.create("deal", body).await;
    }
}

#[tokio::test]
async fn a_filter_chooses_what_it_says() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        deals(&client).await;
        for (filter, ids) in [
            ("status = 'won'", "2 5 8"),
            ("STATUS = 'won' ", ""),
            ("not status = 'won'", "1 3 4 6 7 9 10"),
            ("status in ('won', 'lost') and value >= 500", "6 8 9"),
            ("status not in ('won', 'lost')", "1 4 7 10"),
            ("value.currency = 'USD' and value.amount < 700", "6 7"),
            ("organization is null", "2 4 6 8 10"),
            ("organization is not null and (probability = 0 or probability > 60)", "1 9"),
            ("organization = 1", "1 3 5 7 9"),
            ("organization != '1'", ""),
            ("organization = '77' or id = '3'", "3"),
            ("id in ('3', 4, 'nonsense')", "3 4"),
            ("probability > 20", "5 7 9"),
            ("not probability > 20", "1 2 3 4 6 8 10"),
            ("expected_close_date >= '2026-05-05'", "5 7 9"),
            ("title = 'deal BETA'", "2 5 8"),
            ("title starts with 'deal g'", "3 6 9"),
            ("visible_to = 'owner'", "5"),
            ("visible_to != 'owner' and status = 'won'", "2 8"),
            ("createdTime < '2026-03-02T09:00:00Z'", ""),
            ("lastModifiedTime >= '2026-03-02T10:00:00+01:00' and id = '1'", "1"),
            ("lost_reason is null and status = 'lost'", "3 6 9"),
            ("owner = '1' and not (status = 'won' or not status = 'lost')", "3 6 9"),
        ] {
            let (status, page) = client.get(&format!("/objects/deal?filter={filter}")).await;
            if filter.starts_with("STATUS") {
                assert_eq!((status, &page["code"]), (400, &json!("field.unknown")), "field names are exact: {page}");
                continue;
            }
            assert_eq!(status, 200, "{filter}: {page}");
            assert_eq!(crate::client::ids(&page).join(" "), ids, "{filter}");
        }
    }
}

#[tokio::test]
async fn what_can_not_be_filtered_is_told_with_what_can() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for (filter, code, hint) in [
            ("title contains 'x'", "filter.not_pushable", "ask of title with =, !=, <"),
            (
                "status = 'won' or title contains 'x' or notes_count > 1",
                "filter.not_pushable",
                "notes_count can't stand in a filter, these fields can: id, ",
            ),
            ("etag = '7'", "filter.not_pushable", "etag can't stand in a filter"),
            ("status > 'won'", "filter.not_pushable", "ask of status with =, !=, is null, in"),
            ("value.currency > 'EUR'", "filter.not_pushable", "compare value.currency by = or !="),
            ("titel = 'x'", "field.unknown", "did you mean title?"),
            ("org_id = '1'", "field.unknown", "did you mean organization?"),
            ("status = 'WON'", "filter.invalid", "open, won, lost"),
            ("status = open", "filter.invalid", "single quotes"),
            ("status =", "filter.invalid", "a value is missing, at character 9"),
            ("(status = 'won'", "filter.invalid", "closing parenthesis"),
            ("status = 'won' status = 'lost'", "filter.invalid", "and, or, or the end"),
            ("value = '5'", "filter.invalid", "a number"),
            ("expected_close_date > '5 May'", "filter.invalid", "YYYY-MM-DD"),
            ("probability = null", "filter.invalid", "is null"),
            ("external_ids = 'x'", "filter.invalid", "source/key"),
            ("owner = 'x' and", "filter.invalid", "a field's name is missing"),
        ] {
            let (status, answer) = client.get(&format!("/objects/deal?filter={filter}")).await;
            assert_eq!((status, &answer["code"]), (400, &json!(code)), "{filter}: {answer}");
            assert!(answer["message"].as_str().unwrap().contains(hint), "{filter}: {answer}");
        }
        let deep = format!("{}status = 'won'{}", "(".repeat(200), ")".repeat(200));
        let many = vec!["id = '1'"; 600].join(" or ");
        let long = format!("title = '{}'", "x".repeat(20_000));
        for filter in [deep, many, long] {
            let (status, answer) = client.get(&format!("/objects/deal?filter={filter}")).await;
            assert_eq!((status, &answer["code"]), (400, &json!("filter.invalid")));
        }
    }
}

#[tokio::test]
async fn every_operator_that_the_metadata_names_is_answered() {
    for tenant in tenants().await {
        crate::sample::with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        let sample = crate::sample::Sample::fill(&client).await;
        for object in OBJECTS {
            for (name, field) in client.fields(object).await {
                let operators: Vec<&str> =
                    field["operators"].as_array().unwrap().iter().map(|o| o.as_str().unwrap()).collect();
                assert_eq!(field["filterable"], !operators.is_empty(), "{object}.{name}");
                for operator in operators {
                    let Some(literal) = literal(&field, &sample) else { continue };
                    let test = match operator {
                        "is null" => operator.to_owned(),
                        "in" => format!("in ({literal}, {literal})"),
                        _ => format!("{operator} {literal}"),
                    };
                    let (status, answer) = client.get(&format!("/objects/{object}?filter={name} {test}")).await;
                    assert_eq!(status, 200, "{object}.{name} {test}: {answer}");
                    let (status, answer) =
                        client.get(&format!("/objects/{object}?filter=not {name} {test}&limit=1")).await;
                    assert_eq!(status, 200, "{object}.{name} not {test}: {answer}");
                }
                if field["sortable"] == true {
                    client.read(&format!("/objects/{object}?sort={name}")).await;
                    client.read(&format!("/objects/{object}?sort=-{name}")).await;
                }
            }
        }
    }
}

/// What a field is compared with.
fn literal(field: &Json, sample: &crate::sample::Sample) -> Option<String> {
    let value = match field["type"].as_str().unwrap() {
        "money" => json!(5),
        "external_ids" => json!("a/b"),
        "emails" | "phones" | "messengers" => json!("a@b.example"),
        "options" | "references" => sample.value(field)?[0].clone(),
        _ => sample.value(field)?,
    };
    Some(match value {
        Json::String(text) => format!("'{}'", text.replace('\'', "''")),
        other => other.to_string(),
    })
}

/// A test of a deal: its text, and what it says of a record.
type Check = (String, Box<dyn Fn(&Json) -> bool>);

/// A random filter with its meaning.
#[derive(Clone, Debug)]
enum Random {
    Status(&'static str),
    Amount(&'static str, i64),
    Probability(&'static str, i64),
    Organization(bool),
    Not(Box<Random>),
    Both(Box<Random>, Box<Random>),
    Either(Box<Random>, Box<Random>),
}

fn compared(sign: &str, left: f64, right: f64) -> bool {
    match sign {
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        _ => left >= right,
    }
}

impl Random {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn check(&self) -> Check {
        match self.clone() {
            Self::Status(word) => (format!("status = '{word}'"), Box::new(move |d| d["status"] == word)),
            Self::Amount(sign, than) => (
                format!("value {sign} {than}"),
                Box::new(move |d| compared(sign, d["value"]["amount"].as_f64().unwrap(), than as f64)),
            ),
            Self::Probability(sign, than) => (
                format!("probability {sign} {than}"),
                Box::new(move |d| d["probability"].as_f64().is_some_and(|p| compared(sign, p, than as f64))),
            ),
            Self::Organization(set) => (
                format!("organization is {}null", if set { "not " } else { "" }),
                Box::new(move |d| d["organization"].is_string() == set),
            ),
            Self::Not(inner) => {
                let (text, holds) = inner.check();
                (format!("not ({text})"), Box::new(move |d| !holds(d)))
            }
            Self::Both(a, b) => {
                let ((a, left), (b, right)) = (a.check(), b.check());
                (format!("({a} and {b})"), Box::new(move |d| left(d) && right(d)))
            }
            Self::Either(a, b) => {
                let ((a, left), (b, right)) = (a.check(), b.check());
                (format!("({a} or {b})"), Box::new(move |d| left(d) || right(d)))
            }
        }
    }
}

fn random() -> impl Strategy<Value = Random> {
    use proptest::{prop_oneof, sample::select};
    let sign = || select(vec!["<", "<=", ">", ">="]);
    let leaf = prop_oneof![
        select(vec!["open", "won", "lost"]).prop_map(Random::Status),
        (sign(), 0i64..1000).prop_map(|(s, n)| Random::Amount(s, n)),
        (sign(), 0i64..100).prop_map(|(s, n)| Random::Probability(s, n)),
        proptest::bool::ANY.prop_map(Random::Organization),
    ];
    leaf.prop_recursive(4, 16, 2, |inner| {
        let two = (inner.clone(), inner.clone()).prop_map(|(a, b)| (Box::new(a), Box::new(b)));
        prop_oneof![
            inner.prop_map(|one| Random::Not(Box::new(one))),
            two.clone().prop_map(|(a, b)| Random::Both(a, b)),
            two.prop_map(|(a, b)| Random::Either(a, b)),
        ]
    })
}

#[tokio::test]
async fn random_filters_choose_what_a_reader_of_all_records_would() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        deals(&client).await;
        let all = client.read("/objects/deal").await;
        let all = all["records"].as_array().unwrap();
        let mut runner = TestRunner::deterministic();
        for _ in 0..150 {
            let (text, holds) = random().new_tree(&mut runner).unwrap().current().check();
            let expected: Vec<&str> = all.iter().filter(|d| holds(d)).map(|d| d["id"].as_str().unwrap()).collect();
            assert_eq!(client.ids(&format!("/objects/deal?filter={text}")).await, expected, "{text}");
        }
    }
}

#[tokio::test]
async fn where_moments_stand_a_day_is_the_whole_day() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for title in ["on the first day", "in its last second", "on the second day", "on the third day"] {
            client.create("deal", json!({ "title": title })).await;
        }
        for (id, moment) in [
            ("1", "2026-01-31T00:00:00Z"),
            ("2", "2026-01-31T23:59:59.999999Z"),
            ("3", "2026-02-01T12:00:00Z"),
            ("4", "2026-02-02T00:00:00Z"),
        ] {
            let body = json!({ "status": "won", "closed_time": moment, "won_time": moment });
            client.change("deal", &json!(id), body).await;
        }
        client.create("deal", json!({ "title": "open" })).await;
        for (filter, found) in [
            ("won_time = '2026-01-31'", "1 2"),
            ("won_time != '2026-01-31'", "3 4"),
            ("won_time < '2026-02-01'", "1 2"),
            ("won_time <= '2026-02-01'", "1 2 3"),
            ("won_time > '2026-02-01'", "4"),
            ("won_time >= '2026-02-01'", "3 4"),
            ("not won_time = '2026-01-31'", "3 4 5"),
            ("won_time >= '2026-02-01' and won_time < '2026-02-02T00:00:00Z'", "3"),
        ] {
            assert_eq!(client.ids(&format!("/objects/deal?filter={filter}")).await.join(" "), found, "{filter}");
        }
        for (filter, advice) in [
            ("won_time in ('2026-01-31')", "write several days as"),
            ("won_time = '2026-02-30'", "must be a moment"),
            ("won_time = '2026-01'", "must be a moment"),
        ] {
            let (status, answer) = client.get(&format!("/objects/deal?filter={filter}")).await;
            assert_eq!((status, &answer["code"]), (400, &json!("filter.invalid")), "{filter}");
            assert!(answer["message"].as_str().unwrap().contains(advice), "{answer}");
        }
        // Every deal was changed today, by the clock of the test.
        let today = &client.read("/objects/deal/1").await["lastModifiedTime"].as_str().unwrap()[..10].to_owned();
        assert_eq!(client.ids(&format!("/objects/deal?since={today}")).await.len(), 5);
        assert_eq!(client.ids("/objects/deal?since=2999-01-01").await.len(), 0);
        assert_eq!(client.get("/objects/deal?since=yesterday").await.0, 400);
    }
}

#[tokio::test]
async fn an_option_that_there_is_not_is_refused_with_the_ids_and_labels_of_those_that_there_are() {
    for tenant in tenants().await {
        crate::sample::with_custom_fields(&tenant).await;
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "Deal" })).await;
        let options = client.fields("deal").await["my_enum"]["options"].clone();
        let named = format!("{} ({})", options[0]["id"].as_str().unwrap(), options[0]["label"].as_str().unwrap());
        assert!(named.ends_with("(Small)"), "{named}");
        let (status, filtered) = client.get("/objects/deal?filter=my_enum = 'Small'").await;
        let (refused, written) = client.patch("deal", &json!("1"), &json!({ "my_enum": "Small" })).await;
        for (status, answer) in [(status, filtered), (refused, written)] {
            assert_eq!(status, 400);
            assert!(answer["message"].as_str().unwrap().contains(&named), "{answer}");
        }
    }
}

#[tokio::test]
async fn a_whole_number_may_be_written_with_a_fraction_of_nothing() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "Deal", "value": { "amount": 83, "currency": "EUR" } })).await;
        for number in ["83", "83.0", "83e0"] {
            assert_eq!(client.ids(&format!("/objects/deal?filter=value = {number}")).await, ["1"], "{number}");
            assert_eq!(client.ids(&format!("/objects/deal?filter=owner != {number}")).await, ["1"], "{number}");
            let body = format!("{{\"value\":{{\"amount\":{number}}},\"owner\":1.0,\"labels\":[]}}");
            let request = client.request("PATCH", "/objects/deal/1", Some(&json!({}))).with_body(body);
            let (status, answer) = client.send(request).await;
            assert_eq!((status, &answer["value"]["amount"]), (200, &json!(83)), "{answer}");
        }
        assert_eq!(client.get("/objects/deal?filter=owner = 83.5").await.0, 400);
        assert_eq!(client.patch("deal", &json!("1"), &json!({ "owner": 1.5 })).await.0, 400);
    }
}
