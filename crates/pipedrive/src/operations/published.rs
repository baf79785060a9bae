//! The rows against Pipedrive's published specifications, which are data to test with and no part of the project.
//!
//! `PENSTOCK_SPECS` names the directory that holds `v1-2026-01.yaml`, `v1-current.yaml` and `v2-current.yaml`. They are
//! generated, in block style with fixed indentation, so that lines and columns are enough to read them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use penstock_api::Method;
use penstock_model::field::Shown;

use super::{
    Operation, Param, ParamEffect, ParamType, UNIMPLEMENTED, Version, all,
    deviations::{DEVIATIONS, Differs},
};

/// An operation as published.
#[derive(Debug, Default)]
struct Published {
    id: String,
    cost: u16,
    scopes: BTreeSet<String>,
    statuses: BTreeSet<u16>,
    params: BTreeMap<String, Parameter>,
}

/// A query parameter as published.
#[derive(Clone, Debug, Default)]
struct Parameter {
    place: String,
    name: String,
    required: bool,
    kind: String,
    format: String,
    words: BTreeSet<String>,
}

type Key = (&'static str, String, String);

/// Reads a specification. What stands where is told by its indentation.
fn read(text: &str, version: Version, into: &mut BTreeMap<Key, Published>) {
    let (mut path, mut method, mut section, mut key) = (String::new(), String::new(), String::new(), String::new());
    let mut param = Parameter::default();
    let lines = text.lines().skip_while(|l| *l != "paths:").skip(1).take_while(|l| *l != "components:");
    for line in lines {
        let (indent, word) = (line.len() - line.trim_start().len(), line.trim());
        let (name, value) = word.split_once(": ").unwrap_or((word.trim_end_matches(':'), ""));
        let (name, value) = (name.trim_matches('\''), value.trim_matches('\''));
        match indent {
            2 => name.clone_into(&mut path),
            4 => method = name.to_ascii_uppercase(),
            6 => name.clone_into(&mut section),
            _ => {}
        }
        if path.starts_with("/oauth/") || method.is_empty() || indent < 4 {
            continue;
        }
        let found = into.entry((version.word(), method.clone(), path.clone())).or_default();
        match (indent, &*section, name) {
            (6, "operationId", _) => value.clone_into(&mut found.id),
            (6, "x-token-cost", _) => found.cost = value.parse().unwrap(),
            (12, "security", scope) => _ = found.scopes.insert(scope.trim_start_matches("- ").replace('\'', "")),
            (8, "responses", status) => _ = found.statuses.insert(status.parse().unwrap()),
            (8, "parameters", "- in") => param = Parameter { place: value.to_owned(), ..Parameter::default() },
            (10, "parameters", "name") => value.clone_into(&mut param.name),
            (10, "parameters", "required") => param.required = value == "true",
            (12, "parameters", "type") => value.clone_into(&mut param.kind),
            (12, "parameters", "format") => value.clone_into(&mut param.format),
            (14, "parameters", one) if key == "enum" => {
                let words = one.trim_start_matches("- ").trim_matches('\'');
                param.words.extend(words.split(',').map(|w| w.trim().to_owned()));
            }
            _ => {}
        }
        if indent <= 12 {
            name.clone_into(&mut key);
        }
        if section == "parameters" && indent >= 8 && param.place == "query" && !param.name.is_empty() {
            found.params.insert(param.name.clone(), param.clone());
        }
    }
}

/// The published operations; nothing when there are no specifications here.
fn specifications() -> Option<BTreeMap<Key, Published>> {
    let directory = penstock_testing::variable("PENSTOCK_SPECS")?;
    let mut published = BTreeMap::new();
    for (file, version) in [("v1-2026-01", Version::V1), ("v1-current", Version::V1), ("v2-current", Version::V2)] {
        let text = std::fs::read_to_string(Path::new(&directory).join(file).with_extension("yaml")).unwrap();
        // A later specification speaks for the operations that it still has.
        let mut one = BTreeMap::new();
        read(&text, version, &mut one);
        published.extend(one);
    }
    Some(published)
}

fn key(version: Version, method: Method, path: &str) -> Key {
    (version.word(), method.word().to_owned(), path.to_owned())
}

/// The words that a row's parameter takes; none when it takes anything else.
fn words(row: &Operation, param: &Param) -> BTreeSet<String> {
    match param.takes {
        ParamType::Word(words) | ParamType::Words(words) | ParamType::Order(words) => {
            words.iter().map(|w| (*w).to_owned()).collect()
        }
        ParamType::Asked => {
            let fields = row.object.fields.iter();
            fields.filter(|f| f.v2.shown == Shown::Asked).map(|f| f.v2.key.to_owned()).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// Whether what a row's parameter takes is what is published.
fn agrees(row: &Operation, param: &Param, published: &Parameter) -> bool {
    let numbers: BTreeSet<String> = ["0", "1"].map(str::to_owned).into();
    let kind = match param.takes {
        ParamType::Int | ParamType::Start | ParamType::Limit => published.kind == "integer",
        ParamType::Bool => published.kind == "boolean" || published.words == numbers,
        ParamType::Date => published.format == "date",
        // Clients join what is published as a list with commas.
        ParamType::Ids => published.kind == "string" || published.kind == "array",
        _ => published.kind == "string" && published.format != "date",
    };
    // The keys of an order are published in prose, but for those of leads.
    let unsaid = matches!(param.takes, ParamType::Order(_)) && published.words.is_empty();
    let worded = published.words == numbers || unsaid || published.words == words(row, param);
    kind && param.required == published.required && worded
}

/// Everything in which a row and its published form differ, in words.
fn differences(row: &Operation, published: &Published) -> Vec<(Option<Differs>, String)> {
    let mut found = Vec::new();
    let mut differ = |how: Option<Differs>, what: String| found.push((how, format!("{}: {what}", row.title())));
    if row.id != published.id {
        differ(None, format!("is named {}, published {}", row.id, published.id));
    }
    if row.cost != published.cost {
        differ(None, format!("costs {}, published {}", row.cost, published.cost));
    }
    if !published.statuses.contains(&row.success) {
        differ(None, format!("answers {}, published {:?}", row.success, published.statuses));
    }
    let mut scopes: BTreeSet<String> = row.scopes.iter().map(|s| (*s).to_owned()).collect();
    if scopes.is_empty() {
        scopes.insert("base".to_owned());
    }
    if scopes != published.scopes {
        differ(None, format!("needs {scopes:?}, published {:?}", published.scopes));
    }
    if published.statuses.contains(&403) && row.right.is_none() {
        differ(Some(Differs::Everyone), "is for every user, published with a 403".to_owned());
    }
    for param in row.params.iter().filter(|p| p.does != ParamEffect::Extension) {
        match published.params.get(param.name) {
            None => differ(Some(Differs::Parameter(param.name)), format!("takes {}, not published", param.name)),
            Some(other) if !agrees(row, param, other) => differ(None, format!("{param:?}, published {other:?}")),
            Some(_) => {}
        }
    }
    for name in published.params.keys().filter(|name| row.params.iter().all(|p| p.name != **name)) {
        differ(None, format!("does not take {name}"));
    }
    found
}

#[test]
fn rows_agree_with_the_published_specifications_or_say_why_not() {
    let Some(published) = specifications() else {
        return;
    };
    let mut unexplained = Vec::new();
    let mut met = 0;
    for row in all() {
        let Some(one) = published.get(&key(row.version, row.method, row.path)) else {
            unexplained.push(format!("{}: not published", row.title()));
            continue;
        };
        for (how, what) in differences(row, one) {
            let explained = DEVIATIONS.iter().any(|d| {
                (d.version, d.method, d.path) == (row.version, row.method, row.path) && Some(d.differs) == how
            });
            if explained {
                met += 1;
            } else {
                unexplained.push(what);
            }
        }
    }
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    assert_eq!(met, DEVIATIONS.len(), "each deviation is met once");
}

#[test]
fn every_published_operation_is_a_row_or_is_to_come() {
    let Some(published) = specifications() else {
        return;
    };
    let rows = all().map(|row| key(row.version, row.method, row.path));
    let known: BTreeSet<Key> = rows.chain(UNIMPLEMENTED.iter().map(|(v, m, path)| key(*v, *m, path))).collect();
    let unknown: Vec<&Key> = published.keys().filter(|key| !known.contains(*key)).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
    // What is not published any more is of the four groups that Pipedrive took away after 2023.
    let gone = ["/globalMessages", "/searchResults", "/subscriptions", "/teams"];
    let strange = known.iter().filter(|key| !published.contains_key(*key));
    let strange: Vec<&Key> = strange.filter(|(_, _, path)| !gone.iter().any(|g| path.starts_with(g))).collect();
    assert!(strange.is_empty(), "{strange:#?}");
}
