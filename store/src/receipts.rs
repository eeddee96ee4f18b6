//! Receipts: how a copy is written, and how anybody checks one. Needs no database.

use data_encoding::BASE64URL_NOPAD;
use domain::{
    deletion::Target,
    receipt::{FORMAT, Receipt},
};
use ed25519_dalek::{Signature, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Half a SHA-256: enough that two identifiers never share one.
pub(crate) const HASH_BYTES: usize = 16;

/// A copy of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedReceipt {
    /// What is signed, in the canonical form of RFC 8785.
    pub receipt: Value,
    /// By whom.
    pub signature: Signed,
    /// By which a reader can ask whether somebody was among the erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifiers: Option<Hashes>,
}

/// A signature by Ed25519 over the canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// `Ed25519`.
    pub algorithm: String,
    /// The installation's public key, in base64url. Compare it with the one that the installation publishes.
    pub public_key: String,
    /// In base64url.
    pub value: String,
}

/// The hashes of those who were to be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    /// The key that they were made with, in base64url; absent in copies of those who were not handed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// HMAC-SHA256 of `identity:` and the identity, or `user_id:` and the number, cut to 16 bytes, in base64url, sorted by their bytes. One of them is of `key`, by which
    /// the key is known to be the right one.
    pub hashes: Vec<String>,
}

/// What is wrong with a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not JSON, or not this JSON.
    #[error("this is no receipt of Cairn")]
    NotAReceipt,
    /// Made by a later version.
    #[error("this receipt has a layout that this version of Cairn does not know")]
    UnknownFormat,
    /// Changed, or signed by somebody else.
    #[error("the signature does not fit: the receipt was changed, or another installation signed it")]
    BadSignature,
    /// The hashes are not those that were signed.
    #[error("the hashes of the erased are not those that were signed")]
    BadHashes,
    /// It holds no hashes, or no key for them.
    #[error("this copy lacks the key to ask it by: only the copy of who made the request holds it")]
    NoKey,
    /// With another key everybody would seem not to have been erased.
    #[error("the key in this copy is not the one that its hashes were made with")]
    WrongKey,
}

impl SignedReceipt {
    /// Reads a copy and checks it, by the public key that is given or else by the one in it.
    ///
    /// # Errors
    /// [`ReceiptError`], but for `NoKey` and `WrongKey`.
    pub fn check(text: &str, public_key: Option<&str>) -> Result<(Self, Receipt), ReceiptError> {
        let copy: Self = serde_json::from_str(text).map_err(|_| ReceiptError::NotAReceipt)?;
        if copy.receipt.get("format").and_then(Value::as_u64) != Some(FORMAT.into()) {
            return Err(ReceiptError::UnknownFormat);
        }
        let key = fixed::<32>(public_key.unwrap_or(&copy.signature.public_key)).ok_or(ReceiptError::BadSignature)?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| ReceiptError::BadSignature)?;
        let signature = Signature::from_bytes(&fixed::<64>(&copy.signature.value).ok_or(ReceiptError::BadSignature)?);
        let document = canonical(&copy.receipt).ok_or(ReceiptError::NotAReceipt)?;
        key.verify_strict(&document, &signature).map_err(|_| ReceiptError::BadSignature)?;
        let receipt: Receipt = serde_json::from_value(copy.receipt.clone()).map_err(|_| ReceiptError::NotAReceipt)?;
        if let Some(identifiers) = &copy.identifiers {
            let hashes = identifiers.bytes().ok_or(ReceiptError::BadHashes)?;
            if digest(&hashes) != receipt.identifiers.digest {
                return Err(ReceiptError::BadHashes);
            }
        }
        Ok((copy, receipt))
    }

    /// Whether somebody was among those whom the request was about.
    ///
    /// # Errors
    /// `NoKey`, `WrongKey`.
    pub fn covers(&self, who: &Target) -> Result<bool, ReceiptError> {
        let identifiers = self.identifiers.as_ref().ok_or(ReceiptError::NoKey)?;
        let key = identifiers.key.as_deref().and_then(fixed::<32>).ok_or(ReceiptError::NoKey)?;
        let holds = |hash: [u8; HASH_BYTES]| identifiers.hashes.contains(&BASE64URL_NOPAD.encode(&hash));
        if !holds(mark(&key)) {
            return Err(ReceiptError::WrongKey);
        }
        Ok(holds(hash(&key, who)))
    }
}

impl Hashes {
    pub(crate) fn of(hashes: &[u8]) -> Self {
        Self { key: None, hashes: hashes.chunks(HASH_BYTES).map(|hash| BASE64URL_NOPAD.encode(hash)).collect() }
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.hashes.len() * HASH_BYTES);
        for hash in &self.hashes {
            bytes.extend_from_slice(&fixed::<HASH_BYTES>(hash)?);
        }
        Some(bytes)
    }
}

/// The bytes that are signed.
pub(crate) fn canonical(document: &Value) -> Option<Vec<u8>> {
    serde_json_canonicalizer::to_vec(document).ok()
}

/// The hashes of all and of the key's mark, sorted and one after the other.
pub(crate) fn hashes<'a>(key: &[u8; 32], all: impl Iterator<Item = &'a Target>) -> Vec<u8> {
    let mut hashes: Vec<[u8; HASH_BYTES]> = all.map(|who| hash(key, who)).chain([mark(key)]).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.concat()
}

pub(crate) fn digest(hashes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(hashes))
}

fn hash(key: &[u8; 32], who: &Target) -> [u8; HASH_BYTES] {
    match who {
        Target::Identity(identity) => keyed(key, &["identity:", identity.as_str()]),
        Target::UserId(id) => keyed(key, &["user_id:", &id.to_string()]),
    }
}

/// Stands among the hashes that are signed, and is nobody's.
fn mark(key: &[u8; 32]) -> [u8; HASH_BYTES] {
    keyed(key, &["key"])
}

fn keyed(key: &[u8; 32], parts: &[&str]) -> [u8; HASH_BYTES] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    for part in parts {
        mac.update(part.as_bytes());
    }
    let mut cut = [0; HASH_BYTES];
    cut.copy_from_slice(&mac.finalize().into_bytes()[..HASH_BYTES]);
    cut
}

fn fixed<const N: usize>(text: &str) -> Option<[u8; N]> {
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()
}
