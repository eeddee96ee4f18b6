//! Which line decides about an address that somebody types.

use domain::{
    excluded_ip::parse_address,
    invalid::{Field, Mistake},
};
use store::{
    access::{Granted, View},
    console::{Console, excluded_ips::Verdict},
};

use super::AddressTest;
use crate::{prelude::*, words};

/// As long as any address is written, and more than is worth sending back.
const LONGEST: usize = 100;

/// How many environments are named.
const MOST_NAMED: usize = 20;

type Scopes = [(Option<EnvironmentId>, String)];

pub(super) async fn test(
    console: &Console,
    granted: &Granted<View>,
    environment: Option<EnvironmentId>,
    scopes: &Scopes,
    asked: String,
) -> Result<AddressTest, Error> {
    let asked: String = asked.chars().take(LONGEST).collect();
    if asked.is_empty() {
        return Ok(AddressTest { asked, wrong: None, facts: Vec::new() });
    }
    match parse_address(&asked) {
        Err(problem) => {
            let wrong = Some(words::mistake(&Mistake { field: Field::Address, line: None, problem }));
            Ok(AddressTest { asked, wrong, facts: Vec::new() })
        }
        Ok(address) => {
            let verdict = console.judge_address(granted, environment, address).await?;
            Ok(AddressTest { asked, wrong: None, facts: facts(&address.to_string(), environment, scopes, verdict) })
        }
    }
}

fn facts(address: &str, environment: Option<EnvironmentId>, scopes: &Scopes, verdict: Verdict) -> Vec<(String, String)> {
    let name = |scope| scopes.iter().find(|(id, _)| *id == scope).map(|(_, name)| name.clone()).unwrap_or_default();
    let fact = |what: &str, said: String| (what.to_owned(), said);
    let said = |sentence: &str| vec![fact("Result", format!("Data from {address} {sentence}"))];
    let Some(decision) = verdict.decision else {
        let mut facts = said("is collected: no line covers it.");
        if !verdict.environments.is_empty() {
            facts = said("is collected, but not in every environment.");
            let names: Vec<String> = verdict.environments.iter().take(MOST_NAMED).map(|id| name(Some(*id))).collect();
            let more = verdict.environments.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            facts.push(fact("Refused in", names.join(", ") + &more));
        }
        return facts;
    };
    let line = decision.line;
    let mut facts = said("is refused.");
    facts.push(fact("Line", line.pattern));
    if !line.note.is_empty() {
        facts.push(fact("Note", line.note));
    }
    let scope = if decision.everywhere { None } else { environment };
    facts.push(fact("List", name(scope)));
    let added = ssr::moment(line.added_at);
    facts.push(fact("Added", format!("by {}, {} ({})", line.added_by, added.relative, added.exact)));
    facts
}
