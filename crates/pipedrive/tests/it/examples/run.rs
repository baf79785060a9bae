//! Runs the examples, each in a company that is as new, and keeps what was answered.

use penstock_model::UserId;
use std::sync::OnceLock;

use penstock_pipedrive::operations;
use penstock_testing::{Engine, TestCompany, engines};
use serde_json::{Value as Json, json};

use super::{Example, FILES, Is};
use crate::app::{Answer, App, Client};

/// An example and its answer.
#[derive(Clone)]
pub(crate) struct Recorded {
    pub(crate) example: &'static Example,
    pub(crate) engine: Engine,
    pub(crate) target: String,
    pub(crate) body: String,
    pub(crate) answer: Answer,
    /// What is wrong with it.
    pub(crate) faults: Vec<String>,
}

impl Recorded {
    /// Who it is, for messages.
    pub(crate) fn title(&self) -> String {
        format!("{:?}: {} ({})", self.engine, self.example.operation, self.example.name)
    }
    /// A line that `e2e/declarations/check.mjs` reads, and the documentation.
    pub(crate) fn line(&self) -> String {
        let (example, answer) = (self.example, &self.answer);
        let body: Json = serde_json::from_str(&self.body).unwrap_or_default();
        json!({
            "operation": example.operation, "name": example.name, "request": {"path": self.target, "body": body},
            "status": answer.status, "body": answer.json,
        })
        .to_string()
    }
}

/// The answers to all examples on every engine that is there. They run once in a process.
pub(crate) fn recorded() -> &'static [Recorded] {
    static ALL: OnceLock<Vec<Recorded>> = OnceLock::new();
    ALL.get_or_init(|| {
        // Callers may be on a runtime of their own.
        let run = || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("a runtime").block_on(all())
        };
        std::thread::spawn(run).join().expect("the examples run")
    })
}

async fn all() -> Vec<Recorded> {
    let mut running = Vec::new();
    for engine in engines() {
        for (_, examples) in FILES {
            running.push(tokio::spawn(file(engine, examples)));
        }
    }
    let mut all = Vec::new();
    for one in running {
        all.extend(one.await.expect("the examples of a file run"));
    }
    all
}

async fn file(engine: Engine, examples: &'static [Example]) -> Vec<Recorded> {
    let app = App::over(TestCompany::open(engine).await);
    let mut all = Vec::with_capacity(examples.len());
    for example in examples {
        app.tenant.reset().await;
        all.push(one(&app, engine, example).await);
    }
    all
}

async fn one(app: &App, engine: Engine, example: &'static Example) -> Recorded {
    let mut names: Vec<(String, String)> = Vec::new();
    let mut faults = Vec::new();
    for step in example.given {
        let client = app.user(UserId::new(step.by));
        let (target, body) = (filled(step.target, &names), filled(step.body, &names));
        let answer = client.ask(step.method, &target, body.into_bytes()).await;
        if answer.status >= 400 {
            faults.push(format!("{} {target}: {} {}", step.method, answer.status, answer.json));
        }
        for (name, pointer) in step.keep.into_iter().flatten() {
            let value = answer.at(pointer);
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            names.push((format!("{{{name}}}"), text));
        }
    }
    let client: Client = if example.by == 0 { app.bearing(&"f".repeat(40)) } else { app.user(UserId::new(example.by)) };
    let method = example.operation.split(' ').nth(1).unwrap_or("");
    let (target, body) = (filled(example.target, &names), filled(example.body, &names));
    let answer = client.ask(method, &target, body.clone().into_bytes()).await;
    faults.extend(faults_of(example, &answer, &names));
    Recorded { example, engine, target, body, answer, faults }
}

fn filled(text: &str, names: &[(String, String)]) -> String {
    names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
}

fn faults_of(example: &Example, answer: &Answer, names: &[(String, String)]) -> Vec<String> {
    let row = operations::all().find(|row| row.title() == example.operation);
    let Some(row) = row else { return vec!["there is no such operation".to_owned()] };
    let mut faults = Vec::new();
    let status = if example.status == 0 { row.success } else { example.status };
    if answer.status != status {
        faults.push(format!("the status is {}, not {status}: {}", answer.status, answer.json));
        return faults;
    }
    if *answer.at("/success") != Json::Bool(example.succeeds()) {
        faults.push("success must say whether it is one".to_owned());
    }
    if !example.succeeds() && answer.error().is_empty() {
        faults.push(format!("a refusal must say why: {}", answer.json));
    }
    for (pointer, is) in example.holds {
        let pointer = filled(pointer, names);
        let found = answer.json.pointer(&pointer);
        if !holds(found, *is, names) {
            let found = found.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            faults.push(format!("{pointer} must be {is:?}, it is {found}"));
        }
    }
    faults
}

fn holds(found: Option<&Json>, is: Is, names: &[(String, String)]) -> bool {
    let Some(found) = found else { return matches!(is, Is::Absent) };
    match is {
        Is::T(text) => found.as_str() == Some(&filled(text, names)),
        Is::N(number) => found.as_i64() == Some(number),
        Is::B(flag) => found.as_bool() == Some(flag),
        Is::Null => found.is_null(),
        Is::Absent => false,
        Is::Len(length) => match found {
            Json::Array(list) => list.len() == length,
            Json::Object(map) => map.len() == length,
            _ => false,
        },
        Is::Has(part) => found.as_str().is_some_and(|text| text.contains(&filled(part, names))),
        Is::Json(text) => serde_json::from_str::<Json>(&filled(text, names)).is_ok_and(|json| json == *found),
    }
}

#[test]
fn every_operation_has_examples_of_its_success_and_its_failure() {
    let examples = || FILES.iter().flat_map(|(_, examples)| *examples);
    let mut missing = Vec::new();
    for row in operations::all() {
        let of_row: Vec<&Example> = examples().filter(|e| e.operation == row.title()).collect();
        for (succeeds, word) in [(true, "success"), (false, "failure")] {
            if !of_row.iter().any(|e| e.succeeds() == succeeds) {
                missing.push(format!("{}: no example of {word}", row.title()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let mut names: Vec<(&str, &str)> = examples().map(|e| (e.operation, e.name)).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1], "two examples have one name");
    }
}

#[test]
fn every_example_holds() {
    let faults: Vec<String> = recorded()
        .iter()
        .filter(|one| !one.faults.is_empty())
        .map(|one| format!("{}\n    {}", one.title(), one.faults.join("\n    ")))
        .collect();
    assert!(faults.is_empty(), "{} of {} fail\n{}", faults.len(), recorded().len(), faults.join("\n"));
}

/// A decision of the engines must not show: both answer the same to the same.
#[test]
fn both_engines_answer_the_same() {
    let of = |engine| recorded().iter().filter(move |one| one.engine == engine);
    for (sqlite, postgres) in of(Engine::Sqlite).zip(of(Engine::Postgres)) {
        assert_eq!(sqlite.answer.status, postgres.answer.status, "{}", sqlite.title());
        assert_eq!(sqlite.answer.json, postgres.answer.json, "{}", sqlite.title());
    }
}
