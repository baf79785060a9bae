//! Sample requests as code: `curl`, JavaScript with `fetch`, Python with `urllib` of its standard library. All three are
//! made from the same request, so that none can say something else, and need nothing installed.
//!
//! The server's origin and the token come from the environment, `PENSTOCK_URL` and `PENSTOCK_TOKEN`. What a request needs
//! to have made is made by a request before it: texts such as `{deal}` in path and body stand for what that one's answer
//! names.

mod curl;
mod javascript;
mod literal;
mod python;

use serde_json::{Value as Json, json};

use crate::Method;

/// A request, and the one before it that makes what it is about.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// What makes what the request is about, where the server has nothing that it could be tried on.
    pub before: Option<Before>,
    /// The request.
    pub sent: Sent,
    /// How the token is sent with both.
    pub credential: Credential,
}

/// A request that makes something, and what is taken from its answer.
#[derive(Clone, Debug)]
pub struct Before {
    /// The request.
    pub sent: Sent,
    /// What is taken.
    pub takes: Vec<Taken>,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// Path and query behind the server's origin; `{word}` stands for what was made.
    pub path: String,
    /// The body; a text that is `{word}` and nothing else stands for what was made.
    pub body: Option<Json>,
}

/// A value in an answer that a later request uses.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its name in later requests.
    pub word: String,
    /// The way to it in the answer: names of keys, and numbers of elements.
    pub at: Vec<String>,
    /// What stands before it in the answer's text: how a shell finds it.
    pub after: String,
}

/// How a token is sent.
#[derive(Clone, Copy, Debug)]
pub enum Credential {
    /// As the header `x-api-token`.
    Header,
    /// As the header `authorization`.
    Bearer,
}

impl Credential {
    const fn header(self) -> &'static str {
        match self {
            Self::Header => "x-api-token",
            Self::Bearer => "authorization",
        }
    }
    /// What stands before the token in the header.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Header => "",
            Self::Bearer => "Bearer ",
        }
    }
}

impl Snippet {
    /// The value of `x-codeSamples` in OpenAPI: one element for each language.
    #[must_use]
    pub fn samples(&self) -> Json {
        json!([
            { "lang": "Shell", "label": "curl", "source": curl::write(self) },
            { "lang": "JavaScript", "label": "JavaScript", "source": javascript::write(self) },
            { "lang": "Python", "label": "Python", "source": python::write(self) },
        ])
    }

    fn requests(&self) -> impl Iterator<Item = &Sent> {
        self.before.iter().map(|before| &before.sent).chain([&self.sent])
    }

    /// Whether any of its requests has a body.
    fn sends_json(&self) -> bool {
        self.requests().any(|sent| sent.body.is_some())
    }
}

/// A text in parts: what is literal (`Ok`), and the words that stand for what was made (`Err`).
fn parts(text: &str) -> Vec<Result<&str, &str>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, (word, behind))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        parts.push(Ok(before));
        parts.push(Err(word));
        rest = behind;
    }
    parts.push(Ok(rest));
    parts.retain(|part| *part != Ok(""));
    parts
}

#[cfg(test)]
mod tests;
