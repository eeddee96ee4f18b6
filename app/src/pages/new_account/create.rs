//! Making an account, and signing its first teammate in.

use domain::{
    email::EmailAddress,
    invalid::{Field, Invalid, Mistakes},
    name::{AccountName, PersonName},
    password::Password,
    zone::ZoneName,
};
use store::console::accounts::{NewAccount, Occasion};

use crate::{Error, Notice, links, ssr};

/// As they were typed.
pub(in crate::pages) struct NewcomerFields {
    pub account_name: String,
    pub name: String,
    pub email: String,
    pub password: String,
    /// The browser's; may be empty.
    pub time_zone: String,
}

struct Parsed {
    account_name: AccountName,
    name: PersonName,
    email: EmailAddress,
    password: Password,
}

pub(in crate::pages) async fn create(fields: NewcomerFields, occasion: Occasion) -> Result<(), Error> {
    let Parsed { account_name, name, email, password } = parse(&fields)?;
    let state = ssr::state()?;
    let password_hash = state.hasher.hash(&password).await?;
    // Nobody typed it, so a bad one is nobody's mistake; it can be set later.
    let zone = ZoneName::parse(&fields.time_zone).unwrap_or_default();
    let new = NewAccount { name: account_name, person: name, email, password_hash, zone };
    let created = state.console.create_account(&new, occasion).await?;
    ssr::set_cookie(&state.console.sign_in(&created.verified, &ssr::device(), None).await?)?;
    ssr::done(&links::reports(created.account, created.environment), Notice::AccountReady);
    Ok(())
}

fn parse(fields: &NewcomerFields) -> Result<Parsed, Invalid> {
    let mut mistakes = Mistakes::new();
    let account_name = mistakes.take(Field::AccountName, AccountName::parse(&fields.account_name));
    let name = mistakes.take(Field::Name, PersonName::parse(&fields.name));
    let email = mistakes.take(Field::Email, EmailAddress::parse(&fields.email));
    let password = mistakes.take(Field::Password, Password::parse(&fields.password, email.as_ref()));
    match (account_name, name, email, password) {
        (Some(account_name), Some(name), Some(email), Some(password)) => Ok(Parsed { account_name, name, email, password }),
        _ => Err(mistakes.into_invalid()),
    }
}
