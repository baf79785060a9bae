//! A request as Python 3, with its standard library alone.

use std::fmt::Write;

use super::{
    Before, Sent, Snippet, Taken,
    literal::{Dialect, quoted},
    parts,
};

const DIALECT: Dialect = Dialect {
    words: ["None", "True", "False"],
    text: quoted,
    key: quoted,
    name: str::to_owned,
    air: "",
    indent: "    ",
};

/// The longest list of arguments that stays on its line.
const WIDTH: usize = 80;

pub(super) fn write(snippet: &Snippet) -> String {
    let (header, prefix) = (snippet.credential.header(), snippet.credential.prefix());
    let token = if prefix.is_empty() {
        "os.environ[\"PENSTOCK_TOKEN\"]".to_owned()
    } else {
        format!("f\"{prefix}{{os.environ['PENSTOCK_TOKEN']}}\"")
    };
    let mut code = "import json, os\nfrom urllib.request import Request, urlopen\n\n".to_owned();
    code += "server = os.environ[\"PENSTOCK_URL\"]\n";
    let headers = if snippet.sends_json() {
        format!("headers = {{\n    \"{header}\": {token},\n    \"content-type\": \"application/json\",\n}}\n\n")
    } else {
        format!("headers = {{\"{header}\": {token}}}\n\n")
    };
    code += &headers;
    if let Some(Before { sent, takes }) = &snippet.before {
        code += &call(sent);
        code += "with urlopen(request) as response:\n    made = json.load(response)\n";
        for taken in takes {
            // Writing to memory can't fail.
            let _ = writeln!(code, "{} = made{}", taken.word, way(taken));
        }
        code.push('\n');
    }
    code + &call(&snippet.sent) + "with urlopen(request) as response:\n    print(response.status, json.load(response))"
}

fn call(sent: &Sent) -> String {
    let path: String = parts(&sent.path)
        .into_iter()
        .map(|part| part.map_or_else(|word| format!("{{{word}}}"), str::to_owned))
        .collect();
    let mut code = String::new();
    let mut args = vec![format!("f\"{{server}}{path}\"")];
    if !sent.method.is_read() {
        args.push(format!("method=\"{}\"", sent.method.word()));
    }
    args.push("headers=headers".to_owned());
    if let Some(body) = &sent.body {
        code = format!("body = {}\n", DIALECT.literal(body, 0));
        args.push("data=json.dumps(body).encode()".to_owned());
    }
    let line = args.join(", ");
    let args = if line.len() <= WIDTH { line } else { format!("\n    {},\n", args.join(",\n    ")) };
    format!("{code}request = Request({args})\n")
}

/// The way to a value of an answer.
fn way(taken: &Taken) -> String {
    let step =
        |step: &String| if step.parse::<usize>().is_ok() { format!("[{step}]") } else { format!("[\"{step}\"]") };
    taken.at.iter().map(step).collect()
}
