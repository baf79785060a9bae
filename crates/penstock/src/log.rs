//! The log: to standard error, as text or JSON.

use percent_encoding::percent_decode_str;
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

/// What parts of a path and a query stand between.
const SEPARATORS: [char; 8] = ['/', '?', '&', ';', '=', ',', '(', ')'];

/// A path and query as they may be logged: tokens are left out, wherever they stand and however they are spelt, and so is
/// the value of whatever is called a token.
pub(crate) fn redacted(path: &str, query: Option<&str>) -> String {
    let whole = query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let mut shown = String::with_capacity(whole.len());
    let mut is_value_of_token = false;
    for part in whole.split_inclusive(SEPARATORS) {
        let (text, separator) = part.split_at(part.trim_end_matches(SEPARATORS).len());
        let decoded = decoded(text);
        let names_token = decoded.contains("token");
        let quotes_token = names_token && decoded.contains('=');
        let is_hidden = is_secret(&decoded) || quotes_token || (is_value_of_token && !text.is_empty());
        shown.push_str(if is_hidden { "..." } else { text });
        shown.push_str(separator);
        is_value_of_token = names_token && separator == "=";
    }
    shown
}

/// Whether a text has a token in it: forty hexadecimal digits or more in a row.
fn is_secret(text: &str) -> bool {
    text.as_bytes().split(|b| !b.is_ascii_hexdigit()).any(|digits| digits.len() >= 40)
}

/// A text in small letters without percent codes, not even codes of codes.
fn decoded(text: &str) -> String {
    let mut text = text.to_ascii_lowercase();
    for _ in 0..3 {
        if !text.contains('%') {
            break;
        }
        text = percent_decode_str(&text).decode_utf8_lossy().to_ascii_lowercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn tokens_are_left_out() {
        let token = "0123456789abcdef0123456789ABCDEF01234567";
        let encoded = token.bytes().fold(String::new(), |encoded, b| format!("{encoded}%{b:02x}"));
        for target in [
            format!("/v1/deals?api_token={token}"),
            format!("/v1/deals?limit=5&api_token={token}&start=1"),
            format!("/v1/deals?api%5Ftoken={token}"),
            format!("/v1/deals?API_TOKEN={token}"),
            format!("/v1/deals?key={token}"),
            format!("/v1/deals?x=api_token%3D{token}"),
            format!("/v1/deals?x=%26api_token%253d{token}%26a"),
            format!("/v1/deals;api_token={token}"),
            format!("/v1/deals/{token}"),
            format!("/v1/deals:(id,{token})"),
            format!("/v1/deals/x{token}"),
            format!("/v1/deals&api_token={encoded}"),
            format!("/v1/{encoded}?a"),
            format!("/v1/deals?a={token}{token}"),
        ] {
            let (path, query) = target.split_once('?').map_or((&*target, None), |(path, query)| (path, Some(query)));
            let shown = redacted(path, query).to_ascii_lowercase();
            assert!(!shown.contains(&token[..30].to_ascii_lowercase()), "{shown}");
            assert!(!shown.contains(&encoded[..30]), "{shown}");
            assert!(shown.starts_with("/v1/") && shown.contains("..."), "{shown}");
        }
    }

    #[test]
    fn the_value_of_what_is_called_a_token_is_left_out_and_nothing_else() {
        for (query, shown) in [
            ("api_token=hunter2&limit=5", "/v1/deals?api_token=...&limit=5"),
            ("my%5Ftoken=hunter2", "/v1/deals?my%5Ftoken=..."),
            ("x=api_token%3Dhunter2", "/v1/deals?x=..."),
            ("limit=5&sort=a%20b", "/v1/deals?limit=5&sort=a%20b"),
            ("", "/v1/deals?"),
        ] {
            assert_eq!(redacted("/v1/deals", Some(query)), shown);
        }
        assert_eq!(redacted("/v1/deals/1", None), "/v1/deals/1");
    }
}
