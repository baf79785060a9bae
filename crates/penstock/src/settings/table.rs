//! Every setting, once: the command line, the environment, the configuration file and `docs/configuration.md` are
//! made from this table.

/// One setting.
pub(crate) struct Setting {
    /// Its name: the flag without dashes, and the key in the configuration file.
    pub(crate) name: &'static str,
    /// The environment variable.
    pub(crate) env: &'static str,
    /// What stands for its value in the help.
    pub(crate) value: &'static str,
    /// Its value when nothing is said.
    pub(crate) default: Option<&'static str>,
    /// Where else than in the environment it can be set.
    pub(crate) places: Places,
    /// A value for the documentation, where there is no default.
    pub(crate) example: &'static str,
    /// What it is, in one line.
    pub(crate) help: &'static str,
    /// What else there is to know, for the documentation.
    pub(crate) more: &'static str,
}

/// Where a setting can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Places {
    /// Flag, environment, file.
    Everywhere,
    /// Flag and environment: it says which file.
    NotInFile,
    /// Environment only: a secret that must not stand in a list of processes or a file that is shared.
    Environment,
}

const fn setting(name: &'static str, env: &'static str, value: &'static str, help: &'static str) -> Setting {
    Setting { name, env, value, default: None, places: Places::Everywhere, example: "", help, more: "" }
}

impl Setting {
    const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }
    const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }
    const fn only(mut self, places: Places) -> Self {
        self.places = places;
        self
    }
    const fn more(mut self, more: &'static str) -> Self {
        self.more = more;
        self
    }
}

/// The settings, in the order of the documentation.
pub(crate) static SETTINGS: &[Setting] = &[
    setting("listen", "PENSTOCK_LISTEN", "ADDRESS", "Where the server listens, as host:port")
        .default("127.0.0.1:8080")
        .more(
            "Port 0 takes a free one; the server prints the address that it got. Use `0.0.0.0:8080` or `[::]:8080` to be \
             reached from other machines, behind a proxy that speaks TLS.",
        ),
    setting("data", "PENSTOCK_DATA", "FOLDER", "The folder of the SQLite file")
        .default("./data")
        .more("The records are in `penstock.db` there. The folder is created. Not used with a database URL."),
    setting("database-url", "PENSTOCK_DATABASE_URL", "URL", "A Postgres database in place of the SQLite file").example("postgres://penstock@localhost/penstock").more(
        "`postgres://user:password@host:port/name`, version 15 or later, encoding UTF8. The password can stay out of it: \
         use the environment, or a socket with peer authentication. As for `psql`, `sslmode` in the URL is `disable`, `prefer` \
         (the default: encrypted when the server can), `require` (encrypted, or not at all), `verify-ca` (signed by a known \
         authority as well) or `verify-full` (and for that host: the one to use across a network); `sslrootcert=FILE` names \
         the authorities, in place of the system's.",
    ),
    setting("config", "PENSTOCK_CONFIG", "FILE", "A configuration file").only(Places::NotInFile).more(
        "TOML; its keys are the names of the settings. A flag counts more than the environment, the environment more \
         than the file.",
    ),
    setting("body-limit", "PENSTOCK_BODY_LIMIT", "SIZE", "The largest request body")
        .default("2MiB")
        .more("Bytes, or with `KiB` or `MiB`. A larger body is answered with 413 and not read to its end."),
    setting("body-budget", "PENSTOCK_BODY_BUDGET", "SIZE", "The memory that the bodies of all requests may take together")
        .default("32MiB")
        .more(
            "Each counts with what has come of it until its request is answered; one body always has room. When more \
             comes, a body that is still coming is answered with 503 and `retry-after`: of the token that has the most on \
             its way, the oldest. So a client that holds bodies back keeps nobody else waiting.",
        ),
    setting("idle-timeout", "PENSTOCK_IDLE_TIMEOUT", "SECONDS", "How long a connection may wait for its next request")
        .default("75")
        .more("The head of a request must be whole within this time, too. Behind a proxy it should be longer than the \
               proxy's own, so that the proxy never sends a request on a connection that is being closed."),
    setting("write-timeout", "PENSTOCK_WRITE_TIMEOUT", "SECONDS", "How long a client may take nothing of its answer")
        .default("30")
        .more("Then its connection is closed. A client that reads slowly, but reads, is waited for."),
    setting("cors-origins", "PENSTOCK_CORS_ORIGINS", "ORIGINS", "The origins whose web pages may use the API from a browser")
        .default("*")
        .more(
            "`*`, `none`, or origins as `https://app.example` with commas or spaces between them. It is about v1, v2 and the \
             Virtual API. Cookies never count, so a page needs a token in any case.",
        ),
    setting("drain", "PENSTOCK_DRAIN", "SECONDS", "How long a stop waits for requests that are under way")
        .default("30")
        .more("SIGTERM and SIGINT stop the server: it takes no new connections, answers what it has begun, and exits. A \
             second one ends it at once."),
    setting("log", "PENSTOCK_LOG", "LEVEL", "What is logged: error, warn, info, debug or trace")
        .default("info")
        .more("The log goes to standard error. `debug` has a line for every request. Tokens are never logged."),
    setting("log-refusals", "PENSTOCK_LOG_REFUSALS", "ON|OFF", "Whether the log tells at info which requests were refused, and why")
        .default("off")
        .more("What is said may repeat what the client sent."),
    setting("log-format", "PENSTOCK_LOG_FORMAT", "FORMAT", "How it is logged: text or json")
        .default("text")
        .more("With `json` the line that says where the server listens is a line of the log, too, and not of standard output."),
    setting("company-name", "PENSTOCK_COMPANY_NAME", "NAME", "The company's name, set at the first start").example("Millrace Pumps")
        .more("Without it the company is called My company. Later, `penstock company edit` gives it another."),
    setting("admin-name", "PENSTOCK_ADMIN_NAME", "NAME", "The first admin's name, set when a company is made").example("Noor Haddad")
        .more("At the first start, and by `penstock company create`. Without it the admin is called Admin. Later, `penstock user edit` gives another."),
    setting("admin-email", "PENSTOCK_ADMIN_EMAIL", "ADDRESS", "The first admin's e-mail address, set when a company is made").example("noor@millrace.example")
        .more("At the first start, and by `penstock company create`. Without it that is admin@example.com. Later, `penstock user edit` gives another."),
    setting("token", "PENSTOCK_TOKEN", "TOKEN", "The admin's API token, set at the first start")
        .only(Places::Environment)
        .more(
            "40 hexadecimal digits, for scripts and tests. Later starts leave the stored token as it is, and say so \
             when this is another; `penstock token` makes a new one.",
        ),
];
