//! Creates through HTTP, beside raw inserts of the same rows.

use super::{ENDLESS, WRITERS};
use crate::{
    Result,
    child::Records,
    data::{self, COMPANY, Draft, READER},
    load::{Load, LoadLine},
    measure,
    process::Core,
    raw::Raw,
    report::{Line, Report, Target},
    run::Setting,
};

/// Different bodies; a load begins anew when it has sent them all.
const BODIES: i64 = 20_000;

pub(crate) fn creates(setting: &Setting, report: &mut Report) -> Result<()> {
    let file = data::ensure(&setting.folder, setting.size.deals)?;
    let copy = |name: &str| data::copy(&file, &setting.folder.join(name));
    let (for_raw, for_server) = (copy("creates-raw")?, copy("creates-http")?);
    let fields = data::fields(&data::sqlite(&for_raw))?;
    let requests: Vec<LoadLine> = (1..=BODIES)
        .map(|more| {
            LoadLine::post("/api/v2/deals", &Draft::of(setting.size.deals + more, setting.size, &fields).body())
        })
        .collect();
    let requests = LoadLine::write_all(&requests, &setting.folder, "creates")?;
    let server = setting.program.start(&Records::File(&for_server), Core::Any)?;
    let token = data::token(COMPANY, READER);
    let load = |seconds| Load {
        requests: &requests,
        token: &token,
        connections: WRITERS,
        seconds,
        most: ENDLESS,
        core: Core::Any,
    };
    let mut raw = Raw::open(&for_raw, setting.size, &fields)?;
    let (mut raw_costs, mut costs) = (Vec::new(), Vec::new());
    load(1.0).send(server.address)?;
    raw.cost(1.0)?;
    for _ in 0..setting.pace.samples {
        raw_costs.push(raw.cost(setting.pace.seconds)?);
        costs.push(measure::cost(&server, &load(setting.pace.seconds))?);
    }
    let (base, ours) = (measure::typical(&raw_costs), measure::typical(&costs));
    drop((raw, server));
    data::remove(&for_raw);
    data::remove(&for_server);
    report.add(Line {
        what: "creates through HTTP, 64 connections, v2".to_owned(),
        base: format!("raw inserts in groups of 64: {:.0}/s, {:.0} µs", base.rate, base.micros),
        ours: format!("{:.0}/s, {:.0} µs", ours.rate, ours.micros),
        figure: ours.rate / base.rate,
        unit: "x",
        target: Target::AtLeast(0.4),
    });
    report.note(
        "Raw inserts are the rows of deal, event, values and search. Penstock's creates also write the stay in the \
         stage, the follower and the participant with their events, and counters. The microseconds are processor \
         time of a deal: of the inserting thread, and of the whole server with its checkpoints.",
    );
    Ok(())
}
