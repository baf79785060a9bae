//! Writes and snapshots: serial in a company, each whole or not at all.

use std::sync::Arc;

use penstock_model::{Code, CompanyId, Error, Result, ValueRef};
use penstock_store::one_int;

use crate::{ONE, count, fresh, insert, open};

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
                        .write(ONE, move |conn| {
                            insert(conn, ONE, 1000 + i, "before")?;
                            match i % 5 {
                                1 => insert(conn, ONE, 1000 + i, "twice")?,
                                2 => panic!("on purpose"),
                                3 => return Err(Error::not_found("deal")),
                                4 => {
                                    // Swallowed, then goes on.
                                    let _ = insert(conn, ONE, 1000 + i, "twice");
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
fn a_write_that_fails_when_it_has_already_given_its_result_is_not_answered_as_done() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        let writes: Vec<_> = (0..300_i64)
            .map(|i| {
                let database = database.clone();
                tokio::spawn(async move {
                    let text = "INSERT INTO t (company_id, id, name) VALUES (1, ?1, 'x')";
                    database
                        .write(ONE, move |conn| {
                            conn.defer(text, &[ValueRef::Int(1000 + i)])?;
                            if i % 7 == 1 {
                                // Nobody waits for it, so the write does not know that it fails.
                                conn.defer(text, &[ValueRef::Int(1000 + i)])?;
                            }
                            if i % 7 == 3 { Err(Error::not_found("deal")) } else { Ok(1000 + i) }
                        })
                        .await
                })
            })
            .collect();
        let mut kept = Vec::new();
        for (i, write) in writes.into_iter().enumerate() {
            match (write.await.unwrap().map_err(|e| e.code), i % 7) {
                // Unavailable: it came behind one that failed.
                (Err(Code::Conflict), 1) | (Err(Code::NotFound), 3) | (Err(Code::Unavailable), _) => {}
                (Ok(id), place) => {
                    assert!(![1, 3].contains(&place), "{i}");
                    kept.push(id);
                }
                other => panic!("{i}: {other:?}"),
            }
        }
        let found = database
            .read(|conn| penstock_store::ints(conn, "SELECT id FROM t WHERE company_id = 1 ORDER BY id", &[]))
            .await
            .unwrap();
        assert_eq!(found, kept);
        assert!(kept.len() >= 300 - 3 * 43, "{}", kept.len());
        database.close().await;
    });
}

#[test]
fn writes_of_a_company_are_serial_and_nothing_is_lost() {
    run!(async {
        let (url, _) = fresh();
        for suffix in ["", "?penstock_group=1", "?penstock_group=3"] {
            let database = open(&format!("{url}{suffix}"), Arc::default()).await;
            database.write(CompanyId::SERVER, |conn| conn.batch("DELETE FROM t; DELETE FROM c")).await.unwrap();
            let writes: Vec<_> = (0..1200_i64)
                .map(|i| {
                    let database = database.clone();
                    tokio::spawn(async move {
                        let company = CompanyId::new(i % 12);
                        database
                            .write(company, move |conn| {
                                let last =
                                    one_int(conn, "SELECT last FROM c WHERE company_id = ?1", &[company.into()])?;
                                let next = last.unwrap_or(0) + 1;
                                let sql = if last.is_some() {
                                    "UPDATE c SET last = ?2 WHERE company_id = ?1"
                                } else {
                                    "INSERT INTO c (company_id, last) VALUES (?1, ?2)"
                                };
                                conn.execute(sql, &[company.into(), ValueRef::Int(next)])?;
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
        one_.write(CompanyId::new(7), |conn| {
            conn.batch("INSERT INTO company SELECT (jsonb_populate_record(NULL::company, '{\"id\":7,\"name\":\"a\",\"domain\":\"a\",\"currency\":\"EUR\",\"timezone\":\"UTC\",\"secret\":\"x\",\"sandbox\":false,\"clock_offset\":0,\"event_seq\":0,\"schema_version\":1,\"add_time\":0,\"version\":0}')).*")
        }).await.unwrap();
        let writes: Vec<_> = (0..400_i64)
            .map(|i| {
                let database = if i % 2 == 0 { one_.clone() } else { two.clone() };
                tokio::spawn(async move {
                    database
                        .write(CompanyId::new(7), move |conn| {
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
                    other.write(ONE, |conn| insert(conn, ONE, 1, "x")).await.unwrap();
                    done.send(()).unwrap();
                });
                wait.recv().unwrap();
                Ok((before, one_int(conn, "SELECT COUNT(*) FROM t", &[])?))
            })
            .await
            .unwrap();
        assert_eq!(counts, (Some(0), Some(0)));
        assert_eq!(count(&database).await, 1);
        let e = database.read(|conn| insert(conn, ONE, 2, "x")).await.unwrap_err();
        assert_eq!(e.code, Code::Unavailable, "{e}");
        let e = database.read(|_| -> Result<()> { panic!("on purpose") }).await.unwrap_err();
        assert_eq!(e.code, Code::Internal);
        assert_eq!(count(&database).await, 1);
        database.close().await;
    });
}

/// A value that its column can't take is noticed before it is sent, so the server goes on with the rest of the write.
#[test]
fn a_value_that_is_never_sent_leaves_nothing_of_its_write() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        let sleeps = database.write(ONE, |_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            Ok(())
        });
        let wrong = database.write(ONE, |conn| {
            // A write that waited for something does not wait for its end.
            one_int(conn, "SELECT 1", &[])?;
            let row = [ValueRef::Int(1), ValueRef::Int(7)];
            conn.defer("INSERT INTO t (company_id, id) VALUES (?1, ?2)", &row)?;
            // Of the same table, so that it is a message of its own.
            conn.defer("UPDATE t SET b = ?2 WHERE company_id = ?1", &[ValueRef::Int(1), ValueRef::Text("no flag")])
        });
        let follows = database.write(ONE, |conn| insert(conn, ONE, 8, "follows"));
        let (_, wrong, _) = tokio::join!(sleeps, wrong, follows);
        assert!(wrong.is_err());
        let kept = "SELECT COUNT(*) FROM t WHERE id = 7";
        assert_eq!(database.read(move |conn| one_int(conn, kept, &[])).await.unwrap(), Some(0));
        database.write(ONE, |conn| insert(conn, ONE, 9, "later")).await.unwrap();
        database.close().await;
    });
}
