//! What was given for each setting, and where: so that an error can name the place.

use super::{
    flags::Flags,
    table::{Places, SETTINGS, Setting},
};
use crate::failure::{Failure, Outcome};

/// The text of a setting and where it comes from.
pub(crate) struct Given {
    pub(crate) setting: &'static Setting,
    pub(crate) text: String,
    pub(crate) source: Source,
}

/// Where a text comes from.
pub(crate) enum Source {
    Flag,
    Environment,
    File(String),
    Default,
}

impl Given {
    /// The failure of a wrong text, naming the place. Secrets are not repeated.
    pub(super) fn wrong(&self, expected: &str) -> Failure {
        let place = match &self.source {
            Source::Flag => format!("--{}", self.setting.name),
            Source::Environment => format!("the environment variable {}", self.setting.env),
            Source::File(file) => format!("{} in {file}", self.setting.name),
            Source::Default => self.setting.name.to_owned(),
        };
        Failure::new(format!("{place} {expected}; it is {}", self.shown()))
    }

    /// The text as it may be shown.
    pub(crate) fn shown(&self) -> String {
        match self.setting.name {
            "token" => format!("{} characters long", self.text.chars().count()),
            "database-url" => without_password(&self.text),
            _ => format!("{:?}", self.text),
        }
    }
}

/// A URL without its password and without parameters, one of which may be a password.
fn without_password(url: &str) -> String {
    let url = url.split('?').next().unwrap_or("");
    let Some((scheme, rest)) = url.split_once("://") else { return "no URL".to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return format!("{scheme}://{rest}") };
    let name = user.split(':').next().unwrap_or("");
    if user.contains(':') { format!("{scheme}://{name}:...@{host}") } else { format!("{scheme}://{name}@{host}") }
}

/// Every setting that has a text: a flag counts most, then the environment, the file, the default. An empty text
/// in the environment counts as unset.
pub(super) fn gather(flags: &Flags) -> Outcome<Vec<Given>> {
    let said = |name: &str| flags.said.iter().find(|(n, text, is_flag)| *n == name && (*is_flag || !text.is_empty()));
    let file = match said("config") {
        Some((_, path, _)) => Some((path.clone(), read(path)?)),
        None => None,
    };
    let mut all = Vec::new();
    for setting in SETTINGS {
        let in_file = file.as_ref().and_then(|(path, table)| Some((path, table.get(setting.name)?)));
        let (text, source) = if let Some((_, text, is_flag)) = said(setting.name) {
            (text.clone(), if *is_flag { Source::Flag } else { Source::Environment })
        } else if setting.places == Places::Environment {
            match secret(setting.env) {
                Some(text) => (text, Source::Environment),
                None => continue,
            }
        } else if let Some((path, value)) = in_file {
            (plain(setting, path, value)?, Source::File(path.clone()))
        } else if let Some(default) = setting.default {
            (default.to_owned(), Source::Default)
        } else {
            continue;
        };
        all.push(Given { setting, text, source });
    }
    Ok(all)
}

#[expect(clippy::disallowed_methods, reason = "this is the executable's configuration")]
fn secret(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

fn read(path: &str) -> Outcome<toml::Table> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::new(format!("can't read the configuration file {path}: {e}")))?;
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| {
        Failure::new(format!("the configuration file {path} is not TOML: {}", e.message()))
    })?;
    for key in table.keys() {
        let known = SETTINGS.iter().filter(|s| s.places == Places::Everywhere).map(|s| s.name);
        if !known.clone().any(|name| name == key) {
            let all: Vec<&str> = known.collect();
            return Err(Failure::new(format!("the configuration file {path} has the unknown key {key}"))
                .advise(format!("Known keys: {}", all.join(", "))));
        }
    }
    Ok(table)
}

fn plain(setting: &Setting, path: &str, value: &toml::Value) -> Outcome<String> {
    match value {
        toml::Value::String(text) => Ok(text.clone()),
        toml::Value::Integer(number) => Ok(number.to_string()),
        _ => Err(Failure::new(format!("{} in {path} must be a string or a whole number", setting.name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(without_password("postgres://u:secret@h:5432/d?password=x"), "postgres://u:...@h:5432/d");
        assert_eq!(without_password("postgres://u:a@b@h/d"), "postgres://u:...@h/d");
        assert_eq!(without_password("postgres:///d"), "postgres:///d");
        assert_eq!(without_password("nonsense:secret"), "no URL");
    }

    #[test]
    fn a_flag_counts_more_than_the_environment_and_that_more_than_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("penstock.toml");
        std::fs::write(&file, "listen = \"f:1\"\nlog = \"warn\"\ndrain = 5\n").expect("a file");
        let path = file.to_str().expect("a path").to_owned();
        let said = vec![
            ("config", path, true),
            ("listen", "l:2".to_owned(), true),
            ("log", "debug".to_owned(), false),
            ("data", String::new(), false),
        ];
        let given = gather(&Flags { said }).unwrap_or_else(|e| panic!("{e}"));
        let of = |name: &str| {
            let given = given.iter().find(|g| g.setting.name == name).expect("a setting");
            (given.text.as_str(), matches!(given.source, Source::File(_)))
        };
        assert_eq!(of("listen"), ("l:2", false));
        assert_eq!(of("log"), ("debug", false));
        assert_eq!(of("drain"), ("5", true));
        assert_eq!(of("data"), ("./data", false));
    }

    #[test]
    fn an_unknown_key_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("penstock.toml");
        std::fs::write(&file, "lisen = \"f:1\"\n").expect("a file");
        let said = vec![("config", file.to_str().expect("a path").to_owned(), true)];
        let refused = gather(&Flags { said }).err().expect("refused").to_string();
        assert!(refused.contains("lisen") && refused.contains("listen"), "{refused}");
    }
}
