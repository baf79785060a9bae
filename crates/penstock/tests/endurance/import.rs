//! An import beside a running server: another process that writes to the same records, for as long as it takes. Who
//! writes through the server waits a little longer meanwhile, and nobody is refused.

use std::{fmt::Write, fs};

use crate::{
    attack::withstand,
    look::Look,
    support::{Place, places},
    world::World,
    writers::{Told, Writers},
};

const MAP: &str = r#"
source = "s"
[[rows]]
file = "people.csv"
object = "person"
key = "no"
[rows.fields]
name = "name"
emails = "mail"
organization = { column = "firm", missing = "create" }
"#;

/// Imports so many rows that were not there before into the first company.
fn import(place: &Place, round: usize, rows: usize) {
    let mut text = "no,name,mail,firm\n".to_owned();
    for row in 0..rows {
        let _ = writeln!(text, "{round}-{row},Person {row} of {round},{row}@example.com,Firm {}", row % 7);
    }
    fs::write(place.folder.path().join("map.toml"), MAP).expect("a mapping");
    fs::write(place.folder.path().join("people.csv"), text).expect("a file");
    let said = place.say(&["import", "csv", "--company", "1", "--map", "map.toml", "."]);
    assert!(said.contains(&format!("{rows} rows: {rows} made")), "{said}");
}

#[test]
fn who_writes_to_another_company_hardly_notices_an_import() {
    for place in places() {
        let server = place.serve(&[]);
        let mut round = 0;
        withstand("an import", &place, &server, || {
            round += 1;
            import(&place, round, 400);
        });
    }
}

#[test]
fn an_import_and_who_writes_to_its_company_all_get_on() {
    for place in places() {
        let server = place.serve(&[]);
        let world = World::make(&server);
        let writers = Writers::start(&server.address, &world, 4, "beside", 0);
        let mut times = 0;
        std::thread::scope(|scope| {
            let importing = scope.spawn(|| import(&place, 1, 1500));
            while !importing.is_finished() {
                writers.until_each_is(Told::Kept);
                times += 1;
            }
        });
        let told = writers.stop();
        assert!(times > 3, "while it ran, each of them wrote only {times} times three");
        assert!(told.broken == 0 && told.open.is_empty(), "refused: {:?}", told.open);
        Look::at(&place.home.settings()).finds_nothing_wrong(&world);
    }
}
