//! The list as it stands, with who added what.

use super::ExcludedIpRow;
use crate::prelude::*;

#[component]
pub(super) fn Lines(environment: bool, rows: Vec<ExcludedIpRow>) -> AnyView {
    let text = if environment {
        "The list for all environments counts here too."
    } else {
        "Counts in every environment of the account, besides its own list."
    };
    view! {
        <Section id="excluded" title="Excluded now" text>
            {if rows.is_empty() {
                view! { <EmptyState title="Nothing is excluded" text="Data from every address is collected. Exclude your office or your tests, so that they do not count as visitors." /> }.into_any()
            } else {
                table(rows)
            }}
        </Section>
    }
    .into_any()
}

fn table(rows: Vec<ExcludedIpRow>) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">"Excluded addresses"</caption>
            <thead>
                <tr>
                    <th scope="col">"Address or pattern"</th>
                    <th scope="col">"Note"</th>
                    <th scope="col">"Added by"</th>
                    <th scope="col">"Added"</th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(row: ExcludedIpRow) -> AnyView {
    let label = (!row.note.is_empty()).then_some("Note");
    view! {
        <tr>
            <th scope="row"><code class="pattern">{row.pattern}</code></th>
            <td data-label=label>{row.note}</td>
            <td data-label="Added by">{row.added_by}</td>
            <td data-label="Added"><When at=row.added /></td>
        </tr>
    }
    .into_any()
}
