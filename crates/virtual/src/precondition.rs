//! The headers `if-match` and `if-none-match`: which versions a record may have for a change to be made, and which
//! answer the client has already (RFC 9110, 13).
//!
//! The tag of an answer is the record's version with a hash of the answer behind it: counts and expanded records change
//! without the version. A change is tied to the version alone, so that the tags of all answers about it do.

use std::hash::{DefaultHasher, Hasher};

/// The tag of an answer about a record, without quotes.
pub(crate) fn tag(version: &str, answer: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(answer);
    format!("{version}-{:016x}", hasher.finish())
}

/// The version in a tag: of an answer, or a version by itself.
fn version(tag: &str) -> &str {
    match tag.rsplit_once('-') {
        Some((version, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => version,
        _ => tag,
    }
}

/// What a header lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tags {
    /// `*`: whichever the record has, as long as there is one.
    Any,
    /// One of these.
    Listed(Vec<Tag>),
}

/// An entity tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    text: String,
    weak: bool,
}

impl Tags {
    /// Reads a header: `*`, or tags with commas. A tag without quotes is taken, too.
    pub(crate) fn parse(header: &str) -> Self {
        if header.trim() == "*" {
            return Self::Any;
        }
        let mut tags = Vec::new();
        let mut rest = header.trim_start_matches([' ', '\t', ',']);
        while !rest.is_empty() {
            let weak = rest.starts_with("W/");
            let start = rest.strip_prefix("W/").unwrap_or(rest);
            let (tag, after) = match start.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => start.split_once(',').unwrap_or((start, "")),
            };
            tags.push(Tag { text: tag.trim_end().to_owned(), weak });
            rest = after.trim_start_matches([' ', '\t', ',']);
        }
        Self::Listed(tags)
    }

    /// Whether a record of this version is meant. Weak tags name no version.
    pub(crate) fn name(&self, wanted: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Listed(tags) => tags.iter().any(|tag| !tag.weak && version(&tag.text) == wanted),
        }
    }

    /// Whether the answer of this tag is meant, weak tags compared like strong ones.
    fn show(&self, wanted: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Listed(tags) => tags.iter().any(|tag| tag.text == wanted),
        }
    }
}

/// Under which conditions a request is to be carried out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preconditions {
    pub(crate) if_match: Option<Tags>,
    pub(crate) if_none_match: Option<Tags>,
}

impl Preconditions {
    /// Whether a record of this version may be changed; no version: whether one may be made.
    pub(crate) fn allow(&self, version: Option<&str>) -> bool {
        let names = |tags: &Tags| version.is_some_and(|version| tags.name(version));
        self.if_match.as_ref().is_none_or(names) && !self.if_none_match.as_ref().is_some_and(names)
    }

    /// Whether a record of this version may be shown.
    pub(crate) fn allow_reading(&self, version: &str) -> bool {
        self.if_match.as_ref().is_none_or(|tags| tags.name(version))
    }

    /// Whether the client has the answer of this tag already.
    pub(crate) fn know(&self, tag: &str) -> bool {
        self.if_none_match.as_ref().is_some_and(|tags| tags.show(tag))
    }

    /// Whether there are any.
    pub(crate) const fn is_some(&self) -> bool {
        self.if_match.is_some() || self.if_none_match.is_some()
    }

    /// Whether they name versions. Then a record that changes meanwhile is not tried again.
    pub(crate) fn is_tied(&self) -> bool {
        let listed = |tags: &Option<Tags>| matches!(tags, Some(Tags::Listed(_)));
        listed(&self.if_match) || listed(&self.if_none_match)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_quotes_or_without_and_weak_ones_name_no_version() {
        for (header, named) in [
            ("\"5\"", &["5"][..]),
            ("5", &["5"]),
            ("\"5-0123456789abcdef\"", &["5"]),
            ("\"5-0123\"", &["5-0123"]),
            ("\"5\", \"6\"", &["5", "6"]),
            (" ,\"5\",,\"a,b\"\t,6 ", &["5", "a,b", "6"]),
            ("W/\"5\"", &[]),
            ("W/\"5\", \"6\"", &["6"]),
            ("\"*\"", &["*"]),
            ("\"5", &["5"]),
            ("", &[]),
        ] {
            let tags = Tags::parse(header);
            for version in ["5", "6", "a,b", "*", "5-0123", ""] {
                assert_eq!(tags.name(version), named.contains(&version), "{header}: {version}");
            }
        }
        assert_eq!(Tags::parse(" * "), Tags::Any);
    }

    #[test]
    fn an_answer_is_known_by_its_whole_tag_weak_or_not() {
        let own = tag("5", b"{}");
        let known = |header: &str| {
            Preconditions { if_none_match: Some(Tags::parse(header)), ..Preconditions::default() }.know(&own)
        };
        assert!(known(&format!("\"{own}\"")) && known(&format!("\"x\", W/\"{own}\"")) && known("*"));
        assert!(!known("\"5\"") && !known(&format!("\"{}\"", tag("5", b"{ }"))));
        assert!(!Preconditions::default().know(&own));
    }

    #[test]
    fn what_is_not_there_has_no_version() {
        let of = |if_match: Option<&str>, if_none_match: Option<&str>| Preconditions {
            if_match: if_match.map(Tags::parse),
            if_none_match: if_none_match.map(Tags::parse),
        };
        for (conditions, on_five, on_none) in [
            (of(None, None), true, true),
            (of(Some("*"), None), true, false),
            (of(Some("\"5\""), None), true, false),
            (of(Some("\"4\""), None), false, false),
            (of(None, Some("*")), false, true),
            (of(None, Some("\"5\"")), false, true),
            (of(None, Some("\"4\"")), true, true),
        ] {
            assert_eq!((conditions.allow(Some("5")), conditions.allow(None)), (on_five, on_none), "{conditions:?}");
        }
    }
}
