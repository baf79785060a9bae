//! Cursors and page tokens: the position where a page ended, sealed so that clients pass it on as it is, and so that
//! nobody else can make one. This is the only place that spells one; what a position says is the list's own affair.
//!
//! A token is the position, a mark of the list that it belongs to, and a tag over both under the company's secret, which
//! stands in the database: so every process opens what another has sealed, and no other company's.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Digits of a mark.
const MARK: usize = 16;
/// Bytes of a tag, of the 32 that it is made with.
const TAG: usize = 16;
/// Characters of a tag.
const TAG_TEXT: usize = 22;

/// Why a token can't be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// It was not made here, or not by this company.
    Unknown,
    /// It was made by another list.
    OtherList,
}

/// Seals a position under a company's secret, for the list that `parts` tell apart from others.
#[must_use]
pub fn seal(secret: &str, parts: &[&str], position: &str) -> String {
    let marked = format!("{position}{:016x}", mark(parts));
    let tag = tagged(secret, &marked).finalize().into_bytes();
    URL_SAFE_NO_PAD.encode(format!("{marked}{}", URL_SAFE_NO_PAD.encode(&tag[..TAG])))
}

/// The position of a token, which must have been sealed under the same secret for the same list.
///
/// # Errors
/// Why it can't be opened.
pub fn open(secret: &str, parts: &[&str], token: &str) -> Result<String, Foreign> {
    let text = URL_SAFE_NO_PAD.decode(token.trim_end_matches('=')).ok().and_then(|text| String::from_utf8(text).ok());
    let text = text.ok_or(Foreign::Unknown)?;
    let split = |text: &str, last: usize| {
        let (head, tail) = text.split_at_checked(text.len().checked_sub(last)?)?;
        Some((head.to_owned(), tail.to_owned()))
    };
    let (marked, tag) = split(&text, TAG_TEXT).ok_or(Foreign::Unknown)?;
    let tag = URL_SAFE_NO_PAD.decode(tag).ok().filter(|tag| tag.len() == TAG).ok_or(Foreign::Unknown)?;
    tagged(secret, &marked).verify_truncated_left(&tag).map_err(|_| Foreign::Unknown)?;
    let (position, list) = split(&marked, MARK).ok_or(Foreign::Unknown)?;
    if list == format!("{:016x}", mark(parts)) { Ok(position) } else { Err(Foreign::OtherList) }
}

fn tagged(secret: &str, marked: &str) -> Hmac<Sha256> {
    // A key that is shorter than a block is filled up with zeros, as HMAC does it; secrets are.
    let mut key = [0; 64];
    key.iter_mut().zip(secret.bytes()).for_each(|(slot, byte)| *slot = byte);
    let mut tag = Hmac::<Sha256>::new(&key.into());
    tag.update(marked.as_bytes());
    tag
}

/// A number that tells texts apart (FNV-1a); it is the same in every process and version.
fn mark(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: [&str; 2] = ["deal", "a = 1"];

    #[test]
    fn a_token_reads_back_with_padding_or_without() {
        for position in ["", "a", "ab", "ä", r#"{"id":7}"#] {
            let token = seal("secret", &LIST, position);
            assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{token}");
            assert_eq!(open("secret", &LIST, &token).unwrap(), position);
            assert_eq!(open("secret", &LIST, &format!("{token}==")).unwrap(), position);
        }
    }

    #[test]
    fn a_token_belongs_to_one_list_and_one_secret() {
        let token = seal("secret", &LIST, "cursor");
        for parts in [["deal", "a = 2"], ["deala", " = 1"], ["deal a = 1", ""]] {
            assert_eq!(open("secret", &parts, &token), Err(Foreign::OtherList));
        }
        for secret in ["", "secre", "secret2", "Secret"] {
            assert_eq!(open(secret, &LIST, &token), Err(Foreign::Unknown), "{secret}");
        }
    }

    #[test]
    fn what_was_not_sealed_here_is_unknown() {
        let position = r#"{"field":"id","fieldValue":7,"sortDirection":"asc","id":7}"#;
        let token = seal("secret", &LIST, position);
        for end in 0..token.len() {
            assert_eq!(open("secret", &LIST, &token[..end]), Err(Foreign::Unknown), "cut off at {end}");
        }
        let bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
        for at in 0..bytes.len() {
            let mut forged = bytes.clone();
            forged[at] ^= 1;
            let forged = URL_SAFE_NO_PAD.encode(forged);
            assert_eq!(open("secret", &LIST, &forged), Err(Foreign::Unknown), "another byte {at}");
        }
        for foreign in ["!", "é", "a", "_w", "YWJj", &URL_SAFE_NO_PAD.encode(position), &"A".repeat(100)] {
            assert_eq!(open("secret", &LIST, foreign), Err(Foreign::Unknown), "{foreign}");
        }
    }
}
