//! Field metadata of activities, notes and leads, which have no custom fields of their own.

use super::{
    Example,
    Is::{B, Has, Len, N, T},
    given::TEXT_FIELD,
    no, ok,
};

pub(super) const EXAMPLES: &[Example] =
    &[
        ok("v1 GET /activityFields", "activities have built-in fields", "/v1/activityFields:(key,name)?limit=1")
            .holds(&[("/data/0", Len(2)), ("/data/0/key", T("id")), ("/additional_data/pagination/limit", N(1))]),
        no("v1 GET /activityFields", "a page begins at a number", "/v1/activityFields?start=x", 400),
        ok("v1 GET /noteFields", "notes have built-in fields", "/v1/noteFields")
            .holds(&[("/data/1/key", T("content")), ("/data/1/edit_flag", B(false))]),
        no("v1 GET /noteFields", "a page begins at a number", "/v1/noteFields?start=x", 400),
        ok("v1 GET /leadFields", "leads have deals' custom fields", "/v1/leadFields?limit=500").given(&[TEXT_FIELD]),
        no("v1 GET /leadFields", "a page is not negative", "/v1/leadFields?limit=-1", 400),
        ok("v2 GET /activityFields", "fields are named by code", "/api/v2/activityFields?limit=2").holds(&[
            ("/data", Len(2)),
            ("/data/0/field_code", T("id")),
            ("/additional_data/next_cursor", Has("ey")),
        ]),
        no("v2 GET /activityFields", "a made-up cursor is refused", "/api/v2/activityFields?cursor=x", 400),
        ok("v2 GET /activityFields/{field_code}", "a field is read by its code", "/api/v2/activityFields/due_date")
            .holds(&[("/data/field_type", T("date")), ("/data/is_custom_field", B(false))]),
        no("v2 GET /activityFields/{field_code}", "an unknown field is not found", "/api/v2/activityFields/abc", 404),
    ];
