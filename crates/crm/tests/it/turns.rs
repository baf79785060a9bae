//! Long reads of one company leave room to those of others.

use std::sync::{
    Arc, Condvar, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use penstock_model::Result;
use penstock_store::one_int;
use tokio::task::{JoinHandle, yield_now};

use crate::test_company::{ADMIN, TestCompany, tenants};

/// Work that is too long to be done inline.
const LONG: &str =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT COUNT(*) FROM n";
/// More reads than either engine has threads.
const GREED: usize = 40;

/// Holds up long reads until it is opened.
#[derive(Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
    /// Reads that came to the gate so far.
    reached: AtomicUsize,
}

impl Gate {
    fn pass(&self) {
        self.reached.fetch_add(1, Ordering::SeqCst);
        let open = self.open.lock().unwrap();
        drop(self.opened.wait_while(open, |open| !*open).unwrap());
    }

    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

async fn long_read(company: &TestCompany, gate: Option<Arc<Gate>>) -> Result<Option<i64>> {
    let read = company.read(ADMIN, move |reader| {
        let counted = one_int(reader.conn, LONG, &[])?;
        if let Some(gate) = &gate {
            gate.pass();
        }
        Ok(counted)
    });
    read.await
}

/// Reads of a company that all want to be at the gate, begun when as many are there as are let in.
async fn begin_greedy(company: &Arc<TestCompany>, gate: &Arc<Gate>) -> Vec<JoinHandle<Result<Option<i64>>>> {
    let reads = (0..GREED).map(|_| {
        let (company, gate) = (Arc::clone(company), Arc::clone(gate));
        tokio::spawn(async move { long_read(&company, Some(gate)).await })
    });
    let reads: Vec<_> = reads.collect();
    let reached = || gate.reached.load(Ordering::SeqCst);
    while reached() < 2 || reached() + company.crm.database.queued().reads < GREED {
        yield_now().await;
    }
    reads
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_whose_long_reads_never_end_does_not_hold_up_another() {
    for tenant in tenants().await {
        let greedy = Arc::new(tenant);
        let other = greedy.other_tenant("Other").await;
        let gate = Arc::<Gate>::default();
        let reads = begin_greedy(&greedy, &gate).await;
        for _ in 0..20 {
            assert_eq!(long_read(&other, None).await.unwrap(), Some(60_000), "{:?}", greedy.engine());
        }
        let running = gate.reached.load(Ordering::SeqCst);
        assert!(running > 1 && running < GREED / 2, "{running} of the company's reads run at once");
        gate.open();
        for read in reads {
            assert_eq!(read.await.unwrap().unwrap(), Some(60_000), "each gets its turn in the end");
        }
        greedy.crm.database.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_that_is_given_up_leaves_the_queue() {
    for tenant in tenants().await {
        let tenant = Arc::new(tenant);
        let gate = Arc::<Gate>::default();
        let reads = begin_greedy(&tenant, &gate).await;
        assert!(tenant.crm.database.queued().reads > 0);
        reads.iter().for_each(JoinHandle::abort);
        for read in reads {
            assert!(read.await.unwrap_err().is_cancelled());
        }
        // On Postgres a thread takes those out that it was not known of whose they are.
        while tenant.crm.database.queued().reads > 0 {
            yield_now().await;
        }
        gate.open();
        assert_eq!(long_read(&tenant, None).await.unwrap(), Some(60_000), "their turns are free again");
        assert!(gate.reached.load(Ordering::SeqCst) < GREED / 2, "none of those that waited ran");
        tenant.crm.database.close().await;
    }
}
