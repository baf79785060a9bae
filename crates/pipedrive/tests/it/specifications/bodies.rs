//! The keys of published request bodies: each is one that the operation knows, so that nothing that clients send in
//! good faith is refused.

use penstock_model::{
    objects,
    operation::{Act, Version},
};
use penstock_pipedrive::operations;

use super::{Published, directory};

/// Published keys that are of what Penstock does not have yet; v1 ignores what it does not know.
const LATER: &[(&str, &str)] = &[
    ("v1 POST /notes", "task_id"),
    ("v1 POST /notes", "pinned_to_task_flag"),
    ("v1 PUT /notes/{id}", "task_id"),
    ("v1 PUT /notes/{id}", "pinned_to_task_flag"),
];

#[test]
fn every_published_body_key_is_known() {
    let Some(directory) = directory() else {
        return;
    };
    let published = Published::read(&directory);
    let (mut unknown, mut checked) = (Vec::new(), 0);
    for row in operations::all().filter(|row| matches!(row.act, Act::Create | Act::Update)) {
        let keys = published.documents.iter().find_map(|document| document.body_keys(&row.title()));
        let Some(keys) = keys else {
            unknown.push(format!("{}: no body is published", row.title()));
            continue;
        };
        let object = objects::get(row.object);
        for key in keys {
            checked += 1;
            let form = |f: &penstock_model::Field| if row.version == Version::V1 { f.v1.key } else { f.v2.key };
            let known = object.fields.iter().any(|f| form(f) == key)
                || (key == "custom_fields" && object.custom.is_some())
                || LATER.contains(&(&row.title(), &key));
            if !known {
                unknown.push(format!("{}: {key}", row.title()));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    assert!(checked > 200, "{checked}");
}
