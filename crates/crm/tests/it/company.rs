//! Companies: what one starts with, and what a reset leaves.

use std::sync::Arc;

use penstock_crm::{
    Tx, create,
    fields::{self, NewField},
    rules::company,
};
use penstock_model::{
    ValueRef,
    objects::{self, ACTIVITY_TYPE, DEAL, PIPELINE, STAGE},
};
use penstock_store::{Conn, Engine, one_int, system};

use crate::{
    fields::define,
    test_company::{ADMIN, ANN, new_company, patch, refusal, tenants},
};

#[tokio::test]
async fn a_new_company_has_a_pipeline_types_and_labels() {
    for tenant in tenants().await {
        for (object, wanted) in [(&PIPELINE, 1), (&STAGE, 5), (&ACTIVITY_TYPE, 6)] {
            let found = tenant
                .read(ADMIN, move |reader| {
                    reader.list(&penstock_crm::List::all(object, &[], 100)).map(|page| page.len())
                })
                .await
                .unwrap();
            assert_eq!(found, wanted, "{}", object.name);
        }
        let labels = objects::PERSON.field("label_ids").unwrap();
        let labels = tenant.read(ADMIN, |r| Ok(r.schema.options_of(&objects::PERSON, labels).len())).await.unwrap();
        assert_eq!(labels, 4);
    }
}

#[tokio::test]
async fn a_reset_company_is_as_new_and_no_cache_takes_it_for_the_old_one() {
    for tenant in tenants().await {
        tenant.deal(ANN, "x").await;
        define(&tenant, &objects::DEAL, "varchar", &[]).await.unwrap();
        let seen = async |tenant: &crate::test_company::TestCompany| {
            tenant.read(ADMIN, |r| Ok((r.schema.version, r.schema.custom(&objects::DEAL).count()))).await
        };
        let (version, fields) = seen(&tenant).await.unwrap();
        assert_eq!(fields, 1);
        let (crm, id) = (tenant.crm.clone(), tenant.company);
        tenant
            .crm
            .database
            .write(id, move |conn| {
                penstock_crm::company::clear(conn, id)?;
                company::establish(&crm, conn, id, &new_company(), crm.clock.now())
            })
            .await
            .unwrap();
        assert_eq!(tenant.number("SELECT COUNT(*) FROM deal WHERE company_id = ?1").await, 0);
        let events = tenant.number("SELECT COUNT(*) FROM event WHERE company_id = ?1").await;
        let last = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        assert!(last > events, "events go on where they were");
        let (after, fields) = seen(&tenant).await.unwrap();
        assert!(after > version);
        assert_eq!(fields, 0);
        assert_eq!(tenant.deal(ADMIN, "y").await.id(), 1);
    }
}

#[tokio::test]
async fn a_sandbox_is_emptied_in_small_writes() {
    for tenant in tenants().await {
        let neighbour = tenant.other_tenant("Neighbour").await;
        neighbour.deal(ANN, "Stays").await;
        for _ in 0..6 {
            let make = |tx: &mut Tx<'_>| {
                (0..100).try_for_each(|at| {
                    create(tx, &DEAL, &patch(&DEAL, [("title", format!("Deal {at}").into())])).map(drop)
                })
            };
            tenant.write(ANN, make).await.unwrap();
        }
        let (company, mut writes) = (tenant.company, 0);
        let rows = async || {
            let count = |table: &str| format!("(SELECT COUNT(*) FROM {table} WHERE company_id = ?1)");
            let tables: Vec<String> = system::reset_keys().map(|(table, _)| count(table)).collect();
            let text = format!("SELECT {}", tables.join(" + "));
            tenant.read(ADMIN, move |r| one_int(r.conn, &text, &[company.into()])).await.unwrap().unwrap()
        };
        let mut before = rows().await;
        loop {
            let some = move |conn: &mut dyn Conn| penstock_crm::company::clear_some(conn, company);
            let more = tenant.crm.database.write(company, some).await.unwrap();
            let after = rows().await;
            assert!(before - after <= 500, "{} rows in one write", before - after);
            (before, writes) = (after, writes + 1);
            if !more {
                break;
            }
        }
        assert!(writes > 5 && before < 50, "{writes} writes, {before} rows are left");
        tenant.crm.database.write(company, move |conn| penstock_crm::company::clear(conn, company)).await.unwrap();
        let left = tenant.number("SELECT COUNT(*) FROM event WHERE company_id = ?1").await;
        assert_eq!((left, tenant.number("SELECT COUNT(*) FROM \"user\" WHERE company_id = ?1").await), (0, 0));
        assert_eq!(neighbour.number("SELECT COUNT(*) FROM deal WHERE company_id = ?1").await, 1);
    }
}

#[tokio::test]
async fn a_write_of_another_process_waits_for_a_reset_and_is_done_after_it() {
    for tenant in tenants().await.into_iter().filter(|tenant| tenant.engine() == Engine::Postgres) {
        let other = tenant.elsewhere().await;
        let (access, id) = (Arc::new(tenant.access(ADMIN)), tenant.company);
        let (begun, begins) = tokio::sync::oneshot::channel();
        let waiting = tokio::spawn(async move {
            begins.await.unwrap();
            let write = move |tx: &mut Tx<'_>| {
                let mine = "SELECT COUNT(*) FROM company WHERE id = ?1 AND xmax = CAST(pg_current_xact_id() AS xid)";
                let locked = one_int(tx.conn, mine, &[ValueRef::Int(id.get())])?;
                assert_eq!(locked, Some(1), "the company is locked");
                create(tx, &DEAL, &patch(&DEAL, [("title", "Late".into())]))
            };
            other.write(access, write).await
        });
        let crm = tenant.crm.clone();
        let reset = move |conn: &mut dyn Conn| {
            penstock_crm::company::clear(conn, id)?;
            company::establish(&crm, conn, id, &new_company(), crm.clock.now())?;
            begun.send(()).unwrap();
            let waiting =
                "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))";
            while one_int(conn, waiting, &[])? == Some(0) {}
            Ok(())
        };
        tenant.crm.database.write(id, reset).await.unwrap();
        let late = waiting.await.unwrap().unwrap();
        assert_eq!(late.id(), 1);
        let last = tenant.number("SELECT event_seq FROM company WHERE id = ?1").await;
        assert_eq!(tenant.number("SELECT MAX(seq) FROM event WHERE company_id = ?1").await, last);
        assert!(late.version <= last);
    }
}

#[tokio::test]
async fn a_schema_that_was_never_committed_is_never_shown() {
    for tenant in tenants().await {
        let (crm, access) = (tenant.crm.clone(), tenant.access(ADMIN));
        let undone = tenant
            .crm
            .database
            .write(tenant.company, move |conn| {
                let new = |name: &str| NewField {
                    name: name.to_owned(),
                    field_type: "varchar".to_owned(),
                    ..NewField::default()
                };
                crm.change(conn, &access, |tx| fields::create(tx, &objects::DEAL, &new("Lost")))?;
                // The next write of the group sees the new version before it is durable.
                crm.change(conn, &access, |tx| Ok(tx.schema.custom(&objects::DEAL).count()))?;
                Err::<(), _>(penstock_model::Error::internal("the disk is full"))
            })
            .await;
        assert_eq!(refusal(undone), penstock_model::Code::Internal);
        define(&tenant, &objects::DEAL, "date", &[]).await.unwrap();
        let names = tenant
            .read(ADMIN, |r| Ok(r.schema.custom(&objects::DEAL).map(|f| f.name.to_string()).collect::<Vec<_>>()))
            .await
            .unwrap();
        assert_eq!(names, ["My date"]);
    }
}
