//! Currencies.

use super::{
    Example,
    Is::{Len, N, Null, T},
    no, ok,
};

pub(super) const EXAMPLES: &[Example] = &[
    ok("v1 GET /currencies", "currencies are found by name or code", "/v1/currencies?term=eur").holds(&[
        ("/data", Len(1)),
        ("/data/0/code", T("EUR")),
        ("/data/0/decimal_points", N(2)),
        ("/data/0/symbol", T("€")),
    ]),
    ok("v1 GET /currencies", "none found are null", "/v1/currencies?term=doubloon").holds(&[("/data", Null)]),
    no("v1 GET /currencies", "a stranger gets none", "/v1/currencies", 401).by_a_stranger(),
];
