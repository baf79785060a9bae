//! `?1` becomes `$1`. Both engines share one text, and Postgres gets its spelling once, when a text is prepared.
//!
//! Postgres wants the numbers without gaps, and a type for each; so the numbers that occur are counted anew in the
//! order in which they come, and the text remembers which value each stands for.

/// The highest number that Postgres's protocol can bind.
const MOST: usize = 65_535;

/// A statement as Postgres wants it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rewritten {
    /// With `$1`, `$2` ...
    pub(super) text: String,
    /// Which value, counted from 0, stands for `$1`, `$2` ...
    pub(super) values: Vec<usize>,
    /// The highest number in the original, of each text: so many values must be given.
    pub(super) given: usize,
}

/// Rewrites texts as one statement; the values of each follow those of the one before. All but the last must change
/// rows.
pub(super) fn rewrite<T: AsRef<str>>(texts: &[T]) -> Rewritten {
    let mut out = Rewritten { text: String::new(), values: Vec::new(), given: 0 };
    let Some((last, before)) = texts.split_last() else { return out };
    for (position, text) in before.iter().enumerate() {
        let lead = if position == 0 { "WITH d0 AS (" } else { &format!(", d{position} AS (") };
        out.text.push_str(lead);
        out.append(text.as_ref());
        out.text.push(')');
    }
    if !before.is_empty() {
        out.text.push(' ');
    }
    out.append(last.as_ref());
    out
}

impl Rewritten {
    /// Appends a text. Quoted strings, quoted names and comments stay as they are; so does a `?` that no number
    /// follows, since JSON operators are spelt so. Not understood, because texts for both engines can't have them:
    /// `E'..'` with an escaped quote, and `$$`.
    fn append(&mut self, sql: &str) {
        let bytes = sql.as_bytes();
        let offset = self.given;
        // Position 0 holds the new number of `?1`; 0 says that it has none yet.
        let mut numbers: Vec<usize> = Vec::new();
        let (mut at, mut copied) = (0, 0);
        while at < bytes.len() {
            match (bytes[at], bytes.get(at + 1)) {
                (quote @ (b'\'' | b'"'), _) => at = after(bytes, at + 1, &[quote]),
                (b'-', Some(b'-')) => at = after(bytes, at + 2, b"\n"),
                (b'/', Some(b'*')) => at = after(bytes, at + 2, b"*/"),
                (b'?', Some(b'0'..=b'9')) => {
                    let digits = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
                    let end = at + 1 + digits;
                    if let Some(number) = sql[at + 1..end].parse().ok().filter(|n| (1..=MOST).contains(n)) {
                        self.text.push_str(&sql[copied..at]);
                        self.text.push('$');
                        self.text.push_str(&renumbered(number, offset, &mut numbers, &mut self.values).to_string());
                        copied = end;
                    }
                    at = end;
                }
                _ => at += 1,
            }
        }
        self.text.push_str(&sql[copied..]);
        self.given += numbers.len();
    }
}

fn renumbered(number: usize, offset: usize, numbers: &mut Vec<usize>, values: &mut Vec<usize>) -> usize {
    if numbers.len() < number {
        numbers.resize(number, 0);
    }
    let new = &mut numbers[number - 1];
    if *new == 0 {
        values.push(offset + number - 1);
        *new = values.len();
    }
    *new
}

/// The position behind the next `end`, or the end of the text. A doubled quote reads as two strings side by side.
fn after(bytes: &[u8], from: usize, end: &[u8]) -> usize {
    bytes[from..].windows(end.len()).position(|w| w == end).map_or(bytes.len(), |found| from + found + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(sql: &str) -> String {
        rewrite(&[sql]).text
    }

    #[test]
    fn numbers_change_their_sign() {
        let rewritten = rewrite(&["SELECT a FROM t WHERE b = ?1 AND c IN (?2, ?3)"]);
        assert_eq!(rewritten.text, "SELECT a FROM t WHERE b = $1 AND c IN ($2, $3)");
        assert_eq!((rewritten.values, rewritten.given), (vec![0, 1, 2], 3));
    }

    #[test]
    fn a_number_that_comes_twice_is_one_value() {
        let rewritten = rewrite(&["?1 ?2 ?1"]);
        assert_eq!((rewritten.text.as_str(), rewritten.values), ("$1 $2 $1", vec![0, 1]));
    }

    #[test]
    fn gaps_are_closed_and_the_order_is_kept_apart() {
        let rewritten = rewrite(&["?12 ?3 ?12"]);
        assert_eq!(rewritten.text, "$1 $2 $1");
        assert_eq!((rewritten.values, rewritten.given), (vec![11, 2], 12));
    }

    #[test]
    fn several_texts_become_one_statement() {
        let rewritten =
            rewrite(&["INSERT INTO a VALUES (?1, ?2)", "UPDATE b SET c = ?2 WHERE d = ?1", "DELETE FROM e"]);
        let text = "WITH d0 AS (INSERT INTO a VALUES ($1, $2)), d1 AS (UPDATE b SET c = $3 WHERE d = $4) DELETE FROM e";
        assert_eq!((rewritten.text.as_str(), rewritten.values, rewritten.given), (text, vec![0, 1, 3, 2], 4));
    }

    #[test]
    fn quoted_text_and_names_stay() {
        assert_eq!(text("SELECT '?1', 'it''s ?2', \"?3\", ?1"), "SELECT '?1', 'it''s ?2', \"?3\", $1");
        assert_eq!(text("'\"?1' ?1 \"'?1\" ?2"), "'\"?1' $1 \"'?1\" $2");
    }

    #[test]
    fn comments_stay() {
        assert_eq!(text("?1 -- ?2 '\n ?3 /* ?4 ' */ ?5"), "$1 -- ?2 '\n $2 /* ?4 ' */ $3");
        assert_eq!(text("a - ?1 / ?2"), "a - $1 / $2");
    }

    #[test]
    fn operators_with_a_question_mark_stay() {
        assert_eq!(text("custom ? 'a' AND custom ?| ?1"), "custom ? 'a' AND custom ?| $1");
        assert_eq!(text("?0 ?99999999999999999999 ?70000"), "?0 ?99999999999999999999 ?70000");
    }

    #[test]
    fn what_does_not_end_is_copied() {
        assert_eq!(text("?1 'open ?2"), "$1 'open ?2");
        assert_eq!(text("?1 /* open ?2"), "$1 /* open ?2");
        assert_eq!(text("?1 -- open ?2"), "$1 -- open ?2");
        assert_eq!(text("?"), "?");
        assert_eq!(text("'"), "'");
        assert_eq!(text(""), "");
    }

    #[test]
    fn letters_beyond_ascii_are_kept() {
        assert_eq!(text("SELECT 'ö?1', ?1 AS ü, '€'"), "SELECT 'ö?1', $1 AS ü, '€'");
    }
}
