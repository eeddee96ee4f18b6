//! One call.

use super::Reader;
use crate::{
    prelude::*,
    ssr::manual::{Answer, Call, Form, Manual, Need, Part, Shows},
    words,
};

pub(super) fn call(call: &Call, reader: &Reader) -> AnyView {
    let heading = [&call.id, "-heading"].concat();
    let labelled = heading.clone();
    let limit = call.most_bytes.map(|most| {
        let most = words::number(most / 1024 / 1024);
        view! { <p class="hint">{["The body is JSON of up to ", &most, " MiB."].concat()}</p> }
    });
    view! {
        <article id=call.id.clone() aria-labelledby=labelled>
            <h3 id=heading>{call.summary.clone()}</h3>
            <p><code>{call.method} " " {call.path}</code></p>
            <p>{quoted(&call.text)}</p>
            {shows(call.shows)}
            {(!call.parameters.is_empty()).then(|| parts("Parameters", &call.summary, &call.parameters))}
            {limit}
            {call.forms.iter().map(|form| shape(form, call)).collect_view()}
            {examples(call, reader)}
            {answers(call)}
        </article>
    }
    .into_any()
}

fn shows(shows: Shows) -> Option<AnyView> {
    match shows {
        Shows::Nothing => None,
        Shows::AppIdAndKey => Some(view! { <p>"Shows the app ID and an API key, as user name and password (HTTP Basic)."</p> }.into_any()),
        Shows::Token => Some(view! { <p>"Shows a token: " <code>"Authorization: Bearer"</code> "."</p> }.into_any()),
    }
}

fn shape(form: &Form, call: &Call) -> AnyView {
    let title = if form.title.is_empty() { "Body" } else { &form.title };
    parts(title, &call.summary, &form.parts)
}

fn parts(title: &str, of: &str, parts: &[Part]) -> AnyView {
    let caption = view! { <caption>{title.to_owned()} <span class="unseen">": " {of.to_owned()}</span></caption> };
    view! {
        <table class="table">
            {caption}
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Needed"</th>
                    <th scope="col">"Value"</th>
                </tr>
            </thead>
            <tbody>{parts.iter().map(part).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn part(part: &Part) -> AnyView {
    let need = match part.need {
        Need::Required => "Yes",
        Need::OneOfThese => "One of these",
        Need::Optional => "No",
    };
    view! {
        <tr>
            <th scope="row"><code>{part.name.clone()}</code></th>
            <td data-label="Needed">{need}</td>
            <td data-label="Value">
                <span class="primary-text">{words::capital(&part.kind)}</span>
                <span class="secondary-text">{quoted(&part.text)}</span>
            </td>
        </tr>
    }
    .into_any()
}

fn examples(call: &Call, reader: &Reader) -> AnyView {
    let example = |title: &str, body: Option<&str>| {
        let label = ["Example: ", &call.summary, title].concat();
        view! { <pre tabindex="0" role="region" aria-label=label><code>{command(call, body, reader)}</code></pre> }
    };
    match call.examples.as_slice() {
        [] => example("", None).into_any(),
        several => several.iter().map(|shown| example(&[", ", &shown.title].concat(), Some(&shown.body))).collect_view().into_any(),
    }
}

/// A command that works when it is pasted, with the variables of the commands under Privacy & security.
fn command(call: &Call, body: Option<&str>, reader: &Reader) -> String {
    let app_id = reader.app_id();
    let address = [reader.server.as_str(), &call.path.replace("{id}", "$REQUEST")].concat();
    let mut command = if call.method == "GET" { ["curl ", &address].concat() } else { ["curl -X ", call.method, " ", &address].concat() };
    let mut further = |text: &str| {
        command.push_str(" \\\n  ");
        command.push_str(text);
    };
    match call.shows {
        Shows::Nothing => {}
        Shows::AppIdAndKey => further(&["--user \"", &app_id, ":$API_KEY\""].concat()),
        Shows::Token => further("--header \"Authorization: Bearer $TOKEN\""),
    }
    if let Some(body) = body {
        further("--header \"Content-Type: application/json\"");
        further(&["--data '", &body.replace(Manual::APP_ID, &app_id), "'"].concat());
    }
    command
}

fn answers(call: &Call) -> AnyView {
    view! {
        <table class="table">
            <caption>"Answers" <span class="unseen">": " {call.summary.clone()}</span></caption>
            <thead>
                <tr>
                    <th scope="col">"Status"</th>
                    <th scope="col">"Meaning"</th>
                </tr>
            </thead>
            <tbody>{call.answers.iter().map(answer).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn answer(answer: &Answer) -> AnyView {
    let header =
        |(name, meaning): &(String, String)| view! { <p class="secondary-text"><code>{name.clone()}</code> ": " {quoted(meaning)}</p> };
    let example = (!answer.example.is_empty()).then(|| view! { <p class="secondary-text"><code>{answer.example.clone()}</code></p> });
    view! {
        <tr>
            <th scope="row"><code>{answer.status.clone()}</code></th>
            <td data-label="Meaning">
                <p>{quoted(&answer.meaning)}</p>
                {answer.headers.iter().map(header).collect_view()}
                {example}
            </td>
        </tr>
    }
    .into_any()
}

/// Text in which code stands between backticks.
fn quoted(text: &str) -> AnyView {
    let piece = |(at, piece): (usize, &str)| {
        let piece = piece.to_owned();
        if at % 2 == 1 { view! { <code>{piece}</code> }.into_any() } else { piece.into_any() }
    };
    text.split('`').enumerate().map(piece).collect_view().into_any()
}
