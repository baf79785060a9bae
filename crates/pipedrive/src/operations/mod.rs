//! The operations of Pipedrive's API, as data: one file per object, one row per operation (pipedrive-contract 1 to 5).
//!
//! The router, 404 and 405, scope checks, query parsing, the compatibility table and the tests read the rows of [`ALL`].
//! [`UNIMPLEMENTED`] names what Pipedrive has beside them. Where rows differ from Pipedrive's published specifications on
//! purpose, [`deviations`] says so; a test compares the rest.
//!
//! A file here may say what an operation is, never how it is done.

mod activities;
mod activity_types;
mod deals;
pub mod deviations;
mod fields;
mod lead_labels;
mod leads;
mod misc;
mod notes;
mod organizations;
mod params;
mod persons;
mod pipelines;
#[cfg(test)]
mod published;
mod rows;
mod stages;
#[cfg(test)]
mod tests;
mod unimplemented;
mod users;

use penstock_model::operation::Operation;

pub use unimplemented::UNIMPLEMENTED;

/// The rows of each file.
const FILES: &[&[Operation]] = &[
    activities::ROWS,
    activity_types::ROWS,
    deals::ROWS,
    fields::ROWS,
    lead_labels::ROWS,
    leads::ROWS,
    misc::ROWS,
    notes::ROWS,
    organizations::ROWS,
    persons::ROWS,
    pipelines::ROWS,
    stages::ROWS,
    users::ROWS,
];

/// Every operation that Penstock has of Pipedrive's, v1 and v2.
pub static ALL: [&Operation; COUNT] = joined();

/// Every operation that Penstock has of Pipedrive's.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    ALL.iter().copied()
}

const COUNT: usize = {
    let (mut file, mut count) = (0, 0);
    while file < FILES.len() {
        count += FILES[file].len();
        file += 1;
    }
    count
};

const fn joined() -> [&'static Operation; COUNT] {
    let mut all = [&FILES[0][0]; COUNT];
    let (mut file, mut at) = (0, 0);
    while file < FILES.len() {
        let mut row = 0;
        while row < FILES[file].len() {
            all[at] = &FILES[file][row];
            at += 1;
            row += 1;
        }
        file += 1;
    }
    all
}
