//! The labels that persons and organizations start with (pipedrive-contract 5.1).

use crate::field::StartOption;

pub(super) const CONTACT_LABELS: &[StartOption] =
    &[("Customer", "green"), ("Hot lead", "red"), ("Warm lead", "yellow"), ("Cold lead", "blue")];
