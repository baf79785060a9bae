//! From the bytes of a CSV file to rows of cells.
//!
//! The reader of the crate `csv` takes whatever comes: a quote that is never closed swallows the rest of the file, and
//! text behind a closing quote is joined to its cell. For an import both are rows that would be lost without a word, so
//! here they are faults. Apart from them the rules are the usual ones (RFC 4180): a quote opens a cell only at its
//! beginning, is written twice within it, and stands for itself anywhere else; lines end by CR, LF or both.

use std::io::{BufRead, ErrorKind};

use csv::ByteRecord;

/// Lines and bytes that a quoted cell may have. No field takes more than 100,000 characters; a longer cell is one whose
/// closing quote is missing and that was closed by chance.
const MOST_LINES: u64 = 1_000;
const MOST_BYTES: usize = 400_000;

/// What is said of a quote that is not closed where it should be.
const MISSING: &str = "is its closing quote missing? Within a cell, quotes are written twice";

/// The rows of a file, one after the other.
pub(super) struct Cells<R> {
    bytes: R,
    delimiter: u8,
    /// The line that is being read, from 1.
    line: u64,
}

/// A row as it stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RawRow {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) cells: ByteRecord,
    /// Why its cells can't be told apart.
    pub(super) fault: Option<String>,
}

impl<R: BufRead> Cells<R> {
    /// The rows of a file that begins here. A byte order mark is passed over; a first line `sep=;`, as Excel writes and
    /// reads it, says what the delimiter is.
    ///
    /// # Errors
    /// When the file can't be read or is UTF-16.
    pub(super) fn new(mut bytes: R, delimiter: u8) -> Result<Self, String> {
        let (mut delimiter, mut line) = (delimiter, 1);
        let start = bytes.fill_buf().map_err(|e| e.to_string())?;
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            return Err("it is UTF-16 text; save it as UTF-8, or convert it with iconv -f UTF-16 -t UTF-8".to_owned());
        }
        let mark = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut skipped = mark;
        if let [s, e, p, b'=', given, rest @ ..] = &start[mark..]
            && [*s, *e, *p].eq_ignore_ascii_case(b"sep")
            && can_delimit(*given)
        {
            let end = [&b"\r\n"[..], b"\n", b"\r"].into_iter().find(|end| rest.starts_with(end));
            if let Some(end) = end {
                (delimiter, line, skipped) = (*given, 2, mark + 5 + end.len());
            }
        }
        bytes.consume(skipped);
        Ok(Self { bytes, delimiter, line })
    }

    /// The next row; nothing at the end. Empty lines are no rows.
    ///
    /// # Errors
    /// When the file can't be read, or when it can't be known where the next row begins.
    pub(super) fn next(&mut self) -> Result<Option<RawRow>, String> {
        while self.ends_line()? {}
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let mut row = RawRow { line: self.line, cells: ByteRecord::new(), fault: None };
        let mut cell = Vec::new();
        loop {
            cell.clear();
            self.blanks(&mut cell)?;
            if self.peek()? == Some(b'"') {
                cell.clear();
                self.quoted(&mut cell, &mut row)?;
            }
            while let Some(byte) = self.peek()?
                && byte != self.delimiter
                && !matches!(byte, b'\r' | b'\n')
            {
                cell.push(byte);
                self.bytes.consume(1);
            }
            row.cells.push_field(&cell);
            if self.peek()? == Some(self.delimiter) {
                self.bytes.consume(1);
            } else {
                self.ends_line()?;
                return Ok(Some(row));
            }
        }
    }

    /// Reads a quoted cell, and the blanks behind it.
    fn quoted(&mut self, cell: &mut Vec<u8>, row: &mut RawRow) -> Result<(), String> {
        let opened = self.line;
        self.bytes.consume(1);
        loop {
            match self.peek()? {
                None => {
                    return Err(format!("line {opened}: the quote that opens a cell there is never closed; {MISSING}"));
                }
                Some(b'"') => {
                    self.bytes.consume(1);
                    if self.peek()? != Some(b'"') {
                        break;
                    }
                    cell.push(b'"');
                    self.bytes.consume(1);
                }
                Some(b'\r' | b'\n') => self.line_within(cell)?,
                Some(byte) => {
                    cell.push(byte);
                    self.bytes.consume(1);
                }
            }
            if self.line - opened >= MOST_LINES || cell.len() > MOST_BYTES {
                return Err(format!(
                    "line {opened}: the quoted cell that begins there has more than {MOST_LINES} lines or \
                     {MOST_BYTES} bytes; {MISSING}"
                ));
            }
        }
        self.blanks(&mut Vec::new())?;
        match self.peek()? {
            None | Some(b'\r' | b'\n') => {}
            Some(byte) if byte == self.delimiter => {}
            Some(_) if self.line > opened => {
                return Err(format!(
                    "line {opened}: the quote that opens a cell there is closed on line {}, where text stands behind \
                     it; {MISSING}",
                    self.line
                ));
            }
            Some(_) => {
                row.fault = Some(
                    "has text behind the closing quote of a cell; within a cell, quotes are written twice".to_owned(),
                );
            }
        }
        Ok(())
    }

    /// Takes the end of a line into a cell.
    fn line_within(&mut self, cell: &mut Vec<u8>) -> Result<(), String> {
        if self.peek()? == Some(b'\r') {
            cell.push(b'\r');
            self.bytes.consume(1);
        }
        if self.peek()? == Some(b'\n') {
            cell.push(b'\n');
            self.bytes.consume(1);
        }
        self.line += 1;
        Ok(())
    }

    /// Passes over the end of a line, if it is here.
    fn ends_line(&mut self) -> Result<bool, String> {
        let here = matches!(self.peek()?, Some(b'\r' | b'\n'));
        if here {
            self.line_within(&mut Vec::new())?;
        }
        Ok(here)
    }

    /// Takes blanks into a cell.
    fn blanks(&mut self, cell: &mut Vec<u8>) -> Result<(), String> {
        while let Some(byte @ (b' ' | b'\t')) = self.peek()?
            && byte != self.delimiter
        {
            cell.push(byte);
            self.bytes.consume(1);
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u8>, String> {
        loop {
            match self.bytes.fill_buf() {
                Ok(bytes) => return Ok(bytes.first().copied()),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e.to_string()),
            }
        }
    }
}

/// Whether a byte can stand between two cells.
pub(super) const fn can_delimit(byte: u8) -> bool {
    !matches!(byte, b'"' | b'\r' | b'\n' | 0 | 128..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<RawRow>, String> {
        let mut cells = Cells::new(text.as_bytes(), b',')?;
        std::iter::from_fn(|| cells.next().transpose()).collect()
    }

    /// Each row as its line and its cells, which `|` parts.
    fn rows(text: &str) -> Vec<String> {
        let cells = |row: &RawRow| row.cells.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join("|");
        read(text).unwrap().iter().map(|row| format!("{} {}", row.line, cells(row))).collect()
    }

    #[test]
    fn rows_are_read_with_the_line_on_which_they_begin() {
        for (text, wanted) in [
            ("", &[][..]),
            ("a,b", &["1 a|b"]),
            ("a,b\n\n1,\n", &["1 a|b", "3 1|"]),
            ("a\r\n1\n2\r3\r\n\r\n4", &["1 a", "2 1", "3 2", "4 3", "6 4"]),
            ("a,\"x\r\ny\rz\n\",c\nd", &["1 a|x\r\ny\rz\n|c", "5 d"]),
            ("\u{feff}\"a\",b", &["1 a|b"]),
            ("sep=;\r\na;b\n1;2", &["2 a|b", "3 1|2"]),
            ("\u{feff}SEP=\t\na\tb", &["2 a|b"]),
            ("sep=,x\n1", &["1 sep=|x", "2 1"]),
        ] {
            assert_eq!(rows(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_quote_opens_a_cell_at_its_beginning_alone() {
        for (text, wanted) in [
            (r#""a ""b""",c"#, r#"1 a "b"|c"#),
            (r#"5" pipe,say "x""#, r#"1 5" pipe|say "x""#),
            (r#"  "a, b"  ,c"#, "1 a, b|c"),
            (r#"="0049",b"#, r#"1 ="0049"|b"#),
            (r#""",b"#, "1 |b"),
        ] {
            assert_eq!(rows(text), [wanted], "{text}");
        }
    }

    #[test]
    fn text_behind_a_closing_quote_is_a_fault_of_its_row_alone() {
        let rows = read("\"Ann\" Lee,1\n\"Bob\",2\n").unwrap();
        assert!(rows[0].fault.as_ref().is_some_and(|f| f.contains("closing quote")), "{rows:?}");
        assert!(rows[1].fault.is_none() && rows.len() == 2);
    }

    #[test]
    fn what_is_no_row_any_more_is_refused_with_the_line_where_its_quote_opened() {
        for (text, parts) in [
            ("a,b\n1,\"prefers\n2,\n3,tall", ["line 2", "never closed"]),
            ("a\r\n\"", ["line 2", "never closed"]),
            ("a,b\n1,\"prefers\n2,\n3,\"tall, dark\"\n", ["line 2", "closed on line 4"]),
            ("\u{feff}sep=,\n1,\"x\n", ["line 2", "never closed"]),
        ] {
            let refused = read(text).unwrap_err();
            assert!(parts.iter().all(|part| refused.contains(part)), "{text:?}: {refused}");
        }
        let long = format!("a\n\"{}\"\n", "x\n".repeat(1_001));
        assert!(read(&long).unwrap_err().contains("line 2: the quoted cell"));
        let wide = format!("a\n\"{}\"\n", "x".repeat(MOST_BYTES + 1));
        assert!(read(&wide).unwrap_err().contains("400000 bytes"));
        let full = format!("a\n\"{}{}\"\n", "x\n".repeat(999), "x".repeat(100_000));
        assert_eq!(read(&full).unwrap().len(), 2, "as long as a cell may be");
    }

    #[test]
    fn utf_16_is_refused_by_name() {
        for start in [b"\xff\xfea\0".as_slice(), b"\xfe\xff\0a"] {
            assert!(Cells::new(start, b',').map(drop).unwrap_err().contains("UTF-16"));
        }
    }
}
