//! Paging while others write: every record that stays as it is, is seen exactly once.

use std::{
    collections::{BTreeSet, HashMap},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use serde_json::{Value as Json, json};

use crate::{support::places, wire::Wire};

/// Deals that stay as they are.
const STAY: usize = 230;
const LIMITS: [usize; 5] = [7, 20, 50, 100, 500];

/// What else happens to other deals meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Churn {
    /// They are made.
    Inserts,
    /// They are made, changed and deleted.
    All,
}

fn make(wire: &mut Wire, title: &str) -> i64 {
    let body = json!({"title": title, "value": 1}).to_string();
    wire.ask("POST", "/v1/deals", &body).expect("an answer").data()["id"].as_i64().expect("a number")
}

/// Does one write for each turn: makes deals, and changes and deletes its own. Gives how many writes it did.
fn churn(address: &str, kind: Churn, turns: &Receiver<()>) -> usize {
    let mut wire = Wire::connect(address).expect("a connection");
    let mut own: Vec<i64> = Vec::new();
    let mut turn = 0;
    while turns.recv().is_ok() {
        turn += 1;
        let change = kind == Churn::All && own.len() > 4;
        let answer = match turn % 4 {
            1 if change => wire.ask("DELETE", &format!("/v1/deals/{}", own.remove(turn % own.len())), ""),
            2 if change => {
                let body = json!({"value": turn}).to_string();
                wire.ask("PUT", &format!("/v1/deals/{}", own[turn % own.len()]), &body)
            }
            _ => {
                own.push(make(&mut wire, "Churn"));
                continue;
            }
        };
        assert_eq!(answer.expect("an answer").status, 200);
    }
    turn
}

/// How often each deal is met in the pages of a list. `position` reads where the next page starts from the one before.
/// Each page gives someone else a turn: they could outrun a walk otherwise.
fn walk(address: &str, list: &str, position: Position, others: &[SyncSender<()>]) -> HashMap<i64, usize> {
    let mut wire = Wire::connect(address).expect("a connection");
    let mut seen = HashMap::new();
    let mut next = Some(String::new());
    for other in others.iter().cycle() {
        let Some(at) = next else { break };
        let _ = other.try_send(());
        let page = wire.ask("GET", &format!("{list}{at}"), "").expect("an answer");
        assert_eq!(page.status, 200, "{list}{at}: {}", page.text());
        let page = page.json();
        for deal in page["data"].as_array().into_iter().flatten() {
            *seen.entry(deal["id"].as_i64().expect("a number")).or_default() += 1;
        }
        next = position(&page);
    }
    seen
}

type Position = fn(&Json) -> Option<String>;

fn by_cursor(page: &Json) -> Option<String> {
    page["additional_data"]["next_cursor"].as_str().map(|cursor| format!("&cursor={cursor}"))
}

fn by_offset(page: &Json) -> Option<String> {
    page["additional_data"]["pagination"]["next_start"].as_i64().map(|start| format!("&start={start}"))
}

/// Walks through lists while two others write, and holds what was seen against what stays.
fn hold(address: &str, stay: &BTreeSet<i64>, kind: Churn, lists: &[String], position: Position) {
    std::thread::scope(|scope| {
        let (others, turns): (Vec<_>, Vec<_>) = [(); 2].map(|()| sync_channel(2)).into_iter().unzip();
        let writers = turns.into_iter().map(|turns| scope.spawn(move || churn(address, kind, &turns)));
        let writers: Vec<_> = writers.collect();
        for lists in lists.chunks(lists.len().div_ceil(3)) {
            let others = others.clone();
            scope.spawn(move || {
                for list in lists {
                    see_each_once(list, stay, &walk(address, list, position, &others));
                }
            });
        }
        drop(others);
        let written: usize = writers.into_iter().map(|writer| writer.join().expect("a writer")).sum();
        assert!(written > lists.len(), "only {written} writes came between");
    });
}

fn see_each_once(list: &str, stay: &BTreeSet<i64>, seen: &HashMap<i64, usize>) {
    let missed: Vec<_> = stay.iter().filter(|id| !seen.contains_key(*id)).collect();
    assert!(missed.is_empty(), "{list} missed {missed:?}");
    // In order of change, what changes meanwhile is met again; nothing else may be.
    let by_change = list.contains("update_time") || list.contains("collection");
    let moves = |id: &i64| by_change && !stay.contains(id);
    let twice: Vec<_> = seen.iter().filter(|(id, times)| **times > 1 && !moves(id)).collect();
    assert!(twice.is_empty(), "{list} showed again {twice:?}");
}

#[test]
fn every_record_that_stays_is_seen_once_while_others_come_and_go() {
    for place in places() {
        let server = place.serve(&[]);
        let address = server.address.as_str();
        let mut wire = Wire::connect(address).expect("a connection");
        let stay: BTreeSet<i64> = (0..STAY).map(|_| make(&mut wire, "Stays")).collect();
        let mut lists = Vec::new();
        for order in ["id", "add_time", "update_time"] {
            for direction in ["asc", "desc"] {
                let list = |limit| format!("/api/v2/deals?sort_by={order}&sort_direction={direction}&limit={limit}");
                lists.extend(LIMITS.map(list));
            }
        }
        lists.extend(LIMITS.map(|limit| format!("/v1/deals/collection?limit={limit}")));
        hold(address, &stay, Churn::All, &lists, by_cursor);
        // By offset new records push others on, so only orders in which they come last can keep the promise.
        let lists: Vec<String> = ["", "&sort=id%20ASC", "&sort=add_time%20ASC"]
            .iter()
            .flat_map(|sort| LIMITS.map(|limit| format!("/v1/deals?limit={limit}{sort}")))
            .collect();
        hold(address, &stay, Churn::Inserts, &lists, by_offset);
    }
}
