//! `penstock docs`: prints what is generated from tables in the executable.

use crate::{cli::Docs, output::say, settings};

pub(super) fn print(docs: &Docs) {
    match docs {
        Docs::Configuration => say(settings::reference().trim_end()),
    }
}
