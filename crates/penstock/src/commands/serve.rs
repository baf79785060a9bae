//! `penstock serve`: the server, and what the first run makes.

use std::sync::Arc;

use penstock_crm::Crm;
use penstock_demo as demo;
use penstock_model::{Code, UserId};
use penstock_store::Settings as Records;
use tokio::net::TcpListener;

use super::open;
use crate::{
    cli::{Serve, seed},
    company::{self, Made, Wanted},
    failure::{Failure, Outcome},
    http::{self, App},
    jobs,
    output::say,
    settings::{Given, Settings},
};

pub(super) async fn run(settings: &Settings, asked: Serve) -> Outcome {
    // The address first: what can't be served should not be made.
    let listener = bind(&settings.listen).await?;
    let address = listener.local_addr().map_err(|e| Failure::new(format!("can't tell the address: {e}")))?;
    let crm = open(settings)?;
    let seed = seed(asked.demo, asked.seed);
    let name = if seed.is_some() { demo::COMPANY } else { "My company" };
    let name = settings.company_name.clone().unwrap_or_else(|| name.to_owned());
    let (admin, token) = (settings.admin.clone(), settings.token.clone());
    let wanted = Wanted { name, sandbox: seed.is_some(), seed, admin, token };
    let made = company::first(&crm, &wanted).await?;
    let host = reachable(address);
    if let Some(made) = &made {
        welcome(made, &host);
    } else {
        if seed.is_some() {
            say("There are companies already, so --demo made none: `penstock company create NAME --demo` does.");
        }
        if let Some(token) = &settings.token
            && !is_of_admin(&crm, token).await?
        {
            say(
                "PENSTOCK_TOKEN is not the first admin's token: it counts at the first start only. Unset it, or make a new \
                 token by `penstock token --company 1 --user 1` and set that.",
            );
        }
    }
    jobs::finish_interrupted(&crm).await?;
    let version = env!("CARGO_PKG_VERSION");
    let listening = format!("Penstock {version} is listening on http://{address}, records in {}", place(settings));
    // Whoever reads the log as JSON may read standard output with it.
    if settings.log_json {
        tracing::info!(version, port = address.port(), "{listening}");
    } else {
        say(&listening);
    }
    if let Err(e) = crm.database.writable().await {
        tracing::error!(error = %e.chain(), "the records can't be written");
        say(&format!("It can't write: {}. Reads are answered; changes are refused until it can.", e.message));
    }
    let woken = Arc::default();
    let app = App::new(crm.clone(), Arc::clone(&woken), settings.options.clone());
    let working = tokio::spawn(jobs::runner(&crm, woken).work());
    let stop = async {
        http::stopped().await;
        let seconds = settings.drain.as_secs();
        tracing::info!(
            seconds,
            "stopping: answering what is under way, for at most {seconds} seconds; a second Ctrl-C ends at once"
        );
    };
    let enough = async {
        tokio::select! {
            () = tokio::time::sleep(settings.drain) => Enough::Late,
            () = http::stopped() => Enough::AskedAgain,
        }
    };
    let left = http::serve(listener, app, stop, enough).await;
    working.abort();
    match left {
        Some(Enough::AskedAgain) => {
            return Err(Failure::new("ended at once, as was asked: what was under way was not answered"));
        }
        Some(Enough::Late) => {
            tracing::warn!(seconds = settings.drain.as_secs(), "some requests were not answered in time");
        }
        None => {}
    }
    crm.database.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Whether a token is the one of the first company's first user.
async fn is_of_admin(crm: &Crm, token: &str) -> Outcome<bool> {
    let token = token.to_owned();
    let access = crm.database.read(move |conn| penstock_auth::authenticate(conn, &token, "")).await;
    match access {
        Ok(access) => Ok(access.company().get() == 1 && access.user() == UserId::FIRST),
        Err(e) if e.code == Code::Unauthenticated => Ok(false),
        Err(e) => Err(e.into()),
    }
}

/// Why a stop waits no longer.
enum Enough {
    Late,
    AskedAgain,
}

async fn bind(listen: &str) -> Outcome<TcpListener> {
    TcpListener::bind(listen).await.map_err(|e| {
        let failure = Failure::new(format!("can't listen on {listen}: {e}"));
        match e.kind() {
            std::io::ErrorKind::AddrInUse => failure
                .advise("Another program listens there. Stop it, or choose another port with --listen; port 0 takes a free one."),
            std::io::ErrorKind::PermissionDenied => failure.advise("Ports below 1024 need rights. Choose a higher one with --listen."),
            _ => failure.advise("Choose an address of this machine with --listen, as 127.0.0.1:8080."),
        }
    })
}

/// An address at which a client on this machine reaches the server.
fn reachable(mut address: std::net::SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            std::net::Ipv4Addr::LOCALHOST.into()
        } else {
            std::net::Ipv6Addr::LOCALHOST.into()
        });
    }
    address.to_string()
}

/// Where the records are, for people: no password.
fn place(settings: &Settings) -> String {
    match &settings.database {
        Records::Sqlite { file, .. } => file.display().to_string(),
        Records::Postgres { .. } => {
            settings.given.iter().find(|g| g.setting.name == "database-url").map_or_else(String::new, Given::shown)
        }
    }
}

fn welcome(made: &Made, host: &str) {
    let filled = made.seed.map_or_else(String::new, |seed| format!(" (a sandbox, demo records of seed {seed})"));
    say(&format!(
        "\nWelcome to Penstock. This is the first run, so there is now\n\n  \
         company  {}{filled}\n  admin    {}\n  token    {}\n\n\
         The token is shown only now; `penstock token --company {} --user 1` makes a new one. Try it:\n\n  \
         curl -H 'x-api-token: {}' 'http://{host}/v1/deals?limit=3'\n",
        made.name, made.admin, made.token, made.company, made.token
    ));
}
