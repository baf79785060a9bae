//! Pages: every record once, in the order that was asked for.

use penstock_testing::tenants;
use serde_json::json;

use crate::client::{Client, ids};

async fn walk(client: &Client, query: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut token = String::new();
    loop {
        let after = if token.is_empty() { String::new() } else { format!("&pageToken={token}") };
        let page = client.read(&format!("/objects/deal?{query}{after}")).await;
        found.extend(ids(&page));
        match page["nextPageToken"].as_str() {
            Some(next) => next.clone_into(&mut token),
            None => return found,
        }
    }
}

#[tokio::test]
async fn pages_give_every_record_once_in_every_order() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for number in 0..23 {
            let mut body = json!({ "title": format!("Deal {}", number % 4), "value": { "amount": number % 5, "currency": "EUR" } });
            if number % 3 == 0 {
                body["expected_close_date"] = json!(format!("2026-05-{:02}", 1 + number % 7));
                body["probability"] = json!(f64::from(number) + 0.5);
            }
            client.create("deal", body).await;
        }
        for sort in [
            "id",
            "-id",
            "title",
            "-title",
            "value",
            "-value",
            "expected_close_date",
            "-expected_close_date",
            "probability",
            "-probability",
            "createdTime",
            "-lastModifiedTime",
            "status",
            "status,title",
            "title,-value",
            "-title,value",
            "expected_close_date,-title",
            "-expected_close_date,-probability",
            "probability,value,-createdTime",
            "value,-id",
            "-title,expected_close_date,-value,probability",
        ] {
            let whole = client.ids(&format!("/objects/deal?sort={sort}")).await;
            for limit in [1, 4, 22, 23] {
                assert_eq!(walk(&client, &format!("sort={sort}&limit={limit}")).await, whole, "{sort} {limit}");
            }
            let mut sorted = whole.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), 23, "{sort}");
        }
        assert_eq!(walk(&client, "limit=5").await, (1..=23).map(|n| n.to_string()).collect::<Vec<_>>());
        assert_eq!(walk(&client, "limit=2&filter=value = 3").await, ["4", "9", "14", "19"]);
    }
}

#[tokio::test]
async fn records_that_come_in_between_neither_hide_nor_repeat_others() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for number in 0..10 {
            client.create("deal", json!({ "title": format!("Deal {number}") })).await;
        }
        let mut seen = Vec::new();
        let mut token = String::new();
        loop {
            let page = client.read(&format!("/objects/deal?sort=title&limit=3{token}")).await;
            seen.extend(ids(&page));
            client.create("deal", json!({ "title": "Deal 0" })).await;
            match page["nextPageToken"].as_str() {
                Some(next) => token = format!("&pageToken={next}"),
                None => break,
            }
        }
        assert_eq!(seen, (1..=10).map(|n| n.to_string()).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_token_belongs_to_its_list() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for _ in 0..3 {
            client.create("deal", json!({ "title": "Deal" })).await;
        }
        let page = client.read("/objects/deal?limit=1&sort=title").await;
        let token = page["nextPageToken"].as_str().unwrap();
        for query in [
            format!("limit=1&pageToken={token}"),
            format!("limit=1&sort=-title&pageToken={token}"),
            format!("sort=title&filter=status = 'open'&pageToken={token}"),
            "pageToken=AAAA".to_owned(),
            "pageToken=!!".to_owned(),
        ] {
            let (status, answer) = client.get(&format!("/objects/deal?{query}")).await;
            assert_eq!((status, &answer["code"]), (400, &json!("cursor.invalid")), "{query}");
        }
        assert_eq!(client.ids(&format!("/objects/deal?limit=2&sort=title&pageToken={token}")).await, ["2", "3"]);
        assert_eq!(client.get(&format!("/objects/organization?pageToken={token}")).await.0, 400);
    }
}

#[tokio::test]
async fn since_gives_what_changed_after_a_moment() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let one = client.create("deal", json!({ "title": "One" })).await;
        tenant.clock.advance(1);
        let two = client.create("deal", json!({ "title": "Two" })).await;
        let at = |moment: &serde_json::Value| format!("/objects/deal?since={}", moment.as_str().unwrap());
        assert_eq!(client.ids(&at(&one["lastModifiedTime"])).await, ["2"], "strictly after");
        assert!(client.ids(&at(&two["lastModifiedTime"])).await.is_empty());
        assert_eq!(client.get("/objects/deal?since=yesterday").await.0, 400);
        assert_eq!(client.ids("/objects/user?since=2020-01-01T00:00:00Z").await.len(), 3);
    }
}

#[tokio::test]
async fn a_page_shows_the_fields_that_are_asked_for() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "Deal" })).await;
        let page = client.read("/objects/deal?fields=title,value").await;
        let record = json!({ "id": "1", "etag": page["records"][0]["etag"], "title": "Deal", "value": { "amount": 0, "currency": "EUR" } });
        assert_eq!(page["records"][0], record);
        for query in ["title, value", "title&fields=value", "&fields[]=title&fields[]=value", "&fields[0]=title,value"]
        {
            assert_eq!(client.read(&format!("/objects/deal/1?fields={query}")).await, record, "{query}");
        }
        let (status, answer) = client.get("/objects/deal?limit=1&limit=2").await;
        assert_eq!((status, &answer["code"]), (400, &json!("parameter.invalid")), "{answer}");
        let (status, answer) = client.get("/objects/deal?fields=titel").await;
        assert_eq!((status, &answer["code"]), (400, &json!("field.unknown")));
    }
}

#[tokio::test]
async fn of_several_sort_keys_the_later_order_what_is_equal_in_the_earlier() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        for (title, amount) in [("b", 1), ("a", 1), ("A", 2), ("b", 2)] {
            client.create("deal", json!({ "title": title, "value": { "amount": amount, "currency": "EUR" } })).await;
        }
        for (sort, order) in [
            ("title,value", "2 3 1 4"),
            ("title,-value", "3 2 4 1"),
            ("-title,value", "1 4 2 3"),
            ("value,title", "2 1 3 4"),
            ("-value,-title", "4 3 1 2"),
        ] {
            assert_eq!(client.ids(&format!("/objects/deal?sort={sort}")).await.join(" "), order, "{sort}");
            assert_eq!(walk(&client, &format!("sort={sort}&limit=1")).await.join(" "), order, "{sort} by pages");
            let keys: Vec<String> = sort.split(',').map(|key| format!("sort[]={key}")).collect();
            assert_eq!(
                client.ids(&format!("/objects/deal?{}", keys.join("&"))).await.join(" "),
                order,
                "{sort} in brackets"
            );
        }
        let page = client.read("/objects/deal?sort=title,value&limit=1").await;
        let token = page["nextPageToken"].as_str().unwrap();
        let (status, answer) = client.get(&format!("/objects/deal?sort=title,-value&limit=1&pageToken={token}")).await;
        assert_eq!((status, &answer["code"]), (400, &json!("cursor.invalid")), "{answer}");
        let nine = "id,title,value,status,createdTime,lastModifiedTime,probability,expected_close_date,owner";
        let (status, answer) = client.get(&format!("/objects/deal?sort={nine}")).await;
        assert_eq!(status, 400);
        assert!(answer["message"].as_str().unwrap().contains("at most 8 fields"), "{answer}");
    }
}

/// The tokens carry a seal: what a client changes in one, or makes itself, is no token.
#[tokio::test]
async fn a_token_that_was_not_made_here_for_this_company_is_refused() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        let them = Client::new(&tenant.other_tenant("Other").await);
        for client in [&client, &them] {
            for number in 0..3 {
                client.create("deal", json!({ "title": format!("Deal {number}") })).await;
            }
        }
        for query in ["limit=1", "limit=1&sort=title", "limit=1&sort=-createdTime&filter=title != 'x'"] {
            let token = async |client: &Client| {
                let page = client.read(&format!("/objects/deal?{query}")).await;
                page["nextPageToken"].as_str().unwrap().to_owned()
            };
            let (own, theirs) = (token(&client).await, token(&them).await);
            let flipped = format!("{}{}", if own.starts_with('e') { "f" } else { "e" }, &own[1..]);
            for foreign in [&*theirs, &own[..own.len() - 1], &own[..20], &flipped, "e30", "!"] {
                let (status, answer) = client.get(&format!("/objects/deal?{query}&pageToken={foreign}")).await;
                assert_eq!((status, &answer["code"]), (400, &json!("cursor.invalid")), "{foreign}: {answer}");
            }
            client.read(&format!("/objects/deal?{query}&pageToken={own}")).await;
        }
    }
}

#[tokio::test]
async fn a_nul_character_is_refused_wherever_a_request_can_hold_one() {
    for tenant in tenants().await {
        let client = Client::new(&tenant);
        client.create("deal", json!({ "title": "x" })).await;
        for query in [
            "filter=title = 'a\0'",
            "filter=value.currency = '\0'",
            "filter=external_ids = 'a/\0'",
            "fields=\0",
            "sort=\0",
            "since=\0",
            "pageToken=\0",
            "expand=\0",
            "limit=\0",
            "includeDeleted=\0",
        ] {
            let (status, answer) = client.get(&format!("/objects/deal?{query}")).await;
            assert_eq!((status, &answer["code"]), (400, &json!("parameter.invalid")), "{query:?}: {answer}");
        }
        for path in ["/objects/deal/%00", "/objects/%00", "/metadata/%00", "/objects/deal/by/external_id/a/%00"] {
            let mut request = client.request("GET", "/objects", None);
            request.path = format!("/v1/dynamic/default{path}");
            let (status, answer) = client.send(request).await;
            assert!(status == 400 || status == 404, "{path}: {status} {answer}");
        }
    }
}
