//! Processes that write to the same file take turns. SQLite's own lock goes to whoever asks first when it is free, and
//! who waits asks only now and then: a command that writes one group after the other would keep a server out until it
//! gives up. So who wants to write holds a lock file while it waits for SQLite's lock: who has just written finds it
//! held, and comes after the one who waits. And who writes can see that somebody waits, and come to an end.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
    time::{Duration, Instant},
};

use penstock_model::{Error, Result};

/// How long a process waits for its turn.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How often one that waits looks.
pub(super) const LOOK: Duration = Duration::from_millis(1);

/// The lock file beside a file of records; none where files can't be locked: then SQLite's lock is all there is.
pub(super) struct Turnstile(Option<File>);

/// The next turn, until it is dropped: nobody else waits for SQLite's lock meanwhile.
pub(super) struct Next<'t>(Option<&'t File>);

impl Turnstile {
    /// The lock file of a file of records, `<file>-turn`.
    pub(super) fn open(file: &Path) -> Self {
        let mut name = file.as_os_str().to_owned();
        name.push("-turn");
        Self(OpenOptions::new().create(true).truncate(false).write(true).open(name).ok())
    }

    /// Waits until the next turn is this process's.
    ///
    /// # Errors
    /// `Unavailable` when others take too long.
    pub(super) fn next(&self) -> Result<Next<'_>> {
        let Some(file) = &self.0 else { return Ok(Next(None)) };
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Next(Some(file))),
                Err(TryLockError::WouldBlock) if since.elapsed() < PATIENCE => std::thread::sleep(LOOK),
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::unavailable("the database can't be used now: other processes write to it"));
                }
                Err(TryLockError::Error(_)) => return Ok(Next(None)),
            }
        }
    }

    /// Whether another process waits for its turn.
    pub(super) fn is_awaited(&self) -> bool {
        let Some(file) = &self.0 else { return false };
        match file.try_lock() {
            Ok(()) => {
                drop(Next(Some(file)));
                false
            }
            Err(TryLockError::WouldBlock) => true,
            Err(TryLockError::Error(_)) => false,
        }
    }
}

impl Drop for Next<'_> {
    fn drop(&mut self) {
        let _ = self.0.map(File::unlock);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_is_seen_and_comes_before_who_has_just_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("records.db");
        let (writes, waits) = (Turnstile::open(&file), Turnstile::open(&file));
        drop(writes.next().unwrap());
        assert!(!writes.is_awaited());
        let next = waits.next().unwrap();
        assert!(writes.is_awaited());
        // It gets SQLite's lock.
        drop(next);
        assert!(!writes.is_awaited());
        drop(writes.next().unwrap());
    }

    #[test]
    fn a_folder_without_locks_is_no_obstacle() {
        let turnstile = Turnstile::open(Path::new("/nowhere/records.db"));
        drop(turnstile.next().unwrap());
        assert!(!turnstile.is_awaited());
    }
}
