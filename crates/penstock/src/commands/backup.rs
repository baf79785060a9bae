//! `penstock backup`: a copy of the records that is whole, whatever a running server does meanwhile.

use std::path::Path;

use penstock_store::Settings as Records;

use crate::{
    failure::{Failure, Outcome},
    output::say,
    settings::Settings,
};

pub(super) fn run(settings: &Settings, to: &Path) -> Outcome {
    let Records::Sqlite { file, .. } = &settings.database else {
        return Err(Failure::new("this command copies SQLite files, and the records are in Postgres").advise(
            "Use Postgres's own: `pg_dump --format=custom --file=FILE URL`, and `pg_restore` to put it back.",
        ));
    };
    if !file.exists() {
        return Err(Failure::new(format!("there are no records at {}", file.display()))
            .advise("Name the server's folder with --data."));
    }
    let bytes = penstock_store::backup(file, to)?;
    say(&format!("{} has the records of {} ({} KiB)", to.display(), file.display(), bytes.div_ceil(1024)));
    say(
        "To restore: stop the server, put the file in place of penstock.db, remove penstock.db-wal and -shm, start it.",
    );
    Ok(())
}
