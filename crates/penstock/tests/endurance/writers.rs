//! Writers that post and change deals at once, each on a connection of its own, and write down what they were told.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
    time::Instant,
};

use crate::{
    ledger::{Deal, Ledger},
    wire::Wire,
    world::{State, TIMEOUT, World, is_clear_refusal},
};

/// What a writer was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Kept,
    Refused,
}

/// The writers at work.
pub(crate) struct Writers {
    stop: Arc<AtomicBool>,
    told: Receiver<(usize, Told)>,
    threads: Vec<JoinHandle<Ledger>>,
}

/// A writer with what it needs.
struct Writer {
    number: usize,
    /// A word that no other run has.
    run: String,
    world: World,
    padding: String,
    stop: Arc<AtomicBool>,
    told: Sender<(usize, Told)>,
    ledger: Ledger,
}

impl Writers {
    /// Starts so many. With `padding` each deal carries a text of that length.
    pub(crate) fn start(address: &str, world: &World, count: usize, run: &str, padding: usize) -> Self {
        let (sender, told) = channel();
        let stop = Arc::<AtomicBool>::default();
        let threads = (0..count).map(|number| {
            let writer = Writer {
                number,
                run: run.to_owned(),
                world: world.clone(),
                padding: "x".repeat(padding),
                stop: Arc::clone(&stop),
                told: sender.clone(),
                ledger: Ledger::default(),
            };
            let address = address.to_owned();
            std::thread::spawn(move || writer.work(&address))
        });
        let threads = threads.collect();
        Self { stop, told, threads }
    }

    /// Waits until so many writes were kept.
    pub(crate) fn until_kept(&self, writes: usize) {
        let mut kept = 0;
        self.until(|_, told| {
            kept += usize::from(told == Told::Kept);
            kept >= writes
        });
    }

    /// Waits until every writer was told so, three times from now.
    pub(crate) fn until_each_is(&self, wanted: Told) {
        while self.told.try_recv().is_ok() {}
        let mut times: HashMap<usize, u32> = HashMap::new();
        self.until(|writer, told| {
            *times.entry(writer).or_default() += u32::from(told == wanted);
            times.len() == self.threads.len() && times.values().all(|times| *times >= 3)
        });
    }

    fn until(&self, mut done: impl FnMut(usize, Told) -> bool) {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let (writer, told) = self.told.recv_timeout(left).expect("the writers get on in time");
            if done(writer, told) {
                return;
            }
            assert!(Instant::now() < deadline, "the writers did not get there in time");
        }
    }

    /// Tells them to stop after what they are at, and gives what they were told.
    pub(crate) fn stop(self) -> Ledger {
        self.stop.store(true, Ordering::SeqCst);
        self.end()
    }

    /// Waits for their end, which comes with the end of their connections.
    pub(crate) fn end(self) -> Ledger {
        let mut all = Ledger::default();
        for thread in self.threads {
            all.add(thread.join().expect("a writer"));
        }
        all
    }
}

impl Writer {
    fn work(mut self, address: &str) -> Ledger {
        let mut wire = Wire::connect(address).expect("a connection");
        for turn in 0.. {
            if self.stop.load(Ordering::SeqCst) {
                break;
            }
            let state =
                State { worth: i64::try_from(self.number * 1_000_000 + turn).expect("small"), won: turn % 3 == 2 };
            let told = if state.won { self.change(&mut wire, state) } else { self.create(&mut wire, state) };
            let Some(told) = told else {
                self.ledger.broken += 1;
                break;
            };
            self.ledger.answered += usize::from(told == Told::Kept);
            // Whoever listens may have heard enough.
            let _ = self.told.send((self.number, told));
        }
        self.ledger
    }

    /// Makes a deal; `None` when the connection broke.
    fn create(&mut self, wire: &mut Wire, state: State) -> Option<Told> {
        let title = format!("{} {} {}", self.run, self.number, state.worth);
        let (path, body) = self.world.creation(&title, &state, &self.padding);
        let Ok(answer) = wire.ask("POST", path, &body) else {
            self.ledger.open.insert(title);
            return None;
        };
        if answer.status == 503 {
            is_clear_refusal(&answer);
            self.ledger.open.insert(title);
            return Some(Told::Refused);
        }
        let id = answer.data()["id"].as_i64().expect("a number");
        self.ledger.deals.push(Deal { id, title, state, maybe: Vec::new() });
        Some(Told::Kept)
    }

    /// Changes the writer's last deal, if it has one; `None` when the connection broke.
    fn change(&mut self, wire: &mut Wire, state: State) -> Option<Told> {
        let Some(deal) = self.ledger.deals.last_mut() else { return self.create(wire, state) };
        let Ok(answer) = wire.ask("PUT", &format!("/v1/deals/{}", deal.id), &self.world.change(&state)) else {
            deal.maybe.push(state);
            return None;
        };
        if answer.status == 503 {
            is_clear_refusal(&answer);
            deal.maybe.push(state);
            return Some(Told::Refused);
        }
        assert_eq!(answer.data()["id"], deal.id);
        deal.state = state;
        deal.maybe.clear();
        Some(Told::Kept)
    }
}
