//! What the page can change.

use domain::id::{InviteId, PersonId};
#[cfg(feature = "ssr")]
use domain::{
    email::EmailAddress,
    invalid::{Mistakes, Problem},
};

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "invite")]
pub async fn invite(account: AccountId, email: String, #[server(default)] access: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageTeammates>(account).await?;
    let mut mistakes = Mistakes::new();
    let email = mistakes.take(Field::Email, EmailAddress::parse(&email));
    let access = mistakes.take(Field::Access, Access::parse(&access).ok_or(Problem::NotAChoice));
    let (Some(email), Some(access)) = (email, access) else { return Err(mistakes.into_invalid().into()) };
    ssr::state()?.console.manage_teammates(&granted).invite(&email, access).await?;
    ssr::done(&links::teammates(account), Notice::Invited);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "invite_resend")]
pub async fn invite_resend(account: AccountId, invite: InviteId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageTeammates>(account).await?;
    ssr::state()?.console.manage_teammates(&granted).resend(invite).await?;
    ssr::done_in_list(&links::teammates(account), Notice::InviteResent);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "invite_revoke")]
pub async fn invite_revoke(account: AccountId, invite: InviteId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageTeammates>(account).await?;
    ssr::state()?.console.manage_teammates(&granted).revoke(invite).await?;
    ssr::done_in_list(&links::teammates(account), Notice::InviteRevoked);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "access_set")]
pub async fn access_set(account: AccountId, person: PersonId, access: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageTeammates>(account).await?;
    let access = Access::parse(&access).ok_or_else(|| Error::mistake(Field::Access, Problem::NotAChoice))?;
    ssr::state()?.console.manage_teammates(&granted).set_access(person, access).await?;
    ssr::done_in_list(&links::teammates(account), Notice::AccessChanged);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "teammate_remove")]
pub async fn teammate_remove(account: AccountId, person: PersonId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageTeammates>(account).await?;
    ssr::state()?.console.manage_teammates(&granted).remove(person).await?;
    // Who removed themself has no page of the account to go back to.
    let gone = ssr::caller().await?.person() == Some(person);
    ssr::done(&if gone { links::ME.to_owned() } else { links::teammates(account) }, Notice::TeammateRemoved);
    Ok(())
}
