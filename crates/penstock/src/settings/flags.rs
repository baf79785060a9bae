//! The settings as flags: made from the table, with what the command line and the environment said.

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, error::Error, parser::ValueSource};

use super::table::{Places, SETTINGS, Setting};

/// What the command line and the environment said.
#[derive(Clone, Default)]
pub(crate) struct Flags {
    /// The setting's name, its text, and whether it was a flag.
    pub(super) said: Vec<(&'static str, String, bool)>,
}

fn arg(setting: &'static Setting) -> Arg {
    let help = setting.default.map_or_else(|| setting.help.to_owned(), |d| format!("{} [default: {d}]", setting.help));
    Arg::new(setting.name)
        .long(setting.name)
        .env(setting.env)
        .hide_env_values(true)
        .value_name(setting.value)
        .help(help)
        .help_heading("Settings")
        .global(true)
}

fn flags() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|s| s.places != Places::Environment)
}

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        command.args(flags().map(arg))
    }
    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for setting in flags() {
            if let Some(text) = matches.get_one::<String>(setting.name) {
                let is_flag = matches.value_source(setting.name) == Some(ValueSource::CommandLine);
                self.said.push((setting.name, text.clone(), is_flag));
            }
        }
        Ok(())
    }
}
