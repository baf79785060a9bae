//! Running the executable, and asking the server that it starts.

mod client;
mod process;
pub(crate) mod sample;

pub(crate) use client::{Answer, Client, ask};
pub(crate) use process::{Place, Running, places, token_in};

/// A token of the form that tests choose.
pub(crate) const TOKEN: &str = "00112233445566778899aabbccddeeff00112233";
