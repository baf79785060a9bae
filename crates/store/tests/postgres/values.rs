//! Values and parameters: what goes in comes out, in the type of its place.

use std::sync::Arc;

use penstock_model::{Code, ValueRef};
use penstock_store::one;

use crate::{ONE, count, fresh, insert, open};

#[test]
fn values_come_back_as_they_were() {
    run!(async {
        let (url, _) = fresh();
        let database = open(&url, Arc::default()).await;
        database
            .write(ONE, |conn| {
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
                insert(conn, ONE, i64::MAX, "")
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
            .write(ONE, |conn| {
                for id in 1..=5 {
                    insert(conn, ONE, id, &format!("n{id}"))?;
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
