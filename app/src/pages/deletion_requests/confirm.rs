//! Who and what would go, what stays, and the number to type.

use domain::{deletion::Counts, invalid::Problem};

use super::{
    Asked, DeletionRequest, Found, FoundIn, FoundUser, Quoting,
    changes::{CHANGE, CONFIRM, PAGE, Unconfirmed},
    grace::grace,
};
use crate::{components::Outcome, prelude::*, words};

const STAYS: &str = "Definitions, reports and settings stay, and so does data of these users that arrives after the request. What is erased cannot be brought back.";

pub(super) fn confirm(account: AccountId, asked: Asked, found: Found, refused: Option<Unconfirmed>, typed: String) -> AnyView {
    let Found { matched, told, total, environments, users, shown, beside, turned, quotes, quoting, seal, grace } = found;
    if matched == 0 {
        return view! {
            <PageHead title="Nobody was found" text=told />
            <Form action=DeletionRequest::PATH>
                {fields(account, asked)}
                <div class="row">{back(account)}</div>
            </Form>
        }
        .into_any();
    }
    let erase = ["Erase ", &words::count(matched, "user", "users")].concat();
    let several = (total.users > matched).then(|| {
        view! { <p class="hint">"Who is in several environments is a user in each of them, and goes from all."</p> }
    });
    let counts = view! { {table(total, environments)} {several} }.into_any();
    let people = view! { {who(users)} {pages(account, asked.clone(), shown, beside)} }.into_any();
    // What was asked for takes the focus, unless the form has something to say.
    let told_by_form = refused.is_some();
    let refused = refused.map(|refused| {
        let problem = match refused {
            Unconfirmed::Number => Problem::NotConfirmed,
            Unconfirmed::Users => Problem::FoundOthers,
        };
        Error::mistake(Field::Confirm, problem)
    });
    view! {
        <PageHead title=[&erase, "?"].concat() text=told />
        {part("goes", "What goes", !told_by_form && !turned, counts)}
        {part("who", "Who goes", !told_by_form && turned, people)}
        <Section id="stays" title="What quotes them and stays" text=quoting>{quoted(quotes)}</Section>
        <Section id="confirm" danger=true title="Erase for good" text=STAYS>
            <p>{begins(grace)}</p>
            <Form action=DeletionRequest::PATH refused>
                {fields(account, asked)}
                <HiddenField name="seal" value=seal />
                <TextField field=Field::Confirm label=["Type ", &matched.to_string(), " to confirm"].concat() value=typed />
                <div class="row">
                    <Submit label=erase kind="danger" name="step" value=CONFIRM />
                    {back(account)}
                </div>
            </Form>
        </Section>
    }
    .into_any()
}

fn begins(hours: u16) -> String {
    if hours == 0 {
        return "Erasing starts at once.".to_owned();
    }
    ["Erasing starts in ", &grace(hours), ". Until then the request can be cancelled."].concat()
}

fn part(id: &'static str, title: &'static str, focus: bool, content: AnyView) -> AnyView {
    if focus {
        view! { <Outcome id title>{content}</Outcome> }.into_any()
    } else {
        view! { <Section id title>{content}</Section> }.into_any()
    }
}

fn fields(account: AccountId, asked: Asked) -> AnyView {
    let hidden = |(field, text): (Field, String)| view! { <HiddenField name=field.as_str() value=text /> };
    view! {
        <HiddenField name="account" value=account.to_string() />
        {asked.into_iter().map(hidden).collect_view()}
    }
    .into_any()
}

fn back(account: AccountId) -> AnyView {
    view! {
        <button type="submit" name="step" value=CHANGE class="button quiet">"Change whom"</button>
        <a class="button quiet" href=links::deletion_requests(account)>"Cancel"</a>
    }
    .into_any()
}

/// The ways to the pages beside this one. They go through a form, because whom they are about stands in no address.
fn pages(account: AccountId, asked: Asked, shown: String, beside: [Option<u32>; 2]) -> AnyView {
    if beside == [None; 2] {
        return ().into_any();
    }
    let [previous, next] = beside.map(|page| page.map(|page| [PAGE, &page.to_string()].concat()));
    let way = |to: Option<String>, label| view! { <button type="submit" class="button quiet" name="step" hidden=to.is_none() value=to>{label}</button> };
    view! {
        <Form action=DeletionRequest::PATH key="pages" class="pages">
            {fields(account, asked)}
            {way(previous, "Previous")}
            <span>{shown}</span>
            {way(next, "Next")}
        </Form>
    }
    .into_any()
}

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

fn who(users: Vec<FoundUser>) -> AnyView {
    let row = |user: FoundUser| {
        let seen = user.seen.map_or_else(|| "No event".into_any(), |at| view! { <When at /> }.into_any());
        vec![user.name.into_any(), user.place.into_any(), seen]
    };
    lines("Users who would be erased", &["User", "Environment", "Last seen"], users.into_iter().map(row).collect())
}

fn quoted(quotes: Vec<Quoting>) -> AnyView {
    if quotes.is_empty() {
        return ().into_any();
    }
    let row = |quote: Quoting| {
        let name = view! { <a href=quote.href>{quote.name}</a> }.into_any();
        vec![name, quote.what.into_any(), quote.place.into_any(), quote.quoted.into_any()]
    };
    lines("What quotes these users", &["Name", "What", "Environment", "Quotes"], quotes.into_iter().map(row).collect())
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
                    <th scope="col" class="number">"Aliases"</th>
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
            <td class="number" data-label="Aliases">{words::number(counts.aliases)}</td>
            <td data-label=label>{received}</td>
        </tr>
    }
    .into_any()
}
