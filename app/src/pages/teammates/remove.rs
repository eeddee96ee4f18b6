//! Removing a teammate is confirmed on a page of its own.

use domain::id::PersonId;

use super::TeammateRemove;
use crate::prelude::*;

/// Who is to be removed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Leaving {
    pub account: AccountId,
    pub person: PersonId,
    pub name: String,
}

#[server(prefix = "/api/console", endpoint = "load_leaving_teammate", input = Json)]
pub async fn load_leaving_teammate(account: AccountId, person: PersonId) -> Result<Leaving, Error> {
    let view = ssr::grant::<ssr::View>(account).await?;
    ssr::grant::<ssr::ManageTeammates>(account).await?;
    let teammate = ssr::state()?.console.teammate(&view, person).await?;
    Ok(Leaving { account, person, name: teammate.name })
}

#[component]
pub fn RemovePage() -> AnyView {
    let (account, person) = (account(), param::<PersonId>("person"));
    load(
        move || Ok(LoadLeavingTeammate { account: account()?, person: person()? }),
        |Leaving { account, person, name }: Leaving| {
            view! {
                <PageHead title=["Remove ", &name, "?"].concat() text="They lose access to every project and environment on their next request. What they made stays, and they can be invited again." />
                <Form action=TeammateRemove::PATH>
                    <HiddenField name="account" value=account.to_string() />
                    <HiddenField name="person" value=person.to_string() />
                    <div class="row">
                        <Submit label=["Remove ", &name].concat() kind="danger" />
                        <a class="button quiet" href=links::teammates(account)>"Cancel"</a>
                    </div>
                </Form>
            }
        },
    )
}
