//! The files of an import: found by name, counted, and read row by row.

use std::{
    borrow::Cow,
    collections::HashMap,
    fs::File,
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

use csv::{ByteRecord, StringRecord};
use sha2::{Digest, Sha256};

use super::{
    cells::{Cells, RawRow, can_delimit},
    failure::{Failure, Outcome},
    mapping::{Format, ShortRows},
};
use crate::hex::hex;

/// A file with its header, before its rows are read.
#[derive(Clone, Debug)]
pub(super) struct CsvFile {
    /// Its name, as the mapping has it.
    pub(super) name: String,
    path: PathBuf,
    delimiter: u8,
    short_rows: ShortRows,
    /// The columns' names, in order.
    pub(super) columns: Vec<String>,
    /// How many rows it has.
    pub(super) rows: i64,
    /// What tells its content from any other.
    pub(super) digest: String,
}

/// A row of a file.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The line on which it begins; the header is 1.
    pub(super) line: u64,
    /// Its cells, or why it can't be read.
    pub(super) cells: Result<StringRecord, String>,
}

impl CsvFile {
    /// Finds a file among what the command line names, a folder or files, reads its header and counts its rows.
    ///
    /// # Errors
    /// When the file is not there or can't be read as rows to its end.
    pub(super) fn find(name: &str, among: &[PathBuf], format: &Format) -> Outcome<Self> {
        let given = format.delimiter;
        let delimiter = u8::try_from(given).ok().filter(|byte| can_delimit(*byte)).ok_or_else(|| {
            Failure::new(format!("{given:?} can't be a delimiter: it must be one byte, as , ; | or \\t"))
        })?;
        let path = locate(name, among)?;
        let digest = digest(&path).map_err(|e| unreadable(&path, e))?;
        let (name, columns) = (name.to_owned(), Vec::new());
        let mut file = Self { name, digest, path, delimiter, short_rows: format.short_rows, columns, rows: 0 };
        let mut cells = file.open()?;
        let header = cells.next().and_then(header);
        file.columns = header.map_err(|reason| unreadable(&file.path, reason))?;
        while cells.next().map_err(|reason| unreadable(&file.path, reason))?.is_some() {
            file.rows += 1;
        }
        Ok(file)
    }

    fn open(&self) -> Outcome<Cells<BufReader<File>>> {
        let file = File::open(&self.path).map_err(|e| unreadable(&self.path, e))?;
        Cells::new(BufReader::with_capacity(1 << 16, file), self.delimiter).map_err(|e| unreadable(&self.path, e))
    }

    /// The place of a column.
    pub(super) fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == column)
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> Outcome<impl Iterator<Item = Outcome<Row>>> {
        let mut cells = self.open()?;
        let rows = std::iter::from_fn(move || {
            let row = cells.next().map_err(|reason| unreadable(&self.path, reason));
            row.map(|row| row.map(|row| self.row(row))).transpose()
        });
        Ok(rows.skip(1))
    }

    fn row(&self, raw: RawRow) -> Row {
        let RawRow { line, cells, fault } = raw;
        Row { line, cells: fault.map_or(Ok(cells), Err).and_then(|cells| self.fitted(cells)) }
    }

    /// The cells of a row, as many as there are columns. Refuses with the reason.
    fn fitted(&self, cells: ByteRecord) -> Result<StringRecord, String> {
        let mut cells = text(cells)?;
        let (found, width) = (cells.len(), self.columns.len());
        if found > width {
            return Err(format!("has {found} cells where the header has {width}"));
        }
        if found < width && self.short_rows == ShortRows::Refuse {
            let advice = "short_rows = \"pad\" below [format] takes those that are missing at its end as blank";
            return Err(format!("has {found} cells where the header has {width}; {advice}"));
        }
        (found..width).for_each(|_| cells.push_field(""));
        Ok(cells)
    }
}

/// The columns that a first row names. Refuses with the reason.
fn header(row: Option<RawRow>) -> Result<Vec<String>, String> {
    let row = row.ok_or("it is empty; its first line must name the columns")?;
    if let Some(fault) = row.fault {
        return Err(format!("line {} {fault}", row.line));
    }
    let cells = text(row.cells).map_err(|reason| format!("line {} {reason}", row.line))?;
    let columns: Vec<String> = cells.iter().map(|name| cell(name).into_owned()).collect();
    match columns.iter().enumerate().find(|(at, name)| !name.is_empty() && columns[..*at].contains(name)) {
        Some((_, name)) => Err(format!("two of its columns are called {name}")),
        None => Ok(columns),
    }
}

/// The cells of a row as text. Refuses with the reason.
fn text(cells: ByteRecord) -> Result<StringRecord, String> {
    if cells.as_slice().contains(&0) {
        return Err("has the NUL character, which no text may have; if the file is UTF-16, convert it, as with \
                    iconv -f UTF-16LE -t UTF-8"
            .to_owned());
    }
    StringRecord::from_byte_record(cells)
        .map_err(|_| "is not UTF-8 text; convert the file, as with iconv -f WINDOWS-1252 -t UTF-8".to_owned())
}

/// What stands in a cell: blanks around it do not count, and of `="0049"`, as which spreadsheets write a text that
/// looks like a number, only the text does.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    match text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.replace("\"\"", "").contains('"') => {
            Cow::Owned(inner.replace("\"\"", "\"").trim().to_owned())
        }
        _ => Cow::Borrowed(text),
    }
}

fn unreadable(path: &Path, reason: impl std::fmt::Display) -> Failure {
    Failure::new(format!("can't read {}: {reason}", path.display()))
}

fn locate(name: &str, among: &[PathBuf]) -> Outcome<PathBuf> {
    let found = among.iter().find_map(|given| {
        if given.is_dir() {
            Some(given.join(name)).filter(|path| path.is_file())
        } else {
            Some(given.clone()).filter(|path| path.file_name().is_some_and(|n| n == name))
        }
    });
    found.ok_or_else(|| {
        let given: Vec<String> = among.iter().map(|p| p.display().to_string()).collect();
        Failure::new(format!("the mapping needs the file {name}, which is not among {}", given.join(", ")))
            .advise("Name the folder that has it, or the file itself.")
    })
}

fn digest(path: &Path) -> std::io::Result<String> {
    let (mut file, mut hash, mut buffer) = (File::open(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// A file as a whole, its rows by the text in one of its columns.
#[derive(Debug)]
pub(super) struct Lookup {
    rows: HashMap<String, StringRecord>,
}

impl Lookup {
    /// Reads a file. Of rows with the same key the first one counts.
    pub(super) fn read(file: &CsvFile, key: usize) -> Outcome<Self> {
        let mut rows = HashMap::new();
        for row in file.rows()? {
            let Row { line, cells } = row?;
            let cells = cells.map_err(|reason| Failure::new(format!("{} line {line} {reason}", file.name)))?;
            rows.entry(cell(cells.get(key).unwrap_or("")).into_owned()).or_insert(cells);
        }
        Ok(Self { rows })
    }

    /// The text of a column in the row with that key.
    pub(super) fn get(&self, key: &str, column: usize) -> Option<&str> {
        self.rows.get(key)?.get(column)
    }
}
