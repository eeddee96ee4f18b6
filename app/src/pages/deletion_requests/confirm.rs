//! What would go and what stays, and the number to type.

use domain::{deletion::Counts, invalid::Problem};

use super::{
    DeletionRequest, Found, FoundIn,
    changes::{CHANGE, CONFIRM},
};
use crate::{components::Outcome, prelude::*, words};

const STAYS: &str = "Definitions, reports and settings stay, and so does data of these users that arrives after the request. Erasing starts at once and cannot be undone.";

#[component]
pub(super) fn Confirm(account: AccountId, kind: String, targets: String, found: Found, refused: bool) -> AnyView {
    let users = words::count(found.matched, "user", "users");
    let matched = found.matched;
    if matched == 0 {
        return view! {
            <PageHead title="Nobody was found" text=told(&found) />
            <Decide account kind targets matched users refused=false />
        }
        .into_any();
    }
    view! {
        <PageHead title=["Erase ", &users, "?"].concat() text=told(&found) />
        {goes(found, refused)}
        <Section id="confirm" danger=true title="Erase for good" text=STAYS>
            <Decide account kind targets matched users refused />
        </Section>
    }
    .into_any()
}

/// Takes the focus, unless the form has something to say.
fn goes(found: Found, refused: bool) -> AnyView {
    let table = table(found.total, found.environments);
    if refused {
        view! { <Section id="goes" title="What goes">{table}</Section> }.into_any()
    } else {
        view! { <Outcome id="goes" title="What goes">{table}</Outcome> }.into_any()
    }
}

#[component]
fn Decide(account: AccountId, kind: String, targets: String, matched: u64, users: String, refused: bool) -> AnyView {
    let refused = refused.then(|| Error::mistake(Field::Confirm, Problem::NotConfirmed));
    let label = ["Type ", &matched.to_string(), " to confirm"].concat();
    let erase = ["Erase ", &users].concat();
    let anybody = matched > 0;
    view! {
        <Form action=DeletionRequest::PATH refused=refused>
            <HiddenField name="account" value=account.to_string() />
            <HiddenField name="kind" value=kind />
            <HiddenField name="targets" value=targets />
            {anybody.then(|| view! { <TextField field=Field::Confirm label /> })}
            <div class="row">
                {anybody.then(|| view! { <Submit label=erase kind="danger" name="step" value=CONFIRM /> })}
                <button type="submit" name="step" value=CHANGE class="button quiet">
                    "Change the list"
                </button>
                <a class="button quiet" href=links::deletion_requests(account)>
                    "Cancel"
                </a>
            </div>
        </Form>
    }
    .into_any()
}

/// How many of those named there are.
fn told(found: &Found) -> String {
    let named = words::count(found.named, "user", "users");
    match (found.matched, found.named - found.matched) {
        (0, _) => [
            "You named ",
            &named,
            ". No environment of this account has data of them. Check the spelling: identities are compared letter by letter.",
        ]
        .concat(),
        (_, 0) => ["You named ", &named, ". All of them have data in this account."].concat(),
        (_, missing) => {
            ["You named ", &named, ". For ", &words::number(missing), " of them no environment of this account has data."].concat()
        }
    }
}

fn table(total: Counts, environments: Vec<FoundIn>) -> AnyView {
    let several = environments.len() > 1;
    view! {
        <table class="table numbers">
            <caption class="unseen">"What would be erased in each environment"</caption>
            <thead>
                <tr>
                    <th scope="col">"Environment"</th>
                    <th scope="col" class="number">"Users"</th>
                    <th scope="col" class="number">"Events"</th>
                    <th scope="col" class="number">"Properties"</th>
                    <th scope="col">"Received"</th>
                </tr>
            </thead>
            <tbody>
                {environments.into_iter().map(|found| row(found.name, found.counts, found.received)).collect_view()}
                {several.then(|| row("All together".to_owned(), total, None))}
            </tbody>
        </table>
    }
    .into_any()
}

fn row(name: String, counts: Counts, received: Option<(Moment, Moment)>) -> AnyView {
    let label = received.is_some().then_some("Received");
    let received = received.map(|(first, last)| {
        let earlier = (first.relative != last.relative).then(|| view! { <When at=first /> " to " });
        view! { {earlier} <When at=last /> }
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="number" data-label="Users">{words::number(counts.users)}</td>
            <td class="number" data-label="Events">{words::number(counts.events)}</td>
            <td class="number" data-label="Properties">{words::number(counts.properties)}</td>
            <td data-label=label>{received}</td>
        </tr>
    }
    .into_any()
}
