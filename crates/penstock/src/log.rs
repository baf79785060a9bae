//! The log: to standard error, as text or JSON.

use tracing::level_filters::LevelFilter;

use crate::settings::Settings;

/// Starts the log of this process.
pub(crate) fn start(settings: &Settings) {
    let log =
        tracing_subscriber::fmt().with_max_level(LevelFilter::from_level(settings.log)).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first.
    let _ = if settings.log_json {
        tracing::subscriber::set_global_default(log.json().flatten_event(true).finish())
    } else {
        let color = std::io::IsTerminal::is_terminal(&std::io::stderr());
        tracing::subscriber::set_global_default(log.with_ansi(color).finish())
    };
    log_panics();
}

/// Has panics logged like everything else.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        let said = panic.payload_as_str().unwrap_or("");
        tracing::error!(place, said, "the program has a fault");
    }));
}

/// A path and query as they may be logged: the values of `api_token` are left out, however the name is spelt.
pub(crate) fn redacted(path: &str, query: Option<&str>) -> String {
    let Some(query) = query else { return path.to_owned() };
    let parts: Vec<String> = query
        .split('&')
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let secret = name.contains(['%', '+']) || name.to_ascii_lowercase().contains("token");
            // A token in a wrong place is one all the same.
            if secret || penstock_auth::is_token(value) { format!("{name}=...") } else { part.to_owned() }
        })
        .collect();
    format!("{path}?{}", parts.join("&"))
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn tokens_are_left_out() {
        let token = "0123456789abcdef0123456789abcdef01234567";
        for query in [
            format!("api_token={token}"),
            format!("limit=5&api_token={token}&start=1"),
            format!("api%5Ftoken={token}"),
            format!("key={token}"),
        ] {
            let shown = redacted("/v1/deals", Some(&query));
            assert!(!shown.contains(token) && shown.starts_with("/v1/deals?"), "{shown}");
        }
        assert_eq!(redacted("/v1/deals", Some("limit=5")), "/v1/deals?limit=5");
        assert_eq!(redacted("/v1/deals", None), "/v1/deals");
    }
}
