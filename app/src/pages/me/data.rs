//! What the page shows.

use domain::id::SignInId;

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub email: String,
    pub accounts: Vec<(AccountId, String, Access)>,
    /// The link to the inbox, for operators.
    pub inbox: Option<String>,
    /// Each by its id, unless it is this one; what signed in, such as "Firefox on Windows"; and the last use.
    pub sign_ins: Vec<(Option<SignInId>, String, Moment)>,
    /// `light` or `dark`; empty where the system decides.
    pub theme: String,
}

#[server(prefix = "/api/console", endpoint = "load_profile", input = Json, output = Postcard)]
pub async fn load_profile() -> Result<Profile, Error> {
    let (console, actor) = (&ssr::state()?.console, ssr::caller().await?);
    let me = console.me(&actor).await?;
    let accounts = me.accounts.into_iter().map(|place| (place.account, place.name, place.access)).collect();
    let sign_ins = console.own_sign_ins(&actor).await?.iter().map(sign_in).collect();
    let (inbox, theme) = (crate::pages::inbox::label(&actor).await?, ssr::theme().unwrap_or_default().to_owned());
    Ok(Profile { name: me.name, email: me.email, accounts, inbox, sign_ins, theme })
}

#[cfg(feature = "ssr")]
fn sign_in(row: &store::console::sign_ins::SignIn) -> (Option<SignInId>, String, Moment) {
    ((!row.is_this).then_some(row.id), ssr::device_name(&row.device), ssr::moment(row.used_at))
}
