//! What examples begin with. The first record of each object has the number 1.

use super::{Step, step};

pub(super) const ORGANIZATION: Step =
    step("POST", "/v1/organizations", r#"{"name":"Smith Works","address":"Main Street 1, Berlin","label_ids":[5,6]}"#);
pub(super) const PERSON: Step = step(
    "POST",
    "/v1/persons",
    r#"{"name":"Carol Jones","org_id":1,"label":1,"phone":"+49 30 1234",
        "email":[{"value":"carol@smith.example","primary":true,"label":"work"},{"value":"c@home.example","label":"home"}]}"#,
);
pub(super) const SECOND_PERSON: Step = step("POST", "/v1/persons", r#"{"name":"Dan Brown"}"#);
pub(super) const DEAL: Step = step(
    "POST",
    "/v1/deals",
    r#"{"title":"Engines","value":5000,"currency":"EUR","person_id":1,"org_id":1,"expected_close_date":"2026-06-30"}"#,
);
pub(super) const SECOND_DEAL: Step = step("POST", "/v1/deals", r#"{"title":"Gears","value":"70.50","currency":"USD"}"#);
pub(super) const ACTIVITY: Step = step(
    "POST",
    "/v1/activities",
    r#"{"subject":"Ask about engines","type":"call","due_date":"2026-03-05","due_time":"10:00","duration":"00:30",
        "deal_id":1,"person_id":1,"org_id":1,"note":"<p>Ask</p>","location":"Main Street 1, Berlin",
        "attendees":[{"email_address":"eve@guest.example"}]}"#,
);
pub(super) const SECOND_ACTIVITY: Step =
    step("POST", "/v1/activities", r#"{"subject":"Lunch","type":"lunch","done":1}"#);
pub(super) const NOTE: Step = step(
    "POST",
    "/v1/notes",
    r#"{"content":"<p>They like gears</p>","deal_id":1,"org_id":1,"person_id":1,"pinned_to_deal_flag":1}"#,
);
pub(super) const COMMENT: Step =
    step("POST", "/v1/notes/1/comments", r#"{"content":"So do we"}"#).keep("comment", "/data/uuid");
pub(super) const LABEL: Step =
    step("POST", "/v1/leadLabels", r#"{"name":"Hot","color":"red"}"#).keep("label", "/data/id");
pub(super) const LEAD: Step = step(
    "POST",
    "/v1/leads",
    r#"{"title":"Turbines","person_id":1,"organization_id":1,"label_ids":["{label}"],"value":{"amount":3000,"currency":"USD"},
        "expected_close_date":"2026-09-30"}"#,
)
.keep("lead", "/data/id");
pub(super) const PRODUCT: Step =
    step("POST", "/v1/products", r#"{"name":"Pump","code":"P-1","unit":"piece","tax":19,"description":"Lifts water"}"#);

/// A person and the organization it belongs to.
pub(super) const CONTACTS: &[Step] = &[ORGANIZATION, PERSON];
/// A deal with its person and organization.
pub(super) const SALE: &[Step] = &[ORGANIZATION, PERSON, DEAL];
/// A deal with what hangs on it.
pub(super) const BUSY: &[Step] = &[ORGANIZATION, PERSON, DEAL, ACTIVITY, NOTE];
/// A lead with its label.
pub(super) const PROSPECT: &[Step] = &[ORGANIZATION, PERSON, LABEL, LEAD];

/// Custom fields of deals: a text, an amount, a single option.
pub(super) const TEXT_FIELD: Step =
    step("POST", "/v1/dealFields", r#"{"name":"Code","field_type":"varchar"}"#).by_admin().keep("text", "/data/key");
pub(super) const MONEY_FIELD: Step = step("POST", "/v1/dealFields", r#"{"name":"Budget","field_type":"monetary"}"#)
    .by_admin()
    .keep("money", "/data/key");
pub(super) const TIER_FIELD: Step = step(
    "POST",
    "/v1/dealFields",
    r#"{"name":"Tier","field_type":"enum","options":[{"label":"Gold"},{"label":"Tin"}]}"#,
)
.by_admin()
.keep("tier", "/data/key");
pub(super) const FIELDS: &[Step] = &[TEXT_FIELD, MONEY_FIELD, TIER_FIELD];
