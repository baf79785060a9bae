//! Files, and the parts of them that clients ask for (RFC 9110, 14): one range of bytes, or the whole.

use std::{fmt, ops::Range};

use bytes::Bytes;
use futures_util::stream::BoxStream;
use http::{HeaderValue, header};
use penstock_model::Result;

use crate::Request;

/// A file. It is opened when its first byte is wanted, and closed when its stream is dropped: at the end, or when the
/// client goes away.
pub struct File {
    length: u64,
    kind: HeaderValue,
    open: Box<dyn FnOnce(Range<u64>) -> BoxStream<'static, Result<Bytes>> + Send>,
}

impl File {
    /// A file of so many bytes and a media type; `open` gives the bytes of a range.
    pub fn new(
        length: u64,
        kind: HeaderValue,
        open: impl FnOnce(Range<u64>) -> BoxStream<'static, Result<Bytes>> + Send + 'static,
    ) -> Self {
        Self { length, kind, open: Box::new(open) }
    }

    /// How many bytes it has.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Its media type.
    pub(crate) fn kind(&self) -> HeaderValue {
        self.kind.clone()
    }

    /// The bytes of a range.
    pub(crate) fn open(self, range: Range<u64>) -> BoxStream<'static, Result<Bytes>> {
        (self.open)(range)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a file of {} bytes", self.length)
    }
}

/// What a request says about ranges. Kept while a face answers, since the face has the request then.
#[derive(Clone, Debug, Default)]
pub struct Ranges(Option<HeaderValue>);

/// What of a file is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Range(Range<u64>),
    Unsatisfiable,
}

impl Ranges {
    /// What a request says. Ranges are for `GET` alone, and with `if-range`, which is not understood here, the whole
    /// file is always a right answer (RFC 9110, 13.1.5 and 14.2).
    #[must_use]
    pub fn of(request: &Request) -> Self {
        Self::named(&request.method, &request.headers)
    }

    /// As [`Ranges::of`], from the parts of a request.
    #[must_use]
    pub fn named(method: &http::Method, headers: &http::HeaderMap) -> Self {
        let mut given = headers.get_all(header::RANGE).iter();
        match (given.next(), given.next()) {
            (Some(range), None) if method == http::Method::GET && !headers.contains_key(header::IF_RANGE) => {
                Self(Some(range.clone()))
            }
            _ => Self(None),
        }
    }

    /// What of a file of some length is asked for. Several ranges at once, and what is not understood, ask for all.
    pub(crate) fn part(&self, length: u64) -> Part {
        let spelled = self.0.as_ref().and_then(|value| value.to_str().ok()).unwrap_or_default();
        let Some((unit, range)) = spelled.split_once('=') else { return Part::Whole };
        let Some((first, last)) = range.trim().split_once('-') else { return Part::Whole };
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return Part::Whole;
        }
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            // A number that is too large is beyond every file.
            digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
        };
        let range = match (number(first), number(last)) {
            (Some(first), None) if last.is_empty() => first..length,
            (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
            (None, Some(most)) if first.is_empty() => match most {
                0 => length..length,
                most => length.saturating_sub(most)..length,
            },
            _ => return Part::Whole,
        };
        if range.start < length { Part::Range(range) } else { Part::Unsatisfiable }
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, Method};

    use super::*;

    fn part(range: &str, length: u64) -> Part {
        Ranges::of(&Request::new(Method::GET, "/").with_header(header::RANGE, range)).part(length)
    }

    #[test]
    fn one_range_is_served() {
        for (range, expected) in [
            ("bytes=0-0", 0..1),
            ("bytes=2-4", 2..5),
            ("Bytes=2-", 2..10),
            ("bytes=-3", 7..10),
            ("bytes=-30", 0..10),
            ("bytes=8-99", 8..10),
            ("bytes=0-99999999999999999999999", 0..10),
        ] {
            assert_eq!(part(range, 10), Part::Range(expected), "{range}");
        }
    }

    #[test]
    fn what_is_beyond_the_file_is_unsatisfiable() {
        for range in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(part(range, 10), Part::Unsatisfiable, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Unsatisfiable);
        assert_eq!(part("bytes=-5", 0), Part::Unsatisfiable);
    }

    #[test]
    fn all_else_asks_for_the_whole() {
        for range in
            ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", "bytes=+1-2"]
        {
            assert_eq!(part(range, 10), Part::Whole, "{range}");
        }
        let asked = |method: Method, more: HeaderName, value: &str| {
            let request = Request::new(method, "/").with_header(header::RANGE, "bytes=0-0").with_header(more, value);
            Ranges::of(&request).part(10)
        };
        assert_eq!(asked(Method::HEAD, header::ACCEPT, "*/*"), Part::Whole);
        assert_eq!(asked(Method::GET, header::IF_RANGE, "\"5\""), Part::Whole);
        assert_eq!(asked(Method::GET, header::RANGE, "bytes=1-1"), Part::Whole);
        assert_eq!(asked(Method::GET, header::ACCEPT, "*/*"), Part::Range(0..1));
    }
}
