//! What operations are called and what is said of them, made from their acts.

use penstock_model::{
    objects,
    operation::{Act, Empty, Operation, Paging, Permission, References, Version},
};

use super::{
    kinds::{a, capital, spaced},
    params::subject,
};

/// Whether the act is about field metadata.
pub(super) const fn is_field_act(act: Act) -> bool {
    matches!(
        act,
        Act::Fields
            | Act::Field
            | Act::CreateField
            | Act::UpdateField
            | Act::DeleteField
            | Act::DeleteFields
            | Act::AddOptions
            | Act::UpdateOptions
            | Act::DeleteOptions
    )
}

/// The group that a path belongs to: its first part, in words.
pub(super) fn group(path: &str) -> String {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or("");
    let mut words = String::new();
    for letter in first.chars() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    capital(&words)
}

/// What an operation does, in a few words.
pub(super) fn summary(row: &Operation) -> String {
    let object = objects::get(row.object);
    let (one, many) = (a(object.name), spaced(object.plural));
    let of = a(subject(row).name);
    match row.act {
        Act::List => format!("List {many}"),
        Act::Collection => format!("List all {many} in order of change"),
        Act::Get => format!("Get {one}"),
        Act::Create => format!("Create {one}"),
        Act::Update => format!("Update {one}"),
        Act::Delete | Act::DeleteShown | Act::DeleteTrue => format!("Delete {one}"),
        Act::DeleteMany => format!("Delete several {many}"),
        Act::ListUnder { .. } | Act::DealsOfOrganization => format!("List the {many} of {of}"),
        Act::OpenUnder { .. } => format!("List the open {many} of {of}"),
        Act::GetUnder { .. } => format!("Get {one} of {of}"),
        Act::CreateUnder { .. } => format!("Add {one} to {of}"),
        Act::UpdateUnder { .. } => format!("Update {one} of {of}"),
        Act::DeleteUnder { .. } => format!("Delete {one} of {of}"),
        Act::Followers | Act::FollowersOfUser => format!("List the followers of {of}"),
        Act::Follow => format!("Add a follower to {of}"),
        Act::Unfollow => format!("Remove a follower from {of}"),
        Act::FollowersChangelog => format!("List the changes of followers of {of}"),
        Act::Following => format!("List what {of} follows"),
        Act::Participants => format!("List the participants of {of}"),
        Act::ParticipantPersons => format!("List the persons of {of}"),
        Act::AddParticipant => format!("Add a participant to {of}"),
        Act::RemoveParticipant => format!("Remove a participant from {of}"),
        Act::PermittedUsers => format!("List the users who may see {of}"),
        Act::DealSummary => "Sum up deals".to_owned(),
        Act::Fields => format!("List the fields of {many}"),
        Act::Field => format!("Get a field of {many}"),
        Act::CreateField => format!("Create a field of {many}"),
        Act::UpdateField => format!("Update a field of {many}"),
        Act::DeleteField => format!("Delete a field of {many}"),
        Act::DeleteFields => format!("Delete several fields of {many}"),
        Act::AddOptions => format!("Add options to a field of {many}"),
        Act::UpdateOptions => format!("Rename options of a field of {many}"),
        Act::DeleteOptions => format!("Delete options of a field of {many}"),
        Act::AddUser => "Add a user".to_owned(),
        Act::SetUserActive => "Let a user in or shut it out".to_owned(),
        Act::Me => "Get the asking user".to_owned(),
        Act::FindUsers => "Find users".to_owned(),
        Act::Currencies => "List currencies".to_owned(),
        Act::LeadSources => "List lead sources".to_owned(),
    }
}

/// The summary as one camel-case word without articles.
pub(super) fn operation_id(row: &Operation) -> String {
    let summary = summary(row);
    let words = summary.split([' ', '-']).filter(|w| !matches!(*w, "a" | "an" | "the"));
    words.enumerate().map(|(at, word)| if at == 0 { word.to_lowercase() } else { capital(word) }).collect()
}

/// What else there is to say, in sentences.
pub(super) fn description(row: &Operation) -> String {
    let object = objects::get(row.object);
    let many = spaced(object.plural);
    let mut said: Vec<String> = Vec::new();
    match row.act {
        Act::Collection => said.push(format!(
            "Reduced {many}, references as ids, for copying them all and then following changes: every user may \
                ask, and sees what the user may see."
        )),
        Act::DealsOfOrganization => said.push(
            "Those linked to it, those linked to its people, and those that name it in a custom field.".to_owned(),
        ),
        Act::OpenUnder { .. } => said.push("The asking user's, unless a parameter says otherwise.".to_owned()),
        Act::Delete if matches!(object.deletion, penstock_model::object::Deletion::Soft) => {
            said.push("It can still be read alone for 30 days.".to_owned());
        }
        Act::DeleteMany => said.push("At most 500. Those that can't be seen are left out of the answer.".to_owned()),
        Act::Update | Act::UpdateUnder { .. } => {
            said.push("Only what the body names changes; `null` clears a value.".to_owned());
        }
        Act::DealSummary => said.push(
            "By currency, and together in the company's currency: amounts in other currencies have no converted \
                value."
                .to_owned(),
        ),
        Act::Fields if row.object == "lead" => said.push("Leads carry the custom fields of deals.".to_owned()),
        Act::UpdateField if row.version == Version::V1 => said.push("The type of a field never changes.".to_owned()),
        Act::Create | Act::CreateUnder { .. } if object.uuid => {}
        Act::Create if row.version == Version::V1 => {
            said.push("Keys that the object does not have are ignored.".to_owned());
        }
        Act::Create => said.push("Keys that the object does not have are refused.".to_owned()),
        Act::Me => said.push("With the facts of the company that clients build host names from.".to_owned()),
        _ => {}
    }
    if row.references == References::Embedded && row.method.is_read() {
        said.push("References are shown as objects and written as ids.".to_owned());
    }
    match row.paging {
        Paging::Offset => said.push("In pages, by `start` and `limit`.".to_owned()),
        Paging::Cursor => said.push("In pages, by `cursor` and `limit`.".to_owned()),
        Paging::OffsetIfAsked | Paging::None => {}
    }
    if row.paging != Paging::None && row.empty == Empty::Null && matches!(row.act, Act::List | Act::ListUnder { .. }) {
        said.push("An empty list is `null`.".to_owned());
    }
    if row.permission == Permission::Admin {
        said.push("Admins only.".to_owned());
    }
    said.join(" ")
}
