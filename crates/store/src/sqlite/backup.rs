//! A consistent copy of a SQLite database that other processes may be reading and writing.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use penstock_model::{Error, Result};
use rusqlite::{Connection, OpenFlags};
use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::conn::explain;

/// A copy that is not whole yet. It goes when it is dropped.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Writes the records as they are in one snapshot into a new file, and gives its bytes: every write that was answered
/// before is in it. It has its name only when it is whole and on the disk. Nobody waits for it.
///
/// # Errors
/// `Unavailable` with what to do, and without a file: when there is one of that name already, or when either can't be
/// used.
pub(crate) fn backup(file: &Path, to: &Path) -> Result<u64> {
    let taken = || {
        Error::unavailable(format!("{} is there already: name a new file, a backup never replaces one", to.display()))
    };
    if to.symlink_metadata().is_ok() {
        return Err(taken());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(explain)?;
    connection.execute_batch("PRAGMA busy_timeout=5000").map_err(explain)?;
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(format!(".unfinished-{}", std::process::id()));
    let unfinished = Unfinished(to.with_file_name(name));
    let path = unfinished.0.to_str().ok_or_else(|| Error::unavailable("the file's name must be UTF-8"))?;
    let cant = |e: io::Error| Error::unavailable(format!("can't write {}: {e}", to.display())).caused_by(e);
    // SQLite says only that it can't open it.
    drop(File::create_new(path).map_err(cant)?);
    connection.execute("VACUUM INTO ?1", [path]).map_err(explain)?;
    let copy = File::open(path).map_err(cant)?;
    copy.sync_all().map_err(cant)?;
    let bytes = copy.metadata().map_err(cant)?.len();
    match renameat_with(CWD, &unfinished.0, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => {}
        Err(rustix::io::Errno::EXIST) => return Err(taken()),
        // Some file systems can't promise it.
        Err(_) if to.symlink_metadata().is_err() => std::fs::rename(&unfinished.0, to).map_err(cant)?,
        Err(e) => return Err(cant(e.into())),
    }
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(cant)?;
    Ok(bytes)
}
