//! What a field means, in a sentence or two, for every document and every metadata answer.
//!
//! A field's own `help` comes first. What many objects have under the same name means the same everywhere (`SHARED`), and
//! what the table says already (what is counted, what is looked up, how it is computed) needs no words of its own.

use std::borrow::Cow;

use super::{Compute, Count, Source, Subquery, When};
use crate::{Field, Object, object::Deletion, objects};

/// Fields that mean the same in every object, by name.
const SHARED: &[(&str, &str)] = &[
    ("id", "What names the record; it never changes and is never used again."),
    ("owner_id", "Who is responsible for it."),
    ("creator_user_id", "Who made it."),
    ("update_user_id", "Who changed it last."),
    ("last_update_user_id", "Who changed it last."),
    ("updater_id", "Who changed it last."),
    ("add_time", "When it was made."),
    ("update_time", "When it was last changed."),
    ("delete_time", "When it was deleted; null while it is not."),
    ("visible_to", "Who sees it beside its owner and its followers."),
    ("label_ids", "The labels that it carries, of the options of this field."),
    ("picture_id", "Always unset: there are no pictures yet."),
    ("files_count", "How many files are attached; always 0 until there are files."),
    ("email_messages_count", "How many mails are linked; always 0 until there is mail."),
    ("last_incoming_mail_time", "When a mail came in last; unset until there is mail."),
    ("last_outgoing_mail_time", "When a mail went out last; unset until there is mail."),
    ("next_activity_id", "The activity that is due next, of those to do."),
    ("next_activity_date", "The day of the activity that is due next."),
    ("next_activity_time", "The time of day of the activity that is due next, in UTC."),
    ("last_activity_id", "The activity that was done last."),
    ("last_activity_date", "The day of the activity that was done last."),
    ("origin", "How it came into being, such as `ManuallyCreated` or `API`."),
    ("origin_id", "What the program that made it calls it."),
    ("channel", "The marketing channel that it came through, as a number of that channel."),
    ("channel_id", "What the marketing channel calls it."),
    ("url_title", "The name as the address of a page has it."),
];

/// What a field of an object means.
#[must_use]
pub fn meaning(object: &Object, field: &Field) -> Cow<'static, str> {
    if !field.help.is_empty() {
        return field.help.into();
    }
    if let Some(count) = field.count {
        return counted(count).into();
    }
    match field.source {
        Source::Joined { via, field } => looked_up(object, via, field).into(),
        Source::Subquery(Subquery::Sum { object: other, link, field }) => {
            let (other, of) = (objects::get(other), object.label.to_lowercase());
            let summed = other.field(field).map_or_else(String::new, |field| field.label.to_lowercase());
            let by = other.field(link).map_or_else(String::new, |link| link.label.to_lowercase());
            format!("The {summed} of each {}, summed over those whose {by} this {of} is.", other.label.to_lowercase())
                .into()
        }
        Source::Subquery(Subquery::ParticipantDeals(when)) => {
            format!("How many {}deals the person takes part in without being their main person.", state(when)).into()
        }
        Source::Computed(how) => computed(how, object),
        Source::Alias(column) if shared(field.name).is_none() => {
            let label = object.field(column).map_or_else(String::new, |field| field.label.to_lowercase());
            format!("The {label} under another name.").into()
        }
        Source::Column if field.name == "is_deleted" && object.deletion == Deletion::Soft => {
            "Whether it was deleted; it can be brought back for thirty days.".into()
        }
        Source::Column if field.name == "is_deleted" => "Whether it was deleted; that is final.".into(),
        Source::Column | Source::Alias(_) => shared(field.name).unwrap_or_default().into(),
    }
}

fn shared(name: &str) -> Option<&'static str> {
    SHARED.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning)
}

const fn state(when: When) -> &'static str {
    match when {
        When::Any | When::Follows(_) => "",
        When::Open | When::Undone => "open ",
        When::Closed => "closed ",
        When::Won => "won ",
        When::Lost => "lost ",
        When::Done => "done ",
    }
}

fn counted(count: Count) -> String {
    let plural = match count.when {
        When::Follows(_) => "users",
        _ => objects::get(count.object).plural,
    };
    let verb = match count.when {
        When::Follows(_) => "follow it",
        _ => "are linked to it",
    };
    let deleted = if objects::get(count.object).is_marked() { ", deleted ones left out" } else { "" };
    format!("How many {}{} {verb}{deleted}.", state(count.when), plural.to_lowercase())
}

fn looked_up(object: &Object, via: &str, name: &str) -> String {
    let field = object.target(via).and_then(|to| to.field(name));
    let label = field.map_or_else(|| name.replace('_', " "), |field| field.label.to_lowercase());
    format!("The {label} of the record that `{via}` names.")
}

fn computed(how: Compute, object: &Object) -> Cow<'static, str> {
    let label = |name: &str| object.field(name).map_or_else(String::new, |field| field.label.to_lowercase());
    match how {
        Compute::Active { .. } => "Whether it is open and not deleted.".into(),
        Compute::Status { .. } => "How it stands; `deleted` for a deleted one.".into(),
        Compute::FirstCharacter { text } => format!("The first letter of the {}, in lower case.", label(text)).into(),
        Compute::Formatted { amount, .. } => format!("The {} with its currency's sign.", label(amount)).into(),
        Compute::Weighted { .. } => "The value times the probability.".into(),
        Compute::FormattedWeighted { .. } => "The weighted value with its currency's sign.".into(),
        Compute::RecordMail { .. } | Compute::CompanyMail => {
            "The address that mail is copied to, to file it here.".into()
        }
        Compute::LocalDay { moment } => format!("The day of `{moment}` in the company's time zone.").into(),
        Compute::Hidden { reference } => format!("Whether the asking user can't see the {}.", label(reference)).into(),
        Compute::CompanyId => "The number of the company on this server.".into(),
        Compute::Nothing => "Always unset: nothing gives it a value yet.".into(),
        Compute::No => "Always false.".into(),
        Compute::Yes => "Always true.".into(),
        Compute::Word(word) => format!("Always the word `{word}`.").into(),
        Compute::RottenTime { .. } => "When the deal counts as rotten unless something happens.".into(),
        Compute::Activity { .. } => "That activity with all that it holds.".into(),
        Compute::Age { .. } => "How long it has been open, or was until it was closed.".into(),
        Compute::TimeToWon { .. } => "How long it took until it was won; zero while it is not.".into(),
        Compute::StageTimes { .. } => "How long it has been in each stage of its pipeline.".into(),
        Compute::StageProgress { .. } => "The share of the pipeline's stages that are passed, 0 to 1.".into(),
        Compute::ActivityTypeName { .. } => {
            "What people read for the type; the key itself when the type can't be used any more.".into()
        }
        Compute::LinkedName { reference } => {
            format!("What the record that `{reference}` names is called; null without one.").into()
        }
        Compute::Concerned { .. } => "The persons whom it concerns, through the record that it is on.".into(),
        Compute::Author { .. } => "Who wrote it, with name and address.".into(),
        Compute::IsYou { .. } => "Whether it is the asking user.".into(),
        Compute::ZoneOffset { .. } => "How far the user's clock is ahead of UTC, such as `+03:00`.".into(),
        Compute::AppAccess { .. } => "The areas that the user may enter, and where as an admin.".into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn words(text: &str) -> HashSet<String> {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    }

    #[test]
    fn every_field_that_a_face_shows_says_more_than_its_name() {
        let mut silent = Vec::new();
        for object in objects::ALL {
            for field in object.fields {
                let keys = [field.v1.key, field.v2.key, field.virtual_name];
                if keys.iter().all(|key| key.is_empty()) {
                    continue;
                }
                let mut known = words(field.label);
                for key in keys {
                    known.extend(words(key));
                }
                let meaning = meaning(object, field);
                if words(&meaning).difference(&known).count() < 3 || !meaning.ends_with('.') {
                    silent.push(format!("{}.{}: {meaning:?}", object.name, field.name));
                }
            }
        }
        assert!(silent.is_empty(), "give them a `help`: {silent:#?}");
    }
}
