//! What the bytes of a file may be: no row is lost without a word, and a file that can't be read as rows is refused
//! before anything is written.

use super::{number, text};
use crate::support::{Place, places};

const MAP: &str = r#"
source = "s"
[format]
FORMAT
[[rows]]
file = "people.csv"
object = "person"
key = "no"
[rows.fields]
name = "name"
job_title = "job"
"#;

const IMPORT: [&str; 5] = ["import", "csv", "--map", "map.toml", "."];

fn write(place: &Place, format: &str, bytes: &[u8]) {
    std::fs::write(place.folder.path().join("map.toml"), MAP.replace("FORMAT", format)).expect("a mapping");
    std::fs::write(place.folder.path().join("people.csv"), bytes).expect("a file");
}

fn persons(place: &Place) -> i64 {
    number(place, "SELECT COUNT(*) FROM person WHERE company_id = 1")
}

#[test]
fn a_file_that_can_not_be_read_as_rows_is_refused_with_the_line_before_anything_is_written() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let long = format!("no,name,job\n1,Ann,\"{}\"\n", "x\n".repeat(2000));
        let utf_16: Vec<u8> = "no,name,job\n1,Ann,\n".bytes().flat_map(|b| [b, 0]).collect();
        for (bytes, expected) in [
            (b"no,name,job\n1,Ann,\"prefers mornings\n2,Bob,\n3,Cy,tall".as_slice(), "line 2: the quote"),
            (b"no,name,job\r\n1,Ann,\"prefers\r\n2,Bob,\r\n3,\"Cy\",tall", "line 2: the quote"),
            (b"no,name,\"job\n1,Ann,\n", "line 1: the quote"),
            (long.as_bytes(), "line 2: the quoted cell"),
            (b"", "it is empty"),
            (b"\xef\xbb\xbf", "it is empty"),
            (b"sep=,\n", "it is empty"),
            (b"no,name,job,name\n", "two of its columns are called name"),
            (&[b"\xff\xfe", utf_16.as_slice()].concat(), "UTF-16"),
            (&utf_16, "UTF-16"),
            (b"no,name,job \xe4\n", "line 1 is not UTF-8"),
            (b"no;name;job\n1;Ann;\n", "its columns are no;name;job"),
        ] {
            write(&place, "", bytes);
            for flags in [&[][..], &["--check"]] {
                let complaint = place.complaint(&[&IMPORT[..], flags].concat());
                assert!(complaint.contains(expected) && complaint.contains("people.csv"), "{expected}: {complaint}");
            }
        }
        assert_eq!((persons(&place), number(&place, "SELECT COUNT(*) FROM job WHERE kind = 'import'")), (0, 0));
    }
}

#[test]
fn a_row_that_can_not_be_read_is_refused_with_its_line_and_does_not_hold_up_the_others() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let rows: &[u8] =
            b"no,name,job\r\n1,Ann,chef\n\n2,\"Bob\" Ray,\r3,Cy,\"5\"\" pipes\"\n4,D\0n,\n5,J\xe9,\n6,Eve,,,\n7,Fay\n";
        write(&place, "", rows);
        let refused = place.run(&IMPORT);
        assert_eq!(refused.status.code(), Some(3), "{}", text(&refused.stderr));
        let complaints = text(&refused.stderr);
        for expected in [
            "people.csv line 4: has text behind the closing quote of a cell",
            "people.csv line 6: has the NUL character",
            "people.csv line 7: is not UTF-8 text; convert the file",
            "people.csv line 8: has 5 cells where the header has 3",
            "people.csv line 9: has 2 cells where the header has 3; short_rows = \"pad\" below [format]",
        ] {
            assert!(complaints.contains(expected), "{expected}\n{complaints}");
        }
        assert_eq!(persons(&place), 2);
        assert_eq!(number(&place, "SELECT COUNT(*) FROM person WHERE job_title = '5\" pipes'"), 1);
    }
}

#[test]
fn rows_without_their_last_cells_are_padded_when_the_mapping_says_so() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        write(&place, "short_rows = \"pad\"", b"no,name,job\n1,Ann\n2,Bob,\n3,Cy,chef\n4\n5,Eve,,\n");
        let refused = place.run(&IMPORT);
        let (said, complaints) = (text(&refused.stdout), text(&refused.stderr));
        assert!(said.contains("5 rows: 3 made, 2 refused"), "{said}");
        assert!(complaints.contains("line 5, name: is blank"), "{complaints}");
        assert!(complaints.contains("line 6: has 4 cells where the header has 3\n"), "{complaints}");
        assert_eq!(number(&place, "SELECT COUNT(*) FROM person WHERE job_title IS NULL"), 2);
    }
}

#[test]
fn a_file_of_a_header_alone_has_no_rows() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        write(&place, "", b"no,name,job\r\n\r\n");
        assert!(place.say(&IMPORT).contains("0 rows: nothing to do"));
    }
}

#[test]
fn a_file_as_excel_writes_it_is_read() {
    for place in places() {
        place.say(&["company", "create", "TestCompany"]);
        let rows =
            "\u{feff}sep=;\r\nno;name;job\r\n=\"0049\";\"Ann\r\nLee\";=\"chef \"\r\n\"=\"\"0050\"\"\";Bob ; \r\n";
        write(&place, "", rows.as_bytes());
        assert!(place.say(&IMPORT).contains("2 rows: 2 made"));
        let keys = "SELECT COUNT(*) FROM external_id WHERE company_id = 1 AND key IN ('0049', '0050')";
        assert_eq!(number(&place, keys), 2);
        let records = "SELECT COUNT(*) FROM person WHERE job_title = 'chef' OR (name = 'Bob' AND job_title IS NULL)";
        assert_eq!(number(&place, records), 2);
        assert!(place.say(&[&IMPORT[..], &["--check"]].concat()).contains("2 have a record"));
    }
}
