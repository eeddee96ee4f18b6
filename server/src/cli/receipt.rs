//! `cairn receipt verify`: needs no installation, so that anybody can check.

use std::{fs, io::Read, path::PathBuf};

use clap::{Args, Subcommand};
use domain::{
    deletion::{Sweep, Target},
    invalid::{Field, Invalid, Problem},
    receipt::Receipt,
    user::{Identity, UserId},
};
use store::receipts::SignedReceipt;

use super::{Failure, output};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check who signed a receipt, and that nothing in it was changed; needs no installation
    Verify(Verify),
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The receipt as it was downloaded; - reads standard input
    file: PathBuf,
    /// The installation's public key, as /.well-known/cairn-receipt-keys.json publishes it [default: the one in the receipt]
    #[arg(long, value_name = "KEY")]
    public_key: Option<String>,
    /// Also tell whether this identity was among the erased
    #[arg(long, conflicts_with = "user_id")]
    identity: Option<String>,
    /// Also tell whether this user id was among the erased
    #[arg(long)]
    user_id: Option<String>,
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    let Command::Verify(verify) = command;
    let who = who(&verify)?;
    let text = read(&verify).map_err(|source| Failure::Unreadable { file: verify.file.clone(), source })?;
    let (copy, receipt) = SignedReceipt::check(&text, verify.public_key.as_deref())?;
    for line in told(&copy, &receipt, verify.public_key.is_some()) {
        output::line(&line)?;
    }
    match who {
        None => Ok(()),
        Some((name, _)) if receipt.everything_in.is_some() => {
            output::line(&format!("Everything in that environment went up to the cut, and with it whatever was there of {name}."))
        }
        Some((name, _)) if receipt.swept.is_some() => {
            output::line(&format!("That receipt names nobody. Whether anything was there of {name} it does not say."))
        }
        Some((name, who)) if copy.covers(&who)? => output::line(&format!("{name} was among the erased.")),
        Some((name, _)) => Err(Failure::NotErased { name }),
    }
}

const fn by(sweep: Sweep) -> &'static str {
    match sweep {
        Sweep::Everything => "whole contents",
        Sweep::Retention => "retention: what was older went, and users of whom nothing was newer",
        Sweep::Scrub => "privacy settings: what they do not keep went",
    }
}

fn read(verify: &Verify) -> std::io::Result<String> {
    if verify.file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    fs::read_to_string(&verify.file)
}

fn who(verify: &Verify) -> Result<Option<(String, Target)>, Failure> {
    let mistake = |problem: Problem| Failure::from(Invalid::one(Field::Targets, problem));
    match (&verify.identity, &verify.user_id) {
        (Some(text), _) => Ok(Some((text.clone(), Target::Identity(Identity::parse(text).map_err(mistake)?)))),
        (None, Some(text)) => Ok(Some((format!("user id {text}"), Target::UserId(UserId::parse(text).map_err(mistake)?)))),
        (None, None) => Ok(None),
    }
}

fn told(copy: &SignedReceipt, receipt: &Receipt, is_key_given: bool) -> Vec<String> {
    let whose = if is_key_given {
        "Signed by the key that you gave, and unchanged since."
    } else {
        "Unchanged since it was signed. Compare the key with the one that the installation publishes."
    };
    let mut lines = vec![
        whose.to_owned(),
        format!("  key           {}", copy.signature.public_key),
        format!("  request       {} of {}", receipt.request, receipt.account.name),
        format!("  requested     {} by {}", receipt.requested.at, receipt.requested.by),
        format!("  cut           {}", receipt.cut_at),
        format!("  completed     {}", receipt.completed_at),
        match (&receipt.swept, receipt.everything_in) {
            (Some(swept), _) => format!("  about         the environment {}, by its {}", swept.environment, by(swept.by)),
            (None, Some(environment)) => {
                format!("  about         everything in the environment {environment}, {} users", receipt.users_found)
            }
            (None, None) => {
                format!("  about         {} identities and user ids, {} users found", receipt.identifiers.count, receipt.users_found)
            }
        },
    ];
    lines.extend(
        receipt
            .suppressed
            .iter()
            .map(|suppressed| format!("  kept out      until {}", suppressed.until.as_deref().unwrap_or("it is lifted"))),
    );
    lines.extend(receipt.approved.iter().map(|second| format!("  approved      {} by {}", second.at, second.by)));
    for rows in &receipt.rows {
        let before = rows.before;
        lines.push(format!(
            "  erased        {}: {} users, {} events, {} properties, {} aliases; left: {}",
            rows.name,
            before.users,
            before.events,
            before.properties,
            before.aliases,
            rows.after.total()
        ));
        lines.extend(rows.companies.map(|companies| format!("  erased        {}: {companies} rows of companies", rows.name)));
    }
    lines.push(format!("  engine        {} {}. {}", receipt.engine.name, receipt.engine.version, receipt.engine.scrubbed));
    lines.extend(receipt.not_reached.iter().map(|what| format!("  not reached   {what}")));
    lines
}
