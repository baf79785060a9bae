//! Persons and who follows them (pipedrive-contract 1.2, 1.3, 3.0, 3.2, 4.2).

use penstock_model::operation::{Act, Operation, Paging, Param, ParamEffect, ParamType, param};

use super::{
    params::{
        ACTIVITIES_UNDER, CURSOR, CUSTOM, DIRECTION, FILTER, FIRST_CHAR, INCLUDE, LABELS, LIMIT, OPTION_LABELS,
        PAGE_V2, PICKED, SHOWN, SINCE, SORT, START, STATUS, UNTIL, UPDATED_SINCE, UPDATED_UNTIL, equal, sort_by,
    },
    rows::{v1, v2},
};

const READ: &[&str] = &["contacts:read", "contacts:full"];
const FULL: &[&str] = &["contacts:full"];
const DEALS: &[&str] = &["deals:read", "deals:full"];
const ACTIVITIES: &[&str] = &["activities:read", "activities:full"];

const OF_PERSON: Act = Act::ListUnder { parent: "person", link: "person_id" };

const LIST: &[Param] = &[equal("user_id", "owner_id"), FILTER, FIRST_CHAR, START, LIMIT, SORT];
const COLLECTION: &[Param] = &[CURSOR, LIMIT, SINCE, UNTIL, equal("owner_id", "owner_id"), FIRST_CHAR];
const LIST_V2: &[Param] = &[
    FILTER,
    PICKED,
    equal("owner_id", "owner_id"),
    equal("org_id", "org_id"),
    param(
        "deal_id",
        ParamType::Int,
        ParamEffect::Linked { object: "participant", record: "person_id", column: "deal_id" },
    ),
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
    v1::list("/persons", "person", READ, LIST).embedded(),
    v1::collection("/persons/collection", "person", READ, COLLECTION),
    v1::get("/persons/{id}", "person", READ).embedded(),
    v1::create("/persons", "person", FULL).created().embedded(),
    v1::update("/persons/{id}", "person", FULL).embedded(),
    v1::delete("/persons/{id}", "person", FULL),
    v1::delete_many("/persons", "person", FULL),
    v1::list("/persons/{id}/activities", "activity", ACTIVITIES, ACTIVITIES_UNDER).act(OF_PERSON).related(),
    v1::list("/persons/{id}/deals", "deal", DEALS, &[START, LIMIT, STATUS, SORT]).act(OF_PERSON).embedded(),
    v1::read("/persons/{id}/followers", "person", Act::Followers, READ).paged(Paging::OffsetIfAsked),
    v1::create("/persons/{id}/followers", "person", FULL).act(Act::Follow),
    v1::delete("/persons/{id}/followers/{follower_id}", "person", FULL).act(Act::Unfollow),
    v1::read("/persons/{id}/permittedUsers", "person", Act::PermittedUsers, READ).costs(10),
    v2::list("/persons", "person", READ, LIST_V2),
    v2::get("/persons/{id}", "person", READ, SHOWN),
    v2::create("/persons", "person", FULL),
    v2::update("/persons/{id}", "person", FULL),
    v2::delete("/persons/{id}", "person", FULL),
    v2::list("/persons/{id}/followers", "person", READ, PAGE_V2).act(Act::Followers),
    v2::list("/persons/{id}/followers/changelog", "person", READ, PAGE_V2).act(Act::FollowersChangelog),
    v2::create("/persons/{id}/followers", "person", FULL).act(Act::Follow).created(),
    v2::delete("/persons/{id}/followers/{follower_id}", "person", FULL).act(Act::Unfollow),
];
