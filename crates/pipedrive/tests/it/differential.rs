//! SQLite and Postgres hold the same records and are asked the same random filters, orders and pages: they must answer
//! the same, to the byte.

use penstock_model::UserId;
use penstock_pipedrive::operations::{self, Operation, Paging, ParamEffect, ParamType, Version};
use penstock_testing::{Engine, TestCompany, engines, say};
use serde_json::{Value as Json, json};

use crate::app::{App, Client};

/// Numbers that repeat (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.roll(from.len())]
    }
    fn often(&mut self) -> bool {
        self.roll(3) > 0
    }
}

const NAMES: &[&str] = &[
    "alpha",
    "Alpha",
    "ALPHA",
    "beta",
    "Ärger",
    "ärger",
    "Zoë",
    "éclair",
    "Eclair",
    "ß",
    "ss",
    "İstanbul",
    "ıstanbul",
    "10",
    "9",
    "_",
    "~",
    " lead",
    "日本",
    "💣",
    "a'b",
    "a\"b",
    "a\\b",
    "%",
    "a_b",
    "Ω",
    "ω",
    "ΣΑΣ",
    "straße",
];
const DAYS: &[&str] = &["2026-03-01", "2026-03-02", "2026-04-01", "2025-12-31"];

fn maybe(dice: &mut Dice, value: Json) -> Json {
    if dice.often() { value } else { Json::Null }
}

/// Makes the same records wherever it is called.
async fn furnish(app: &App) {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let clients = [app.admin(), app.ann(), app.bob()];
    for number in 0..40_i64 {
        app.tenant.clock.advance(if dice.often() { 1_000_000 } else { 0 });
        let client = &clients[dice.roll(3)];
        let visible_to = if dice.roll(4) == 0 { 1 } else { 3 };
        let name = format!("{}{}", dice.pick(NAMES), dice.pick(&["", "", " x"]));
        let earlier =
            |dice: &mut Dice| json!(i64::try_from(dice.roll(usize::try_from(number.max(1)).unwrap())).unwrap() + 1);
        let organization =
            json!({ "name": name, "visible_to": visible_to, "label_ids": maybe(&mut dice, json!([5, 6])) });
        client.post("/v1/organizations", organization).await.must(201);
        let linked = earlier(&mut dice);
        let person = json!({
            "name": dice.pick(NAMES), "visible_to": visible_to, "org_id": maybe(&mut dice, linked),
            "birthday": maybe(&mut dice, json!("1980-02-29")), "email": format!("p{number}@x.example"),
        });
        client.post("/v1/persons", person).await;
        let (person, organization) = (earlier(&mut dice), earlier(&mut dice));
        let deal = json!({
            "title": dice.pick(NAMES), "visible_to": visible_to, "value": dice.roll(5), "stage_id": dice.roll(5) + 1,
            "person_id": maybe(&mut dice, person), "org_id": maybe(&mut dice, organization),
            "expected_close_date": maybe(&mut dice, json!(day(number))),
            "probability": maybe(&mut dice, json!(25 * (number % 5))),
            "status": dice.pick(&["open", "open", "won", "lost"]),
        });
        client.post("/v1/deals", deal).await;
        let deal = earlier(&mut dice);
        let activity = json!({
            "subject": dice.pick(NAMES), "due_date": maybe(&mut dice, json!(day(number))),
            "due_time": maybe(&mut dice, json!("10:00")), "done": dice.roll(2), "type": dice.pick(&["call", "lunch"]),
            "deal_id": maybe(&mut dice, deal.clone()), "user_id": dice.roll(3) + 1,
        });
        client.post("/v1/activities", activity).await;
        client
            .post(
                "/v1/notes",
                json!({ "content": dice.pick(NAMES), "deal_id": deal, "pinned_to_deal_flag": dice.roll(2) }),
            )
            .await;
        let person = earlier(&mut dice);
        client
            .post(
                "/v1/leads",
                json!({ "title": dice.pick(NAMES), "person_id": person, "visible_to": visible_to.to_string() }),
            )
            .await;
        if dice.roll(8) == 0 {
            client.delete(&format!("/v1/deals/{}", earlier(&mut dice))).await;
        }
        if dice.roll(5) == 0 {
            let status = dice.pick(&["won", "lost", "open"]);
            client.put(&format!("/v1/deals/{}", earlier(&mut dice)), json!({ "status": status })).await;
        }
    }
}

/// A value for a query parameter.
fn value(dice: &mut Dice, row: &Operation, name: &str, takes: ParamType, does: ParamEffect) -> Option<String> {
    let number = |dice: &mut Dice, most: usize| (dice.roll(most) + 1).to_string();
    Some(match (name, takes) {
        ("cursor", _) => return None,
        _ if matches!(does, ParamEffect::Unimplemented(_)) => return None,
        ("limit", _) => number(dice, 9),
        ("start", _) => dice.roll(20).to_string(),
        ("user_id" | "owner_id", _) => dice.roll(4).to_string(),
        ("stage_id", _) => number(dice, 6),
        ("pipeline_id", _) => number(dice, 2),
        ("first_char", _) => {
            dice.pick(&["a", "A", "Ä", "ä", "é", "%25", "_", "%20", "s", "%F0%9F%92%A3", "1"]).to_owned()
        }
        ("type", _) => dice.pick(&["call", "lunch", "call,lunch", "none"]).to_owned(),
        ("term", _) => dice.pick(&["a", "B", "@", ""]).to_owned(),
        ("include_fields", _) => return None,
        (_, ParamType::Bool) if row.version == Version::V2 => dice.pick(&["true", "false"]).to_owned(),
        (_, ParamType::Bool) => dice.pick(&["1", "0"]).to_owned(),
        (_, ParamType::Int) => number(dice, 40),
        (_, ParamType::Ids) => (0..=dice.roll(6)).map(|_| number(dice, 45)).collect::<Vec<_>>().join(","),
        (_, ParamType::Date) => dice.pick(DAYS).to_owned(),
        (_, ParamType::Moment) if row.version == Version::V1 => format!("2026-03-02%2009:00:{:02}", dice.roll(60)),
        (_, ParamType::Moment) => format!("2026-03-02T09:00:{:02}Z", dice.roll(60)),
        (_, ParamType::Word(words)) => dice.pick(words).to_owned(),
        (_, ParamType::Order(keys)) => order(dice, row, keys),
        _ => return None,
    })
}

/// One to three keys to sort by.
fn order(dice: &mut Dice, row: &Operation, keys: &[&'static str]) -> String {
    let fields = row.object.fields.iter().filter(|f| f.sortable && f.is_column() && !f.v1.key.is_empty());
    let all: Vec<&str> = fields.map(|f| f.v1.key).filter(|key| keys.is_empty() || keys.contains(key)).collect();
    let one = |dice: &mut Dice| format!("{}{}", dice.pick(&all), dice.pick(&["%20ASC", "%20DESC", ""]));
    (0..=dice.roll(3)).map(|_| one(dice)).collect::<Vec<_>>().join(",")
}

/// A random question: the target of a list.
fn question(dice: &mut Dice, rows: &[&'static Operation]) -> (&'static Operation, String) {
    let row = rows[dice.roll(rows.len())];
    let path = row.path.replace("{id}", &(dice.roll(40) + 1).to_string());
    let mut query = Vec::new();
    for param in row.params {
        if (param.required || dice.roll(3) == 0 || param.name == "limit")
            && let Some(value) = value(dice, row, param.name, param.takes, param.does)
        {
            query.push(format!("{}={value}", param.name));
        }
    }
    (row, format!("{}{path}?{}", row.version.prefix(), query.join("&")))
}

/// Up to four pages of an answer.
async fn answers(client: &Client, row: &Operation, target: &str) -> Vec<Json> {
    let mut all = Vec::new();
    let mut next = target.to_owned();
    for _ in 0..4 {
        let answer = client.get(&next).await;
        let more = match row.paging {
            Paging::Cursor => {
                answer.at("/additional_data/next_cursor").as_str().map(|c| format!("{target}&cursor={c}"))
            }
            _ => None,
        };
        all.push(json!({ "status": answer.status, "body": answer.json }));
        match more {
            Some(target) => next = target,
            None => break,
        }
    }
    all
}

#[tokio::test]
async fn both_engines_answer_random_questions_alike() {
    const QUESTIONS: usize = 1500;
    if !engines().contains(&Engine::Postgres) {
        say("the differential test did not run: there is no Postgres");
        return;
    }
    let (sqlite, postgres) =
        (App::over(TestCompany::open(Engine::Sqlite).await), App::over(TestCompany::open(Engine::Postgres).await));
    furnish(&sqlite).await;
    furnish(&postgres).await;
    // UUIDs and codes are not drawn.
    let drawn = |row: &Operation| {
        row.in_path().all(|(_, target)| target.record().is_some_and(|object| !object.uuid)) && !row.object.uuid
    };
    let lists = |row: &&Operation| {
        row.method.is_read() && (row.paging != Paging::None || row.targets[0].is_none()) && drawn(row)
    };
    let rows: Vec<&'static Operation> = operations::all().filter(lists).collect();
    assert!(rows.len() > 35, "{}", rows.len());
    let mut dice = Dice(2026);
    let (mut successes, mut records) = (0, 0);
    for _ in 0..QUESTIONS {
        let (row, target) = question(&mut dice, &rows);
        let user = i64::try_from(dice.roll(3)).unwrap() + 1;
        let (ours, theirs) = (sqlite.user(UserId::new(user)), postgres.user(UserId::new(user)));
        let (ours, theirs) = (answers(&ours, row, &target).await, answers(&theirs, row, &target).await);
        assert_eq!(ours, theirs, "user {user}: {target}");
        for page in &ours {
            assert!(page["status"].as_i64().is_some_and(|s| s < 500), "{target}: {page}");
            successes += usize::from(page["status"] == 200);
            records += page["body"]["data"].as_array().map_or(0, Vec::len);
        }
    }
    assert!(successes > QUESTIONS && records > QUESTIONS * 2, "{successes} successes, {records} records");
}

/// One of the days, by number.
fn day(number: i64) -> &'static str {
    DAYS[usize::try_from(number).unwrap() % DAYS.len()]
}
