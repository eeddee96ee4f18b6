//! What a request would erase, in tables that the server writes.

use domain::deletion::Counts;
use store::console::deletion_requests::{ChangingReport, Preview, PreviewEnvironment};

use super::found::{FoundUser, Quoting, place, shown};
use crate::{load::Html, prelude::*, words};

/// A table of texts under these heads; the first column leads the row.
fn lines(caption: &'static str, heads: &'static [&'static str], rows: Vec<Vec<AnyView>>) -> AnyView {
    let line = move |cells: Vec<AnyView>| {
        let cell = |(place, cell)| {
            if place == 0 {
                view! { <th scope="row">{cell}</th> }.into_any()
            } else {
                view! { <td data-label=heads[place]>{cell}</td> }.into_any()
            }
        };
        view! { <tr>{cells.into_iter().enumerate().map(cell).collect_view()}</tr> }
    };
    view! {
        <table class="table">
            <caption class="unseen">{caption}</caption>
            <thead><tr>{heads.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view()}</tr></thead>
            <tbody>{rows.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

pub(super) fn who(users: Vec<FoundUser>) -> Html {
    let row = |user: FoundUser| {
        let seen = user.seen.map_or_else(|| "No event".into_any(), |at| view! { <When at /> }.into_any());
        let request = user.request.map(|href| view! { " "<a class="badge" href=href>"In another request"</a> });
        vec![view! { {user.name}{request} }.into_any(), user.place.into_any(), seen]
    };
    Html::of(|| lines("Users who would be erased", &["User", "Environment", "Last seen"], users.into_iter().map(row).collect()))
}

pub(super) fn quoted(quotes: Vec<Quoting>) -> Html {
    let row = |quote: Quoting| {
        let name = view! { <a href=quote.href>{quote.name}</a> }.into_any();
        vec![name, quote.what.into_any(), quote.place.into_any(), quote.quoted.into_any()]
    };
    if quotes.is_empty() {
        return Html::of(|| ().into_any());
    }
    Html::of(|| lines("What quotes these users", &["Name", "What", "Environment", "Quotes"], quotes.into_iter().map(row).collect()))
}

/// Reports that count what these users did; empty where there are none.
pub(super) fn changing(account: AccountId, reports: &[ChangingReport], place: impl Fn(EnvironmentId) -> String) -> Option<Html> {
    let row = |report: &ChangingReport| {
        let href = links::report(account, report.environment, report.key);
        vec![view! { <a href=href>{report.name.clone()}</a> }.into_any(), place(report.environment).into_any()]
    };
    let rows: Vec<_> = reports.iter().map(row).collect();
    (!rows.is_empty()).then(|| Html::of(|| lines("Reports that may change", &["Report", "Environment"], rows)))
}

/// What who is to approve a request has to know of it.
pub(super) fn asked_for(account: AccountId, preview: &Preview) -> Html {
    let places: Vec<String> = preview.environments.iter().map(place).collect();
    let users = preview.users.rows.iter().map(|user| FoundUser::of(account, user, &places)).collect();
    let place_of = |id| preview.environments.iter().position(|found| found.id == id).map_or_else(String::new, |at| places[at].clone());
    let reports = changing(account, &preview.reports, place_of);
    let (goes, who, shown) = (counts(preview, &places, None), who(users), shown(&preview.users));
    Html::of(|| {
        view! {
            <Section id="goes" title="What goes" text="As it is now; what is received after the request stays.">{goes.view("")}</Section>
            <Section id="who" title="Who goes" text=shown>{who.view("")}</Section>
            {reports.map(|reports| view! { <Section id="reports" title="Reports that may change">{reports.view("")}</Section> })}
        }
        .into_any()
    })
}

/// Rows in each environment. `unmatched` is where the names are downloaded that lead to nobody.
pub(super) fn counts(preview: &Preview, places: &[String], unmatched: Option<String>) -> Html {
    let total = preview.total();
    let several = preview.environments.len() > 1;
    let repeated = total.users > u64::from(preview.matched);
    Html::of(|| {
        view! {
            <table class="table numbers">
                <caption class="unseen">"What would be erased in each environment"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Environment"</th>
                        <th scope="col" class="number">"Users"</th>
                        <th scope="col" class="number">"Events"</th>
                        <th scope="col" class="number">"Sessions"</th>
                        <th scope="col" class="number">"Properties"</th>
                        <th scope="col" class="number">"Aliases"</th>
                        <th scope="col">"Seen"</th>
                    </tr>
                </thead>
                <tbody>
                    {preview.environments.iter().zip(places).map(|(found, name)| row(name.clone(), found.found, found.sessions, seen(found))).collect_view()}
                    {several.then(|| row("All together".to_owned(), total, preview.environments.iter().map(|found| found.sessions).sum(), None))}
                </tbody>
            </table>
            {repeated.then(|| view! { <p class="hint">"Who is in several environments is a user in each of them, and goes from all."</p> })}
            {unmatched.map(|href| view! { <p><a href=href download="not-found.txt">"Download those who were not found"</a></p> })}
        }
        .into_any()
    })
}

/// When the first and the last event happened; of users without any, when they became known.
fn seen(found: &PreviewEnvironment) -> Option<(Moment, Moment)> {
    let seen = found.first_seen_at.zip(found.last_seen_at).or(found.first_received_at.zip(found.last_received_at));
    seen.map(|(first, last)| (ssr::moment(first), ssr::moment(last)))
}

fn row(name: String, counts: Counts, sessions: u64, seen: Option<(Moment, Moment)>) -> AnyView {
    let label = seen.is_some().then_some("Seen");
    let seen = seen.map(|(first, last)| {
        let earlier = (first.relative != last.relative).then(|| view! { <When at=first /> " to " });
        view! { {earlier} <When at=last /> }
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="number" data-label="Users">{words::number(counts.users)}</td>
            <td class="number" data-label="Events">{words::number(counts.events)}</td>
            <td class="number" data-label="Sessions">{words::number(sessions)}</td>
            <td class="number" data-label="Properties">{words::number(counts.properties)}</td>
            <td class="number" data-label="Aliases">{words::number(counts.aliases)}</td>
            <td data-label=label>{seen}</td>
        </tr>
    }
    .into_any()
}
