//! Connections: those that die, those that break, and what is kept of them.

use std::sync::Arc;

use penstock_model::{Code, CompanyId, ValueRef};
use penstock_store::{Database, Faults, Settings, one, one_int};

use crate::{ONE, admin, admin_int, count, fresh, insert, open, server};

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
            database.write(ONE, move |conn| insert(conn, ONE, id, "x")).await.unwrap();
            assert_eq!(count(&database).await, id);
        }
        // In the middle of a write: nothing is kept, the next works.
        let victim = name.clone();
        let e = database
            .write(ONE, move |conn| {
                insert(conn, ONE, 100, "x")?;
                kill(&victim);
                insert(conn, ONE, 101, "x")
            })
            .await
            .unwrap_err();
        assert_eq!(e.code, Code::Unavailable, "{e}");
        // In the middle of a write that does not notice: the commit does.
        let victim = name.clone();
        let e = database
            .write(ONE, move |conn| {
                insert(conn, ONE, 100, "x")?;
                kill(&victim);
                Ok(())
            })
            .await
            .unwrap_err();
        assert_eq!((e.code, e.message.contains("may be kept or not")), (Code::Unavailable, true), "{e}");
        database.write(ONE, |conn| insert(conn, ONE, 200, "x")).await.unwrap();
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
                        .write(ONE, move |conn| {
                            insert(conn, ONE, i, "x")?;
                            if i == 100 {
                                kill(&victim);
                                insert(conn, ONE, 1000 + i, "x")?;
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
                .write(ONE, |conn| {
                    insert(conn, ONE, 1, "x")?;
                    insert(conn, ONE, 2, "x")?;
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
                tokio::spawn(async move {
                    database.write(CompanyId::new(i % 3), move |conn| insert(conn, CompanyId::new(i % 3), i, "x")).await
                })
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
        assert_eq!(database.write(ONE, |conn| insert(conn, ONE, 1, "x")).await.unwrap_err().code, Code::Unavailable);
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

/// The server plans for tables as they are when a statement is prepared. The table is empty then, so that an index
/// which has the key only at its end seems as good as the primary key's; once the table has grown, it leads past every
/// record of the company.
#[test]
fn plans_are_made_anew_for_tables_that_have_grown() {
    run!(async {
        const ROWS: i64 = 1000;
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        let columns: Vec<String> = (0..30).map(|n| format!("c{n} TEXT")).collect();
        let columns = columns.join(", ");
        let table = format!(
            "CREATE TABLE wide (company_id BIGINT NOT NULL, id BIGINT NOT NULL, {columns}, PRIMARY KEY (company_id, id)) \
             WITH (autovacuum_enabled = false); CREATE INDEX wide_c0 ON wide (company_id, c0 NULLS FIRST, id)"
        );
        database.write(CompanyId::SERVER, move |conn| conn.batch(&table)).await.unwrap();
        for id in 1..=ROWS {
            let found = database.write(ONE, move |conn| {
                let key = [1, id].map(ValueRef::Int);
                let filled = "INSERT INTO wide (company_id, id, c1) VALUES (?1, ?2, repeat('x', 1000))";
                conn.execute(filled, &key)?;
                one_int(conn, "SELECT id FROM wide WHERE company_id = ?1 AND id = ?2", &key)
            });
            assert_eq!(found.await.unwrap(), Some(id));
        }
        let plan = database.write(ONE, |conn| {
            let kept = "SELECT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT id FROM wide %'";
            let name = one(conn, kept, &[], 1)?.unwrap().remove(0);
            let mut plan = String::new();
            conn.query(&format!("EXPLAIN EXECUTE {}(1, 1)", name.text().unwrap()), &[], &mut |row| {
                plan.push_str(row.get(0).text().unwrap_or_default());
                Ok(())
            })?;
            Ok(plan)
        });
        let plan = plan.await.unwrap();
        assert!(plan.contains("wide_pkey"), "{plan}");
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
        database.write(CompanyId::SERVER, |conn| conn.batch("ALTER TABLE c ADD COLUMN extra BIGINT")).await.unwrap();
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
