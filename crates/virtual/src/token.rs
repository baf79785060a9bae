//! Page tokens: the connector's cursor, tied to the list that it was made by.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use penstock_model::{Code, Error, Result};

/// The token of a cursor, for a list that `parts` tell apart from others.
pub(crate) fn write(parts: &[&str], cursor: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{:016x}{cursor}", mark(parts)))
}

/// The cursor of a token, which must have been made for the same list.
pub(crate) fn read(parts: &[&str], token: &str) -> Result<String> {
    let wrong = |why: &str| {
        Error::new(Code::CursorInvalid, format!("pageToken: {why}; start again without it")).at("pageToken")
    };
    let text = URL_SAFE_NO_PAD.decode(token.trim_end_matches('=')).ok().and_then(|b| String::from_utf8(b).ok());
    let text = text.ok_or_else(|| wrong("was not made by a list"))?;
    let (known, cursor) = text.split_at_checked(16).ok_or_else(|| wrong("was not made by a list"))?;
    if known != format!("{:016x}", mark(parts)) {
        return Err(wrong("was made by a list with other parameters"));
    }
    Ok(cursor.to_owned())
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
    fn a_token_belongs_to_one_list() {
        let token = write(&["deal", "a = 1"], "cursor");
        assert_eq!(read(&["deal", "a = 1"], &token).unwrap(), "cursor");
        for (parts, token) in
            [(["deal", "a = 2"], &*token), (["deala", " = 1"], &token), (["deal", ""], "x"), (["", ""], "é")]
        {
            assert_eq!(read(&parts, token).unwrap_err().code, Code::CursorInvalid);
        }
    }
}
