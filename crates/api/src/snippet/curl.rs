//! A request as a line of `curl`.

use std::fmt::Write;

use serde_json::Value as Json;

use super::{Credential, Sent, Snippet, parts};

pub(super) fn write(snippet: &Snippet) -> String {
    let Some(before) = &snippet.before else { return line(&snippet.sent, snippet.credential) };
    let mut lines = format!("made=$({})\n", line(&before.sent, snippet.credential));
    for taken in &before.takes {
        let found = format!("sed 's/.*{}\"*\\([^\",}}]*\\).*/\\1/'", taken.after.replace('[', "\\["));
        // Writing to memory can't fail.
        let _ = writeln!(lines, "{}=$(printf '%s' \"$made\" | {found})", taken.word);
    }
    lines + &line(&snippet.sent, snippet.credential)
}

fn line(sent: &Sent, credential: Credential) -> String {
    let path: String =
        parts(&sent.path).into_iter().map(|part| part.map_or_else(|w| format!("${w}"), str::to_owned)).collect();
    let method = if sent.method.is_read() { String::new() } else { format!("-X {} ", sent.method.word()) };
    let mut line = format!(
        "curl -s {method}\"$PENSTOCK_URL{path}\" \\\n  -H \"{}: {}$PENSTOCK_TOKEN\"",
        credential.header(),
        credential.prefix()
    );
    if let Some(body) = &sent.body {
        // Writing to memory can't fail.
        let _ = write!(line, " \\\n  -H 'content-type: application/json' \\\n  -d '{}'", quoted(body));
    }
    line
}

/// A body between single quotes. What was made stands outside them.
fn quoted(body: &Json) -> String {
    let mut text = body.to_string().replace('\'', r"'\''");
    each_text(body, &mut |one| {
        if let [Err(word)] = parts(one)[..] {
            text = text.replace(&format!("\"{{{word}}}\""), &format!("'\"${word}\"'"));
        }
    });
    text
}

fn each_text<'a>(json: &'a Json, see: &mut impl FnMut(&'a str)) {
    match json {
        Json::String(text) => see(text),
        Json::Array(all) => all.iter().for_each(|one| each_text(one, see)),
        Json::Object(all) => all.values().for_each(|one| each_text(one, see)),
        _ => {}
    }
}
