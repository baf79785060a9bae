//! Cursors and page tokens: the position where a page ended, sealed so that clients pass it on as it is. This is the
//! only place that spells one; what a position says is the list's own affair.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Why a token can't be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// It was not made here.
    Unknown,
    /// It was made by another list.
    OtherList,
}

/// Seals a position.
#[must_use]
pub fn seal(position: &str) -> String {
    URL_SAFE_NO_PAD.encode(position)
}

/// The position of a cursor; nothing when it was not made here.
#[must_use]
pub fn open(cursor: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor.trim_end_matches('=')).ok()?).ok()
}

/// Seals a position for the list that `parts` tell apart from others.
#[must_use]
pub fn seal_for(parts: &[&str], position: &str) -> String {
    seal(&format!("{:016x}{position}", mark(parts)))
}

/// The position of a token, which must have been made for the same list.
///
/// # Errors
/// Why it can't be opened.
pub fn open_for(parts: &[&str], token: &str) -> Result<String, Foreign> {
    let text = open(token).ok_or(Foreign::Unknown)?;
    let (known, position) = text.split_at_checked(16).ok_or(Foreign::Unknown)?;
    if known != format!("{:016x}", mark(parts)) {
        return Err(Foreign::OtherList);
    }
    Ok(position.to_owned())
}

/// A number that tells texts apart (FNV-1a); it is the same in every process and version.
fn mark(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_with_padding_or_without() {
        for position in ["", "a", "ab", "ä", r#"{"id":7}"#] {
            let cursor = seal(position);
            assert!(cursor.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{cursor}");
            assert_eq!(open(&cursor).as_deref(), Some(position));
            assert_eq!(open(&format!("{cursor}==")).as_deref(), Some(position));
        }
        for foreign in ["!", "é", "a", "_w"] {
            assert_eq!(open(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn a_token_belongs_to_one_list() {
        let token = seal_for(&["deal", "a = 1"], "cursor");
        assert_eq!(open_for(&["deal", "a = 1"], &token).unwrap(), "cursor");
        for parts in [["deal", "a = 2"], ["deala", " = 1"], ["deal a = 1", ""]] {
            assert_eq!(open_for(&parts, &token), Err(Foreign::OtherList));
        }
        for foreign in ["", "x", "é", "YWJj"] {
            assert_eq!(open_for(&["deal", "a = 1"], foreign), Err(Foreign::Unknown), "{foreign}");
        }
    }
}
