//! Whether the files that this process writes are still those at their path. Whoever moves or replaces a database file
//! under a running server leaves it writing into what nobody will find again, so no write is answered before a look.

use std::{
    fs::Metadata,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use penstock_model::{Error, Result};
use rusqlite::Connection;
use rustix::fs::{Access, access};

use super::conn::explain;

/// What SQLite keeps beside the file: the log of what is not yet in it, and the index of that.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// A file, told from every other: its device and its number there.
type Identity = (u64, u64);

/// The database's files as they were when they were opened.
pub(super) struct Files(Vec<(PathBuf, Identity)>);

impl Files {
    /// Remembers the files of a connection that was just opened.
    pub(super) fn of(file: &Path, connection: &Connection) -> Result<Self> {
        // The log comes with the first statement.
        let read = connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |_| Ok(()));
        read.map_err(explain)?;
        let found = all(file).into_iter().filter_map(|path| {
            let identity = identity(&std::fs::metadata(&path).ok()?);
            Some((path, identity))
        });
        Ok(Self(found.collect()))
    }

    /// Looks whether they are where they were: a few microseconds.
    ///
    /// # Errors
    /// `Unavailable` when one was moved, removed or replaced.
    pub(super) fn check(&self) -> Result<()> {
        for (path, opened) in &self.0 {
            let gone = |what: &str| {
                Err(Error::unavailable(format!(
                    "{} was {what} while this process uses it: put it back, or stop this process and start it again",
                    path.display()
                )))
            };
            match std::fs::metadata(path) {
                Ok(found) if identity(&found) == *opened => {}
                Ok(_) => return gone("replaced"),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => return gone("moved or removed"),
                Err(e) => {
                    let what = format!("{} can't be looked at: {e}", path.display());
                    return Err(Error::unavailable(what).caused_by(e));
                }
            }
        }
        Ok(())
    }
}

fn all(file: &Path) -> [PathBuf; 3] {
    let beside = BESIDE.map(|suffix| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    });
    let [log, index] = beside;
    [file.to_owned(), log, index]
}

fn identity(found: &Metadata) -> Identity {
    (found.dev(), found.ino())
}

/// Makes the folder and looks whether this process may write what it has to, before SQLite says it in words that name
/// neither the file nor the remedy. Nothing is opened: closing a file ends all locks that this process has on it.
///
/// # Errors
/// `Unavailable` with what to do.
pub(super) fn prepare(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|e| {
        let what = format!("can't create the folder {}: {e}", folder.display());
        Error::unavailable(what).caused_by(e)
    })?;
    if file.is_dir() {
        return Err(Error::unavailable(format!("{} is a folder, not a database", file.display())));
    }
    for path in all(file).iter().filter(|path| path.exists()) {
        access(path, Access::READ_OK | Access::WRITE_OK).map_err(|e| cant_write(path, e))?;
    }
    access(folder, Access::WRITE_OK | Access::EXEC_OK).map_err(|e| cant_write(folder, e))
}

fn cant_write(path: &Path, e: rustix::io::Errno) -> Error {
    let remedy = if e == rustix::io::Errno::ROFS {
        "mount its file system for writing, or choose another folder with --data"
    } else {
        "give this user the right to read and write it, or choose another folder with --data"
    };
    Error::unavailable(format!("can't write {}: {e}: {remedy}", path.display())).caused_by(e)
}
