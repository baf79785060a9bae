//! The URL of the database, and what Penstock itself reads from it.

use penstock_model::{Error, Result};
use percent_encoding::percent_decode_str;
use tokio_postgres::Config;

use super::{tls::Tls, writers::GROUP};

/// Where the database is, and how it is used.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) tls: Tls,
    /// Writes that one commit takes at most: `penstock_group=1` in the URL switches grouping off.
    pub(super) group: usize,
}

/// Reads a URL as `libpq` knows it. Parameters that start with `penstock_`, and what the client
/// does not know of TLS, are taken out before.
pub(super) fn parse(url: &str) -> Result<Address> {
    let mut group = GROUP;
    let (mut mode, mut roots) = (None, None);
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut rest = Vec::new();
    for parameter in query.split('&').filter(|p| !p.is_empty()) {
        match parameter.split_once('=').unwrap_or((parameter, "")) {
            ("penstock_group", value) => {
                group = value.parse().ok().filter(|n| (1..=GROUP).contains(n)).ok_or_else(|| {
                    Error::unavailable(format!("the database URL's penstock_group must be a number from 1 to {GROUP}"))
                })?;
            }
            ("sslmode", value) => mode = Some(decoded(value)),
            ("sslrootcert", value) => roots = Some(decoded(value)),
            (name, _) if name.starts_with("penstock_") => {
                return Err(Error::unavailable(format!("the database URL's parameter {name} is unknown")));
            }
            _ => rest.push(parameter),
        }
    }
    let plain = if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) };
    let mut config = plain.parse::<Config>().map_err(|e| {
        Error::unavailable(format!(
            "the database URL can't be read, expected postgres://user:password@host:port/name: {}",
            super::fault::causes(&e)
        ))
    })?;
    let tls = Tls::of(mode.as_deref(), roots.as_deref())?;
    config.ssl_mode(tls.mode);
    Ok(Address { config, tls, group })
}

fn decoded(value: &str) -> String {
    percent_decode_str(value).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_url_groups_writes() {
        let address = parse("postgres://u:p@localhost:5433/crm").unwrap();
        assert_eq!((address.group, address.config.get_dbname()), (GROUP, Some("crm")));
    }

    #[test]
    fn grouping_is_switched_off_and_the_rest_is_kept() {
        let address = parse("postgres://u@h/crm?connect_timeout=3&penstock_group=1&application_name=a").unwrap();
        assert_eq!((address.group, address.config.get_application_name()), (1, Some("a")));
        assert_eq!(address.config.get_connect_timeout().map(std::time::Duration::as_secs), Some(3));
        assert_eq!(parse("postgres://u@h/crm?penstock_group=1").unwrap().group, 1);
    }

    #[test]
    fn wrong_parameters_are_refused_without_showing_the_password() {
        for url in [
            "postgres://u:hush@h/crm?penstock_group=0",
            "postgres://u:hush@h/crm?penstock_grup=1",
            "postgres://u:hush@h/crm?colour=red",
        ] {
            let refused = parse(url).unwrap_err();
            assert!(!refused.message.contains("hush"), "{refused}");
        }
    }
}
