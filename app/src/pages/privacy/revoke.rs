//! Revoking a key is confirmed on a page of its own.

use domain::id::ApiKeyId;

use super::{ApiKeyRevoke, ApiKeyRow, LoadPrivacy, Privacy};
use crate::prelude::*;

#[component]
pub fn RevokePage() -> AnyView {
    let (account, key) = (account(), param::<ApiKeyId>("key"));
    load_part(
        move || Ok(LoadPrivacy { account: account()? }),
        key,
        |data: Privacy, key| {
            let (account, key) = one(data, key)?;
            let page = view! {
                <PageHead title=["Revoke the API key ", &key.name, "?"].concat() text="Scripts that use it are refused from their next request on. It cannot be restored; a new key can be created at any time." />
                <p>
                    "Created by " {key.created_by} " " <When at=key.created /> ", "
                    {match key.used { Some(at) => view! { "last used " <When at /> }.into_any(), None => "never used".into_any() }} "."
                </p>
                <Form action=ApiKeyRevoke::PATH>
                    <HiddenField name="account" value=account.to_string() />
                    <HiddenField name="key" value=key.id.to_string() />
                    <div class="row">
                        <Submit label="Revoke API key" kind="danger" />
                        <a class="button quiet" href=links::privacy(account)>"Cancel"</a>
                    </div>
                </Form>
            };
            Ok(page.into_any())
        },
    )
}

fn one(data: Privacy, key: ApiKeyId) -> Result<(AccountId, ApiKeyRow), Error> {
    if !data.may_edit {
        return Err(Error::Forbidden);
    }
    let row = data.keys.into_iter().find(|row| row.id == key).ok_or(Error::NotFound)?;
    Ok((data.account, row))
}
