//! The UUIDs of objects that Pipedrive numbers by UUID (leads, lead labels, comments).
//!
//! Records are numbered by whole numbers everywhere below the faces. On the wire such an object's id is a UUID that
//! is a reversible spelling of company, object and number: nothing has to be stored or joined, and the UUID of
//! another company or object does not parse. It has the version and variant bits of a random UUID, because clients
//! check them. It is a name, not a secret.

use crate::CompanyId;

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

fn scramble(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(MIX);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn seed(company: CompanyId, object: u8) -> u64 {
    scramble(company.get().unsigned_abs().rotate_left(8) ^ u64::from(object))
}

/// The UUID of a record, 36 characters.
#[must_use]
pub fn spell(company: CompanyId, object: u8, id: i64) -> String {
    let seed = seed(company, object);
    // 62 bits carry the number, 60 bits prove company and object and differ from record to record.
    let low = (id.unsigned_abs() ^ scramble(seed)) & 0x3FFF_FFFF_FFFF_FFFF;
    let check = scramble(seed ^ low.rotate_left(17));
    let high = (check & !0xF000) | 0x4000;
    let low = low | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xFFFF,
        high & 0xFFFF,
        low >> 48,
        low & 0xFFFF_FFFF_FFFF
    )
}

/// The number that a UUID names, or nothing when it is not one of this company and object.
#[must_use]
pub fn parse(company: CompanyId, object: u8, text: &str) -> Option<i64> {
    if text.len() != 36 || !text.is_ascii() {
        return None;
    }
    let digits: String = text.split('-').collect();
    let all = u128::from_str_radix(&digits, 16).ok()?;
    let low = u64::try_from(all & u128::from(u64::MAX)).ok()? & 0x3FFF_FFFF_FFFF_FFFF;
    let id = (low ^ scramble(seed(company, object))) & 0x3FFF_FFFF_FFFF_FFFF;
    let id = i64::try_from(id).ok()?;
    (spell(company, object, id) == text.to_ascii_lowercase()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_names_one_record_of_one_company() {
        for id in [1, 2, 77, 1 << 40] {
            let text = spell(CompanyId::new(3), 9, id);
            assert_eq!(parse(CompanyId::new(3), 9, &text), Some(id));
            assert_eq!(parse(CompanyId::new(4), 9, &text), None, "another company");
            assert_eq!(parse(CompanyId::new(3), 8, &text), None, "another object");
            assert_eq!(&text[14..15], "4");
        }
        assert_eq!(parse(CompanyId::new(3), 9, "not-a-uuid"), None);
        assert_eq!(parse(CompanyId::new(3), 9, "adf21080-0e10-11eb-879b-05d71fb426ec"), None);
    }
}
