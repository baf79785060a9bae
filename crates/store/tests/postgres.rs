//! The Postgres engine against a server. `PENSTOCK_TEST_POSTGRES` holds the URL of a database on it, for instance
//! `postgres://postgres@127.0.0.1:5432/postgres`; every test makes a database of its own.

#![expect(clippy::unwrap_used, reason = "tests, and what they share")]

use std::{
    io::Write,
    sync::{
        Arc, Once,
        atomic::{AtomicU32, Ordering},
    },
};

use penstock_model::{Code, Error, Result, ValueRef};
use penstock_store::{Conn, Database, Faults, Settings, one, one_int};

/// The server's URL without a database. A missing one is told loudly, and is a failure where everything must run.
#[expect(clippy::disallowed_methods, reason = "the one place of these tests that reads the environment")]
fn server() -> Option<String> {
    static SAID: Once = Once::new();
    let url = std::env::var("PENSTOCK_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        // Not by `eprintln!`, of which nothing is seen when the test passes.
        let message = b"\n!!! DID NOT RUN: Postgres: PENSTOCK_TEST_POSTGRES is not set !!!\n\n";
        SAID.call_once(|| _ = std::io::stderr().write_all(message));
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "PENSTOCK_TEST_POSTGRES must be set in CI");
    }
    url.map(|url| url.rsplit_once('/').map_or_else(|| url.clone(), |(server, _)| server.to_owned()))
}

fn admin(sql: &str) {
    let url = format!("{}/postgres", server().unwrap());
    let sql = sql.to_owned();
    std::thread::spawn(move || {
        postgres::Client::connect(&url, postgres::NoTls).unwrap().batch_execute(&sql).unwrap();
    })
    .join()
    .unwrap();
}

fn admin_int(sql: &str) -> i64 {
    let url = format!("{}/postgres", server().unwrap());
    let sql = sql.to_owned();
    std::thread::spawn(move || {
        let row = postgres::Client::connect(&url, postgres::NoTls).unwrap().query_one(&sql, &[]).unwrap();
        row.get::<_, i64>(0)
    })
    .join()
    .unwrap()
}

static NEXT: AtomicU32 = AtomicU32::new(0);

fn fresh() -> (String, String) {
    let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    admin(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
    (format!("{}/{name}", server().unwrap()), name)
}

async fn open(url: &str, faults: Arc<Faults>) -> Database {
    let database = Database::open_with(&Settings::Postgres { url: url.to_owned() }, faults).unwrap();
    database
        .write(0, |conn| {
            conn.batch(
                "CREATE TABLE IF NOT EXISTS t (company_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT COLLATE \"C\", \
                 r DOUBLE PRECISION, b BOOLEAN, PRIMARY KEY (company_id, id)); \
                 CREATE TABLE IF NOT EXISTS c (company_id BIGINT PRIMARY KEY, last BIGINT NOT NULL)",
            )
        })
        .await
        .unwrap();
    database
}

fn insert(conn: &mut dyn Conn, company: i64, id: i64, name: &str) -> Result<()> {
    conn.execute(
        "INSERT INTO t (company_id, id, name, r, b) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[ValueRef::Int(company), ValueRef::Int(id), ValueRef::Text(name), ValueRef::Int(2), ValueRef::Int(1)],
    )
    .map(|_| ())
}

async fn count(database: &Database) -> i64 {
    database.read(|conn| Ok(one_int(conn, "SELECT COUNT(*) FROM t", &[])?.unwrap_or(-1))).await.unwrap()
}

macro_rules! run {
    ($body:expr) => {{
        if server().is_none() {
            return;
        }
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on($body)
    }};
}

#[test]
fn values_come_back_as_they_were() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        database
            .write(1, |conn| {
                conn.execute(
                    "INSERT INTO t (company_id, id, name, r, b) VALUES (?1, ?2, ?3, ?4, ?5)",
                    &[
                        ValueRef::Int(1),
                        ValueRef::Int(i64::MIN),
                        ValueRef::Text("ö'?1"),
                        ValueRef::Real(0.1),
                        ValueRef::Null,
                    ],
                )?;
                insert(conn, 1, i64::MAX, "")
            })
            .await
            .unwrap();
        let rows = database
            .read(|conn| {
                let mut rows = Vec::new();
                conn.query(
                    "SELECT id, name, r, b FROM t WHERE company_id = ?1 ORDER BY id",
                    &[ValueRef::Int(1)],
                    &mut |row| {
                        rows.push((0..5).map(|i| format!("{:?}", row.get(i))).collect::<Vec<_>>().join(" "));
                        Ok(())
                    },
                )?;
                Ok(rows)
            })
            .await
            .unwrap();
        assert_eq!(
            rows,
            [
                format!("Int({}) Text(\"ö'?1\") Real(0.1) Null Null", i64::MIN),
                format!("Int({}) Text(\"\") Real(2.0) Bool(true) Null", i64::MAX),
            ]
        );
        let found = database
            .read(|conn| {
                one(
                    conn,
                    "SELECT COUNT(*), SUM(id), AVG(id), CAST(7 AS int), CAST(7 AS smallint), CAST(1.5 AS real), 'x', \
                     CAST('y' AS \"char\"), CAST('{\"a\": 1}' AS jsonb), CAST('[2]' AS json), NULL, \
                     -9223372036854775808.0 - 1, 12345678901.25, CAST('v' AS varchar(3)), 'a' COLLATE \"C\" FROM t",
                    &[],
                    15,
                )
            })
            .await
            .unwrap();
        let found = found.unwrap().iter().map(|v| format!("{v:?}")).collect::<Vec<_>>().join(" ");
        assert_eq!(
            found,
            "Int(2) Int(-1) Real(-0.5) Int(7) Int(7) Real(1.5) Text(\"x\") Text(\"y\") Text(\"{\\\"a\\\": 1}\") Text(\"[2]\") \
             Null Real(-9.223372036854776e18) Real(12345678901.25) Text(\"v\") Text(\"a\")"
        );
        database.close().await;
    });
}

#[test]
fn parameters_take_the_type_of_their_place() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        database
            .write(1, |conn| {
                for id in 1..=5 {
                    insert(conn, 1, id, &format!("n{id}"))?;
                }
                conn.execute(
                    "INSERT INTO t (company_id, id, name, r, b) VALUES (?1, ?2, ?3, ?4, ?5), (?1, ?6, ?7, ?8, ?9)",
                    &[
                        ValueRef::Int(2),
                        ValueRef::Int(1),
                        ValueRef::Null,
                        ValueRef::Null,
                        ValueRef::Bool(true),
                        ValueRef::Int(2),
                        ValueRef::Text("z"),
                        ValueRef::Real(1.0),
                        ValueRef::Int(0),
                    ],
                )?;
                conn.execute(
                    "INSERT INTO t (company_id, id, name) SELECT ?1, id, ?3 FROM t WHERE company_id = ?2",
                    &[ValueRef::Int(3), ValueRef::Int(1), ValueRef::Text("copy")],
                )?;
                Ok(())
            })
            .await
            .unwrap();
        let ints = |sql: &'static str, params: Vec<penstock_model::Value>| {
            let database = database.clone();
            async move {
                database
                    .read(move |conn| {
                        penstock_store::ints(conn, sql, &params.iter().map(|p| p.as_ref()).collect::<Vec<_>>())
                    })
                    .await
            }
        };
        assert_eq!(
            ints(
                "SELECT id FROM t WHERE company_id = ?1 AND id = ANY(SELECT value::bigint FROM \
                  jsonb_array_elements_text(CAST(?4 AS jsonb))) ORDER BY id LIMIT ?9",
                vec![1.into(), 0.into(), 0.into(), "[5,3,9]".into(), 0.into(), 0.into(), 0.into(), 0.into(), 10.into()]
            )
            .await
            .unwrap(),
            [3, 5]
        );
        assert_eq!(
            ints(
                "SELECT id FROM t WHERE company_id = 1 AND b = ?1 AND (name, id) > (?2, ?3) ORDER BY id",
                vec![1.into(), "n3".into(), 0.into()]
            )
            .await
            .unwrap(),
            [3, 4, 5]
        );
        assert_eq!(
            ints(
                "SELECT id FROM t WHERE company_id = 1 AND to_tsvector('simple', name) @@ CAST(?1 AS tsquery)",
                vec!["n2".into()]
            )
            .await
            .unwrap(),
            [2]
        );
        assert_eq!(
            ints("SELECT id FROM t GROUP BY id HAVING SUM(id) > ?1 ORDER BY id", vec![7.into()]).await.unwrap(),
            [4, 5]
        );
        assert_eq!(
            ints("SELECT COUNT(*) FROM t WHERE company_id = 3 AND name = ?1", vec!["copy".into()]).await.unwrap(),
            [5]
        );
        let e = ints("SELECT id FROM t WHERE id = ?1", vec!["x".into()]).await.unwrap_err();
        assert_eq!(
            (e.code, e.message.as_ref()),
            (Code::Internal, "postgres: a text was bound where the statement takes int8")
        );
        let e = ints("SELECT id FROM t WHERE id = ?1", vec![]).await.unwrap_err();
        assert_eq!(e.message, "postgres: 0 values for a statement that takes 1");
        let e = ints("SELECT to_tsvector('a')", vec![]).await.unwrap_err();
        assert_eq!(e.message, "postgres: the column to_tsvector of type tsvector must be cast to be read");
        assert_eq!(count(&database).await, 12);
        database.close().await;
    });
}

#[test]
fn a_failed_write_undoes_itself_only() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        let writes: Vec<_> = (0..300_i64)
            .map(|i| {
                let database = database.clone();
                tokio::spawn(async move {
                    database
                        .write(1, move |conn| {
                            insert(conn, 1, 1000 + i, "before")?;
                            match i % 5 {
                                1 => insert(conn, 1, 1000 + i, "twice")?,
                                2 => panic!("on purpose"),
                                3 => return Err(Error::not_found("deal")),
                                4 => {
                                    // Swallowed, then goes on.
                                    let _ = insert(conn, 1, 1000 + i, "twice");
                                    let _ = one_int(conn, "SELECT COUNT(*) FROM t", &[]);
                                }
                                _ => {}
                            }
                            Ok(i)
                        })
                        .await
                })
            })
            .collect();
        for (i, write) in writes.into_iter().enumerate() {
            let result = write.await.unwrap().map_err(|e| e.code);
            let expected = match i % 5 {
                0 => Ok(i64::try_from(i).unwrap()),
                1 | 4 => Err(Code::Conflict),
                2 => Err(Code::Internal),
                _ => Err(Code::NotFound),
            };
            assert_eq!(result, expected, "{i}");
        }
        assert_eq!(count(&database).await, 60);
        database.close().await;
    });
}

#[test]
fn writes_of_a_company_are_serial_and_nothing_is_lost() {
    run!(async {
        let (url, _) = fresh();
        for suffix in ["", "?penstock_group=1", "?penstock_group=3"] {
            let database = open(&format!("{url}{suffix}"), Arc::default()).await;
            database.write(0, |conn| conn.batch("DELETE FROM t; DELETE FROM c")).await.unwrap();
            let writes: Vec<_> = (0..1200_i64)
                .map(|i| {
                    let database = database.clone();
                    tokio::spawn(async move {
                        let company = i % 12;
                        database
                            .write(company, move |conn| {
                                let last = one_int(
                                    conn,
                                    "SELECT last FROM c WHERE company_id = ?1",
                                    &[ValueRef::Int(company)],
                                )?;
                                let next = last.unwrap_or(0) + 1;
                                let sql = if last.is_some() {
                                    "UPDATE c SET last = ?2 WHERE company_id = ?1"
                                } else {
                                    "INSERT INTO c (company_id, last) VALUES (?1, ?2)"
                                };
                                conn.execute(sql, &[ValueRef::Int(company), ValueRef::Int(next)])?;
                                insert(conn, company, next, "n")
                            })
                            .await
                    })
                })
                .collect();
            for write in writes {
                write.await.unwrap().unwrap();
            }
            assert_eq!(count(&database).await, 1200);
            let last =
                database.read(|conn| penstock_store::ints(conn, "SELECT last FROM c ORDER BY 1", &[])).await.unwrap();
            assert_eq!(last, [100; 12]);
            database.close().await;
        }
    });
}

#[test]
fn two_processes_on_one_company_are_serial_too() {
    run!(async {
        let (url, _) = fresh();
        let one_ = open(&url, Arc::default()).await;
        let two = open(&url, Arc::default()).await;
        one_.write(7, |conn| {
            conn.batch("INSERT INTO company SELECT (jsonb_populate_record(NULL::company, '{\"id\":7,\"name\":\"a\",\"domain\":\"a\",\"currency\":\"EUR\",\"timezone\":\"UTC\",\"sandbox\":false,\"clock_offset\":0,\"event_seq\":0,\"schema_version\":1,\"add_time\":0,\"version\":0}')).*")
        }).await.unwrap();
        let writes: Vec<_> = (0..400_i64)
            .map(|i| {
                let database = if i % 2 == 0 { one_.clone() } else { two.clone() };
                tokio::spawn(async move {
                    database
                        .write(7, move |conn| {
                            let last =
                                one_int(conn, "SELECT event_seq FROM company WHERE id = ?1", &[ValueRef::Int(7)])?;
                            conn.execute(
                                "UPDATE company SET event_seq = ?2 WHERE id = ?1",
                                &[ValueRef::Int(7), ValueRef::Int(last.unwrap() + 1)],
                            )
                        })
                        .await
                })
            })
            .collect();
        for write in writes {
            assert_eq!(write.await.unwrap().unwrap(), 1);
        }
        let last = one_.read(|conn| one_int(conn, "SELECT event_seq FROM company", &[])).await.unwrap();
        assert_eq!(last, Some(400));
        one_.close().await;
        two.close().await;
    });
}

#[test]
fn a_read_is_one_snapshot_and_writes_nothing() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        let other = database.clone();
        let handle = tokio::runtime::Handle::current();
        let counts = database
            .read(move |conn| {
                let before = one_int(conn, "SELECT COUNT(*) FROM t", &[])?;
                let (done, wait) = std::sync::mpsc::channel();
                let other = other.clone();
                handle.spawn(async move {
                    other.write(1, |conn| insert(conn, 1, 1, "x")).await.unwrap();
                    done.send(()).unwrap();
                });
                wait.recv().unwrap();
                Ok((before, one_int(conn, "SELECT COUNT(*) FROM t", &[])?))
            })
            .await
            .unwrap();
        assert_eq!(counts, (Some(0), Some(0)));
        assert_eq!(count(&database).await, 1);
        let e = database.read(|conn| insert(conn, 1, 2, "x")).await.unwrap_err();
        assert_eq!(e.code, Code::Unavailable, "{e}");
        let e = database.read(|_| -> Result<()> { panic!("on purpose") }).await.unwrap_err();
        assert_eq!(e.code, Code::Internal);
        assert_eq!(count(&database).await, 1);
        database.close().await;
    });
}

/// A server's process ends a moment after its connection.
async fn nobody_is_connected(name: &str) {
    for _ in 0..100 {
        if admin_int(&format!("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{name}'")) == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{name} still has connections");
}

fn kill(name: &str) {
    admin(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
}

#[test]
fn connections_that_died_are_replaced() {
    run!(async {
        let (url, name) = fresh();
        let database = open(&url, Arc::default()).await;
        for id in 1..=20 {
            kill(&name);
            // Both work at once: nothing had run on the dead connections.
            database.write(1, move |conn| insert(conn, 1, id, "x")).await.unwrap();
            assert_eq!(count(&database).await, id);
        }
        // In the middle of a write: nothing is kept, the next works.
        let victim = name.clone();
        let e = database
            .write(1, move |conn| {
                insert(conn, 1, 100, "x")?;
                kill(&victim);
                insert(conn, 1, 101, "x")
            })
            .await
            .unwrap_err();
        assert_eq!(e.code, Code::Unavailable, "{e}");
        // In the middle of a write that does not notice: the commit does.
        let victim = name.clone();
        let e = database
            .write(1, move |conn| {
                insert(conn, 1, 100, "x")?;
                kill(&victim);
                Ok(())
            })
            .await
            .unwrap_err();
        assert_eq!((e.code, e.message.contains("may be kept or not")), (Code::Unavailable, true), "{e}");
        database.write(1, |conn| insert(conn, 1, 200, "x")).await.unwrap();
        let victim = name.clone();
        let e = database
            .read(move |conn| {
                kill(&victim);
                one_int(conn, "SELECT COUNT(*) FROM t", &[])
            })
            .await
            .unwrap_err();
        assert_eq!(e.code, Code::Unavailable, "{e}");
        assert_eq!(count(&database).await, 21);
        database.close().await;
    });
}

#[test]
fn a_broken_connection_fails_its_whole_group_and_no_other_write() {
    run!(async {
        let (url, name) = fresh();
        let database = open(&url, Arc::default()).await;
        let writes: Vec<_> = (0..200_i64)
            .map(|i| {
                let (database, victim) = (database.clone(), name.clone());
                tokio::spawn(async move {
                    database
                        .write(1, move |conn| {
                            insert(conn, 1, i, "x")?;
                            if i == 100 {
                                kill(&victim);
                                insert(conn, 1, 1000 + i, "x")?;
                            }
                            Ok(())
                        })
                        .await
                })
            })
            .collect();
        let mut kept = 0;
        for write in writes {
            match write.await.unwrap() {
                Ok(()) => kept += 1,
                Err(e) => assert_eq!(e.code, Code::Unavailable, "{e}"),
            }
        }
        assert!((100..200).contains(&kept), "{kept}");
        assert_eq!(count(&database).await, kept);
        database.close().await;
    });
}

#[test]
fn each_statement_in_turn_can_fail() {
    run!(async {
        let (url, _) = fresh();
        let faults = Arc::new(Faults::default());
        let database = open(&url, Arc::clone(&faults)).await;
        for n in 0..3 {
            faults.fail_at(n);
            let result = database
                .write(1, |conn| {
                    insert(conn, 1, 1, "x")?;
                    insert(conn, 1, 2, "x")?;
                    conn.execute("DELETE FROM t WHERE id = ?1", &[ValueRef::Int(1)])
                })
                .await;
            assert_eq!(result.unwrap_err().code, Code::Unavailable);
            assert!(!faults.clear());
            assert_eq!(count(&database).await, 0);
        }
        database.close().await;
    });
}

#[test]
fn the_schema_is_made_once_by_many_starts() {
    run!(async {
        let (url, _) = fresh();
        let starts: Vec<_> = (0..6)
            .map(|_| {
                let url = url.clone();
                std::thread::spawn(move || Database::open(&Settings::Postgres { url }))
            })
            .collect();
        for start in starts {
            start.join().unwrap().unwrap();
        }
    });
}

#[test]
fn a_server_that_is_away_is_unavailable() {
    run!(async {
        let settings = Settings::Postgres { url: "postgres://postgres:hush@127.0.0.1:1/none".to_owned() };
        let e = Database::open(&settings).err().unwrap();
        assert_eq!((e.code, e.message.contains("hush")), (Code::Unavailable, false), "{e}");
        println!("{e}");
        let e = Database::open(&Settings::Postgres { url: format!("{}/nothere", server().unwrap()) }).err().unwrap();
        assert_eq!(e.code, Code::Unavailable, "{e}");
        println!("{e}");
    });
}

#[test]
fn closing_finishes_what_waits() {
    run!(async {
        let (url, name) = fresh();
        let database = open(&url, Arc::default()).await;
        let writes: Vec<_> = (0..300_i64)
            .map(|i| {
                let database = database.clone();
                tokio::spawn(async move { database.write(i % 3, move |conn| insert(conn, i % 3, i, "x")).await })
            })
            .collect();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        database.close().await;
        let mut kept = 0;
        for write in writes {
            match write.await.unwrap() {
                Ok(()) => kept += 1,
                Err(e) => assert_eq!(e.code, Code::Unavailable),
            }
        }
        assert_eq!(database.read(|conn| one_int(conn, "SELECT 1", &[])).await.unwrap_err().code, Code::Unavailable);
        assert_eq!(database.write(1, |conn| insert(conn, 1, 1, "x")).await.unwrap_err().code, Code::Unavailable);
        nobody_is_connected(&name).await;
        let database = open(&url, Arc::default()).await;
        assert_eq!(count(&database).await, kept);
        println!("{kept} of 300 were kept");
        drop(database);
        nobody_is_connected(&name).await;
    });
}

#[test]
fn statements_are_kept_within_bounds() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        let kept = database
            .read(|conn| {
                for i in 0..1500_i64 {
                    let sql = format!("SELECT {i} + ?1");
                    let sum = one_int(conn, &sql, &[ValueRef::Int(1)])?;
                    assert_eq!(sum, Some(i + 1));
                    one_int(conn, "SELECT 1", &[])?;
                }
                one_int(conn, "SELECT COUNT(*) FROM pg_prepared_statements", &[])
            })
            .await
            .unwrap();
        assert!(kept.unwrap() <= 513, "{kept:?}");
        database.close().await;
    });
}

#[test]
fn a_changed_column_is_prepared_again() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        let all = |database: &Database| {
            let database = database.clone();
            async move { database.read(|conn| conn.query("SELECT * FROM c", &[], &mut |_| Ok(()))).await }
        };
        all(&database).await.unwrap();
        database.write(0, |conn| conn.batch("ALTER TABLE c ADD COLUMN extra BIGINT")).await.unwrap();
        let mut failures = 0;
        for _ in 0..50 {
            if let Err(e) = all(&database).await {
                assert_eq!(e.code, Code::Unavailable, "{e}");
                failures += 1;
            }
        }
        assert!(failures <= 3, "{failures}");
        database.close().await;
    });
}

#[test]
fn a_slow_statement_is_given_up() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        let e = database
            .read(|conn| {
                conn.batch("SET LOCAL statement_timeout = 50")?;
                conn.batch("SELECT pg_sleep(5)")
            })
            .await
            .unwrap_err();
        assert_eq!((e.code, e.message.as_ref()), (Code::Unavailable, "the query took too long"));
        let ms = database
            .read(|conn| one(conn, "SELECT current_setting('statement_timeout'), current_setting('jit'), current_setting('application_name')", &[], 3))
            .await
            .unwrap();
        assert_eq!(format!("{ms:?}"), "Some([Text(\"30s\"), Text(\"off\"), Text(\"penstock\")])");
        database.close().await;
    });
}
