//! Who and what would go, what stays, and what to type to confirm it.

use domain::invalid::Problem;

use super::{
    Asked, DeletionRequest, Found,
    changes::{CHANGE, CONFIRM, PAGE, Unconfirmed},
};
use crate::{components::Outcome, prelude::*};

const STAYS: &str =
    "Definitions, reports and settings stay, and so does data that arrives after the request. What is erased cannot be brought back.";

pub(super) fn confirm(
    account: AccountId,
    asked: Asked,
    found: Found,
    refused: Option<Unconfirmed>,
    [typed, suppression]: [String; 2],
) -> AnyView {
    let Found { is_nobody, told, erase, expected, goes, who, shown, beside, turned, quotes, quoting, reports, seal, begins, suppressions } =
        found;
    if is_nobody {
        return view! {
            <PageHead title="Nobody was found" text=told />
            <Form action=DeletionRequest::PATH>
                {fields(account, asked)}
                <div class="row">{back(account)}</div>
            </Form>
        }
        .into_any();
    }
    let people = view! { {who.view("")} {pages(account, asked.clone(), shown, beside)} }.into_any();
    // What was asked for takes the focus, unless the form has something to say.
    let told_by_form = refused.is_some();
    let refused = refused.map(|refused| {
        let problem = match refused {
            Unconfirmed::Number => Problem::NotConfirmed,
            Unconfirmed::Users => Problem::FoundOthers,
        };
        Error::mistake(Field::Confirm, problem)
    });
    let reports = reports.map(|reports| {
        let text = "They count what these users did, and may show other numbers once it is gone.";
        view! { <Section id="reports" title="Reports that may change" text>{reports.view("")}</Section> }
    });
    view! {
        <PageHead title=[&erase, "?"].concat() text=told />
        {part("goes", "What goes", !told_by_form && !turned, goes.view(""))}
        {part("who", "Who goes", !told_by_form && turned, people)}
        {reports}
        <Section id="stays" title="What quotes them and stays" text=quoting>{quotes.view("")}</Section>
        <Section id="confirm" danger=true title="Erase for good" text=STAYS>
            <p>{begins}</p>
            <Form action=DeletionRequest::PATH refused>
                {fields(account, asked)}
                <HiddenField name="seal" value=seal />
                {keeping_out(suppressions, suppression)}
                <TextField field=Field::Confirm label=["Type ", &expected, " to confirm"].concat() value=typed />
                <div class="row">
                    <Submit label=erase kind="danger" name="step" value=CONFIRM />
                    {back(account)}
                </div>
            </Form>
        </Section>
    }
    .into_any()
}

/// For how long, where somebody is named whom that can be asked of.
fn keeping_out(choices: Vec<(String, String)>, chosen: String) -> AnyView {
    if choices.is_empty() {
        return ().into_any();
    }
    let choices = choices.into_iter().map(|(value, label)| Choice::new(value, label)).collect();
    view! { <SelectField field=Field::Suppression label="If they come back" value=chosen choices /> }.into_any()
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
