//! Removing a teammate is confirmed on a page of its own.

use domain::id::PersonId;

use super::{LoadTeammates, TeammateRemove, Teammates};
use crate::prelude::*;

#[component]
pub fn RemovePage() -> AnyView {
    let (account, person) = (account(), param::<PersonId>("person"));
    load_part(
        move || Ok(LoadTeammates { account: account()? }),
        person,
        |data: Teammates, person| {
            let (account, person, name) = one(data, person)?;
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

fn one(data: Teammates, person: PersonId) -> Result<(AccountId, PersonId, String), Error> {
    if !data.may_manage {
        return Err(Error::Forbidden);
    }
    let row = data.teammates.into_iter().find(|row| row.person == person).ok_or(Error::NotFound)?;
    Ok((data.account, row.person, row.name))
}
