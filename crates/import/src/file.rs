//! The files of an import: found by name, counted, and read row by row.

use std::{
    collections::HashMap,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use sha2::{Digest, Sha256};

use super::failure::{Failure, Outcome};
use crate::hex::hex;

/// A file with its header, before its rows are read.
#[derive(Clone, Debug)]
pub(super) struct CsvFile {
    /// Its name, as the mapping has it.
    pub(super) name: String,
    path: PathBuf,
    delimiter: u8,
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
    /// Finds a file among what the command line names, a folder or files, and reads its header.
    pub(super) fn find(name: &str, among: &[PathBuf], delimiter: char) -> Outcome<Self> {
        let delimiter = u8::try_from(delimiter).map_err(|_| {
            Failure::new(format!("{delimiter} can't be a delimiter: it must be one byte, as , ; | or \\t"))
        })?;
        let path = locate(name, among)?;
        let failed = |e: &dyn std::fmt::Display| Failure::new(format!("can't read {}: {e}", path.display()));
        let mut file = Self {
            name: name.to_owned(),
            digest: digest(&path).map_err(|e| failed(&e))?,
            path: path.clone(),
            delimiter,
            columns: Vec::new(),
            rows: 0,
        };
        let mut records = file.open()?;
        let mut record = ByteRecord::new();
        if !records.read_byte_record(&mut record).map_err(|e| failed(&e))? {
            return Err(failed(&"it is empty; its first line must name the columns"));
        }
        let header =
            StringRecord::from_byte_record(record.clone()).map_err(|_| failed(&"its first line is not UTF-8 text"))?;
        file.columns = header.iter().map(|c| c.trim_start_matches('\u{feff}').trim().to_owned()).collect();
        for (at, column) in file.columns.iter().enumerate() {
            if !column.is_empty() && file.columns[..at].contains(column) {
                return Err(failed(&format!("two of its columns are called {column}")));
            }
        }
        while records.read_byte_record(&mut record).map_err(|e| failed(&e))? {
            file.rows += 1;
        }
        Ok(file)
    }

    fn open(&self) -> Outcome<csv::Reader<File>> {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.delimiter);
        builder.from_path(&self.path).map_err(|e| Failure::new(format!("can't read {}: {e}", self.path.display())))
    }

    /// The place of a column.
    pub(super) fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == column)
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> Outcome<impl Iterator<Item = Outcome<Row>>> {
        let (width, shown) = (self.columns.len(), self.path.display().to_string());
        let rows = self.open()?.into_byte_records().skip(1).map(move |record| {
            let record = record.map_err(|e| Failure::new(format!("can't read {shown}: {e}")))?;
            let line = record.position().map_or(0, csv::Position::line);
            let cells = StringRecord::from_byte_record(record)
                .map_err(|_| "is not UTF-8 text; convert the file, as with iconv -f WINDOWS-1252 -t UTF-8".to_owned());
            let cells = cells.and_then(|cells| match cells.len() {
                found if found != width => Err(format!("has {found} cells where the header has {width}")),
                _ if cells.as_slice().contains('\0') => Err("has the NUL character, which no text may have".to_owned()),
                _ => Ok(cells),
            });
            Ok(Row { line, cells })
        });
        Ok(rows)
    }
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
            rows.entry(cells.get(key).unwrap_or("").trim().to_owned()).or_insert(cells);
        }
        Ok(Self { rows })
    }

    /// The text of a column in the row with that key.
    pub(super) fn get(&self, key: &str, column: usize) -> Option<&str> {
        self.rows.get(key)?.get(column)
    }
}
