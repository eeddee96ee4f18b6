//! Which commands show what of the configuration.
//!
//! Every command takes each flag of it, because it works on the installation that they name. Only `serve`, `config` and `cairn --help` list them: elsewhere they would bury the command's own, and clap's usage
//! would show those that come from the environment as if they had to be typed.

use clap::{Args, Command, CommandFactory};

use super::Cli;
use crate::config::Raw;

/// Commands that are about the configuration.
const LISTING: [&str; 2] = ["serve", "config"];
/// Needs no installation.
const WITHOUT: &str = "receipt";
const ELSEWHERE: &str = "The command works on the installation that CAIRN_DATA_DIR, CAIRN_DATABASE_URL and CAIRN_SECRET_FILE name, or the flags of the same names; see `cairn serve --help`.";

/// The command line as it is parsed.
pub(super) fn command() -> Command {
    let mut command = Cli::command();
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in names.iter().filter(|name| !LISTING.contains(&name.as_str())) {
        let hint = (name != WITHOUT).then_some(ELSEWHERE);
        command = command.mut_subcommand(name, |command| quiet(command, hint));
    }
    command
}

/// Takes the flags without listing them, and so do the commands below.
fn quiet(command: Command, hint: Option<&'static str>) -> Command {
    let settings = Raw::augment_args(Command::default());
    let command = command.args(settings.get_arguments().map(|arg| arg.clone().hide(true)));
    let command = command.mut_subcommands(|command| quiet(command, hint));
    match hint {
        Some(hint) => command.after_help(hint),
        None => command,
    }
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches;

    use super::*;

    fn told<'a>(line: impl IntoIterator<Item = &'a str>) -> String {
        command().try_get_matches_from(line).err().map(|error| error.to_string()).unwrap_or_default()
    }

    fn help(path: &[&str]) -> String {
        let line = ["cairn"].into_iter().chain(path.iter().copied()).chain(["--help"]);
        told(line)
    }

    #[test]
    fn settings_are_listed_where_they_are_the_matter() {
        command().debug_assert();
        for path in [&["serve"][..], &["config"], &[]] {
            assert!(help(path).contains("--smtp-url"), "{path:?}");
        }
        for path in [&["demo"][..], &["account", "create"], &["operator", "list"], &["migrate"]] {
            let help = help(path);
            assert!(!help.contains("--smtp-url") && help.contains("CAIRN_DATA_DIR"), "{help}");
        }
        assert!(!help(&["receipt", "verify"]).contains("CAIRN"));
        assert!(help(&["demo"]).starts_with("Make an account of made-up data"));
    }

    #[test]
    fn every_command_takes_them_before_and_after_its_name() {
        for line in [["cairn", "--data-dir", "/d", "demo"], ["cairn", "demo", "--data-dir", "/d"]] {
            let cli = Cli::from_arg_matches(&command().get_matches_from(line)).ok();
            assert_eq!(cli.and_then(|cli| cli.config.data_dir).as_deref(), Some("/d"), "{line:?}");
        }
    }

    #[test]
    fn usage_names_no_setting() {
        let refused = told(["cairn", "account", "create", "--data-dir", "/d", "--name", "a"]);
        assert!(refused.contains("--email") && !refused.contains("--data-dir"), "{refused}");
    }
}
