//! The keys, and the one that was just made.

use super::{ApiKeyCreate, ApiKeyRow};
use crate::{components::Outcome, prelude::*};

#[component]
pub(super) fn Keys(account: AccountId, may_edit: bool, rows: Vec<ApiKeyRow>) -> AnyView {
    let made = answer::<ApiKeyCreate>();
    let create = may_edit.then(|| {
        view! {
            <Form action=ApiKeyCreate::PATH clears=true>
                <HiddenField name="account" value=account.to_string() />
                <TextField field=Field::Name label="Name of the key" hint="What it is for, so that the right one is revoked." />
                <Submit label="Create API key" />
            </Form>
        }
    });
    view! {
        <Section id="api-keys" title="API keys" text="Whoever has a key can erase users of this account. Keep each in one place, and revoke those that are not used.">
            {move || made().map(|made| view! { <Made secret=made.secret /> })}
            {if rows.is_empty() {
                view! { <EmptyState title="No API keys" text="A key lets a script request deletions. Create one for each script, so that each can be revoked alone." /> }.into_any()
            } else {
                table(account, may_edit, rows)
            }}
            {create}
        </Section>
    }
    .into_any()
}

#[component]
fn Made(secret: String) -> AnyView {
    view! {
        <Outcome id="new-key" title="Your new API key">
            <p>"Copy it now: you will not see it again. Cairn keeps only a hash of it."</p>
            <CopyField text=secret label="API key" />
        </Outcome>
    }
    .into_any()
}

fn table(account: AccountId, may_edit: bool, rows: Vec<ApiKeyRow>) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">"API keys"</caption>
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Created"</th>
                    <th scope="col">"Created by"</th>
                    <th scope="col">"Last used"</th>
                    {may_edit.then(|| view! { <th scope="col"><span class="unseen">"Actions"</span></th> })}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| key(account, may_edit, row)).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn key(account: AccountId, may_edit: bool, row: ApiKeyRow) -> AnyView {
    let about = [" ", &row.name].concat();
    let actions = may_edit.then(|| {
        view! {
            <td class="actions">
                <a class="button quiet" href=links::revoke_api_key(account, row.id)>"Revoke"<span class="unseen">{about}</span></a>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            <td data-label="Created"><When at=row.created /></td>
            <td data-label="Created by">{row.created_by}</td>
            <td data-label="Last used">{match row.used { Some(at) => view! { <When at /> }.into_any(), None => "Never".into_any() }}</td>
            {actions}
        </tr>
    }
    .into_any()
}
