//! Creates into one company on Postgres: what committing together gives.

use ::postgres::{Client, NoTls};

use super::{ENDLESS, WRITERS};
use crate::{
    Result,
    child::Records,
    data::{self, COMPANY, Draft, READER, Size},
    load::{Load, LoadLine},
    measure,
    process::Core,
    report::{Line, Report, Target},
    run::Setting,
};

/// Deals that the company has at first: grouping is about commits, not about size.
const SIZE: i64 = 20_000;
/// Different bodies.
const BODIES: i64 = 5_000;

pub(crate) fn postgres(setting: &Setting, report: &mut Report) -> Result<()> {
    let Some(url) = &setting.postgres else {
        report.note("Postgres was not measured: no server was named by PENSTOCK_TEST_POSTGRES.");
        return Ok(());
    };
    let size = Size::of(SIZE).without_deals();
    let grouped = Company::make(url, "penstock_bench_grouped", size)?;
    let single = Company::make(url, "penstock_bench_single", size)?;
    let fields = data::fields(&grouped.settings())?;
    let requests: Vec<LoadLine> =
        (1..=BODIES).map(|number| LoadLine::post("/api/v2/deals", &Draft::of(number, size, &fields).body())).collect();
    let requests = LoadLine::write_all(&requests, &setting.folder, "creates-postgres")?;
    let servers = [
        setting.program.start(&Records::Url(&with_parameter(&single.url, "penstock_group=1")), Core::Any)?,
        setting.program.start(&Records::Url(&grouped.url), Core::Any)?,
    ];
    let token = data::token(COMPANY, READER);
    let load = |seconds| Load {
        requests: &requests,
        token: &token,
        connections: WRITERS,
        seconds,
        most: ENDLESS,
        core: Core::Any,
    };
    let mut costs = [Vec::new(), Vec::new()];
    for server in &servers {
        load(1.0).send(server.address)?;
    }
    for _ in 0..setting.pace.samples {
        for (server, costs) in servers.iter().zip(&mut costs) {
            costs.push(measure::cost(server, &load(setting.pace.seconds))?);
        }
    }
    let [base, ours] = costs.map(|costs| measure::typical(&costs).rate);
    drop(servers);
    report.add(Line {
        what: "creates into one company on Postgres, 64 connections, v2".to_owned(),
        base: format!("each committed by itself: {base:.0}/s"),
        ours: format!("committed together: {ours:.0}/s"),
        figure: ours / base,
        unit: "x",
        target: Target::AtLeast(2.0),
    });
    Ok(())
}

/// A company in a database of its own, which goes when this is dropped.
pub(crate) struct Company {
    admin: String,
    name: &'static str,
    /// Where it is.
    pub(crate) url: String,
}

impl Company {
    fn make(url: &str, name: &'static str, size: Size) -> Result<Self> {
        let made = Self::empty(url, name)?;
        data::make(&made.settings(), size)?;
        Ok(made)
    }

    /// A database without any tables.
    pub(crate) fn empty(url: &str, name: &'static str) -> Result<Self> {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
        client.batch_execute(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))?;
        Ok(Self { admin: url.to_owned(), name, url: with_database(url, name) })
    }

    fn settings(&self) -> penstock_store::Settings {
        penstock_store::Settings::Postgres { url: self.url.clone() }
    }
}

impl Drop for Company {
    fn drop(&mut self) {
        if let Ok(mut client) = Client::connect(&self.admin, NoTls) {
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}

/// The same server, another database.
fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, None), |(base, query)| (base, Some(query)));
    let host = base.find("://").map_or(0, |at| at + 3);
    let end = base[host..].find('/').map_or(base.len(), |at| host + at);
    let named = format!("{}/{name}", &base[..end]);
    query.map_or(named.clone(), |query| format!("{named}?{query}"))
}

fn with_parameter(url: &str, parameter: &str) -> String {
    format!("{url}{}{parameter}", if url.contains('?') { '&' } else { '?' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_keeps_all_but_its_database() {
        assert_eq!(with_database("postgres://u:p@h:5/a?x=1", "b"), "postgres://u:p@h:5/b?x=1");
        assert_eq!(with_database("postgres://h", "b"), "postgres://h/b");
        assert_eq!(with_parameter("postgres://h/b", "y=2"), "postgres://h/b?y=2");
        assert_eq!(with_parameter("postgres://h/b?x=1", "y=2"), "postgres://h/b?x=1&y=2");
    }
}
