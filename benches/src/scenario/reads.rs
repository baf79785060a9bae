//! One deal, a page, and v1's page: the processor time beside the yardstick's for the same bytes.

use std::net::SocketAddr;

use serde_json::Value as Json;

use super::{ENDLESS, READERS, told};
use crate::{
    Result,
    child::{Records, Server},
    data::{self, COMPANY, Draft, READER, Random, Size},
    fetch,
    load::{Load, LoadLine},
    measure::{self, Cost},
    report::{Line, Report, Target},
    run::{self, Setting},
};

/// Deals that are asked for, one after the other.
const ASKED: usize = 20_000;

pub(crate) fn reads(setting: &Setting, report: &mut Report) -> Result<()> {
    let file = data::ensure(&setting.folder, setting.size.deals)?;
    run::warm(&file)?;
    let yardstick = Server::yardstick(&file, setting.cores.0)?;
    let penstock = setting.program.start(&Records::File(&file), setting.cores.0)?;
    let token = data::token(COMPANY, READER);
    let (deals, pages, (stage_pages, old_pages)) = (deals(setting.size), pages(), stage_pages());
    for path in deals.iter().take(50).chain(&pages) {
        same(&yardstick, &penstock, path, &token)?;
    }
    for path in pages.iter().chain(&old_pages) {
        full(penstock.address, path, &token)?;
    }
    for path in &stage_pages {
        full(yardstick.address, path, "")?;
    }
    let write = |paths: &[String], name: &str| {
        let requests: Vec<LoadLine> = paths.iter().map(|path| LoadLine::get(path.as_str())).collect();
        LoadLine::write_all(&requests, &setting.folder, name)
    };
    let (deals, pages) = (write(&deals, "deals")?, write(&pages, "pages")?);
    let (stage_pages, old_pages) = (write(&stage_pages, "stage-pages")?, write(&old_pages, "old-pages")?);
    let load = |requests| Load {
        requests,
        token: &token,
        connections: READERS,
        seconds: 0.0,
        most: ENDLESS,
        core: setting.cores.1,
    };
    let costs = measure::costs(setting.pace, &[(&yardstick, &load(&deals)), (&penstock, &load(&deals))])?;
    report.add(compared("one deal by number, v2", costs[0], costs[1], 2.0));
    let costs = measure::costs(setting.pace, &[(&yardstick, &load(&pages)), (&penstock, &load(&pages))])?;
    report.add(compared("page of 100 by pipeline and status, newest first, v2", costs[0], costs[1], 1.5));
    // The yardstick gives these pages as v2 has them: without references.
    let costs = measure::costs(setting.pace, &[(&yardstick, &load(&stage_pages)), (&penstock, &load(&old_pages))])?;
    report.add(compared("page of 100 by stage and status, newest first, v1 with references", costs[0], costs[1], 3.0));
    Ok(())
}

fn compared(what: &str, base: Cost, ours: Cost, most: f64) -> Line {
    Line {
        what: what.to_owned(),
        base: format!("yardstick: {}", told(base)),
        ours: told(ours),
        figure: ours.micros / base.micros,
        unit: "x",
        target: Target::AtMost(most),
    }
}

/// Deals that the reader sees, anywhere in the company.
pub(crate) fn deals(size: Size) -> Vec<String> {
    let mut random = Random::new(7);
    let mut paths = Vec::with_capacity(ASKED);
    while paths.len() < ASKED {
        let number = 1 + random.below(size.deals);
        if Draft::of(number, size, &[]).is_seen() {
            paths.push(format!("/api/v2/deals/{number}"));
        }
    }
    paths
}

pub(crate) fn pages() -> Vec<String> {
    let mut paths = Vec::new();
    for pipeline in 1..=Size::PIPELINES {
        for status in ["open", "won"] {
            paths.push(format!(
                "/api/v2/deals?pipeline_id={pipeline}&status={status}&sort_by=add_time&sort_direction=desc&limit=100"
            ));
        }
    }
    paths
}

/// The same pages of v2 and of v1. v1's list can't be narrowed to a pipeline; a stage is the nearest that it has.
pub(crate) fn stage_pages() -> (Vec<String>, Vec<String>) {
    let stages = (1..=Size::PIPELINES * Size::STAGES).flat_map(|stage| ["open", "won"].map(|status| (stage, status)));
    stages
        .map(|(stage, status)| {
            let asked = format!("stage_id={stage}&status={status}&limit=100");
            (
                format!("/api/v2/deals?{asked}&sort_by=add_time&sort_direction=desc"),
                format!("/v1/deals?{asked}&sort=add_time%20DESC"),
            )
        })
        .unzip()
}

/// Both servers must give the same bytes.
fn same(yardstick: &Server, penstock: &Server, path: &str, token: &str) -> Result<()> {
    let expected = fetch::get(yardstick.address, path, "")?;
    let given = fetch::get(penstock.address, path, token)?;
    if expected == given {
        return Ok(());
    }
    let at = expected.iter().zip(&given).position(|(a, b)| a != b).unwrap_or(expected.len().min(given.len()));
    let around = |body: &[u8]| {
        String::from_utf8_lossy(&body[at.saturating_sub(80).min(body.len())..body.len().min(at + 80)]).into_owned()
    };
    let (expected, given) = (around(&expected), around(&given));
    Err(format!("{path}: the bodies differ at byte {at}:\nyardstick ..{expected}..\nPenstock  ..{given}..").into())
}

/// A page must have a hundred records, lest a short one look cheap.
fn full(address: SocketAddr, path: &str, token: &str) -> Result<()> {
    let body: Json = serde_json::from_slice(&fetch::get(address, path, token)?)?;
    match body["data"].as_array().map_or(0, Vec::len) {
        100 => Ok(()),
        other => Err(format!("{path}: {other} records instead of 100").into()),
    }
}
