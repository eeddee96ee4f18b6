//! Accounts come into being whole: the account, its first teammate, Main and Production.

use domain::{
    access::Access,
    audit::{ActorKind, Deed},
    email::EmailAddress,
    id::{AccountId, EnvironmentId, PersonId},
    invalid::{Field, Problem},
    name::{AccountName, ApiKeyName, EnvironmentName, PersonName, ProjectName},
    zone::ZoneName,
};

use super::{Console, api_keys, change::Change, operators, people, projects, sign_ins::Verified, teammates};
use crate::{
    Error,
    engine::{args, statements},
};

statements! {
    ANY_ACCOUNT = "SELECT id FROM accounts WHERE removed_at IS NULL LIMIT 1";
    /// Locks the row that there is exactly one of, so that two set-ups cannot both be first.
    INSTALLATION_LOCK = "UPDATE installation SET rules_version = rules_version + 1 WHERE id = 1";
    ACCOUNT_INSERT = "INSERT INTO accounts (id, name, created_at, audit_number, rules_version, demo_since) VALUES ($1, $2, $3, 0, 0, $4)";
}

/// What a new account is made of. `password_hash` is a PHC string.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The account's name.
    pub name: AccountName,
    /// The first teammate's name.
    pub person: PersonName,
    /// The first teammate's address.
    pub email: EmailAddress,
    /// The hash of the first teammate's password.
    pub password_hash: String,
    /// The time zone of Production.
    pub zone: ZoneName,
}

/// How an account comes to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The set-up page: refused with `Conflict` when there is an account already.
    SetUp,
    /// The sign-up page.
    SignUp,
    /// The command line; makes an API key as well.
    CommandLine,
    /// The same for made-up data, as which the account is marked: refused with `Conflict` when there is an account already.
    Demo,
}

/// A new account.
#[derive(Debug)]
pub struct CreatedAccount {
    /// The account.
    pub account: AccountId,
    /// Its first teammate.
    pub person: PersonId,
    /// Main Production, whose id is the account's app id.
    pub environment: EnvironmentId,
    /// The API key, shown this once.
    pub api_key: Option<String>,
    /// That the person may be signed in.
    pub verified: Verified,
}

impl Console {
    /// Whether nobody has set the installation up.
    ///
    /// # Errors
    /// `Database`.
    pub async fn is_empty(&self) -> Result<bool, Error> {
        let found: Option<(uuid::Uuid,)> = self.db.read().await?.opt(&ANY_ACCOUNT, args![]).await?;
        Ok(found.is_none())
    }

    /// Makes an account with its first teammate, Main and Production.
    ///
    /// # Errors
    /// `Conflict` for a second set-up, or demo data beside an account; `Invalid` for an address that belongs to a person already.
    pub async fn create_account(&self, new: &NewAccount, occasion: Occasion) -> Result<CreatedAccount, Error> {
        let mut tx = self.db.write().await?;
        tx.execute(&INSTALLATION_LOCK, args![]).await?;
        let is_first_of_all = matches!(occasion, Occasion::SetUp | Occasion::Demo);
        if is_first_of_all && tx.opt::<(uuid::Uuid,)>(&ANY_ACCOUNT, args![]).await?.is_some() {
            return Err(Error::Conflict);
        }
        let now = self.surroundings.now();
        let account = AccountId(self.surroundings.uuid());
        let demo_since = (occasion == Occasion::Demo).then_some(now.0);
        tx.execute(&ACCOUNT_INSERT, args![account, new.name.as_str(), now, demo_since]).await?;
        let person = people::insert(&mut tx, self, &new.email, &new.person, &new.password_hash)
            .await
            .map_err(|error| error.taken(Field::Email, Problem::Taken))?;
        teammates::insert(&mut tx, account, person, Access::Full, now).await?;
        // Who signs up is a customer, also the first.
        if occasion != Occasion::SignUp {
            operators::appoint_first(&mut tx, person, now).await?;
        }
        let kind = match occasion {
            Occasion::CommandLine | Occasion::Demo => ActorKind::Operator,
            Occasion::SetUp | Occasion::SignUp => ActorKind::Person,
        };
        let mut change = Change::by_newcomer(tx, now, account, kind, person.0, new.person.as_str()).await?;
        let main = ProjectName::parse("Main").map_err(|problem| Error::mistake(Field::Name, problem))?;
        let project = projects::insert(&mut change, self, &main, true).await?;
        let production = EnvironmentName::parse("Production").map_err(|problem| Error::mistake(Field::Name, problem))?;
        let environment = super::environments::insert(&mut change, self, project, &production, &new.zone, true).await?;
        let api_key = match occasion {
            Occasion::CommandLine | Occasion::Demo => Some(api_keys::insert(&mut change, self, person, &first_key()?).await?),
            Occasion::SetUp | Occasion::SignUp => None,
        };
        change.commit(&Deed::AccountCreated { name: new.name.as_str().to_owned(), with_api_key: api_key.is_some() }).await?;
        Ok(CreatedAccount { account, person, environment, api_key, verified: Verified::new(person, new.password_hash.clone()) })
    }
}

/// The key that the command line makes with an account.
fn first_key() -> Result<ApiKeyName, Error> {
    ApiKeyName::parse("Command line").map_err(|problem| Error::mistake(Field::Name, problem))
}
