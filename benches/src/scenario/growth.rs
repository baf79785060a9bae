//! What a page costs when there are ten times the deals, and deep in a list: it must not know.

use serde_json::Value as Json;

use super::{ENDLESS, READERS};
use crate::{
    Result,
    child::{Records, Server},
    data::{COMPANY, READER, Size, token},
    fetch,
    load::{Load, LoadLine},
    measure,
    report::{Line, Report, Target},
    run::{self, Setting},
};

/// Where in a list a page begins.
pub(crate) const DEPTHS: [&str; 3] = ["first", "middle", "last"];
/// The offset that is told, where there are as many deals.
pub(crate) const FAR: i64 = 100_000;
/// The page that is walked to, where there are as many.
const WALKED: i64 = 2000;

pub(crate) fn growth(setting: &Setting, report: &mut Report) -> Result<()> {
    let (large, small) = run::companies(setting)?;
    run::warm(&small)?;
    run::warm(&large)?;
    let few = setting.program.start(&Records::File(&small), setting.cores.0)?;
    let many = setting.program.start(&Records::File(&large), setting.cores.0)?;
    let (few_pages, many_pages) = (pages(&few)?, pages(&many)?);
    for (depth, place) in DEPTHS.into_iter().enumerate() {
        let what = format!("page of 100 by cursor, {place} of its list, v2");
        compare(setting, report, &what, (&few, &few_pages[depth]), (&many, &many_pages[depth]))?;
    }
    let first = ["/v1/deals?start=0&limit=100".to_owned()];
    compare(setting, report, "page of 100 by offset 0, v1", (&few, &first), (&many, &first))?;
    let offset = FAR.min(setting.size.deals / 2);
    let far = [format!("/v1/deals?start={offset}&limit=100")];
    let cost = cost(setting, (&many, &first), (&many, &far))?;
    report.add(Line {
        what: format!("page of 100 by offset {offset}, v1"),
        base: format!("by offset 0: {:.0} µs", cost.0),
        ours: format!("{:.0} µs", cost.1),
        figure: cost.1 / cost.0,
        unit: "x",
        target: Target::Reported,
    });
    walked(setting, report, &many)
}

/// The last full page of a list that is walked by offset, or its [`WALKED`]th.
fn walked(setting: &Setting, report: &mut Report, server: &Server) -> Result<()> {
    let page = |number: i64| format!("/v1/deals?start={}&limit=500", (number - 1) * 500);
    let mut reached = 1;
    while reached < WALKED && has_next(server, &page(reached))? {
        reached += 1;
    }
    // The last page may be a short one; asked for again, it is found as in the walk.
    let reached = if reached == WALKED { reached } else { reached - 1 };
    let cost = cost(setting, (server, &[page(1)]), (server, &[page(reached)]))?;
    report.add(Line {
        what: format!("page {reached} of 500 by offset, reached by walking, v1"),
        base: format!("page 1: {:.0} µs", cost.0),
        ours: format!("{:.0} µs", cost.1),
        figure: cost.1 / cost.0,
        unit: "x",
        target: Target::AtMost(1.5),
    });
    Ok(())
}

fn has_next(server: &Server, path: &str) -> Result<bool> {
    let body: Json = serde_json::from_slice(&fetch::get(server.address, path, &token(COMPANY, READER))?)?;
    Ok(body["additional_data"]["pagination"]["more_items_in_collection"] == true)
}

fn compare(
    setting: &Setting,
    report: &mut Report,
    what: &str,
    few: (&Server, &[String]),
    many: (&Server, &[String]),
) -> Result<()> {
    let (base, ours) = cost(setting, few, many)?;
    report.add(Line {
        what: what.to_owned(),
        base: format!("{} deals: {base:.0} µs", setting.size.deals / 10),
        ours: format!("{} deals: {ours:.0} µs", setting.size.deals),
        figure: ours / base,
        unit: "x",
        target: Target::AtMost(1.2),
    });
    Ok(())
}

/// Microseconds of processor time that requests take of one server and of another.
fn cost(setting: &Setting, one: (&Server, &[String]), other: (&Server, &[String])) -> Result<(f64, f64)> {
    let write = |paths: &[String], name: &str| {
        let requests: Vec<LoadLine> = paths.iter().map(|path| LoadLine::get(path.as_str())).collect();
        LoadLine::write_all(&requests, &setting.folder, name)
    };
    let (first, second) = (write(one.1, "growth-1")?, write(other.1, "growth-2")?);
    let token = token(COMPANY, READER);
    let load = |requests| Load {
        requests,
        token: &token,
        connections: READERS,
        seconds: 0.0,
        most: ENDLESS,
        core: setting.cores.1,
    };
    let costs = measure::costs(setting.pace, &[(one.0, &load(&first)), (other.0, &load(&second))])?;
    Ok((costs[0].micros, costs[1].micros))
}

/// Requests for full pages of every pipeline's open deals, newest first, by [depth](DEPTHS). The cursors are found by
/// walking, as a client would.
pub(crate) fn pages(server: &Server) -> Result<[Vec<String>; 3]> {
    let mut found: [Vec<String>; 3] = Default::default();
    for pipeline in 1..=Size::PIPELINES {
        let list =
            format!("/api/v2/deals?pipeline_id={pipeline}&status=open&sort_by=add_time&sort_direction=desc&limit=100");
        let mut full = vec![list.clone()];
        while let Some(cursor) = next(server, full.last().map_or("", String::as_str))? {
            full.push(format!("{list}&cursor={cursor}"));
        }
        // The last page may be a short one.
        full.pop();
        for (pages, at) in found.iter_mut().zip([0, full.len() / 2, full.len().saturating_sub(1)]) {
            pages.push(full.get(at).ok_or("a list of less than two pages: take more deals")?.clone());
        }
    }
    Ok(found)
}

fn next(server: &Server, path: &str) -> Result<Option<String>> {
    let body: Json = serde_json::from_slice(&fetch::get(server.address, path, &token(COMPANY, READER))?)?;
    Ok(body["additional_data"]["next_cursor"].as_str().map(str::to_owned))
}
