//! The receipt of a completed request, for people.

use domain::{
    deletion::{Counts, Sweep},
    id::RequestId,
    receipt::{ErasedRows, Receipt, Swept, Verdict},
};
use store::receipts::SignedReceipt;

use crate::{
    components::page_header,
    load::{Html, Written},
    pages::privacy,
    prelude::*,
    words,
};

const TITLE: &str = "Receipt";
const TEXT: &str = "What can be shown to who asked to be forgotten, and to an auditor. It names none of the erased.";

pub(crate) async fn receipt(account: AccountId, request: RequestId) -> Result<Written, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let copy = ssr::state()?.console.receipt(&granted, request).await?;
    let receipt: Receipt = serde_json::from_value(copy.receipt.clone()).map_err(|_| Error::Unavailable { reference: None })?;
    let html = Html::of(|| {
        let file = links::receipt_file(account, request);
        let download = view! { <a class="button primary" href=file download>"Download"</a> }.into_any();
        view! {
            {page_header(TITLE.to_owned(), TEXT.to_owned(), Some(download))}
            {facts(&receipt)}
            {rows(&receipt)}
            {not_reached(&receipt)}
            {checking(account, copy)}
            <p><a href=links::deletion_request(account, request)>"Back to the request"</a></p>
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}

fn facts(receipt: &Receipt) -> AnyView {
    let about = words::count(receipt.identifiers.count, "identity or user ID", "identities and user IDs");
    let verdict = match receipt.verdict {
        Verdict::Erased => "Erased: a count over every table that can hold a user found nothing left.",
        Verdict::Swept => "Done: a last pass over everything in the environment found nothing that had to go or to be changed.",
    };
    let about = match (&receipt.identifiers.property, receipt.everything_in) {
        _ if receipt.swept.is_some() => swept(receipt),
        (_, Some(environment)) => format!("Everything in the environment {environment}; nobody was named"),
        (Some(property), None) => [&about, ", found by the property ", property].concat(),
        (None, None) => about,
    };
    let engine = [&receipt.engine.name, " ", &receipt.engine.version, ". ", &receipt.engine.scrubbed].concat();
    let cut = match &receipt.swept {
        Some(Swept { by: Sweep::Scrub, .. }) => ": what was received up to then was gone over",
        _ => ": what was received up to then is gone",
    };
    let facts = [
        ("Verdict", verdict.to_owned()),
        ("Account", receipt.account.name.clone()),
        ("Request", receipt.request.to_string()),
        ("Requested", [&receipt.requested.at, " by ", &receipt.requested.by].concat()),
        (
            "Approved",
            receipt.approved.as_ref().map_or_else(|| "Not demanded".to_owned(), |second| [&second.at, " by ", &second.by].concat()),
        ),
        ("Cut", [&receipt.cut_at, cut].concat()),
        ("Completed", receipt.completed_at.clone()),
        ("About", about),
        ("If they come back", suppressed(receipt)),
        ("Users found", words::number(receipt.users_found)),
        ("Database", engine),
        ("Cairn", receipt.cairn.clone()),
    ];
    // Where nobody was named there is nobody who could come back.
    let is_about_users = |name: &str| receipt.swept.is_none() || !matches!(name, "If they come back" | "Users found");
    let fact = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! { <dl class="facts">{facts.into_iter().filter(|(name, _)| is_about_users(name)).map(fact).collect_view()}</dl> }.into_any()
}

fn swept(receipt: &Receipt) -> String {
    match &receipt.swept {
        None => String::new(),
        Some(Swept { environment, rules: None, .. }) => {
            format!("What the environment {environment} held for longer than it keeps data, and users of whom nothing was newer")
        }
        Some(Swept { environment, rules: Some(rules), .. }) => {
            let rules: Vec<String> =
                privacy::words::scrubbed(rules).into_iter().map(|(name, value)| [name, ": ", &value].concat()).collect();
            format!("What the privacy settings of the environment {environment} did not keep. {}", rules.join("; "))
        }
    }
}

fn suppressed(receipt: &Receipt) -> String {
    match receipt.suppressed.as_ref().map(|suppressed| &suppressed.until) {
        None => "They are new users".to_owned(),
        Some(None) => "Nothing is collected of them until it is lifted".to_owned(),
        Some(Some(until)) => format!("Nothing is collected of them until {until}"),
    }
}

fn rows(receipt: &Receipt) -> AnyView {
    if receipt.rows.is_empty() {
        return ().into_any();
    }
    let rows: Vec<AnyView> = receipt.rows.iter().map(row).collect();
    let companies = companies(receipt);
    view! {
        <Section id="rows" title="Rows before and after">
        <table class="table numbers">
            <caption class="unseen">"Rows before and after"</caption>
            <thead>
                <tr>
                    <th scope="col">"Environment"</th>
                    <th scope="col" class="number">"Users"</th>
                    <th scope="col" class="number">"Events"</th>
                    <th scope="col" class="number">"Properties"</th>
                    <th scope="col" class="number">"Aliases"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {companies}
        </Section>
    }
    .into_any()
}

/// What went besides users, where everything did.
fn companies(receipt: &Receipt) -> AnyView {
    let rows: u64 = receipt.rows.iter().filter_map(|rows| rows.companies).sum();
    let told = receipt
        .everything_in
        .map(|_| ["Besides users: ", &words::count(rows, "row", "rows"), " of companies and their properties; none is left."].concat());
    told.map(|told| view! { <p>{told}</p> }).into_any()
}

fn row(rows: &ErasedRows) -> AnyView {
    let of = |count: fn(&Counts) -> u64| [words::number(count(&rows.before)).as_str(), " → ", &words::number(count(&rows.after))].concat();
    view! {
        <tr>
            <th scope="row">{rows.name.clone()}</th>
            <td class="number" data-label="Users">{of(|counts| counts.users)}</td>
            <td class="number" data-label="Events">{of(|counts| counts.events)}</td>
            <td class="number" data-label="Properties">{of(|counts| counts.properties)}</td>
            <td class="number" data-label="Aliases">{of(|counts| counts.aliases)}</td>
        </tr>
    }
    .into_any()
}

fn not_reached(receipt: &Receipt) -> AnyView {
    let all = receipt.not_reached.clone();
    view! {
        <Section id="not-reached" title="Not reached">
            <ul class="prose">{all.into_iter().map(|what| view! { <li>{what}</li> }).collect_view()}</ul>
        </Section>
    }
    .into_any()
}

fn checking(account: AccountId, copy: SignedReceipt) -> AnyView {
    view! {
        <Section id="checking" title="Checking it" text="The downloaded file is signed. Anybody with Cairn's program can check it, without this installation.">
            <div class="copy-code">
                <pre tabindex="0" role="region" aria-label="Command that checks the receipt"><code>"cairn receipt verify FILE --public-key " {copy.signature.public_key}</code></pre>
            </div>
            <p>"Signature (" {copy.signature.algorithm} "): " <code>{copy.signature.value}</code></p>
            <p>"The key is this installation's, published at " <code>"/.well-known/cairn-receipt-keys.json"</code> "."</p>
            <p>
                "Downloaded with the browser that made the request, within 30 days, the file can also tell whether somebody was among the erased; that key is with nobody else. "
                <a href=links::check_receipt(account)>"Ask a receipt"</a>
            </p>
        </Section>
    }
    .into_any()
}
