//! `kill -9` in the middle of many writers.

use penstock_testing::{say, variable};

use crate::{
    ledger::Ledger,
    look::Look,
    support::{Place, places},
    world::{World, deals_above, engine_of},
    writers::Writers,
};

const WRITERS: usize = 64;

/// Kills per engine: 3, or what `PENSTOCK_KILLS` says.
fn kills() -> usize {
    variable("PENSTOCK_KILLS").map_or(3, |kills| kills.parse().expect("PENSTOCK_KILLS must be a number"))
}

#[test]
fn a_killed_server_has_kept_what_it_answered_and_left_nothing_half_done() {
    for place in places() {
        let told = kill_again_and_again(&place, kills());
        say(&format!(
            "{}: {} kills in the middle of {WRITERS} writers, {} answered writes, none lost",
            engine_of(&place),
            kills(),
            told.answered
        ));
    }
}

fn kill_again_and_again(place: &Place, kills: usize) -> Ledger {
    let mut server = place.serve(&[]);
    let world = World::make(&server);
    let mut all = Ledger::default();
    let mut last = 0;
    for round in 0..kills {
        let writers = Writers::start(&server.address, &world, WRITERS, &format!("Round {round}"), 0);
        // At another moment in every round: of a group, of a checkpoint, of a writer's turn.
        writers.until_kept(100 + round * 97 % 400);
        server.signal("KILL");
        let mut told = writers.end();
        assert_eq!(told.broken, WRITERS, "every writer was in the middle of its work");
        let (status, log) = server.end();
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9), "{log}");
        server = place.serve(&[]);
        // What a Postgres session was about to commit for the dead server may come even later.
        told.open.extend(all.open.iter().cloned());
        let found = deals_above(&server, last);
        told.holds(&world, &found);
        Look::at(&place.home.settings()).finds_nothing_wrong(&world);
        last = found.keys().next_back().copied().unwrap_or(last);
        all.add(told);
    }
    all.holds(&world, &deals_above(&server, 0));
    all
}
