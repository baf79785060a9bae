//! The executable as a person and a client meet it: every test starts the real one, on SQLite always and on Postgres
//! when `PENSTOCK_TEST_POSTGRES` names a server.

mod companies;
mod configuration;
mod demo;
mod doctor;
mod first_run;
mod import;
mod review;
mod sandbox;
mod server;
mod shutdown;
mod support;
mod tls;
