//! The sample requests of an operation, one block of code for each language. Which is shown is a choice of the reader's,
//! which the style sheet obeys and a script remembers; a browser that knows neither shows all of them.

use maud::{Markup, html};

use super::code;
use crate::apis::Operation;

/// One sample.
struct Sample<'a> {
    /// The language for people, which is also what is remembered.
    label: &'a str,
    /// Its name as the colours know it.
    language: &'static str,
    /// What is needed to run it.
    says: &'static str,
    source: &'a str,
}

fn of<'a>(operation: &Operation<'a>) -> Vec<Sample<'a>> {
    let all = operation.json["x-codeSamples"].as_array().into_iter().flatten();
    all.filter_map(|one| {
        let (language, says) = match one["lang"].as_str()? {
            "Shell" => ("sh", "A shell, with curl"),
            "JavaScript" => ("js", "JavaScript, with fetch: a module for Node 20 or later"),
            _ => ("py", "Python 3, with urllib of its standard library"),
        };
        Some(Sample { label: one["label"].as_str()?, language, says, source: one["source"].as_str()? })
    })
    .collect()
}

/// The blocks, and the switch between them.
pub(super) fn switch(operation: &Operation<'_>) -> Markup {
    let samples = of(operation);
    html! {
        @if !samples.is_empty() {
            section.samples aria-label="The request as code" {
                fieldset.languages {
                    legend.unseen { "Language" }
                    @for (at, sample) in samples.iter().enumerate() {
                        label { input type="radio" name="language" value=(sample.label) checked[at == 0]; span { (sample.label) } }
                    }
                }
                @for sample in &samples {
                    figure.code data-language=(sample.label) {
                        figcaption { (sample.says) }
                        (code::pre(sample.language, sample.source))
                    }
                }
            }
        }
    }
}
