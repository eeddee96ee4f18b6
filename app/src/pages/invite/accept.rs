//! What the link leads to, and accepting it.

use domain::id::InviteId;
#[cfg(feature = "ssr")]
use domain::{email::EmailAddress, invalid::Mistakes, name::PersonName, password::Password};

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invitation {
    pub invite: InviteId,
    pub token: String,
    pub account_name: String,
    pub email: String,
    pub access: Access,
    pub reader: Reader,
}

/// Who opened the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reader {
    /// The address is nobody's yet.
    Newcomer,
    /// The address is somebody's who is not signed in.
    Known,
    /// Signed in, with that address.
    Invited,
    /// Signed in, with another.
    SomebodyElse { email: String },
}

/// `None` for a link that is dead, or that never lived.
#[server(prefix = "/api/console", endpoint = "load_invitation", input = Json, output = Postcard)]
pub async fn load_invitation(invite: InviteId, token: String) -> Result<Option<Invitation>, Error> {
    let console = &ssr::state()?.console;
    let found = match console.invitation(invite, &token).await {
        Err(store::Error::NotFound) => return Ok(None),
        found => found?,
    };
    let signed_in = match ssr::caller().await {
        Ok(actor) => Some(console.me(&actor).await?.email),
        Err(_) => None,
    };
    let reader = match signed_in {
        Some(email) if email == found.email => Reader::Invited,
        Some(email) => Reader::SomebodyElse { email },
        None if found.known => Reader::Known,
        None => Reader::Newcomer,
    };
    Ok(Some(Invitation { invite, token, account_name: found.account_name, email: found.email, access: found.access, reader }))
}

#[server(prefix = "/api/console", endpoint = "invite_accept")]
pub async fn invite_accept(invite: InviteId, token: String) -> Result<(), Error> {
    let actor = ssr::caller().await?;
    let account = ssr::state()?.console.accept(&actor, invite, &token).await?;
    ssr::done(&links::account(account), Notice::Joined);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "invite_accept_as_newcomer")]
pub async fn invite_accept_as_newcomer(invite: InviteId, token: String, name: String, password: String) -> Result<(), Error> {
    let state = ssr::state()?;
    state.limits.client(ssr::client())?;
    let email = EmailAddress::parse(&state.console.invitation(invite, &token).await?.email).ok();
    let mut mistakes = Mistakes::new();
    let name = mistakes.take(Field::Name, PersonName::parse(&name));
    let password = mistakes.take(Field::Password, Password::parse(&password, email.as_ref()));
    let (Some(name), Some(password)) = (name, password) else { return Err(mistakes.into_invalid().into()) };
    let hash = state.hasher.hash(&password).await?;
    let (account, verified) = state.console.accept_as_newcomer(invite, &token, &name, &hash).await?;
    ssr::set_cookie(&state.console.sign_in(&verified, &ssr::device(), ssr::token().as_deref()).await?)?;
    ssr::done(&links::account(account), Notice::Joined);
    Ok(())
}
