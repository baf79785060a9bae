//! Where the published response schemas are wrong, and what is true instead. Beside this list stands one thing that
//! they have wrong everywhere, nullability, which is corrected where schemas are read.

/// Answers of these operations may differ from the specification at these places.
#[derive(Debug)]
pub(crate) struct Deviation {
    /// Operation titles; one that ends in `*` stands for all that begin so.
    pub(crate) operations: &'static [&'static str],
    /// Places in the answer: JSON pointers with `*` for positions and custom fields' keys.
    pub(crate) places: &'static [&'static str],
    /// What is true, with its evidence.
    pub(crate) because: &'static str,
}

impl Deviation {
    /// Whether this is what is wrong there.
    pub(super) fn explains(&self, operation: &str, place: &str) -> bool {
        let fits = |pattern: &str| match pattern.strip_suffix('*') {
            Some(start) => operation.starts_with(start),
            None => operation == pattern,
        };
        self.places.contains(&place) && self.operations.iter().any(|pattern| fits(pattern))
    }
}

const fn deviation(
    operations: &'static [&'static str],
    places: &'static [&'static str],
    because: &'static str,
) -> Deviation {
    Deviation { operations, places, because }
}

const TIMES: &[&str] = &["/data/add_time", "/data/update_time", "/data/*/add_time", "/data/*/update_time"];
const SPACED: &str = "v1 spells times as YYYY-MM-DD HH:MM:SS; the published examples of the same operations do, though \
    the schema says date-time (pipedrive-contract 0)";
const LISTS_OF_FIELDS: &[&str] = &[
    "v1 GET /dealFields",
    "v1 GET /personFields",
    "v1 GET /organizationFields",
    "v1 GET /productFields",
    "v1 GET /leadFields",
    "v1 GET /noteFields",
];

/// Every deviation.
pub(crate) static DEVIATIONS: &[Deviation] = &[
    deviation(
        &[
            "v1 GET /activityTypes",
            "v1 POST /activityTypes",
            "v1 PUT /activityTypes/{id}",
            "v1 DELETE /activityTypes/{id}",
        ],
        TIMES,
        SPACED,
    ),
    deviation(&["v1 GET /organizations/{id}/followers", "v1 POST /organizations/{id}/followers"], TIMES, SPACED),
    deviation(&["v1 GET /dealFields*", "v1 POST /dealFields", "v1 PUT /dealFields/{id}"], TIMES, SPACED),
    deviation(&["v1 GET /personFields*", "v1 POST /personFields", "v1 PUT /personFields/{id}"], TIMES, SPACED),
    deviation(
        &["v1 GET /organizationFields*", "v1 POST /organizationFields", "v1 PUT /organizationFields/{id}"],
        TIMES,
        SPACED,
    ),
    deviation(&["v1 GET /leadFields"], TIMES, SPACED),
    deviation(
        LISTS_OF_FIELDS,
        &["/data/*/field_type"],
        "built-in fields have types that can't be created, such as int, deal and status (pipedrive-contract 5.1, 5.2)",
    ),
    deviation(
        &["v1 GET /leadFields"],
        &["/data/*/mandatory_flag"],
        "may be an object of conditions (pipedrive-contract 5.1)",
    ),
];
