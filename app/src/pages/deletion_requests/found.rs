//! What was found, as the page tells it.

use domain::{
    definition::{Comparison, Condition, DefinitionKind, Property},
    deletion::{Grace, Suppression, Target, Whom},
    listing::Page,
};
use store::console::deletion_requests::{MOST_QUOTES, Preview, PreviewEnvironment, PreviewUser, Quote, QuotePlace, Quotes};

use super::{
    Found,
    grace::grace,
    tables::{changing, counts, quoted, who},
};
use crate::{pages::definitions::condition::said, prelude::*, words};

/// A user, as the page names them.
pub(super) struct FoundUser {
    pub name: String,
    pub place: String,
    pub seen: Option<Moment>,
    /// Another request that they wait for.
    pub request: Option<String>,
}

/// What quotes them and is to be edited by hand.
pub(super) struct Quoting {
    pub name: String,
    pub href: String,
    pub what: String,
    pub place: String,
    pub quoted: String,
}

impl Found {
    pub(super) fn of(account: AccountId, whom: &Whom, preview: Preview, repeated: u32, turned: bool, begins: String) -> Self {
        let places: Vec<String> = preview.environments.iter().map(place).collect();
        let window = preview.users.window;
        let beside = [window.page.checked_sub(1).filter(|page| *page > 0), Some(window.page + 1).filter(|page| *page <= window.pages)];
        let unmatched = match whom {
            Whom::Uploaded(upload) if preview.unmatched > 0 => Some(links::unmatched_file(account, *upload)),
            _ => None,
        };
        let place_of =
            |id| preview.environments.iter().position(|found| found.id == id).map_or_else(String::new, |place| places[place].clone());
        Self {
            is_nobody: preview.matched == 0,
            told: told(whom, &preview, repeated),
            erase: erase(whom, &preview),
            expected: expected(whom, &preview),
            goes: counts(&preview, &places, unmatched),
            who: who(preview.users.rows.iter().map(|user| FoundUser::of(account, user, &places)).collect()),
            shown: shown(&preview.users),
            beside,
            turned,
            quoting: quoting(whom, &preview.quotes),
            reports: changing(account, &preview.reports, place_of),
            quotes: quoted(preview.quotes.rows.into_iter().map(|quote| Quoting::of(account, quote)).collect()),
            seal: preview.seal,
            begins,
            suppressions: if matches!(whom, Whom::Everything(_)) { Vec::new() } else { Suppression::ALL.map(suppression).to_vec() },
        }
    }
}

/// A choice and what it means.
fn suppression(choice: Suppression) -> (String, String) {
    let label = match choice {
        Suppression::None => "They are new users, collected as anybody".to_owned(),
        Suppression::Days(365) => "Nothing is collected of them for a year".to_owned(),
        Suppression::Days(days) => format!("Nothing is collected of them for {days} days"),
        Suppression::Forever => "Nothing is collected of them until it is lifted".to_owned(),
    };
    (choice.word(), label)
}

/// What is typed to confirm it: how many there are, or where everything goes.
pub(super) fn expected(whom: &Whom, preview: &Preview) -> String {
    match (whom, preview.environments.first()) {
        (Whom::Everything(_), Some(environment)) => place(environment),
        _ => preview.matched.to_string(),
    }
}

fn erase(whom: &Whom, preview: &Preview) -> String {
    match whom {
        Whom::Everything(_) => ["Erase everything in ", &expected(whom, preview)].concat(),
        _ => ["Erase ", &words::count(preview.matched.into(), "user", "users")].concat(),
    }
}

/// When it would begin.
pub(crate) fn begins(grace_period: Grace, awaits_approval: bool) -> String {
    let approval = if awaits_approval { "Nothing is erased before another teammate with full access approves the request." } else { "" };
    match (grace_period.hours(), awaits_approval) {
        (0, true) => [approval, " Until then it can be cancelled."].concat(),
        (0, false) => "Erasing starts at once.".to_owned(),
        (hours, _) => {
            ["Erasing starts in ", &grace(hours), ". Until then the request can be cancelled. ", approval].concat().trim().to_owned()
        }
    }
}

/// How many of those asked for there are.
fn told(whom: &Whom, preview: &Preview, repeated: u32) -> String {
    let more = match repeated {
        0 => String::new(),
        lines => format!(" {} named somebody once more.", words::count(lines.into(), "line", "lines")),
    };
    let missing = missing(preview);
    let named = words::count(preview.targets.into(), "user", "users");
    match (whom, preview.matched, preview.unmatched) {
        (Whom::Having(having), matched, _) => {
            let condition =
                Condition { property: Property::Raw(having.property.clone()), comparison: Comparison::Is(having.value.clone()) };
            let condition = said(&condition, having.property.as_str());
            match matched {
                0 => format!(
                    "In no environment of this account there is a user of whom this is true: {condition}. Capital letters count, and text is no number."
                ),
                matched => format!(
                    "Found by: {condition}. That is {} in all environments of the account.",
                    words::count(matched.into(), "user", "users")
                ),
            }
        }
        (Whom::Everything(_), 0, _) => "Nothing that was collected is left in this environment.".to_owned(),
        (Whom::Everything(_), ..) => format!(
            "Everything that was collected in {} up to the request: users, what they did and what is known of them, and companies.",
            preview.environments.first().map(place).unwrap_or_default()
        ),
        (_, 0, _) => {
            format!(
                "You named {named}. No environment of this account has data of them. Check the spelling: identities are compared letter by letter.{more}"
            )
        }
        (_, _, 0) => format!("You named {named}. All of them have data in this account.{more}"),
        _ => format!(
            "You named {named}. For {} of them no environment of this account has data: {missing}.{more}",
            words::number(preview.unmatched.into())
        ),
    }
}

/// Those of whom there is no data, for their spelling to be checked.
fn missing(preview: &Preview) -> String {
    let named = preview.missing.iter().map(name).collect::<Vec<_>>().join(", ");
    match preview.unmatched.saturating_sub(u32::try_from(preview.missing.len()).unwrap_or(u32::MAX)) {
        0 => named,
        more => format!("{named} and {} more", words::number(more.into())),
    }
}

fn name(user: &Target) -> String {
    match user {
        Target::Identity(identity) => identity.as_str().to_owned(),
        Target::UserId(id) => format!("User ID {id}"),
    }
}

pub(super) fn place(found: &PreviewEnvironment) -> String {
    let deleted = if found.is_deleted { " (deleted)" } else { "" };
    format!("{} / {}{deleted}", found.project, found.name)
}

pub(super) fn shown(users: &Page<PreviewUser>) -> String {
    let number = |count: usize| words::number(u64::try_from(count).unwrap_or(u64::MAX));
    let before = users.window.before();
    format!("{}–{} of {}", number(before + 1), number(before + users.rows.len()), number(users.window.found))
}

fn quoting(whom: &Whom, quotes: &Quotes) -> String {
    match quotes.total {
        _ if matches!(whom, Whom::Everything(_)) => {
            "What teammates typed, in definitions, reports and notes, was not looked through: nobody was named.".to_owned()
        }
        0 => "No definition, report or note of this account quotes who was found.".to_owned(),
        total if total > MOST_QUOTES => {
            format!(
                "No request reaches what teammates typed. Edit these by hand; {} more follow once the first {MOST_QUOTES} are edited.",
                total - MOST_QUOTES
            )
        }
        _ => "No request reaches what teammates typed. Edit these by hand.".to_owned(),
    }
}

impl FoundUser {
    pub(super) fn of(account: AccountId, found: &PreviewUser, places: &[String]) -> Self {
        Self {
            name: name(&found.user),
            place: places.get(found.environment).cloned().unwrap_or_default(),
            seen: found.last_seen_at.map(ssr::moment),
            request: found.waits_for.map(|request| links::deletion_request(account, request)),
        }
    }
}

impl Quoting {
    fn of(account: AccountId, quote: Quote) -> Self {
        let (what, href) = match quote.place {
            QuotePlace::Definition(kind, environment, key) => (definition(kind), links::edit_definition(account, environment, kind, key)),
            QuotePlace::Report(environment, key) => ("Report", links::edit_report(account, environment, key)),
            QuotePlace::ExcludedIp(environment) => {
                ("Note of an excluded IP", links::excluded_ips_page(account, environment, &quote.name, 1))
            }
            QuotePlace::Message(message) => ("Message to the operator", links::message(message)),
        };
        let place = match (&quote.place, quote.environment) {
            (_, Some((project, environment))) => format!("{project} / {environment}"),
            (QuotePlace::Message(_), None) => "None".to_owned(),
            (_, None) => "All".to_owned(),
        };
        Self { name: quote.name, href, what: what.to_owned(), place, quoted: quote.quoted }
    }
}

const fn definition(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Event => "Event definition",
        DefinitionKind::Property => "Property definition",
        DefinitionKind::Segment => "Segment",
    }
}
