//! A database connection that fails at each statement in turn, under whole operations of the face: the answer is a clear
//! 503, nothing is changed, and the next request works.

use std::sync::Arc;

use http::{HeaderName, Method, header};
use penstock_api::{Face as _, Reply, Request};
use penstock_pipedrive::Face;
use penstock_store::{Conn, Engine};
use penstock_testing::{ADMIN, TestCompany, tenants};
use serde_json::{Value as Json, json};

use crate::world::tells_nothing;

/// The face over an tenant, asked by its admin.
struct App {
    tenant: TestCompany,
    face: Face,
}

impl App {
    async fn ask(&self, method: &str, path: &str, body: &Json) -> Reply {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = Request::new(method, path)
            .with_header(HeaderName::from_static("x-api-token"), &self.tenant.token(ADMIN))
            .with_header(header::CONTENT_TYPE, "application/json");
        if !body.is_null() {
            request = request.with_body(body.to_string());
        }
        self.face.respond(request).await.reply().expect("an answer")
    }

    /// What a request that must succeed gives.
    async fn made(&self, method: &str, path: &str, body: Json) -> Json {
        let response = self.ask(method, path, &body).await;
        assert!(response.status.is_success(), "{method} {path}: {}", json_of(&response));
        json_of(&response)["data"].clone()
    }

    /// Every row of every table, as text.
    async fn dump(&self) -> Vec<String> {
        self.tenant.crm.database.read(|conn| Ok(rows(conn))).await.expect("a dump")
    }

    /// Fails the request at each of its statements, then lets it through. Gives how many statements it has.
    async fn fails_at_each_statement(&self, method: &str, path: &str, body: Json) -> i64 {
        let before = self.dump().await;
        for n in 0.. {
            self.tenant.faults.fail_at(n);
            let response = self.ask(method, path, &body).await;
            if self.tenant.faults.clear() {
                assert!(response.status.is_success(), "{method} {path}: {}", json_of(&response));
                assert_eq!(self.dump().await == before, method == "GET", "{method} {path} changes what it should");
                return n;
            }
            assert_eq!(response.status, 503, "{method} {path}, statement {n}");
            tells_nothing(&json_of(&response));
            let after = self.dump().await;
            let changed: Vec<&String> = after.iter().filter(|row| !before.contains(row)).collect();
            assert!(after == before, "{method} {path}, statement {n} left {changed:?}");
            let next = self.ask("GET", "/v1/deals/1", &Json::Null).await;
            assert_eq!(next.status, 200, "after {method} {path}, statement {n}");
        }
        0
    }
}

fn json_of(reply: &Reply) -> Json {
    serde_json::from_slice(reply.bytes().expect("a whole answer")).expect("JSON")
}

/// Every row of every table, as text. Tables are found as the engine has them, so that none is forgotten.
fn rows(conn: &mut dyn Conn) -> Vec<String> {
    let columns = match conn.engine() {
        Engine::Sqlite => {
            "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY 1, 2"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS text), CAST(column_name AS text) FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY 1, 2"
        }
    };
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    let text = |row: &dyn penstock_store::Row, at| row.get(at).text().expect("a name").to_owned();
    conn.query(columns, &[], &mut |row| {
        let (table, column) = (text(row, 0), format!("CAST(\"{}\" AS text)", text(row, 1)));
        match tables.last_mut() {
            Some((name, columns)) if *name == table => columns.push(column),
            _ => tables.push((table, vec![column])),
        }
        Ok(())
    })
    .expect("the tables");
    let mut all = Vec::new();
    for (table, columns) in tables {
        let width = columns.len();
        let sql = format!("SELECT {} FROM \"{table}\"", columns.join(", "));
        conn.query(&sql, &[], &mut |row| {
            let cells: Vec<String> = (0..width).map(|at| row.get(at).text().unwrap_or("-").to_owned()).collect();
            all.push(format!("{table}: {}", cells.join(" | ")));
            Ok(())
        })
        .expect("the rows");
    }
    all.sort_unstable();
    assert!(all.len() > 20, "tables were found");
    all
}

/// A face over an tenant with a few records.
async fn app(tenant: TestCompany) -> App {
    let face = Face::new(tenant.crm.clone());
    let app = App { tenant, face };
    app.made("POST", "/v1/organizations", json!({"name": "Acme"})).await;
    app.made("POST", "/v1/persons", json!({"name": "Carol Jones", "org_id": 1, "email": "carol@example.com"})).await;
    app.made("POST", "/v1/deals", json!({"title": "First", "person_id": 1, "org_id": 1})).await;
    app.made("POST", "/v1/activities", json!({"subject": "Call", "deal_id": 1, "due_date": "2031-01-01"})).await;
    app
}

#[tokio::test]
async fn an_operation_that_fails_at_any_statement_is_a_clear_503_and_changes_nothing() {
    for tenant in tenants().await {
        let app = app(tenant).await;
        let field = app.made("POST", "/v1/dealFields", json!({"name": "Size", "field_type": "double"})).await;
        let key = field["key"].as_str().expect("a key");
        let options = json!({"name": "Colour", "field_type": "enum", "options": [{"label": "Red"}, {"label": "Blue"}]});
        let deal = json!({"title": "Second", "person_id": 1, "org_id": 1, "value": 5, "custom_fields": {key: 7}});
        let person = json!({"name": "Carol Smith", "phone": [{"value": "123", "primary": true}], "owner_id": 2});
        let mut statements = Vec::new();
        for (method, path, body) in [
            ("POST", "/api/v2/deals", deal),
            ("PATCH", "/api/v2/deals/2", json!({"status": "won", "stage_id": 2, "custom_fields": {key: 8}})),
            ("PUT", "/v1/persons/1", person),
            ("POST", "/v1/deals/2/followers", json!({"user_id": 2})),
            ("POST", "/v1/notes", json!({"content": "Well done", "deal_id": 2})),
            ("POST", "/v1/leads", json!({"title": "A lead", "person_id": 1})),
            ("PUT", "/v1/activities/1", json!({"done": 1})),
            ("POST", "/v1/dealFields", options),
            ("DELETE", "/v1/dealFields/30002", Json::Null),
            ("DELETE", "/v1/deals/2", Json::Null),
            ("DELETE", "/v1/persons/1", Json::Null),
            ("GET", "/v1/deals?sort=title%20DESC&limit=2", Json::Null),
            ("GET", "/api/v2/deals?sort_by=update_time&limit=1&include_fields=next_activity_id", Json::Null),
            ("GET", "/v1/deals/summary", Json::Null),
            ("GET", "/v1/dealFields", Json::Null),
        ] {
            statements.push((path, app.fails_at_each_statement(method, path, body).await));
        }
        assert!(statements.iter().all(|(_, n)| *n >= 2), "token and rows at least: {statements:?}");
        assert!(statements[0].1 > 10, "a deal is many rows: {statements:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_statement_fails_no_other_request() {
    for tenant in tenants().await {
        let app = Arc::new(app(tenant).await);
        for n in (0..80_i64).step_by(4) {
            app.tenant.faults.fail_at(n);
            let body = json!({"title": "One of eight", "person_id": 1, "org_id": 1});
            let eight: Vec<_> = (0..8)
                .map(|_| {
                    let (app, body) = (Arc::clone(&app), body.clone());
                    tokio::spawn(async move { app.ask("POST", "/v1/deals", &body).await.status.as_u16() })
                })
                .collect();
            let mut statuses = Vec::new();
            for one in eight {
                statuses.push(one.await.expect("an answer"));
            }
            assert!(!app.tenant.faults.clear(), "eight requests have more than {n} statements");
            let of = |status| statuses.iter().filter(|s| **s == status).count();
            assert_eq!((of(201), of(503)), (7, 1), "{statuses:?}");
        }
        let made = "SELECT COUNT(*) FROM deal WHERE company_id = ?1";
        assert_eq!(app.tenant.number(made).await, 1 + 7 * 20);
        let ids = "SELECT last FROM counter WHERE company_id = ?1 AND name = 'deal'";
        assert_eq!(app.tenant.number(ids).await, 1 + 7 * 20, "no number was used up");
        let events =
            "SELECT event_seq - (SELECT COUNT(*) FROM event e WHERE e.company_id = id) FROM company WHERE id = ?1";
        assert_eq!(app.tenant.number(events).await, 0, "events without a gap");
    }
}
