//! Numbers as people write them: grouped, with a currency sign, in brackets when negative. Exact: no floating point.

/// A decimal number: `digits` times ten to the power of `-scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i128,
    scale: u32,
}

/// Digits that fit with room for a multiplication.
const MOST_DIGITS: usize = 18;

impl Decimal {
    /// Reads a number with a decimal mark, `.` or `,`. The other mark, blanks and apostrophes may group thousands; a
    /// currency sign or `%` may stand before or behind.
    pub(super) fn parse(text: &str, mark: char) -> Option<Self> {
        let sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '%') || c.is_whitespace();
        let mut text = text.trim_matches(sign);
        let mut negative = false;
        if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
            (text, negative) = (inner.trim_matches(sign), true);
        }
        if let Some(rest) = text.strip_prefix(['-', '−']) {
            (text, negative) = (rest.trim_matches(sign), !negative);
        } else if let Some(rest) = text.strip_prefix('+') {
            text = rest;
        }
        let (whole, fraction) = text.split_once(mark).unwrap_or((text, ""));
        let whole = ungrouped(whole, if mark == '.' { ',' } else { '.' })?;
        let fraction = fraction.trim_end_matches('0');
        let is_number = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if !is_number(&whole) || !is_number(fraction) || whole.len() + fraction.len() > MOST_DIGITS {
            return None;
        }
        if whole.is_empty() && text.len() < 2 {
            return None;
        }
        let digits: i128 = format!("0{whole}{fraction}").parse().ok()?;
        Some(Self { digits: if negative { -digits } else { digits }, scale: u32::try_from(fraction.len()).ok()? })
    }

    /// The product of two numbers.
    pub(super) fn times(self, other: Self) -> Self {
        let mut product = Self { digits: self.digits * other.digits, scale: self.scale + other.scale };
        while product.scale > 0 && product.digits % 10 == 0 {
            product = Self { digits: product.digits / 10, scale: product.scale - 1 };
        }
        product
    }

    /// The number as programs write it: `-1234.5`.
    pub(super) fn text(self) -> String {
        let scale = self.scale as usize;
        let digits = format!("{:0width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if self.digits < 0 { "-" } else { "" };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

/// Digits without the marks that group them, if the groups are those of thousands: a wrong decimal mark must not pass
/// for one.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let is_mark = |c: char| c == mark || matches!(c, ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let groups: Vec<&str> = text.split(is_mark).collect();
    let whole = |at: usize, group: &str| if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
    let grouped = groups.len() == 1 || groups.iter().enumerate().all(|(at, group)| whole(at, group));
    grouped.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(given: &str, mark: char) -> Option<String> {
        Decimal::parse(given, mark).map(Decimal::text)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (given, mark, wanted) in [
            ("1100.04", '.', "1100.04"),
            ("1,100.040", '.', "1100.04"),
            ("1.100,04", ',', "1100.04"),
            ("1 100,04 €", ',', "1100.04"),
            ("$ 1'000'000", '.', "1000000"),
            ("(12.50)", '.', "-12.5"),
            ("-$3", '.', "-3"),
            (".5", '.', "0.5"),
            ("007", '.', "7"),
            ("12.5%", '.', "12.5"),
            ("0", '.', "0"),
        ] {
            assert_eq!(text(given, mark).as_deref(), Some(wanted), "{given}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for (given, mark) in [
            ("", '.'),
            (".", '.'),
            ("12,5", '.'),
            ("1.2.3", '.'),
            ("1e5", '.'),
            ("--1", '.'),
            ("n/a", '.'),
            ("12345678901234567890", '.'),
        ] {
            assert_eq!(text(given, mark), None, "{given}");
        }
    }

    #[test]
    fn products_are_exact() {
        let product = |a: &str, b: &str| Decimal::parse(a, '.').unwrap().times(Decimal::parse(b, '.').unwrap()).text();
        assert_eq!(product("1100.04", "1000000"), "1100040000");
        assert_eq!(product("-12.5", "0.01"), "-0.125");
        assert_eq!(product("0", "1000000"), "0");
    }
}
