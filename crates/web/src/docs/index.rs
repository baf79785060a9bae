//! The documentation's first page, and the page of the OpenAPI documents.

use maud::{Markup, html};

use super::{block, guides};
use crate::{
    apis,
    layout::{self, Place},
};

/// What there is to read.
pub(super) fn overview(origin: &str) -> Markup {
    let content = html! {
        h1 { "Documentation" }
        p.lead { "Everything here is served by this server and made from the tables that it runs on." }
        h2 { "Guides" }
        div.cards {
            @for guide in guides::GUIDES {
                a.card href=(guide.path()) { h3 { (guide.title) } p { (guide.about) } }
            }
        }
        h2 { "Reference" }
        div.cards {
            @for api in apis::ALL {
                a.card href={ "/docs/" (api.name) } {
                    h3 { (api.title) }
                    p { (api.about) }
                    p.count { (api.size()) " operations" }
                }
            }
        }
        h2 { "Trying it" }
        p {
            "The requests of the reference, in the language that you choose there, take the server and your token from the "
            "environment:"
        }
        (block("Shell", "sh", &format!("export PENSTOCK_URL={origin}\nexport PENSTOCK_TOKEN=...   # printed at the first start")))
        h2 { "The project" }
        div.cards {
            @for page in guides::PROJECT {
                a.card href=(page.path()) { h3 { (page.title) } p { (page.about) } }
            }
        }
    };
    layout::docs("Documentation", Place::default(), &content)
}

/// Where the OpenAPI documents are.
pub(super) fn openapi() -> Markup {
    let content = html! {
        h1 { "OpenAPI documents" }
        p.lead { "OpenAPI 3.1, made from the same tables as the server's routes, and held against recorded answers." }
        div.wide { table {
            thead { tr { th { "API" } th { "Document" } th { "Operations" } } }
            tbody {
                @for api in apis::ALL {
                    tr {
                        td { a href={ "/docs/" (api.name) } { (api.title) } }
                        td { a href={ "/openapi/" (api.name) ".json" } { "/openapi/" (api.name) ".json" } }
                        td.number { (api.size()) }
                    }
                }
            }
        } }
        p {
            "Beyond OpenAPI's own words, an operation has " code { "x-cost" } ", its price in rate-limit tokens, "
            code { "x-permission" } " where only admins may call it, and " code { "x-codeSamples" } ", the request to try, in three languages."
        }
    };
    layout::docs("OpenAPI", Place::default(), &content)
}
