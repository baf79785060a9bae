//! The header `if-match`: which versions a record may have for a change to be made (RFC 9110, 13.1.1).

/// What the header asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum IfMatch {
    /// `*`: any version, as long as there is a record.
    Any,
    /// One of these.
    Versions(Vec<String>),
}

impl IfMatch {
    /// Reads the header: `*`, or tags with commas. A tag without quotes is taken, too; a weak one matches nothing, as
    /// versions are compared strongly.
    pub(crate) fn parse(header: &str) -> Self {
        if header.trim() == "*" {
            return Self::Any;
        }
        let mut versions = Vec::new();
        let mut rest = header.trim_start_matches([' ', '\t', ',']);
        while !rest.is_empty() {
            let weak = rest.starts_with("W/");
            let start = rest.strip_prefix("W/").unwrap_or(rest);
            let (tag, after) = match start.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => start.split_once(',').unwrap_or((start, "")),
            };
            if !weak {
                versions.push(tag.trim_end().to_owned());
            }
            rest = after.trim_start_matches([' ', '\t', ',']);
        }
        Self::Versions(versions)
    }

    /// Whether a record of this version may be changed.
    pub(crate) fn holds_for(&self, version: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Versions(versions) => versions.iter().any(|one| one == version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strong_tags_are_read_with_quotes_or_without_and_weak_ones_match_nothing() {
        for (header, versions) in [
            ("\"5\"", &["5"][..]),
            ("5", &["5"]),
            ("\"5\", \"6\"", &["5", "6"]),
            (" ,\"5\",,\"a,b\"\t,6 ", &["5", "a,b", "6"]),
            ("W/\"5\"", &[]),
            ("W/\"5\", \"6\"", &["6"]),
            ("\"*\"", &["*"]),
            ("\"5", &["5"]),
            ("", &[]),
        ] {
            let versions = versions.iter().map(|&v| v.to_owned()).collect();
            assert_eq!(IfMatch::parse(header), IfMatch::Versions(versions), "{header}");
        }
        assert_eq!(IfMatch::parse(" * "), IfMatch::Any);
    }
}
