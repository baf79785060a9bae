//! Organizations and who follows them (pipedrive-contract 1.2, 1.3, 3.0, 3.3, 4.2).

use penstock_model::operation::{Act, Operation, Paging, Param, ParamEffect, ParamType, param};

use super::{
    params::{
        ACTIVITIES_UNDER, CURSOR, CUSTOM, DIRECTION, FILTER, FIRST_CHAR, INCLUDE, LABELS, LIMIT, OPTION_LABELS, PAGE,
        PAGE_V2, PICKED, SHOWN, SINCE, SORT, START, STATUS, UNTIL, UPDATED_SINCE, UPDATED_UNTIL, equal, sort_by,
    },
    rows::{v1, v2},
};

const READ: &[&str] = &["contacts:read", "contacts:full"];
const FULL: &[&str] = &["contacts:full"];
const DEALS: &[&str] = &["deals:read", "deals:full"];
const ACTIVITIES: &[&str] = &["activities:read", "activities:full"];

const OF_ORGANIZATION: Act = Act::ListUnder { parent: "organization", link: "org_id" };

const LIST: &[Param] = &[equal("user_id", "owner_id"), FILTER, FIRST_CHAR, START, LIMIT, SORT];
const COLLECTION: &[Param] = &[CURSOR, LIMIT, SINCE, UNTIL, equal("owner_id", "owner_id"), FIRST_CHAR];
const DEALS_UNDER: &[Param] =
    &[START, LIMIT, STATUS, SORT, param("only_primary_association", ParamType::Bool, ParamEffect::ByHandler)];
const LIST_V2: &[Param] = &[
    FILTER,
    PICKED,
    equal("owner_id", "owner_id"),
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
    v1::list("/organizations", "organization", READ, LIST).embedded(),
    v1::collection("/organizations/collection", "organization", READ, COLLECTION),
    v1::get("/organizations/{id}", "organization", READ).embedded(),
    v1::create("/organizations", "organization", FULL).created().embedded(),
    v1::update("/organizations/{id}", "organization", FULL).embedded(),
    v1::delete("/organizations/{id}", "organization", FULL),
    v1::delete_many("/organizations", "organization", FULL),
    v1::list("/organizations/{id}/activities", "activity", ACTIVITIES, ACTIVITIES_UNDER).act(OF_ORGANIZATION).related(),
    v1::list("/organizations/{id}/deals", "deal", DEALS, DEALS_UNDER).act(Act::DealsOfOrganization).embedded(),
    v1::list("/organizations/{id}/persons", "person", READ, PAGE).act(OF_ORGANIZATION).embedded(),
    v1::read("/organizations/{id}/followers", "organization", Act::Followers, READ).paged(Paging::OffsetIfAsked),
    v1::create("/organizations/{id}/followers", "organization", FULL).act(Act::Follow),
    v1::delete("/organizations/{id}/followers/{follower_id}", "organization", FULL).act(Act::Unfollow),
    v1::read("/organizations/{id}/permittedUsers", "organization", Act::PermittedUsers, READ).costs(10),
    v2::list("/organizations", "organization", READ, LIST_V2),
    v2::get("/organizations/{id}", "organization", READ, SHOWN),
    v2::create("/organizations", "organization", FULL),
    v2::update("/organizations/{id}", "organization", FULL),
    v2::delete("/organizations/{id}", "organization", FULL),
    v2::list("/organizations/{id}/followers", "organization", READ, PAGE_V2).act(Act::Followers),
    v2::list("/organizations/{id}/followers/changelog", "organization", READ, PAGE_V2).act(Act::FollowersChangelog),
    v2::create("/organizations/{id}/followers", "organization", FULL).act(Act::Follow).created(),
    v2::delete("/organizations/{id}/followers/{follower_id}", "organization", FULL).act(Act::Unfollow),
];
