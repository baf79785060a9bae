//! What operations do. A generic act is one function for all objects (DESIGN 2).

mod delete;
mod fields;
mod followers;
mod get;
mod list;
mod misc;
mod participants;
mod save;
mod summary;
mod under;
mod users;

use penstock_model::operation;

pub(crate) use self::{fields::field_listed_as, list::distributes};
use crate::face::{Read, Write};

/// An act that reads, or one that changes.
pub(crate) enum Act {
    Read(Read),
    Write(Write),
}

/// The function of an act.
pub(crate) fn of(act: operation::Act) -> Act {
    use operation::Act as A;
    match act {
        A::List | A::Collection | A::ListUnder { .. } => Act::Read(list::list),
        // Nothing published asks what a user follows; a row that did would show the user.
        A::Get | A::Following => Act::Read(get::get),
        A::Create => Act::Write(save::create),
        A::Update => Act::Write(save::update),
        A::Delete => Act::Write(delete::delete),
        A::DeleteShown => Act::Write(delete::delete_shown),
        A::DeleteTrue => Act::Write(delete::delete_true),
        A::OpenUnder { .. } => Act::Read(misc::open_under),
        A::DealsOfOrganization => Act::Read(misc::deals_of_organization),
        A::GetUnder { .. } => Act::Read(under::get),
        A::CreateUnder { .. } => Act::Write(under::create),
        A::UpdateUnder { .. } => Act::Write(under::update),
        A::DeleteUnder { .. } => Act::Write(under::delete),
        A::Followers => Act::Read(followers::list),
        A::FollowersOfUser => Act::Read(followers::of_user),
        A::Follow => Act::Write(followers::follow),
        A::Unfollow => Act::Write(followers::unfollow),
        A::FollowersChangelog => Act::Read(followers::changelog),
        A::PermittedUsers => Act::Read(followers::permitted),
        A::Participants => Act::Read(participants::list),
        A::ParticipantPersons => Act::Read(participants::persons),
        A::AddParticipant => Act::Write(participants::add),
        A::RemoveParticipant => Act::Write(participants::remove),
        A::DealSummary => Act::Read(summary::deals),
        A::Fields => Act::Read(fields::list),
        A::Field => Act::Read(fields::one),
        A::CreateField => Act::Write(fields::create),
        A::UpdateField => Act::Write(fields::update),
        A::DeleteField => Act::Write(fields::delete),
        A::DeleteFields => Act::Write(fields::delete_many),
        A::AddOptions => Act::Write(fields::add_options),
        A::UpdateOptions => Act::Write(fields::update_options),
        A::DeleteOptions => Act::Write(fields::delete_options),
        A::Me => Act::Read(misc::me),
        A::FindUsers => Act::Read(misc::find_users),
        A::AddUser => Act::Write(users::add),
        A::SetUserActive => Act::Write(users::set_active),
        A::Currencies => Act::Read(misc::currencies),
        A::LeadSources => Act::Read(misc::lead_sources),
        A::DeleteMany => Act::Write(delete::delete_many),
    }
}
