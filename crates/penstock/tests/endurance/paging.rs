//! Paging while others write: every record that stays as it is, is seen exactly once.

use std::{
    collections::{BTreeSet, HashMap},
    sync::atomic::{AtomicBool, Ordering},
};

use serde_json::{Value as Json, json};

use crate::{support::places, wire::Wire};

/// Deals that stay as they are.
const STAY: usize = 230;
const LIMITS: [usize; 5] = [3, 7, 50, 100, 500];

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

/// Makes deals, some for good, some not, until it is told to stop. Gives how many writes it did.
fn churn(address: &str, kind: Churn, stop: &AtomicBool) -> usize {
    let mut wire = Wire::connect(address).expect("a connection");
    let mut own: Vec<i64> = Vec::new();
    for turn in 0.. {
        if stop.load(Ordering::SeqCst) {
            return turn;
        }
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
    0
}

/// Pages of a list; `position` reads where the next one starts from the page before.
fn walk(address: &str, list: &str, position: impl Fn(&Json) -> Option<String>) -> HashMap<i64, usize> {
    let mut wire = Wire::connect(address).expect("a connection");
    let mut seen = HashMap::new();
    let mut next = Some(String::new());
    while let Some(at) = next {
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

fn by_cursor(page: &Json) -> Option<String> {
    page["additional_data"]["next_cursor"].as_str().map(|cursor| format!("&cursor={cursor}"))
}

fn by_offset(page: &Json) -> Option<String> {
    page["additional_data"]["pagination"]["next_start"].as_i64().map(|start| format!("&start={start}"))
}

/// Walks through lists while two others write, and holds what was seen against what stays.
fn hold(address: &str, stay: &BTreeSet<i64>, kind: Churn, lists: &[String], position: fn(&Json) -> Option<String>) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers = [(); 2].map(|()| scope.spawn(|| churn(address, kind, &stop)));
        let walks = lists.chunks(lists.len().div_ceil(3)).map(|lists| {
            scope.spawn(move || {
                for list in lists {
                    let seen = walk(address, list, position);
                    let missed: Vec<_> = stay.iter().filter(|id| !seen.contains_key(*id)).collect();
                    assert!(missed.is_empty(), "{list} missed {missed:?}");
                    // What changes its place may be met there again; nothing else may.
                    let moves = |id: &i64| list.contains("update_time") && !stay.contains(id);
                    let twice: Vec<_> = seen.iter().filter(|(id, times)| **times > 1 && !moves(id)).collect();
                    assert!(twice.is_empty(), "{list} showed again {twice:?}");
                }
            })
        });
        let walks: Vec<_> = walks.collect();
        let ended: Vec<_> = walks.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        stop.store(true, Ordering::SeqCst);
        let written: usize = writers.into_iter().map(|writer| writer.join().expect("a writer")).sum();
        ended.into_iter().for_each(|walk| walk.expect("a walk"));
        assert!(written > 20, "only {written} writes came between");
    });
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
