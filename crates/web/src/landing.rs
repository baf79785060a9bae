//! The landing page: what this server is, and how to talk to it.

use maud::{Markup, PreEscaped, html};

use crate::{
    apis,
    docs::{block, guides},
    layout::{self, VERSION},
};

/// The page.
pub(crate) fn page(origin: &str) -> Markup {
    let content = html! {
        section.hero {
            div {
                p.version { "Version " (VERSION) }
                h1 { "The CRM that your Pipedrive clients already know." }
                p.lead {
                    "Penstock is a self-hosted, API-first CRM in one executable. This server speaks Pipedrive's API, "
                    "version 1 and version 2, and a Virtual API that describes itself: point a client at it and give it a token."
                }
                p.actions {
                    a.button href="/docs/guides/getting-started" { "Get started" }
                    a.button.quiet href="/docs" { "Read the documentation" }
                }
            }
            (picture())
        }
        section {
            h2 { "Ask it something" }
            div.pair {
                (block("Shell", "sh", &shell(origin)))
                (block("Pipedrive's own Node client", "js", &node(origin)))
            }
        }
        section {
            h2 { "What it answers" }
            div.cards {
                @for api in apis::ALL {
                    a.card href={ "/docs/" (api.name) } {
                        h3 { (api.title) }
                        p { (api.about) }
                        p.count { (api.size()) " operations" }
                    }
                }
                a.card href="/docs/openapi" {
                    h3 { "OpenAPI 3.1" }
                    p { "Documents made from the tables that route the requests, for generators and agents." }
                }
            }
        }
        section.columns {
            div {
                h2 { "The token" }
                p {
                    "The first start prints an admin's token once; the environment variable " code { "PENSTOCK_TOKEN" }
                    " sets it instead. " code { "penstock token" } " makes a user a new one."
                }
                p {
                    "Send it as the header " code { "x-api-token" } ", as " code { "authorization: Bearer" }
                    ", or as " code { "api_token" } " in the query. It sees what its user sees."
                }
            }
            div {
                h2 { "What it is not, yet" }
                p {
                    "OAuth, webhooks, search, saved filters, prices of products, files and mail are to come, as the table of "
                    a href="/docs/project/compatibility" { "compatibility" }
                    " says operation by operation; until then they answer 501. There are no pages for records yet: this is "
                    "the server's own introduction."
                }
                p { "Where Pipedrive's behaviour is not documented, a " a href="/docs/project/guesses" { "list of guesses" } " says what was decided." }
            }
        }
        section {
            h2 { "Guides" }
            ul.guides {
                @for guide in guides::GUIDES {
                    li { a href=(guide.path()) { (guide.title) } " " span { (guide.about) } }
                }
            }
        }
    };
    layout::front("A CRM that speaks Pipedrive's API", &content)
}

fn shell(origin: &str) -> String {
    format!("curl -s '{origin}/api/v2/deals?limit=1' \\\n  -H \"x-api-token: $PENSTOCK_TOKEN\"")
}

fn node(origin: &str) -> String {
    format!(
        "import {{ v2 }} from 'pipedrive';\n\nconst deals = new v2.DealsApi(new v2.Configuration({{\n  apiKey: process.env.PENSTOCK_TOKEN,\n  basePath: '{origin}/api/v2',\n}}));\nconst {{ data }} = await deals.getDeals({{ limit: 1 }});"
    )
}

/// The fall: water from one lake through one pipe to many wheels.
fn picture() -> Markup {
    PreEscaped(include_str!("../assets/fall.svg").to_owned())
}
