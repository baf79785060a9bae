//! The example of the guide, as it stands there.

use crate::support::places;

const GUIDE: &str = include_str!("../../../../../docs/guides/import.md");

/// A fenced block: what stands behind its mark, and its text.
fn blocks() -> Vec<(&'static str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    let mut open = false;
    for line in GUIDE.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(mark), false) => {
                blocks.push((mark, String::new()));
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => {
                let (_, text) = blocks.last_mut().expect("a block");
                text.push_str(line);
                text.push('\n');
            }
            (None, false) => {}
        }
    }
    blocks
}

/// Whether a line is as expected, where `…` stands for anything.
fn is_like(line: &str, expected: &str) -> bool {
    let mut parts = expected.split('…');
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or("")) else { return false };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = if part.is_empty() { "" } else { &rest[at + part.len()..] };
    }
    rest.is_empty()
}

#[test]
fn the_example_of_the_guide_does_what_the_guide_says() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let mut said: Vec<String> = Vec::new();
        let mut runs = 0;
        for (mark, text) in blocks() {
            match mark.split(' ').collect::<Vec<_>>()[..] {
                ["csv" | "toml", name] => std::fs::write(place.folder.path().join(name), text).expect("a file"),
                ["sh", "run-import"] => {
                    let args: Vec<&str> = text.split_whitespace().skip(1).collect();
                    let output = place.run(&args);
                    let both = [output.stdout, output.stderr].concat();
                    said = String::from_utf8(both).expect("text").lines().map(str::to_owned).collect();
                    runs += 1;
                }
                ["text", "expect"] => {
                    for expected in text.lines() {
                        let found = said.iter().any(|line| is_like(line, expected));
                        assert!(found, "{expected}\nis not in\n{}", said.join("\n"));
                    }
                }
                _ => {}
            }
        }
        assert_eq!(runs, 2);
    }
}
