//! Memory: at rest, and after many companies were touched.

use std::time::Duration;

use super::READERS;
use crate::{
    Result,
    child::Records,
    data::{self, COMPANY, READER},
    load::{Load, LoadLine},
    process::{self, Core},
    report::{Line, Report, Target},
    run::Setting,
};

/// Companies that are touched.
const COMPANIES: i64 = 10_000;
/// How long a server is left alone before it counts as at rest.
const REST: Duration = Duration::from_secs(3);

pub(crate) fn memory(setting: &Setting, report: &mut Report) -> Result<()> {
    let file = data::ensure(&setting.folder, setting.size.deals)?;
    let server = setting.program.start(&Records::File(&file), Core::Any)?;
    std::thread::sleep(REST);
    report.add(line("memory at rest (PSS)", process::memory(server.pid())?.pss, 35.0));
    drop(server);

    let file = data::ensure_tenants(&setting.folder, COMPANIES)?;
    let server = setting.program.start(&Records::File(&file), Core::Any)?;
    let paths = ["/api/v2/deals/1?", "/api/v2/deals?limit=20&", "/v1/deals/2?"];
    let requests: Vec<LoadLine> = (COMPANY..=COMPANIES)
        .flat_map(|company| {
            let token = data::token(company, READER);
            paths.map(|path| LoadLine::get(format!("{path}api_token={token}")))
        })
        .collect();
    let most = u64::try_from(requests.len())?;
    let requests = LoadLine::write_all(&requests, &setting.folder, "companies")?;
    // One connection passes through all of them; many then do the same at once.
    for connections in [1, READERS] {
        let load = Load { requests: &requests, token: "", connections, seconds: 120.0, most, core: Core::Any };
        load.send(server.address)?;
    }
    std::thread::sleep(REST);
    let heap = process::memory(server.pid())?.anonymous;
    report.add(line(&format!("heap after {COMPANIES} companies were touched"), heap, 250.0));
    Ok(())
}

fn line(what: &str, bytes: u64, most: f64) -> Line {
    #[expect(clippy::cast_precision_loss, reason = "memory is far below 2^53 bytes")]
    let figure = bytes as f64 / 1e6;
    Line {
        what: what.to_owned(),
        base: String::new(),
        ours: format!("{figure:.1} MB"),
        figure,
        unit: " MB",
        target: Target::AtMost(most),
    }
}
