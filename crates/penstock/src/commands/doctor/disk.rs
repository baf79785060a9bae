//! Whether there is room for the records, and whether they may be written.

use std::path::{Path, PathBuf};

use penstock_store::Settings as Records;

use super::Finding;
use crate::settings::Settings;

const MIB: u64 = 1 << 20;
/// Below this, writes will soon fail.
const LITTLE: u64 = 200 * MIB;
/// Below this, it is time to act.
const SOME: u64 = 2048 * MIB;

pub(super) fn look(settings: &Settings) -> Finding {
    let Records::Sqlite { file, .. } = &settings.database else {
        return Finding::fine("disk", "the database server's: not looked at");
    };
    let folder = existing(file);
    let free = match rustix::fs::statvfs(&folder) {
        Ok(stat) => stat.f_bavail.saturating_mul(stat.f_frsize) / MIB * MIB,
        Err(e) => {
            let what = format!("{} can't be looked at: {e}", folder.display());
            return Finding::broken("disk", what, "check that the folder can be read by this user");
        }
    };
    if let Err(e) = writable(&folder) {
        let what = format!("{} can't be written: {e}", folder.display());
        return Finding::broken(
            "disk",
            what,
            "give this user the right to write there, or choose another folder with --data",
        );
    }
    let what = format!("{} MiB free at {}", free / MIB, folder.display());
    match free {
        f if f < LITTLE => Finding::broken("disk", what, "free some space: writes will fail"),
        f if f < SOME => Finding::warning("disk", what, "free some space soon"),
        _ => Finding::fine("disk", what),
    }
}

/// The folder of the file, or the nearest one above that exists.
fn existing(file: &Path) -> PathBuf {
    let here = Path::new(".");
    let folders = file.ancestors().skip(1);
    let found = folders.map(|f| if f.as_os_str().is_empty() { here } else { f }).find(|f| f.is_dir());
    found.unwrap_or(here).to_owned()
}

fn writable(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(format!(".penstock-doctor-{}", std::process::id()));
    std::fs::write(&probe, b"")?;
    std::fs::remove_file(&probe)
}
