//! What the page shows.

use domain::id::SignInId;

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub email: String,
    pub accounts: Vec<(AccountId, String, Access)>,
    pub sign_ins: Vec<SignInRow>,
    /// `light` or `dark`; empty where the system decides.
    pub theme: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInRow {
    pub sign_in: SignInId,
    /// In words, such as "Firefox on Windows".
    pub device: String,
    pub since: Moment,
    pub used: Moment,
    pub is_this: bool,
}

#[server(prefix = "/api/console", endpoint = "load_profile", input = Json)]
pub async fn load_profile() -> Result<Profile, Error> {
    let (console, actor) = (&ssr::state()?.console, ssr::caller().await?);
    let me = console.me(&actor).await?;
    let accounts = me.accounts.into_iter().map(|place| (place.account, place.name, place.access)).collect();
    let sign_ins = console.own_sign_ins(&actor).await?.into_iter().map(SignInRow::from).collect();
    Ok(Profile { name: me.name, email: me.email, accounts, sign_ins, theme: ssr::theme().unwrap_or_default().to_owned() })
}

#[cfg(feature = "ssr")]
impl From<store::console::sign_ins::SignIn> for SignInRow {
    fn from(row: store::console::sign_ins::SignIn) -> Self {
        Self {
            sign_in: row.id,
            device: ssr::device_name(&row.device),
            since: ssr::moment(row.created_at),
            used: ssr::moment(row.used_at),
            is_this: row.is_this,
        }
    }
}
