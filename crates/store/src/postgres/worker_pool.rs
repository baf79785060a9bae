//! Threads that each own a connection. They come as they are needed, up to a limit; the one that worked last works
//! next, so that a quiet server keeps few connections warm and lets the others go.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use penstock_model::{Error, Result};

use super::session::{Opener, Session};
use crate::database::gone;

/// How long a connection may be idle before it is closed.
const IDLE: Duration = Duration::from_mins(5);

/// Work for whichever thread is free. When it is dropped unrun, whoever waits for its answer must notice.
pub(super) type Task = Box<dyn FnOnce(&mut Session) + Send>;

/// The threads of one purpose.
pub(super) struct WorkerPool {
    name: &'static str,
    limit: usize,
    opener: Arc<Opener>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Where the idle threads wait, the one that became idle last at the end.
    idle: Vec<Sender<Task>>,
    /// Tasks for which no thread was idle.
    waiting: VecDeque<Task>,
    threads: Vec<JoinHandle<()>>,
    closed: bool,
}

impl State {
    /// Gives the task to the thread that became idle last; gives it back if there is none.
    fn hand_over(&mut self, task: Task) -> Option<Task> {
        match self.idle.pop() {
            Some(thread) => thread.send(task).err().map(|unsent| unsent.0),
            None => Some(task),
        }
    }
}

impl WorkerPool {
    pub(super) fn new(name: &'static str, limit: usize, opener: Arc<Opener>) -> Arc<Self> {
        Arc::new(Self { name, limit, opener, state: Mutex::default() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the task to an idle thread, to a new one, or to the first that becomes free.
    pub(super) fn submit(self: &Arc<Self>, task: Task) -> Result<()> {
        let mut state = self.state();
        if state.closed {
            return Err(gone());
        }
        let Some(task) = state.hand_over(task) else { return Ok(()) };
        state.waiting.push_back(task);
        if state.threads.len() < self.limit {
            let pool = Arc::clone(self);
            let thread = std::thread::Builder::new().name(self.name.to_owned()).spawn(move || pool.work());
            match thread {
                Ok(thread) => state.threads.push(thread),
                Err(e) if state.threads.is_empty() => {
                    state.waiting.clear();
                    return Err(Error::unavailable(format!("can't start a thread: {e}")).caused_by(e));
                }
                Err(e) => tracing::warn!(error = %e, "can't start a thread"),
            }
        }
        Ok(())
    }

    /// How many tasks wait for a thread.
    pub(super) fn waiting(&self) -> usize {
        self.state().waiting.len()
    }

    /// Puts a task behind those that wait. Only for tasks that run on this pool: their thread looks here next.
    pub(super) fn resubmit(&self, task: Task) {
        self.state().waiting.push_back(task);
    }

    fn work(&self) {
        let (sender, receiver) = channel();
        let mut session = Session::new(Arc::clone(&self.opener));
        while let Some(task) = self.next(&sender, &receiver, &mut session) {
            if catch_unwind(AssertUnwindSafe(|| task(&mut session))).is_err() {
                tracing::error!(thread = self.name, "a task panicked");
                session.close();
            }
        }
    }

    /// The next task; `None` when the pool is closed and all is done.
    fn next(&self, sender: &Sender<Task>, receiver: &Receiver<Task>, session: &mut Session) -> Option<Task> {
        {
            let mut state = self.state();
            if let Some(task) = state.waiting.pop_front() {
                return Some(task);
            }
            if state.closed {
                return None;
            }
            state.idle.push(sender.clone());
        }
        match receiver.recv_timeout(IDLE) {
            Ok(task) => Some(task),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => {
                session.close();
                receiver.recv().ok()
            }
        }
    }

    /// Takes no more tasks; the threads end when those that wait are done.
    pub(super) fn stop(&self) -> Vec<JoinHandle<()>> {
        let mut state = self.state();
        state.closed = true;
        for thread in state.idle.drain(..) {
            let _ = thread.send(Box::new(|_| ()));
        }
        std::mem::take(&mut state.threads)
    }
}
