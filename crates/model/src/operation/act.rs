//! What operations do.

/// What an operation does. A generic act is one function for all objects; the others are named for what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The records that the parameters select; deleted and archived ones only when a parameter asks for them
    /// (pipedrive-contract 12.8, 12.22). The other lists of records leave them out likewise.
    List,
    /// Every record, in order of change, reduced (v1 `/collection`): flat, references as ids, the fields that are
    /// `Shown::Collected`.
    Collection,
    /// One record.
    Get,
    /// A new record.
    Create,
    /// A changed record.
    Update,
    /// One record deleted; the answer's data is `{id}`.
    Delete,
    /// One record deleted; the answer's data is the record as it then is (v1 activity types).
    DeleteShown,
    /// One record deleted; the answer's data is `true` (v1 notes).
    DeleteTrue,
    /// The records that `ids` names deleted; the answer's data is `{id: [..]}`.
    DeleteMany,
    /// The records of `object` whose `link` is the record in the path.
    ListUnder {
        /// The object in the path.
        parent: &'static str,
        /// The reference that the listed records have to it.
        link: &'static str,
    },
    /// The open records of `object`, deals, whose `link` is the record in the path. The states are the open one only
    /// as long as no saved filter chooses others.
    OpenUnder {
        /// The object in the path.
        parent: &'static str,
        /// The reference that the listed records have to it.
        link: &'static str,
    },
    /// The deals of the organization in the path: those linked to it, those linked to its people, and those that name
    /// it in a custom field of type `org`. A true `only_primary_association` leaves the first alone.
    DealsOfOrganization,
    /// One record, by the path's last parameter, of the parent by its first. One of another parent does not exist.
    GetUnder {
        /// The object of the path's first parameter.
        parent: &'static str,
        /// The reference that the record has to it.
        link: &'static str,
    },
    /// A new record whose `link` is the parent in the path; a body can't give the link.
    CreateUnder {
        /// The object in the path.
        parent: &'static str,
        /// The reference that the new record has to it.
        link: &'static str,
    },
    /// A changed record of a parent, found as by [`Act::GetUnder`].
    UpdateUnder {
        /// The object of the path's first parameter.
        parent: &'static str,
        /// The reference that the record has to it.
        link: &'static str,
    },
    /// A record of a parent deleted, found as by [`Act::GetUnder`]; the answer's data is `true`.
    DeleteUnder {
        /// The object of the path's first parameter.
        parent: &'static str,
        /// The reference that the record has to it.
        link: &'static str,
    },
    /// The users who follow a record of `object`: v1 as follow-records, v2 as `{user_id, add_time}`.
    Followers,
    /// The users who follow the user in the path: v1 as bare user ids, v2 as `{user_id, add_time}`.
    FollowersOfUser,
    /// A user follows a record; the body is `{user_id}`.
    Follow,
    /// A user no longer follows a record. The path's last parameter is the follow-record's id on v1, the user's on v2
    /// (pipedrive-contract 12.10), and so is the id that the answer gives.
    Unfollow,
    /// Who followed and unfollowed a record, and when.
    FollowersChangelog,
    /// What a user follows.
    Following,
    /// The people who take part in a deal, as participant records.
    Participants,
    /// The people of a deal, its main person among them, as persons.
    ParticipantPersons,
    /// A person takes part in a deal.
    AddParticipant,
    /// A person no longer takes part in a deal; the path's last parameter is the participant record's id.
    RemoveParticipant,
    /// The ids of the users who may see a record.
    PermittedUsers,
    /// Totals of deals by currency.
    DealSummary,
    /// The fields of `object`, built-in and custom. A lead has those of deals as well.
    Fields,
    /// One field: by number on v1, by code on v2; so in the five acts that follow.
    Field,
    /// A new custom field.
    CreateField,
    /// A changed custom field.
    UpdateField,
    /// A custom field deleted.
    DeleteField,
    /// The custom fields that `ids` names deleted.
    DeleteFields,
    /// Options added to a field.
    AddOptions,
    /// Options of a field renamed.
    UpdateOptions,
    /// Options of a field deleted.
    DeleteOptions,
    /// The asking user.
    Me,
    /// Users by name or e-mail.
    FindUsers,
    /// A new user, by e-mail address.
    AddUser,
    /// A user let in or shut out: `{active_flag}`.
    SetUserActive,
    /// The currencies.
    Currencies,
    /// The sources that leads can have.
    LeadSources,
}
