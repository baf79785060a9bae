//! A request as JavaScript: a module that any runtime with `fetch` and `process.env` runs.

use std::fmt::Write;

use super::{
    Before, Sent, Snippet, Taken,
    literal::{Dialect, quoted},
    parts,
};

const DIALECT: Dialect = Dialect { words: ["null", "true", "false"], text, key, name, air: " ", indent: "  " };

pub(super) fn write(snippet: &Snippet) -> String {
    let (header, prefix) = (snippet.credential.header(), snippet.credential.prefix());
    let token = if prefix.is_empty() {
        "process.env.PENSTOCK_TOKEN".to_owned()
    } else {
        format!("`{prefix}${{process.env.PENSTOCK_TOKEN}}`")
    };
    let mut code = "const server = process.env.PENSTOCK_URL;\n".to_owned();
    let headers = if snippet.sends_json() {
        format!("const headers = {{\n  {}: {token},\n  'content-type': 'application/json',\n}};\n\n", key(header))
    } else {
        format!("const headers = {{ {}: {token} }};\n\n", key(header))
    };
    code += &headers;
    if let Some(Before { sent, takes }) = &snippet.before {
        code += &call("created", sent);
        code += "const made = await created.json();\n";
        for taken in takes {
            // Writing to memory can't fail.
            let _ = writeln!(code, "const {} = made{};", name(&taken.word), way(taken));
        }
        code.push('\n');
    }
    code + &call("response", &snippet.sent) + "console.log(response.status, await response.json());"
}

fn call(result: &str, sent: &Sent) -> String {
    let path: String = parts(&sent.path)
        .into_iter()
        .map(|part| part.map_or_else(|word| format!("${{{}}}", name(word)), str::to_owned))
        .collect();
    let mut options = Vec::new();
    if !sent.method.is_read() {
        options.push(format!("method: '{}'", sent.method.word()));
    }
    options.push("headers".to_owned());
    if let Some(body) = &sent.body {
        options.push(format!("body: JSON.stringify({})", DIALECT.literal(body, 1)));
    }
    let options = if sent.body.is_some() {
        format!("{{\n  {},\n}}", options.join(",\n  "))
    } else {
        format!("{{ {} }}", options.join(", "))
    };
    format!("const {result} = await fetch(`${{server}}{path}`, {options});\n")
}

/// The way to a value of an answer.
fn way(taken: &Taken) -> String {
    let step = |step: &String| if step.parse::<usize>().is_ok() { format!("[{step}]") } else { format!(".{step}") };
    taken.at.iter().map(step).collect()
}

/// A text between single quotes, where nothing in it has to be escaped.
fn text(text: &str) -> String {
    let json = quoted(text);
    if json.contains(['\\', '\'']) { json } else { format!("'{}'", json.trim_matches('"')) }
}

fn key(name: &str) -> String {
    let plain =
        name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain { name.to_owned() } else { text(name) }
}

/// `deal_code` as `dealCode`.
fn name(word: &str) -> String {
    let mut parts = word.split('_');
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |name, part| name + &part[..1].to_uppercase() + &part[1..])
}
