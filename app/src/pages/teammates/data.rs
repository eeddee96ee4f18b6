//! What the page shows.

use domain::{
    id::{InviteId, PersonId},
    mail::Delivery,
};

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Teammates {
    pub account: AccountId,
    pub may_manage: bool,
    /// Invites are mailed.
    pub mails: bool,
    pub teammates: Vec<TeammateRow>,
    pub invites: Vec<Pending>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TeammateRow {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub access: Access,
    pub seen: Option<Moment>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pending {
    pub invite: InviteId,
    pub email: String,
    pub access: Access,
    pub expires: Moment,
    pub expired: bool,
    /// Absent for who may not hand it out.
    pub link: Option<String>,
    /// What became of its letter, and what the mail server said; absent where none was written.
    pub letter: Option<(Delivery, Option<String>)>,
}

#[server(prefix = "/api/console", endpoint = "load_teammates", input = Json, output = Postcard)]
pub async fn load_teammates(account: AccountId) -> Result<Teammates, Error> {
    let console = &ssr::state()?.console;
    let granted = ssr::grant::<ssr::View>(account).await?;
    let teammates = console.teammates(&granted).await?.into_iter().map(TeammateRow::from).collect();
    let tokens = match ssr::grant::<ssr::ManageTeammates>(account).await {
        Ok(managing) => console.invite_tokens(&managing).await?,
        Err(_) => Vec::new(),
    };
    let invites = console.invites(&granted).await?.into_iter().map(|invite| pending(invite, &tokens)).collect::<Result<_, _>>()?;
    Ok(Teammates { account, may_manage: ssr::may::<ssr::ManageTeammates>(&granted), mails: console.sends_mail(), teammates, invites })
}

#[cfg(feature = "ssr")]
impl From<store::console::teammates::Teammate> for TeammateRow {
    fn from(row: store::console::teammates::Teammate) -> Self {
        Self { person: row.person, name: row.name, email: row.email, access: row.access, seen: row.seen_at.map(ssr::moment) }
    }
}

#[cfg(feature = "ssr")]
fn pending(row: store::console::invites::Invite, tokens: &[store::console::teammates::Invited]) -> Result<Pending, Error> {
    let state = ssr::state()?;
    let token = tokens.iter().find(|token| token.invite == row.id).map(|token| &token.token);
    Ok(Pending {
        invite: row.id,
        email: row.email,
        access: row.access,
        letter: row.letter,
        expired: row.expires_at <= state.surroundings.now(),
        expires: ssr::moment(row.expires_at),
        link: token.map(|token| [&state.settings.public_url, &links::invite(row.id, token)].map(String::as_str).concat()),
    })
}
