//! Query parameters that many operations share, and the makers of the others (pipedrive-contract 2.3, 2.4, 4.1).

use super::param::{Param, ParamEffect, ParamType, param};

/// `ids` of what is deleted.
pub(super) const IDS: Param =
    param("ids", ParamType::Ids, ParamEffect::ByHandler).required().help("The ids, with commas between them.");
/// `ids` of the records that a v2 list is narrowed to.
pub(super) const PICKED: Param = param("ids", ParamType::Ids, ParamEffect::Ids);
/// Where a page begins. Default 0.
pub(super) const START: Param =
    param("start", ParamType::Start, ParamEffect::ByHandler).help("How many to leave out before the page begins.");
/// How long a page is. Default 100, at most 500.
pub(super) const LIMIT: Param = param("limit", ParamType::Limit, ParamEffect::ByHandler).help("How many at most.");
/// Where a page begins, as the page before it said.
pub(super) const CURSOR: Param = param("cursor", ParamType::Text, ParamEffect::ByHandler)
    .help("Where the page begins: `next_cursor` of the page before it. Left out: at the beginning.");
/// The order of a v1 list, by any sortable field.
pub(super) const SORT: Param = sort(&[]);
/// The direction of a v2 list. Default `asc`.
pub(super) const DIRECTION: Param = param("sort_direction", ParamType::Word(&["asc", "desc"]), ParamEffect::ByHandler)
    .help("The direction of the order. Default `asc`.");
/// A saved filter.
pub(super) const FILTER: Param = param("filter_id", ParamType::Int, ParamEffect::Unimplemented("saved filters"));
/// Field keys that a v2 answer shows besides the usual ones.
pub(super) const INCLUDE: Param = param("include_fields", ParamType::Asked, ParamEffect::ByHandler)
    .help("Fields to show besides those that are always shown.");
/// Custom fields that a v2 answer is trimmed to.
pub(super) const CUSTOM: Param = param("custom_fields", ParamType::Keys, ParamEffect::ByHandler)
    .help("Only these custom fields, by key, at most 15.");
/// Options of custom fields as `{id, label}` in a v2 answer.
pub(super) const OPTION_LABELS: Param = param("include_option_labels", ParamType::Bool, ParamEffect::ByHandler)
    .help("When true, options of custom fields are shown as `{id, label}`.");
/// Labels as `{id, label}` alongside their ids in a v2 answer.
pub(super) const LABELS: Param = param("include_labels", ParamType::Bool, ParamEffect::ByHandler)
    .help("When true, `labels` stands alongside `label_ids`, as `{id, label}`.");
/// Changed at or after a moment.
pub(super) const UPDATED_SINCE: Param = param("updated_since", ParamType::Moment, ParamEffect::From("update_time"));
/// Changed before a moment.
pub(super) const UPDATED_UNTIL: Param = param("updated_until", ParamType::Moment, ParamEffect::Until("update_time"));
/// Changed at or after a moment, in the words of `/collection`.
pub(super) const SINCE: Param = param("since", ParamType::Moment, ParamEffect::From("update_time"));
/// Changed before a moment, in the words of `/collection`.
pub(super) const UNTIL: Param = param("until", ParamType::Moment, ParamEffect::Until("update_time"));
/// The first letter of the name.
pub(super) const FIRST_CHAR: Param = param("first_char", ParamType::Text, ParamEffect::StartsWith("name"));
/// The state of the deals under a record; all but the deleted ones when it is left out.
pub(super) const STATUS: Param =
    param("status", ParamType::Word(&["open", "won", "lost", "deleted", "all_not_deleted"]), ParamEffect::DealStatus);
/// Everyone's deals, rather than the asking user's.
pub(super) const EVERYONE: Param = param("everyone", ParamType::Bool, ParamEffect::Everyone).sets_aside(&["user_id"]);
/// The owner of the deals of a pipeline or stage; the asking user when it is left out.
pub(super) const DEALS_OF_USER: Param = param("user_id", ParamType::Int, ParamEffect::OfUser("owner_id"));

/// What v2 reads one record of a kind with custom fields by.
pub(super) const SHOWN: &[Param] = &[INCLUDE, CUSTOM, OPTION_LABELS, LABELS];
/// The pages of v1.
pub(super) const PAGE: &[Param] = &[START, LIMIT];
/// The pages of v2.
pub(super) const PAGE_V2: &[Param] = &[LIMIT, CURSOR];
/// The activities of a record.
pub(super) const ACTIVITIES_UNDER: &[Param] =
    &[START, LIMIT, flag("done", "done"), param("exclude", ParamType::Ids, ParamEffect::Except)];

/// A number that a field must equal: a record's, mostly.
pub(super) const fn equal(name: &'static str, field: &'static str) -> Param {
    param(name, ParamType::Int, ParamEffect::Equal(field))
}
/// A UUID that a field must equal.
pub(super) const fn uuid(name: &'static str, field: &'static str) -> Param {
    param(name, ParamType::Uuid, ParamEffect::Equal(field))
}
/// A flag that a field must equal.
pub(super) const fn flag(name: &'static str, field: &'static str) -> Param {
    param(name, ParamType::Bool, ParamEffect::Equal(field))
}
/// The order of a v1 list, by these keys.
pub(super) const fn sort(keys: &'static [&'static str]) -> Param {
    param("sort", ParamType::Order(keys), ParamEffect::ByHandler)
}
/// The order of a v2 list, by one of these keys; by `id` when it is left out.
pub(super) const fn sort_by(keys: &'static [&'static str]) -> Param {
    param("sort_by", ParamType::Word(keys), ParamEffect::ByHandler).help("The key to order by. Default `id`.")
}
