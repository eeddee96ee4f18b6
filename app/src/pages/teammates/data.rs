//! What the page shows.

#[cfg(feature = "ssr")]
use domain::listing::{InviteSort, Listing, TeammateSort};
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
    pub list: ListState,
    pub teammates: Vec<TeammateRow>,
    pub invite_list: ListState,
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

/// With `person`, nobody else: for the page that removes them.
#[server(prefix = "/api/console", endpoint = "load_teammates", input = Json, output = Postcard)]
pub async fn load_teammates(
    account: AccountId,
    person: Option<PersonId>,
    #[server(default)] q: String,
    #[server(default)] sort: String,
    #[server(default)] page: String,
    #[server(default)] invites: String,
) -> Result<Teammates, Error> {
    let console = &ssr::state()?.console;
    let granted = ssr::grant::<ssr::View>(account).await?;
    let (may_manage, mails) = (ssr::may::<ssr::ManageTeammates>(&granted), console.sends_mail());
    if let Some(person) = person {
        let teammates = vec![console.teammate(&granted, person).await?.into()];
        let (list, invite_list) = (ListState::default(), ListState::default());
        return Ok(Teammates { account, may_manage, mails, list, teammates, invite_list, invites: Vec::new() });
    }
    let (members, pending) = (Listing::<TeammateSort>::parse(&q, &sort, &page), Listing::<InviteSort>::parse(&q, "", &invites));
    let found = console.teammates_page(&granted, &members).await?;
    let waiting = console.invites_page(&granted, &pending).await?;
    let tokens = match ssr::grant::<ssr::ManageTeammates>(account).await {
        Ok(managing) => console.invite_tokens(&managing).await?,
        Err(_) => Vec::new(),
    };
    let invite_list = ssr::list_state(&pending, &waiting, "invites");
    Ok(Teammates {
        account,
        may_manage,
        mails,
        list: ssr::searched_with(ssr::list_state(&members, &found, "page"), &invite_list),
        teammates: found.rows.into_iter().map(TeammateRow::from).collect(),
        invite_list,
        invites: waiting.rows.into_iter().map(|invite| self::pending(invite, &tokens)).collect::<Result<_, _>>()?,
    })
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
