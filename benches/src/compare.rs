//! An earlier build and the present one, sampled in turn in one run: whether a change of the code costs anything.
//!
//! Each build serves files that it made itself, with the same deals, since the schema may have changed between them. The
//! requests are the same.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use serde_json::json;

use crate::{
    Result,
    child::{Program, Records, Server},
    data::{self, COMPANY, Draft, READER, Size},
    load::{Load, LoadLine},
    measure::{self, Cost, Pace},
    options,
    process::{self, Core},
    run,
    scenario::{
        ENDLESS, READERS, WRITERS,
        growth::{self, DEPTHS, FAR},
        postgres::Company,
        reads,
    },
};

/// How far a median may be from the earlier one.
const TWENTIETH: f64 = 0.05;
/// Different bodies of creates.
const BODIES: i64 = 20_000;

/// How long a server is left alone before it counts as at rest.
const REST: Duration = Duration::from_secs(3);

/// A figure of both builds; smaller is better unless it is a rate.
struct Row {
    what: String,
    unit: &'static str,
    before: f64,
    now: f64,
    is_rate: bool,
}

impl Row {
    /// How much worse the present build is: 0.05 is a twentieth.
    fn loss(&self) -> f64 {
        if self.is_rate { self.before / self.now - 1.0 } else { self.now / self.before - 1.0 }
    }
}

struct Comparison<'a> {
    asked: &'a options::Compare,
    pace: Pace,
    programs: [Program; 2],
    cores: (Core, Core),
    rows: Vec<Row>,
}

/// Compares the builds, prints a table, and says whether no median is worse by more than a twentieth.
pub(crate) fn run(asked: &options::Compare) -> Result<bool> {
    std::fs::create_dir_all(&asked.data)?;
    let mut comparison = Comparison {
        asked,
        pace: Pace { samples: asked.samples, seconds: asked.seconds },
        programs: [Program::find(Some(&asked.before.join("penstock")))?, Program::find(None)?],
        cores: Core::apart(),
        rows: Vec::new(),
    };
    let files = [comparison.earlier_file()?, data::ensure(&asked.data, asked.deals)?];
    comparison.reads(&files)?;
    comparison.creates(&files)?;
    comparison.postgres()?;
    comparison.print()
}

impl Comparison<'_> {
    /// The earlier build's file of the same company.
    fn earlier_file(&self) -> Result<PathBuf> {
        let file = self.asked.data.join(format!("before-{}", self.asked.deals)).join("penstock.db");
        if !file.exists() {
            std::fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
            let unfinished = file.with_extension("unfinished");
            let mut command = Command::new(self.asked.before.join("penstock-bench"));
            command.arg("generate").arg("--deals").arg(self.asked.deals.to_string()).arg("--file").arg(&unfinished);
            if !command.status()?.success() {
                return Err(format!("{command:?} failed").into());
            }
            std::fs::rename(&unfinished, &file)?;
        }
        Ok(file)
    }

    fn start(&self, files: &[PathBuf; 2], core: Core) -> Result<[Server; 2]> {
        let start = |at: usize| self.programs[at].start(&Records::File(&files[at]), core);
        Ok([start(0)?, start(1)?])
    }

    fn write(&self, paths: &[String], name: &str) -> Result<PathBuf> {
        let requests: Vec<LoadLine> = paths.iter().map(|path| LoadLine::get(path.as_str())).collect();
        LoadLine::write_all(&requests, &self.asked.data, name)
    }

    fn reads(&mut self, files: &[PathBuf; 2]) -> Result<()> {
        for file in files {
            run::warm(file)?;
        }
        let servers = self.start(files, self.cores.0)?;
        let [before, now] = &servers;
        std::thread::sleep(REST);
        #[expect(clippy::cast_precision_loss, reason = "memory is far below 2^53 bytes")]
        let memory = |server: &Server| process::memory(server.pid()).map(|memory| memory.pss as f64 / 1e6);
        let (was, is) = (memory(before)?, memory(now)?);
        self.add("memory at rest (PSS)", " MB", was, is, false);
        let size = Size::of(self.asked.deals);
        let offset = FAR.min(self.asked.deals / 2);
        let (stage_pages, old_pages) = reads::stage_pages();
        let mut scenarios: Vec<(String, [Vec<String>; 2])> = vec![
            both("one deal by number, v2", &reads::deals(size)),
            both("page of 100 by pipeline and status, newest first, v2", &reads::pages()),
            both("page of 100 by stage and status, newest first, v2", &stage_pages),
            both("page of 100 by stage and status, newest first, v1 with references", &old_pages),
            both("page of 100 by offset 0, v1", &["/v1/deals?start=0&limit=100".to_owned()]),
            both(&format!("page of 100 by offset {offset}, v1"), &[format!("/v1/deals?start={offset}&limit=100")]),
        ];
        // A cursor is of the build that made it.
        let (was, is) = (growth::pages(before)?, growth::pages(now)?);
        for ((depth, was), is) in DEPTHS.iter().zip(was).zip(is) {
            scenarios.push((format!("page of 100 by cursor, {depth} of its list, v2"), [was, is]));
        }
        let token = data::token(COMPANY, READER);
        for (what, paths) in scenarios {
            let requests = [self.write(&paths[0], "compare-before")?, self.write(&paths[1], "compare-now")?];
            let load = |at: usize| Load {
                requests: &requests[at],
                token: &token,
                connections: READERS,
                seconds: 0.0,
                most: ENDLESS,
                core: self.cores.1,
            };
            let costs = measure::costs(self.pace, &[(before, &load(0)), (now, &load(1))])?;
            self.add(&what, " us", costs[0].micros, costs[1].micros, false);
        }
        Ok(())
    }

    fn creates(&mut self, files: &[PathBuf; 2]) -> Result<()> {
        let copy = |name: &str, at: usize| data::copy(&files[at], &self.asked.data.join(name));
        let own = [copy("compare-creates-before", 0)?, copy("compare-creates-now", 1)?];
        let fields = data::fields(&data::sqlite(&own[1]))?;
        let size = Size::of(self.asked.deals);
        let requests: Vec<LoadLine> = (1..=BODIES)
            .map(|more| LoadLine::post("/api/v2/deals", &Draft::of(self.asked.deals + more, size, &fields).body()))
            .collect();
        let requests = LoadLine::write_all(&requests, &self.asked.data, "compare-creates")?;
        let servers = self.start(&own, Core::Any)?;
        let token = data::token(COMPANY, READER);
        let rates = self.rates(&servers, &requests, [&token, &token])?;
        drop(servers);
        for file in &own {
            data::remove(file);
        }
        self.add("creates through HTTP, 64 connections, v2", "/s", rates[0], rates[1], true);
        Ok(())
    }

    /// Creates of both builds, sampled in turn.
    fn rates(&self, servers: &[Server; 2], requests: &Path, tokens: [&str; 2]) -> Result<[f64; 2]> {
        let load = |at: usize, seconds| Load {
            requests,
            token: tokens[at],
            connections: WRITERS,
            seconds,
            most: ENDLESS,
            core: Core::Any,
        };
        let mut costs: [Vec<Cost>; 2] = Default::default();
        for (at, server) in servers.iter().enumerate() {
            load(at, 1.0).send(server.address)?;
        }
        for _ in 0..self.pace.samples {
            for (at, (server, costs)) in servers.iter().zip(&mut costs).enumerate() {
                costs.push(measure::cost(server, &load(at, self.pace.seconds))?);
            }
        }
        Ok(costs.map(|costs| measure::typical(&costs).rate))
    }

    fn postgres(&mut self) -> Result<()> {
        let Some(url) = &self.asked.postgres else { return Ok(()) };
        let databases = [Company::empty(url, "penstock_bench_before")?, Company::empty(url, "penstock_bench_now")?];
        let company = |at: usize| self.programs[at].make_company(&databases[at].url);
        let tokens = [company(0)?, company(1)?];
        let start = |at: usize| self.programs[at].start(&Records::Url(&databases[at].url), Core::Any);
        let servers = [start(0)?, start(1)?];
        let body = |number: i64| json!({ "title": format!("Pumps {number}"), "value": number, "currency": "EUR" });
        let requests: Vec<LoadLine> =
            (1..=BODIES).map(|number| LoadLine::post("/api/v2/deals", &body(number))).collect();
        let requests = LoadLine::write_all(&requests, &self.asked.data, "compare-creates-postgres")?;
        let rates = self.rates(&servers, &requests, [&tokens[0], &tokens[1]])?;
        drop(servers);
        self.add("creates into one company on Postgres, 64 connections, v2", "/s", rates[0], rates[1], true);
        Ok(())
    }

    fn add(&mut self, what: &str, unit: &'static str, before: f64, now: f64, is_rate: bool) {
        let row = Row { what: what.to_owned(), unit, before, now, is_rate };
        eprintln!("{}", line(&row));
        self.rows.push(row);
    }

    fn print(&self) -> Result<bool> {
        let mut out = std::io::stdout();
        writeln!(
            out,
            "- {} deals; medians of {} samples of {} s of each build, taken in turn",
            self.asked.deals, self.pace.samples, self.pace.seconds
        )?;
        writeln!(out, "\n| scenario | before | now | change |\n|---|---|---|---|")?;
        for row in &self.rows {
            writeln!(out, "{}", line(row))?;
        }
        Ok(self.rows.iter().all(|row| row.loss() <= TWENTIETH))
    }
}

fn both(what: &str, paths: &[String]) -> (String, [Vec<String>; 2]) {
    (what.to_owned(), [paths.to_vec(), paths.to_vec()])
}

fn line(row: &Row) -> String {
    let Row { what, unit, before, now, .. } = row;
    format!("| {what} | {before:.1}{unit} | {now:.1}{unit} | {:+.1} % |", (now / before - 1.0) * 100.0)
}
