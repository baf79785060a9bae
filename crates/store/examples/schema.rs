//! Prints the schema that the object tables declare: `cargo run -p penstock-store --example schema -- sqlite`.

use std::io::Write;

use penstock_store::{Engine, sql::ddl};

fn main() -> std::io::Result<()> {
    let engine = match std::env::args().nth(1).as_deref() {
        Some("postgres") => Engine::Postgres,
        _ => Engine::Sqlite,
    };
    std::io::stdout().write_all(ddl::schema(engine).as_bytes())
}
