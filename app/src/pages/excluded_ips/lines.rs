//! The list as it stands, page by page, with who added what.

use super::{ExcludedIpRow, ExcludedIpsRemove, LinesPage, named};
use crate::prelude::*;

pub(super) fn lines(account: AccountId, environment: Option<EnvironmentId>, removable: bool, lines: LinesPage) -> AnyView {
    let LinesPage { summary, search, page, rows, before, after } = lines;
    let searched = search.clone().unwrap_or_default();
    let shown = if rows.is_empty() { empty(&searched) } else { table(rows, removable) };
    let shown = if removable {
        view! {
            <Form action=ExcludedIpsRemove::PATH class="rows">
                {named(account, environment)}
                <HiddenField name="search" value=searched />
                <HiddenField name="page" value=page.to_string() />
                {shown}
            </Form>
        }
        .into_any()
    } else {
        shown
    };
    let pages = before.is_some() || after.is_some();
    let turn = |href: Option<String>, label: &'static str| href.map(|href| view! { <a class="button quiet" href=href>{label}</a> });
    view! {
        <Section id="excluded" title="Excluded now" text=summary>
            {search.map(|text| search_form([&links::excluded_ips_of(account, environment), "#excluded"].concat(), text))}
            {shown}
            {pages.then(|| view! { <p class="pages">{turn(before, "Previous page")} {turn(after, "Next page")}</p> })}
        </Section>
    }
    .into_any()
}

fn empty(searched: &str) -> AnyView {
    let (title, text) = match searched {
        "" => (
            "Nothing is excluded",
            "Data from every address is collected. Exclude your office or your tests, so that they do not count as visitors.",
        ),
        _ => ("Nothing found", "No pattern and no note holds this text. To see which line covers an address, test it below."),
    };
    view! { <EmptyState title text /> }.into_any()
}

fn search_form(action: String, text: String) -> AnyView {
    view! {
        <form class="search" method="get" action=action role="search">
            <div class="field">
                <label for="search">"Search patterns and notes"</label>
                <input id="search" name="q" type="search" value=text autocomplete="off" />
            </div>
            <button class="button quiet" type="submit">"Search"</button>
        </form>
    }
    .into_any()
}

fn table(rows: Vec<ExcludedIpRow>, removable: bool) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">"Excluded addresses"</caption>
            <thead>
                <tr>
                    <th scope="col">"Address or pattern"</th>
                    <th scope="col">"Note"</th>
                    <th scope="col">"Added by"</th>
                    <th scope="col">"Added"</th>
                    {removable.then(|| view! { <th scope="col"><span class="unseen">"Actions"</span></th> })}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|line| row(line, removable)).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(row: ExcludedIpRow, removable: bool) -> AnyView {
    let label = (!row.note.is_empty()).then_some("Note");
    let remove = removable.then(|| {
        view! {
            <td class="actions">
                <button type="submit" name="pattern" value=row.pattern.clone() class="button quiet">"Remove"<span class="unseen">" " {row.pattern.clone()}</span></button>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <code class="pattern">{row.pattern.clone()}</code>
                {(!row.meets.is_empty()).then(|| view! { <span class="meets">{row.meets}</span> })}
            </th>
            <td data-label=label>{row.note}</td>
            <td data-label="Added by">{row.added_by}</td>
            <td data-label="Added"><When at=row.added /></td>
            {remove}
        </tr>
    }
    .into_any()
}
