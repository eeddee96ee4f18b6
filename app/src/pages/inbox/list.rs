//! The list: tabs, search, pages.

use leptos_router::hooks::use_query_map;

use super::{Inbox, LoadInbox, MessageRow};
use crate::prelude::*;

#[component]
pub fn InboxPage() -> AnyView {
    let query = use_query_map();
    let said = move |name| query.with(|query| query.get(name)).unwrap_or_default();
    load(
        move || Ok(LoadInbox { state: said("state"), words: said("words"), before: said("before") }),
        |data: Inbox| {
            view! {
                <div class="inbox">
                    <PageHead title="Inbox" text="What people wrote by Talk to us. Only operators of this installation see it." />
                    <nav class="tabs" aria-label="States"><ul>{data.tabs.into_iter().map(tab).collect_view()}</ul></nav>
                    <form class="search" role="search" action=links::INBOX>
                        <input type="hidden" name="state" value=data.state />
                        <div class="field">
                            <label class="unseen" for="words">"Search messages"</label>
                            <input id="words" name="words" type="search" value=data.words />
                        </div>
                        <button type="submit" class="button quiet">"Search"</button>
                    </form>
                    {list(data.rows, data.nothing)}
                    {data.older.map(|href| view! { <p><a class="button quiet" href=href>"Older messages"</a></p> })}
                    <p class="aside"><a href=links::HOME>"To the console"</a></p>
                </div>
            }
        },
    )
}

fn tab((label, href, is_here): (String, String, bool)) -> AnyView {
    let mark = is_here.then_some("page");
    view! { <li><a href=href aria-current=mark>{label}</a></li> }.into_any()
}

fn list(rows: Vec<MessageRow>, nothing: String) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title="Nothing here" text=nothing /> }.into_any();
    }
    view! {
        <table class="table">
            <caption class="unseen">"Messages, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Message"</th>
                    <th scope="col">"From"</th>
                    <th scope="col">"About"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"Sent"</th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(row: MessageRow) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=links::message(row.id)>{row.title}</a></th>
            <td data-label="From">{row.from}</td>
            <td data-label="About">{row.about}</td>
            <td data-label="State"><span class=row.badge>{row.state}</span></td>
            <td data-label="Sent"><When at=row.sent /></td>
        </tr>
    }
    .into_any()
}
