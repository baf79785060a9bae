//! Work of the processor that grows with what a request sends or asks for. The threads that serve connections do the
//! small things themselves; what is large goes to threads of its own, a few at a time, so that it holds up nobody.

use std::{panic::resume_unwind, sync::LazyLock, thread::available_parallelism};

use penstock_model::{Error, Result};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Bytes up to which it is quicker to do it at once: a fraction of a millisecond of work.
const SMALL: usize = 64 << 10;

/// Half the processors: the other half serves.
static PLACES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new((available_parallelism().map_or(1, usize::from) / 2).max(1)));

/// Does work on that many bytes, elsewhere if they are many. A panic goes on in the caller.
///
/// # Errors
/// `Internal` when the server is ending.
pub async fn compute<T: Send + 'static>(bytes: usize, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    if bytes <= SMALL {
        return Ok(work());
    }
    let ending = || Error::internal("the server is ending");
    let place = PLACES.acquire().await.map_err(|_| ending())?;
    let done = spawn_blocking(work).await;
    drop(place);
    done.map_err(|error| if error.is_panic() { resume_unwind(error.into_panic()) } else { ending() })
}

#[cfg(test)]
mod tests {
    use std::thread::{ThreadId, current};

    use super::*;

    async fn thread_of(bytes: usize) -> ThreadId {
        compute(bytes, || current().id()).await.unwrap()
    }

    #[tokio::test]
    async fn large_work_is_done_on_another_thread_and_small_work_at_once() {
        assert_eq!(thread_of(SMALL).await, current().id());
        assert_ne!(thread_of(SMALL + 1).await, current().id());
    }

    #[tokio::test]
    async fn a_panic_on_another_thread_is_one_of_the_request_and_leaves_its_place() {
        for _ in 0..=available_parallelism().map_or(1, usize::from) {
            let outcome = tokio::spawn(async { compute(SMALL + 1, || panic!("on purpose")).await }).await;
            assert!(outcome.unwrap_err().is_panic());
        }
        assert_ne!(thread_of(SMALL + 1).await, current().id());
    }
}
