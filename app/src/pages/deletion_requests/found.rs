//! What was found, as the page tells it.

use domain::{
    definition::{Comparison, Condition, DefinitionKind, Property},
    deletion::{Grace, Target, Whom},
    listing::Page,
};
use store::console::deletion_requests::{MOST_QUOTES, Preview, PreviewEnvironment, PreviewUser, Quote, QuotePlace, Quotes};

use super::{Found, FoundIn, FoundUser, Quoting};
use crate::{pages::definitions::condition::said, prelude::*, words};

impl Found {
    pub(super) fn of(account: AccountId, whom: &Whom, preview: Preview, turned: bool, grace: Grace) -> Self {
        let told = told(whom, &preview);
        let total = preview.total();
        let places: Vec<String> = preview.environments.iter().map(place).collect();
        let window = preview.users.window;
        let beside = [window.page.checked_sub(1).filter(|page| *page > 0), Some(window.page + 1).filter(|page| *page <= window.pages)];
        Self {
            matched: preview.matched.into(),
            told,
            total,
            shown: shown(&preview.users),
            beside,
            turned,
            quoting: quoting(&preview.quotes),
            quotes: preview.quotes.rows.into_iter().map(|quote| Quoting::of(account, quote)).collect(),
            users: preview.users.rows.iter().map(|user| FoundUser::of(user, &places)).collect(),
            environments: preview.environments.into_iter().zip(places).map(|(found, name)| FoundIn::of(&found, name)).collect(),
            seal: preview.seal,
            grace: grace.hours(),
        }
    }
}

/// How many of those asked for there are.
fn told(whom: &Whom, preview: &Preview) -> String {
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
        (Whom::Named(_), 0, _) => {
            format!(
                "You named {named}. No environment of this account has data of them. Check the spelling: identities are compared letter by letter."
            )
        }
        (Whom::Named(_), _, 0) => format!("You named {named}. All of them have data in this account."),
        (Whom::Named(_), ..) => format!(
            "You named {named}. For {} of them no environment of this account has data: {missing}.",
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

fn place(found: &PreviewEnvironment) -> String {
    let deleted = if found.is_deleted { " (deleted)" } else { "" };
    format!("{} / {}{deleted}", found.project, found.name)
}

fn shown(users: &Page<PreviewUser>) -> String {
    let number = |count: usize| words::number(u64::try_from(count).unwrap_or(u64::MAX));
    let before = users.window.before();
    format!("{}–{} of {}", number(before + 1), number(before + users.rows.len()), number(users.window.found))
}

fn quoting(quotes: &Quotes) -> String {
    match quotes.total {
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

impl FoundIn {
    fn of(found: &PreviewEnvironment, name: String) -> Self {
        let received = found.first_received_at.zip(found.last_received_at);
        Self { name, counts: found.found, received: received.map(|(first, last)| (ssr::moment(first), ssr::moment(last))) }
    }
}

impl FoundUser {
    fn of(found: &PreviewUser, places: &[String]) -> Self {
        Self {
            name: name(&found.user),
            place: places.get(found.environment).cloned().unwrap_or_default(),
            seen: found.last_seen_at.map(ssr::moment),
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
