//! The keys of published request bodies: each is one that the operation takes, so that nothing that clients send in good
//! faith is refused or dropped.

use penstock_model::field::Writable;
use penstock_pipedrive::operations::{self, Body, Version};

use super::{Published, directory};

/// Published keys that are of what Penstock does not have yet; v1 ignores what it does not know.
const UNIMPLEMENTED: &[(&str, &str)] = &[
    ("v1 POST /notes", "task_id"),
    ("v1 POST /notes", "pinned_to_task_flag"),
    ("v1 PUT /notes/{id}", "task_id"),
    ("v1 PUT /notes/{id}", "pinned_to_task_flag"),
];

/// Published keys that set nothing, beyond those that a body may give only as they stand: v1 ignores them.
const IGNORED: &[(&str, &str)] = &[("v1 PUT /persons/{id}", "add_time")];

#[test]
fn every_published_body_key_is_taken() {
    let Some(directory) = directory() else {
        return;
    };
    let published = Published::read(&directory);
    let (mut unknown, mut checked) = (Vec::new(), 0);
    for row in operations::all().filter(|row| row.takes_fields()) {
        let keys = published.documents.iter().find_map(|document| document.body_keys(&row.title()));
        let Some(keys) = keys else {
            unknown.push(format!("{}: no body is published", row.title()));
            continue;
        };
        let object = row.object;
        for key in keys {
            checked += 1;
            let form = |f: &penstock_model::Field| if row.version == Version::V1 { f.v1 } else { f.v2 };
            let now = |f: &penstock_model::Field| match f.writable {
                Writable::Never => false,
                Writable::OnCreate => matches!(row.body, Body::Create),
                Writable::Always | Writable::WithRight(_) => true,
            };
            let known = |f: &penstock_model::Field| form(f).key == key;
            let is_fixed = |f: &penstock_model::Field| known(f) && form(f).fixed.is_some();
            let at_rest = object.fields.iter().any(is_fixed) || IGNORED.contains(&(&row.title(), &key));
            let taken = object.fields.iter().any(|f| known(f) && !form(f).read_only && now(f))
                || (key == "custom_fields" && object.custom.is_some())
                || UNIMPLEMENTED.contains(&(&row.title(), &key));
            if taken == at_rest {
                unknown.push(format!("{}: {key}", row.title()));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    assert!(checked > 200, "{checked}");
}
