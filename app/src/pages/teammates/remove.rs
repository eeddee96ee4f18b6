//! Removing a teammate is confirmed on a page of its own.

use domain::id::PersonId;

use super::{LoadTeammates, TeammateRemove, Teammates};
use crate::prelude::*;

#[component]
pub fn RemovePage() -> AnyView {
    let (account, person) = (account(), param::<PersonId>("person"));
    load_part(
        move || Ok(LoadTeammates::only(account()?, person()?)),
        || Ok(()),
        |data: Teammates, ()| {
            let (account, person, name) = one(data)?;
            let page = view! {
                <PageHead title=["Remove ", &name, "?"].concat() text="They lose access to every project and environment on their next request. What they made stays, and they can be invited again." />
                <Form action=TeammateRemove::PATH>
                    <HiddenField name="account" value=account.to_string() />
                    <HiddenField name="person" value=person.to_string() />
                    <div class="row">
                        <Submit label=["Remove ", &name].concat() kind="danger" />
                        <a class="button quiet" href=links::teammates(account)>"Cancel"</a>
                    </div>
                </Form>
            };
            Ok(page.into_any())
        },
    )
}

impl LoadTeammates {
    fn only(account: AccountId, person: PersonId) -> Self {
        Self { account, person: Some(person), q: String::new(), sort: String::new(), page: String::new(), invites: String::new() }
    }
}

fn one(data: Teammates) -> Result<(AccountId, PersonId, String), Error> {
    if !data.may_manage {
        return Err(Error::Forbidden);
    }
    let row = data.teammates.into_iter().next().ok_or(Error::NotFound)?;
    Ok((data.account, row.person, row.name))
}
