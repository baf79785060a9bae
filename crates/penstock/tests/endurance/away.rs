//! Postgres going away and coming back, under a server that goes on.

use penstock_testing::{Engine, Home, OwnPostgres, engines, postgres_address, ran};
use postgres::{Client, NoTls};

use crate::{
    look::Look,
    moved::until_writable,
    support::{Place, Running},
    wire::Wire,
    world::{World, deals_above, is_clear_refusal},
    writers::{Told, Writers},
};

const WRITERS: usize = 16;

/// The operator of the Postgres server, and the database that is taken away.
struct Operator {
    client: Client,
    database: String,
}

impl Operator {
    fn of(place: &Place) -> Self {
        let Home::Server { name, .. } = &place.home else { panic!("this place is on Postgres") };
        let url = postgres_address().expect("a server");
        Self { client: Client::connect(&url, NoTls).expect("a connection"), database: name.clone() }
    }

    /// Ends every connection to the database.
    fn interrupt(&mut self) {
        let end = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1";
        let ended: i64 = self.client.query_one(end, &[&self.database]).expect("it runs").get(0);
        assert!(ended > 0, "the server had connections");
    }

    fn let_in(&mut self, allowed: bool) {
        let sql = format!("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {allowed}", self.database);
        self.client.batch_execute(&sql).expect("it runs");
    }
}

/// A server on Postgres, if there is one.
fn served() -> Option<(Place, Running, World)> {
    let engine = engines().into_iter().find(|engine| *engine == Engine::Postgres)?;
    let place = Place::new(engine);
    let server = place.serve(&[]);
    let world = World::make(&server);
    Some((place, server, world))
}

#[test]
fn postgres_goes_away_and_comes_back_while_the_server_goes_on() {
    let Some((place, server, world)) = served() else { return };
    let mut operator = Operator::of(&place);
    let writers = Writers::start(&server.address, &world, WRITERS, "Away", 0);
    let mut reader = Wire::connect(&server.address).expect("a connection");
    for _ in 0..2 {
        writers.until_each_is(Told::Kept);
        operator.let_in(false);
        operator.interrupt();
        writers.until_each_is(Told::Refused);
        is_clear_refusal(&reader.ask("GET", "/v1/deals", "").expect("an answer"));
        let health = reader.ask("GET", "/health", "").expect("an answer");
        assert_eq!((health.status, health.json()["status"].as_str()), (503, Some("unavailable")));
        operator.let_in(true);
        writers.until_each_is(Told::Kept);
        assert_eq!(reader.ask("GET", "/v1/deals", "").expect("an answer").status, 200);
        assert_eq!(reader.ask("GET", "/health", "").expect("an answer").status, 200);
    }
    let told = writers.stop();
    assert_eq!(told.broken, 0, "no client lost its connection");
    told.holds(&world, &deals_above(&server, 0));
    Look::at(&place.home.settings()).finds_nothing_wrong(&world);
}

#[test]
fn connections_that_end_are_replaced_and_lose_no_answered_write() {
    let Some((place, server, world)) = served() else { return };
    let mut operator = Operator::of(&place);
    let writers = Writers::start(&server.address, &world, WRITERS, "Cut", 0);
    for _ in 0..10 {
        writers.until_kept(50);
        operator.interrupt();
        writers.until_each_is(Told::Kept);
    }
    let told = writers.stop();
    assert_eq!(told.broken, 0, "no client lost its connection");
    told.holds(&world, &deals_above(&server, 0));
    Look::at(&place.home.settings()).finds_nothing_wrong(&world);
    // A connection that died while nobody used it is replaced without a word.
    operator.interrupt();
    assert_eq!(server.get("/v1/deals").status, 200);
    operator.interrupt();
    assert_eq!(server.post("/v1/deals", r#"{"title":"After"}"#).status, 201);
}

#[test]
fn a_server_on_a_standby_reads_and_refuses_writes_until_it_is_promoted() {
    let what = "a standby of Postgres";
    let Some(postgres) = OwnPostgres::start(what, |_| String::new()) else { return };
    ran(what);
    let place = Place { folder: tempfile::tempdir().expect("a folder"), home: Home::Own { url: postgres.url() } };
    let server = place.serve(&[]);
    assert_eq!(server.post("/v1/deals", r#"{"title":"Before"}"#).status, 201);
    postgres.demote();
    until_writable(&server, false);
    assert_eq!(server.get("/v1/deals/1").status, 200);
    is_clear_refusal(&server.post("/v1/deals", r#"{"title":"No"}"#));
    let complaint = place.complaint(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(complaint.contains("takes no writes") && complaint.contains("target_session_attrs"), "{complaint}");
    postgres.promote();
    until_writable(&server, true);
    assert_eq!(server.post("/v1/deals", r#"{"title":"After"}"#).status, 201);
}
