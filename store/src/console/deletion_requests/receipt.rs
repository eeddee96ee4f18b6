//! Receipts of completed requests, and the hashes that each begins with.

use data_encoding::BASE64URL_NOPAD;
use domain::{
    deletion::Target,
    id::{EnvironmentId, RequestId},
    user::{Identity, UserId},
};

use super::{Console, Selection, resolve::Found, selection::Kind};
use crate::{
    Error,
    access::{Granted, View},
    engine::{Tx, args, statements},
    receipts::{Hashes, Signed, SignedReceipt, hashes},
};

statements! {
    RECEIPT_INSERT = "INSERT INTO receipts (request_id, identifiers, hashes, document, signature) VALUES ($1, $2, $3, NULL, NULL)";
    RECEIPT_ONE = "SELECT r.document, r.signature, r.hashes FROM receipts r JOIN deletion_requests d ON d.id = r.request_id WHERE d.account_id = $1 AND d.id = $2 AND r.document IS NOT NULL";
}

/// A request that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requested {
    /// The request.
    pub id: RequestId,
    /// The key of the hashes in its receipt, in base64url. It is handed out here and kept nowhere: who holds it can ask the receipt about somebody.
    pub receipt_key: String,
}

impl Console {
    /// The receipt of a completed request.
    ///
    /// # Errors
    /// `NotFound`, also while it is under way, and for requests from before there were receipts.
    pub async fn receipt(&self, granted: &Granted<View>, id: RequestId) -> Result<SignedReceipt, Error> {
        let row: (String, Vec<u8>, Vec<u8>) = self.db.read().await?.one(&RECEIPT_ONE, args![granted.account, id]).await?;
        let (document, signature, hashes) = row;
        let receipt = serde_json::from_str(&document).map_err(|_| Error::Inconsistent { table: "receipts" })?;
        let signature =
            Signed { algorithm: "Ed25519".to_owned(), public_key: self.receipt_key(), value: BASE64URL_NOPAD.encode(&signature) };
        Ok(SignedReceipt { receipt, signature, identifiers: Some(Hashes::of(&hashes)) })
    }

    /// The installation's public key for receipts, in base64url.
    pub fn receipt_key(&self) -> String {
        BASE64URL_NOPAD.encode(&self.keys.receipt_key())
    }
}

impl Selection {
    /// By what names those are known whom the request is about.
    pub(super) async fn identifiers(&self, console: &Console) -> Result<Vec<Target>, Error> {
        match &self.kind {
            Kind::Named(targets) => Ok(targets.clone()),
            // The receipt says that everybody of the environment was.
            Kind::Everything { .. } => Ok(Vec::new()),
            Kind::Found { members, .. } => {
                let mut tx = console.db.read().await?;
                let mut all = Vec::new();
                for (environment, keys) in members {
                    let environment = EnvironmentId::new(*environment).map_err(|_| Error::Inconsistent { table: "users" })?;
                    all.append(&mut names(&mut tx, environment, keys).await?);
                }
                Ok(all)
            }
        }
    }
}

/// What everybody who was found is called.
pub(super) async fn all_names(tx: &mut Tx, found: &Found) -> Result<Vec<Target>, Error> {
    let mut all = Vec::new();
    for (environment, keys) in &found.users {
        let environment = EnvironmentId::new(*environment).map_err(|_| Error::Inconsistent { table: "users" })?;
        let keys: Vec<i64> = keys.iter().copied().collect();
        all.append(&mut names(tx, environment, &keys).await?);
    }
    Ok(all)
}

/// A user has one of both.
async fn names(tx: &mut Tx, environment: EnvironmentId, keys: &[i64]) -> Result<Vec<Target>, Error> {
    const NAMES: &str = "SELECT identity, user_id FROM users WHERE environment_id = $1 AND user_key";
    let rows: Vec<(Option<String>, Option<i64>)> = tx.all_in(NAMES, &args![environment], keys, "").await?;
    let name = |(identity, number): (Option<String>, Option<i64>)| match (identity, number) {
        (Some(identity), _) => Identity::parse(&identity).map(Target::Identity).ok(),
        (None, Some(number)) => UserId::new(number.unsigned_abs()).map(Target::UserId),
        (None, None) => None,
    };
    Ok(rows.into_iter().filter_map(name).collect())
}

/// What the receipt begins with.
pub(crate) async fn begin(tx: &mut Tx, id: RequestId, key: &[u8; 32], identifiers: &[Target]) -> Result<(), Error> {
    let hashes = hashes(key, identifiers.iter());
    // One of them is the key's own.
    let count = super::count(hashes.len() / crate::receipts::HASH_BYTES - 1);
    tx.execute(&RECEIPT_INSERT, args![id, i64::from(count), hashes]).await?;
    Ok(())
}
