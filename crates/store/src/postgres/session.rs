//! A thread's place for a connection: opened when it is first needed, and anew when it broke.

use std::{sync::Arc, time::Duration};

use penstock_model::{Error, Result};
use tokio::runtime;
use tokio_postgres::{Config, NoTls};

use super::{
    conn::{Link, PostgresConn},
    fault::explain,
    tls::{self, Tls},
};
use crate::Faults;

/// What a connection is told before its first transaction. No answer may come before its change is durable, and no
/// statement of a CRM is worth being compiled. That transactions write is said here: a standby refuses a transaction that
/// says it itself by an error that has no code of its own.
const SESSION_SETUP: &str = "SET statement_timeout = '30s'; SET lock_timeout = '10s'; \
    SET idle_in_transaction_session_timeout = '60s'; SET default_transaction_read_only = off; \
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'; \
    SELECT set_config('jit', 'off', false) WHERE current_setting('jit', true) IS NOT NULL";

/// How connections are opened.
pub(super) struct Opener {
    config: Config,
    tls: Tls,
    pub(super) faults: Arc<Faults>,
}

impl Opener {
    /// Adds to the URL's settings what makes a silent peer be noticed.
    pub(super) fn new(mut config: Config, tls: Tls, faults: Arc<Faults>) -> Self {
        if config.get_application_name().is_none() {
            config.application_name("penstock");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(Duration::from_secs(40));
        }
        config.keepalives_idle(Duration::from_secs(30)).keepalives_interval(Duration::from_secs(10));
        config.keepalives_retries(3);
        Self { config, tls, faults }
    }

    fn open(&self) -> Result<Link> {
        let no_room =
            |e: std::io::Error| Error::unavailable(format!("can't open a connection to Postgres: {e}")).caused_by(e);
        let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(no_room)?;
        // A connection is driven whenever the thread waits for an answer; its errors come as those of the statements.
        let connected = match &self.tls.connect {
            Some(tls) => runtime.block_on(self.config.connect(tls.clone())).map(|(client, connection)| {
                runtime.spawn(async move { drop(connection.await) });
                client
            }),
            None => runtime.block_on(self.config.connect(NoTls)).map(|(client, connection)| {
                runtime.spawn(async move { drop(connection.await) });
                client
            }),
        };
        let client = connected.map_err(cant_connect)?;
        let mut link = Link::new(client, runtime);
        link.frame(SESSION_SETUP)?;
        Ok(link)
    }
}

fn cant_connect(e: tokio_postgres::Error) -> Error {
    let what = tls::advice(&e).map_or_else(|| explain(e).0.message, Into::into);
    Error::unavailable(format!("can't open a connection to Postgres: {what}"))
}

/// A connection, or none yet.
pub(super) struct Session {
    opener: Arc<Opener>,
    link: Option<Link>,
}

impl Session {
    pub(super) fn new(opener: Arc<Opener>) -> Self {
        Self { opener, link: None }
    }

    /// Starts a transaction by `frame`. A connection that died while it was idle is replaced without a word.
    pub(super) fn begin(&mut self, frame: &str) -> Result<PostgresConn<'_>> {
        let idle = self.link.take();
        let was_idle = idle.is_some();
        let mut link = idle.map_or_else(|| self.opener.open(), Ok)?;
        let mut begun = link.begin(frame);
        if begun.is_err() && was_idle && link.is_broken() {
            link = self.opener.open()?;
            begun = link.begin(frame);
        }
        if let Err(e) = begun {
            self.keep(link);
            return Err(e);
        }
        Ok(PostgresConn {
            link: self.link.insert(link),
            faults: &self.opener.faults,
            group_state: None,
            admission: None,
        })
    }

    /// Starts a transaction by `frame`, which is sent with the first statement; without one each statement is a
    /// transaction of its own. Says as well whether the connection was idle before: it may have died meanwhile.
    pub(super) fn begin_with_first(&mut self, frame: Option<&'static str>) -> Result<(PostgresConn<'_>, bool)> {
        let idle = self.link.take();
        let was_idle = idle.is_some();
        let mut link = idle.map_or_else(|| self.opener.open(), Ok)?;
        link.frame_ahead(frame);
        let conn = PostgresConn {
            link: self.link.insert(link),
            faults: &self.opener.faults,
            group_state: None,
            admission: None,
        };
        Ok((conn, was_idle))
    }

    /// Ends the transaction by `frame`. If that fails, nothing of it is left and the connection may be replaced.
    pub(super) fn end(&mut self, frame: &str) -> Result<()> {
        let Some(mut link) = self.link.take() else { return Ok(()) };
        let ended = link.frame(frame);
        if ended.is_ok() {
            self.link = Some(link);
        } else {
            self.keep(link);
        }
        ended
    }

    /// Keeps a connection whose transaction failed, if it can be used again.
    fn keep(&mut self, mut link: Link) {
        if !link.is_broken() && link.frame("ROLLBACK").is_ok() {
            self.link = Some(link);
        }
    }

    /// Whether there is a connection that works, as far as is known.
    pub(super) fn is_open(&self) -> bool {
        self.link.is_some()
    }

    /// Closes the connection; the next transaction opens one.
    pub(super) fn close(&mut self) {
        self.link = None;
    }
}
