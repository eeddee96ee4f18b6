//! Keys of the public HTTP API: made, shown once, revoked. Scripts trade one for a token of five minutes.

use data_encoding::BASE64URL_NOPAD;
use domain::{
    audit::Deed,
    id::{AccountId, ApiKeyId, EnvironmentId, PersonId},
    invalid::{Field, Problem},
    name::ApiKeyName,
    time::Millis,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{Console, change::Change};
use crate::{
    Error,
    access::{Actor, Granted, ManagePrivacy, View, Who},
    engine::{args, statements},
    keys::secret_hash,
};

statements! {
    KEY_INSERT = "INSERT INTO api_keys (id, account_id, key_hash, created_at, created_by, used_at, revoked_at, name) VALUES ($1, $2, $3, $4, $5, NULL, NULL, $6)";
    KEYS_LIST = "SELECT k.id, k.name, k.created_at, p.name AS created_by, k.used_at FROM api_keys k JOIN people p ON p.id = k.created_by WHERE k.account_id = $1 AND k.revoked_at IS NULL ORDER BY k.created_at, k.id";
    KEY_REVOKE = "UPDATE api_keys SET revoked_at = $3 WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING name";
    KEYS_COUNT = "SELECT COUNT(*) FROM api_keys WHERE account_id = $1 AND revoked_at IS NULL";
    KEYS_OF_APP = "SELECT k.id, k.account_id, k.key_hash FROM api_keys k JOIN environments e ON e.account_id = k.account_id WHERE e.id = $1 AND e.is_main_production AND e.deleted_at IS NULL AND k.revoked_at IS NULL";
    KEY_USED = "UPDATE api_keys SET used_at = $2 WHERE id = $1";
    KEY_LIVE = "SELECT id FROM api_keys WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL";
}

/// How long a token lives, as Heap's.
pub const TOKEN_SECONDS: i64 = 300;

/// The most living keys of an account: each is tried where a script asks for a token.
pub const MOST_KEYS: u32 = 100;

/// A key as lists show it: never the key itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// The key.
    pub id: ApiKeyId,
    /// What it is for; empty for keys from before they had names.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// The name of who made it.
    pub created_by: String,
    /// When a token was last asked for with it.
    pub used_at: Option<Millis>,
}

#[derive(FromRow)]
struct ApiKeyRow {
    id: Uuid,
    name: String,
    created_at: i64,
    created_by: String,
    used_at: Option<i64>,
}

/// The deeds of those who manage privacy and security.
#[derive(Clone, Copy)]
pub struct ApiKeys<'a> {
    console: &'a Console,
    granted: &'a Granted<ManagePrivacy>,
}

impl Console {
    /// Living keys, oldest first.
    ///
    /// # Errors
    /// `Database`.
    pub async fn api_keys(&self, granted: &Granted<View>) -> Result<Vec<ApiKey>, Error> {
        let rows: Vec<ApiKeyRow> = self.db.read().await?.all(&KEYS_LIST, args![granted.account]).await?;
        let key = |row: ApiKeyRow| ApiKey {
            id: ApiKeyId(row.id),
            name: row.name,
            created_at: Millis(row.created_at),
            created_by: row.created_by,
            used_at: row.used_at.map(Millis),
        };
        Ok(rows.into_iter().map(key).collect())
    }

    /// The handle for changes.
    pub fn manage_api_keys<'a>(&'a self, granted: &'a Granted<ManagePrivacy>) -> ApiKeys<'a> {
        ApiKeys { console: self, granted }
    }

    /// A token of [`TOKEN_SECONDS`] for a script that knows the app id (the id of Main Production) and a living key of its account.
    ///
    /// # Errors
    /// `NotFound` for a wrong pair, whichever half is wrong.
    pub async fn api_token(&self, app: EnvironmentId, secret: &str) -> Result<String, Error> {
        let hash = secret_hash(secret.as_bytes());
        let mut tx = self.db.write().await?;
        let keys: Vec<(Uuid, Uuid, Vec<u8>)> = tx.all(&KEYS_OF_APP, args![app]).await?;
        let found = keys.into_iter().find(|(_, _, stored)| bool::from(stored.ct_eq(&hash)));
        let (key, account, _) = found.ok_or(Error::NotFound)?;
        let now = self.surroundings.now();
        tx.execute(&KEY_USED, args![key, now]).await?;
        tx.commit().await?;
        let mut token = Vec::with_capacity(72);
        token.extend_from_slice(account.as_bytes());
        token.extend_from_slice(key.as_bytes());
        token.extend_from_slice(&now.plus_seconds(TOKEN_SECONDS).0.to_be_bytes());
        let mac = self.keys.token_mac(&token);
        token.extend_from_slice(&mac);
        Ok(BASE64URL_NOPAD.encode(&token))
    }

    /// The script behind a token, and its account.
    ///
    /// # Errors
    /// `NotFound` for a token that is forged, too old, or of a revoked key.
    pub async fn script(&self, token: &str) -> Result<(Actor, AccountId), Error> {
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).unwrap_or_default();
        let (payload, mac) = bytes.split_at_checked(40).ok_or(Error::NotFound)?;
        let genuine = bool::from(self.keys.token_mac(payload).as_slice().ct_eq(mac));
        let (ids, expiry) = payload.split_at(32);
        let expiry = expiry.try_into().map(i64::from_be_bytes).unwrap_or_default();
        if !genuine || Millis(expiry) <= self.surroundings.now() {
            return Err(Error::NotFound);
        }
        let (account, key) = ids.split_at(16);
        let account = AccountId(Uuid::from_slice(account).map_err(|_| Error::NotFound)?);
        let key = ApiKeyId(Uuid::from_slice(key).map_err(|_| Error::NotFound)?);
        let _: (Uuid,) = self.db.read().await?.one(&KEY_LIVE, args![key, account]).await?;
        Ok((Actor { who: Who::Script { account, key } }, account))
    }
}

impl ApiKeys<'_> {
    /// A new key, shown this once.
    ///
    /// # Errors
    /// `Forbidden` for scripts; `Invalid` at `form`: `TooMany` beyond [`MOST_KEYS`].
    pub async fn create(&self, name: &ApiKeyName) -> Result<String, Error> {
        let mut change = self.console.begin(self.granted).await?;
        let person = self.granted.actor.person().ok_or(Error::Forbidden)?;
        let (living,): (i64,) = change.tx.one(&KEYS_COUNT, args![change.account]).await?;
        if living >= i64::from(MOST_KEYS) {
            return Err(Error::mistake(Field::Whole, Problem::TooMany { max: MOST_KEYS }));
        }
        let secret = insert(&mut change, self.console, person, name).await?;
        change.commit(&Deed::ApiKeyCreated { name: name.as_str().to_owned() }).await?;
        Ok(secret)
    }

    /// Revokes a key; its tokens die with it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke(&self, key: ApiKeyId) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let (name,): (String,) = change.tx.one(&KEY_REVOKE, args![change.account, key, change.now]).await?;
        change.commit(&Deed::ApiKeyRevoked { name }).await
    }
}

pub(super) async fn insert(change: &mut Change, console: &Console, person: PersonId, name: &ApiKeyName) -> Result<String, Error> {
    let secret = BASE64URL_NOPAD.encode(&console.surroundings.bytes::<32>());
    let id = ApiKeyId(console.surroundings.uuid());
    let args = args![id, change.account, secret_hash(secret.as_bytes()), change.now, person, name.as_str()];
    change.tx.execute(&KEY_INSERT, args).await?;
    Ok(secret)
}
