//! The settings of this process: from flags, environment, file and defaults, in that order.

mod flags;
mod given;
mod reference;
mod table;

use std::{path::PathBuf, time::Duration};

pub(crate) use flags::Flags;
pub(crate) use given::{Given, Source};
pub(crate) use reference::reference;

use crate::{
    failure::{Failure, Outcome},
    http::{Limits, Options, Origins},
};

/// The settings, checked. Not to be printed as a whole: there are secrets among them.
pub(crate) struct Settings {
    /// `host:port`.
    pub(crate) listen: String,
    /// Where the records are.
    pub(crate) database: penstock_store::Settings,
    /// How clients are served.
    pub(crate) options: Options,
    /// How long a stop waits for requests.
    pub(crate) drain: Duration,
    /// What is logged.
    pub(crate) log: tracing::Level,
    /// Whether the log is JSON.
    pub(crate) log_json: bool,
    /// The company's name at the first start.
    pub(crate) company_name: Option<String>,
    /// The first user of a company that is made.
    pub(crate) admin: crate::company::Admin,
    /// The admin's token at the first start.
    pub(crate) token: Option<String>,
    /// What was given, and where, for people.
    pub(crate) given: Vec<Given>,
}

/// The SQLite file in the data folder.
const FILE: &str = "penstock.db";

impl Settings {
    /// Reads and checks every setting.
    pub(crate) fn read(flags: &Flags) -> Outcome<Self> {
        let given = given::gather(flags)?;
        let find = |name: &str| given.iter().find(|g| g.setting.name == name);
        let text = |name: &str| find(name).map_or("", |g| g.text.as_str());
        let wrong = |name: &str, expected: &str| -> Failure {
            find(name).map_or_else(|| Failure::new(format!("{name} is missing")), |g| g.wrong(expected))
        };
        let listen = text("listen").to_owned();
        if listen.rsplit_once(':').is_none_or(|(host, port)| host.is_empty() || port.parse::<u16>().is_err()) {
            return Err(wrong("listen", "must be host:port, as 127.0.0.1:8080; port 0 takes a free one"));
        }
        let url = text("database-url");
        let database = if url.is_empty() {
            if text("data").is_empty() {
                return Err(wrong("data", "must name a folder"));
            }
            penstock_store::Settings::Sqlite { file: PathBuf::from(text("data")).join(FILE), max_pages: None }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            penstock_store::Settings::Postgres { url: url.to_owned() }
        } else {
            return Err(wrong("database-url", "must be as postgres://user:password@host:port/name"));
        };
        let body_limit = size(text("body-limit"))
            .ok_or_else(|| wrong("body-limit", "must be a number of bytes up to 1024MiB, as 2097152 or 2MiB"))?;
        let bodies = size(text("body-budget"))
            .ok_or_else(|| wrong("body-budget", "must be a number of bytes up to 1024MiB, as 33554432 or 32MiB"))?;
        let seconds = |name: &str, least: u64| {
            let seconds = text(name).parse().ok().filter(|s| (least..=3600).contains(s)).map(Duration::from_secs);
            seconds.ok_or_else(|| wrong(name, &format!("must be a number of seconds from {least} to 3600")))
        };
        let limits =
            Limits { body: body_limit, bodies, idle: seconds("idle-timeout", 1)?, write: seconds("write-timeout", 1)? };
        let token = find("token").map(|g| g.text.clone());
        if token.as_deref().is_some_and(|t| !penstock_auth::is_token(t)) {
            return Err(wrong("token", "must be 40 hexadecimal digits").advise("Make one with: openssl rand -hex 20"));
        }
        Ok(Self {
            listen,
            database,
            options: Options {
                limits,
                origins: Origins::parse(text("cors-origins"))
                    .ok_or_else(|| wrong("cors-origins", "must be *, none, or origins as https://app.example"))?,
                log_refusals: match text("log-refusals") {
                    "on" => true,
                    "off" => false,
                    _ => return Err(wrong("log-refusals", "must be on or off")),
                },
            },
            drain: seconds("drain", 0)?,
            log: text("log")
                .parse()
                .ok()
                .filter(|_| text("log").parse::<u8>().is_err())
                .ok_or_else(|| wrong("log", "must be error, warn, info, debug or trace"))?,
            log_json: match text("log-format") {
                "json" => true,
                "text" => false,
                _ => return Err(wrong("log-format", "must be text or json")),
            },
            company_name: find("company-name").map(|g| g.text.clone()),
            admin: crate::company::Admin {
                name: find("admin-name").map(|g| g.text.clone()),
                email: find("admin-email").map(|g| g.text.clone()),
            },
            token,
            given,
        })
    }
}

/// A size as bytes.
fn size(text: &str) -> Option<usize> {
    let (number, unit) = match text.trim() {
        t if t.ends_with("MiB") => (&t[..t.len() - 3], 1 << 20),
        t if t.ends_with("KiB") => (&t[..t.len() - 3], 1 << 10),
        t => (t, 1),
    };
    number.trim().parse::<usize>().ok()?.checked_mul(unit).filter(|n| (1..=1 << 30).contains(n))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("2MiB"), Some(2 << 20));
        assert_eq!(size("64 KiB"), Some(64 << 10));
        assert_eq!(size("100"), Some(100));
        for wrong in ["", "0", "2MB", "-1", "99999MiB", "MiB"] {
            assert_eq!(size(wrong), None, "{wrong}");
        }
    }
}
