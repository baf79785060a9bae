//! Pages read while others write: each record that stays is seen exactly once, in order.

use std::collections::BTreeMap;

use penstock_model::Clock;
use penstock_testing::{TestCompany, engines};
use proptest::prelude::*;
use serde_json::json;

use crate::app::{App, Client};

/// What happens between two pages.
#[derive(Clone, Copy, Debug)]
enum Happens {
    /// A deal is made.
    Made,
    /// A deal is changed: it moves in a list that is ordered by change.
    Changed(i64),
    /// A deal is deleted.
    Deleted(i64),
}

const DEALS: i64 = 12;

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        3 => Just(Happens::Made),
        2 => (1..=DEALS).prop_map(Happens::Changed),
        1 => (1..=DEALS).prop_map(Happens::Deleted),
    ]
}

async fn happen(app: &App, what: Happens) {
    app.tenant.clock.advance(1_000_000);
    let bob = app.bob();
    match what {
        Happens::Made => _ = bob.post("/v1/deals", json!({ "title": "New" })).await.must(201),
        Happens::Changed(id) => {
            let body = json!({ "title": format!("Changed {}", app.tenant.clock.now()) });
            bob.put(&format!("/v1/deals/{id}"), body).await;
        }
        Happens::Deleted(id) => _ = bob.delete(&format!("/v1/deals/{id}")).await,
    }
}

async fn walk(app: &App, client: &Client, target: &str, limit: usize, between: &[Happens]) -> Vec<i64> {
    let (mut seen, mut cursor, mut writes) = (Vec::new(), String::new(), between.iter());
    loop {
        let page = client.get(&format!("{target}&limit={limit}{cursor}")).await.must(200);
        seen.extend(page.list().iter().map(|record| record["id"].as_i64().unwrap()));
        for what in writes.by_ref().take(2) {
            happen(app, *what).await;
        }
        match page.at("/additional_data/next_cursor").as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return seen,
        }
    }
}

/// What is wrong with a walk, if anything.
fn fault(target: &str, seen: &[i64], between: &[Happens]) -> Option<String> {
    let mut times = BTreeMap::new();
    for id in seen {
        *times.entry(*id).or_insert(0_usize) += 1;
    }
    let by_change = target.contains("update_time") || target.contains("collection");
    let descending = target.contains("desc");
    for id in 1..=DEALS {
        let deleted = between.iter().any(|h| matches!(h, Happens::Deleted(other) if *other == id));
        let changes = between.iter().filter(|h| matches!(h, Happens::Changed(other) if *other == id)).count();
        let count = times.get(&id).copied().unwrap_or(0);
        let right = match (deleted, changes) {
            (true, _) => count <= 1 + changes,
            // It moved to the end of an ascending list, where it is seen again; in a descending one to its beginning.
            (false, 1..) if by_change && descending => count <= 1,
            (false, 1..) if by_change => (1..=1 + changes).contains(&count),
            _ => count == 1,
        };
        if !right {
            return Some(format!("{target}: deal {id} was seen {count} times in {seen:?} between {between:?}"));
        }
    }
    None
}

#[test]
fn each_record_that_stays_is_seen_exactly_once() {
    const TARGETS: [&str; 6] = [
        "/api/v2/deals?sort_by=id",
        "/api/v2/deals?sort_by=id&sort_direction=desc",
        "/api/v2/deals?sort_by=add_time&sort_direction=desc",
        "/api/v2/deals?sort_by=update_time",
        "/api/v2/deals?sort_by=update_time&sort_direction=desc",
        "/v1/deals/collection?user_id=3",
    ];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for engine in engines() {
        let app = runtime.block_on(async { App::over(TestCompany::open(engine).await) });
        let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
        let cases = (0..TARGETS.len(), 1..6_usize, prop::collection::vec(happens(), 0..16), any::<bool>());
        proptest!(config, |((target, limit, between, admin) in cases)| {
            let target = TARGETS[target];
            let fault = runtime.block_on(async {
                app.tenant.reset().await;
                for _ in 0..DEALS {
                    app.tenant.clock.advance(1_000_000);
                    app.bob().post("/v1/deals", json!({ "title": "Old" })).await.must(201);
                }
                let client = if admin { app.admin() } else { app.ann() };
                let seen = walk(&app, &client, target, limit, &between).await;
                fault(target, &seen, &between)
            });
            prop_assert!(fault.is_none(), "{engine:?}: {}", fault.unwrap());
        });
        runtime.block_on(async { drop(app) });
    }
}
