//! The reference of objects and fields, `docs/objects.md`: the tables in words.

use std::fmt::Write;

use crate::{
    Field, Object, Source,
    field::{self, Form, Shown, Writable},
    kind::limit,
    object::{Deletion, Visibility},
    objects,
};

const HEAD: &str = "# Objects and fields

Made from `crates/model/src/objects`; a test compares. To write it anew:
`PENSTOCK_BLESS=1 cargo test -p penstock-model --test objects_reference`.

For each field: its name and number, what it holds and refers to, its key and codec in Pipedrive's v1 and v2, its name
in the Virtual API, when it can be written, whether it can be filtered, sorted and searched, and what it means. After a codec stands
when the key is shown, if not in every answer: `collected` in `/collection` as well, `alone` in a record that is read
alone, `asked` when `include_fields` names it, `never` if it is only accepted. `read-only` keys are not accepted though
the field can be written elsewhere. Add an object's base to a field's number for the id that v1's metadata shows.
";

/// The whole reference, in Markdown.
#[must_use]
pub fn objects_reference() -> String {
    let mut out = HEAD.to_owned();
    write_limits(&mut out);
    for object in objects::ALL {
        write_object(&mut out, object);
    }
    out
}

/// The limits of kinds, and those that no kind has.
fn write_limits(out: &mut String) {
    out.push_str(
        "\n## Limits\n\nWhat is longer or has more members is refused with 400 before anything is written.\n\n",
    );
    out.push_str("| what | at most |\n|---|---|\n");
    let kinds = objects::ALL.iter().flat_map(|object| object.fields).map(|field| field.kind);
    let mut lines: Vec<(String, String)> = Vec::new();
    for kind in kinds {
        let characters = kind.longest().map(|most| format!("{most} characters"));
        let entries = kind.most().map(|most| format!("{most} entries"));
        let line = characters.or(entries).map(|most| (format!("`{}`", kind.word()), most));
        lines.extend(line.filter(|line| !lines.contains(line)));
    }
    lines.sort();
    let more = [
        ("a part of an address", limit::ADDRESS_PART, "characters"),
        ("another text within a value: an e-mail address, the label of a contact", limit::PART, "characters"),
        ("external ids of a record", limit::EXTERNAL_IDS, "entries"),
        ("options of a field", limit::OPTIONS, "entries"),
        ("options in one request", limit::OPTIONS_AT_ONCE, "entries"),
        ("records that one request changes", limit::BULK, "entries"),
    ];
    lines.extend(more.map(|(what, most, unit)| (what.to_owned(), format!("{most} {unit}"))));
    for (what, most) in lines {
        let _ = writeln!(out, "| {what} | {most} |");
    }
}

fn write_object(out: &mut String, object: &Object) {
    let visibility = match object.visibility {
        Visibility::Company => "seen by the whole company",
        Visibility::Owned => "seen as `visible_to` says",
        Visibility::Linked(_) => "seen by its owner and whoever sees what it is linked to",
        Visibility::Parent => "seen with its parent",
    };
    let deletion = match object.deletion {
        Deletion::Soft => "deletion is undone or final after 30 days",
        Deletion::Marked => "deletion marks it",
        Deletion::Hard => "deletion removes it",
        Deletion::Never => "never deleted",
    };
    let custom = match object.custom {
        None => String::new(),
        Some(owner) => format!("; carries the custom fields of `{owner}`"),
    };
    let right = object.right.map_or_else(String::new, |right| format!("; changed by who may {}", right.words()));
    let _ = write!(
        out,
        "\n## {}\n\n`{}`, field base {}; {visibility}; {deletion}{right}{custom}.\n\n\
         | field | holds | v1 | v2 | virtual | written | found by | means |\n|---|---|---|---|---|---|---|---|\n",
        object.label, object.name, object.field_base
    );
    for field in object.fields {
        write_field(out, object, field);
    }
}

fn write_field(out: &mut String, object: &Object, field: &Field) {
    let is_written = field.writable != Writable::Never;
    let holds = match field.kind.refers_to() {
        Some(object) => format!("{} to `{object}`", field.kind.word()),
        None => field.kind.word().to_owned(),
    };
    let _ = writeln!(
        out,
        "| `{}` {} | {holds}{} | {} | {} | {} | {} | {} | {} |",
        field.name,
        field.number,
        origin(field),
        form(field.v1, is_written),
        form(field.v2, is_written),
        if field.virtual_name.is_empty() { String::new() } else { format!("`{}`", field.virtual_name) },
        written(field),
        found_by(field),
        field::meaning(object, field),
    );
}

fn origin(field: &Field) -> String {
    match field.source {
        Source::Column if field.count.is_some() => ", counted".to_owned(),
        Source::Column => String::new(),
        Source::Alias(column) => format!(", `{column}` in other words"),
        Source::Joined { via, field } => format!(", `{field}` of `{via}`"),
        Source::Computed(..) => ", computed".to_owned(),
        Source::Subquery(_) => ", asked of the engine".to_owned(),
    }
}

fn form(form: Form, is_written: bool) -> String {
    if form.key.is_empty() {
        return String::new();
    }
    let shown = match form.shown {
        Shown::Always => "",
        Shown::Never => " never",
        Shown::Collected => " collected",
        Shown::Alone => " alone",
        Shown::Asked => " asked",
    };
    let read_only = if is_written && form.read_only { " read-only" } else { "" };
    format!("`{}` {:?}{shown}{read_only}", form.key, form.codec)
}

fn written(field: &Field) -> String {
    let when = match field.writable {
        Writable::Never => return String::new(),
        Writable::OnCreate => "on create",
        Writable::Always => "always",
        Writable::WithRight(right) => &format!("by who may {}", right.words()),
    };
    let required = if field.required { ", required" } else { "" };
    let target = if field.writes_to.is_empty() { String::new() } else { format!(", into `{}`", field.writes_to) };
    format!("{when}{required}{target}")
}

fn found_by(field: &Field) -> String {
    let mut ways = Vec::new();
    if field.filterable {
        ways.push("filter");
    }
    if field.sortable {
        ways.push("sort");
    }
    if field.search_weight > 0 {
        ways.push("search");
    }
    ways.join(", ")
}
