//! Deals, who follows them, and who takes part in them (pipedrive-contract 1.2, 1.3, 3.0, 3.1, 4.2).

use penstock_model::operation::{Act, Operation, Paging, Param, ParamEffect, ParamType, param};

use super::{
    params::{
        ACTIVITIES_UNDER, CURSOR, CUSTOM, DIRECTION, FILTER, INCLUDE, LABELS, LIMIT, OPTION_LABELS, PAGE, PAGE_V2,
        PICKED, SHOWN, SINCE, SORT, START, STATUS, UNTIL, UPDATED_SINCE, UPDATED_UNTIL, equal, sort_by,
    },
    rows::{v1, v2},
};

const READ: &[&str] = &["deals:read", "deals:full"];
const FULL: &[&str] = &["deals:full"];
const CONTACTS: &[&str] = &["contacts:read", "contacts:full"];
const ACTIVITIES: &[&str] = &["activities:read", "activities:full"];

const ACTIVITIES_OF_DEAL: Act = Act::ListUnder { parent: "deal", link: "deal_id" };

/// `filter_id` goes before `owned_by_you`, and that before `user_id`.
const LIST: &[Param] = &[
    equal("user_id", "owner_id"),
    FILTER,
    equal("stage_id", "stage_id"),
    STATUS,
    START,
    LIMIT,
    SORT,
    param("owned_by_you", ParamType::Bool, ParamEffect::Mine("owner_id")).sets_aside(&["user_id"]),
];
const COLLECTION: &[Param] = &[
    CURSOR,
    LIMIT,
    SINCE,
    UNTIL,
    equal("user_id", "owner_id"),
    equal("stage_id", "stage_id"),
    param("status", ParamType::Word(&["open", "won", "lost", "deleted"]), ParamEffect::DealStatus),
];
const SUMMARY: &[Param] = &[
    param("status", ParamType::Word(&["open", "won", "lost"]), ParamEffect::DealStatus),
    FILTER,
    equal("user_id", "owner_id"),
    equal("pipeline_id", "pipeline_id"),
    equal("stage_id", "stage_id"),
];
const LIST_V2: &[Param] = &[
    FILTER,
    PICKED,
    equal("owner_id", "owner_id"),
    equal("person_id", "person_id"),
    equal("org_id", "org_id"),
    equal("pipeline_id", "pipeline_id"),
    equal("stage_id", "stage_id"),
    param("status", ParamType::Words(&["open", "won", "lost", "deleted"]), ParamEffect::DealStatus),
    UPDATED_SINCE,
    UPDATED_UNTIL,
    sort_by(&["id", "update_time", "add_time"]),
    DIRECTION,
    INCLUDE,
    CUSTOM,
    OPTION_LABELS,
    LABELS,
    LIMIT,
    CURSOR,
];

pub(super) const ROWS: &[Operation] = &[
    v1::list("/deals", "deal", READ, LIST).embedded(),
    v1::collection("/deals/collection", "deal", READ, COLLECTION),
    v1::read("/deals/summary", "deal", Act::DealSummary, READ).params(SUMMARY).costs(40),
    v1::get("/deals/{id}", "deal", READ).embedded(),
    v1::create("/deals", "deal", FULL).created().embedded(),
    v1::update("/deals/{id}", "deal", FULL).embedded(),
    v1::delete("/deals/{id}", "deal", FULL),
    v1::delete_many("/deals", "deal", FULL),
    v1::list("/deals/{id}/activities", "activity", ACTIVITIES, ACTIVITIES_UNDER).act(ACTIVITIES_OF_DEAL).related(),
    v1::list("/deals/{id}/persons", "person", CONTACTS, PAGE).act(Act::ParticipantPersons).embedded(),
    v1::list("/deals/{id}/participants", "participant", READ, PAGE).act(Act::Participants).embedded().costs(10),
    v1::create("/deals/{id}/participants", "participant", FULL).act(Act::AddParticipant).embedded(),
    v1::delete("/deals/{id}/participants/{deal_participant_id}", "participant", FULL).act(Act::RemoveParticipant),
    v1::read("/deals/{id}/followers", "deal", Act::Followers, READ).paged(Paging::OffsetIfAsked),
    v1::create("/deals/{id}/followers", "deal", FULL).act(Act::Follow),
    v1::delete("/deals/{id}/followers/{follower_id}", "deal", FULL).act(Act::Unfollow),
    v1::read("/deals/{id}/permittedUsers", "deal", Act::PermittedUsers, READ).costs(10),
    v2::list("/deals", "deal", READ, LIST_V2),
    v2::get("/deals/{id}", "deal", READ, SHOWN),
    v2::create("/deals", "deal", FULL),
    v2::update("/deals/{id}", "deal", FULL),
    v2::delete("/deals/{id}", "deal", FULL),
    v2::list("/deals/{id}/followers", "deal", READ, PAGE_V2).act(Act::Followers),
    v2::list("/deals/{id}/followers/changelog", "deal", READ, PAGE_V2).act(Act::FollowersChangelog),
    v2::create("/deals/{id}/followers", "deal", FULL).act(Act::Follow).created(),
    v2::delete("/deals/{id}/followers/{follower_id}", "deal", FULL).act(Act::Unfollow),
];
