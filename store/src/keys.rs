//! What is derived from the instance key: keyed hashes of personal text, user keys, invite tokens.

use domain::{
    collect::Who,
    company::CompanyId,
    email::EmailAddress,
    id::{AccountId, EnvironmentId, InviteId, ResetId},
    user::{Identity, UserId},
};
use ed25519_dalek::{Signer, SigningKey};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::InstanceKey;

type HmacSha256 = Hmac<Sha256>;

/// One derived key for each use, so that a hash of one kind says nothing about another.
#[derive(Clone)]
pub(crate) struct Keys {
    email: HmacSha256,
    user: HmacSha256,
    company: HmacSha256,
    event: HmacSha256,
    name: HmacSha256,
    invite: HmacSha256,
    reset: HmacSha256,
    token: HmacSha256,
    suppression: HmacSha256,
    receipt: SigningKey,
    user_bits: u32,
}

/// A user's or a company's key and the full hash that it was cut from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UserKey {
    pub(crate) key: i64,
    pub(crate) hash: [u8; 32],
}

/// Whom a key is derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Named<'a> {
    Identity(&'a Identity),
    /// `generation` counts how often the same number was identified as somebody else.
    UserId(UserId, u32),
}

impl<'n> Named<'n> {
    /// Of somebody of this generation; identities have but one.
    pub(crate) fn of(who: &'n Who, generation: u32) -> Self {
        match who {
            Who::Identity(identity) => Self::Identity(identity),
            Who::UserId(id) => Self::UserId(*id, generation),
        }
    }
}

impl Keys {
    pub(crate) fn derive(instance: &InstanceKey) -> Self {
        let source = Hkdf::<Sha256>::new(None, instance.bytes());
        let bytes = |label: &str| {
            let mut bytes = [0; 32];
            // 32 bytes are far below HKDF's limit of 255 hashes.
            let _ = source.expand(label.as_bytes(), &mut bytes);
            bytes
        };
        let key = |label: &str| HmacSha256::new_from_slice(&bytes(label)).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        Self {
            email: key("cairn email 1"),
            user: key("cairn user 1"),
            company: key("cairn company 1"),
            event: key("cairn event 1"),
            name: key("cairn name 1"),
            invite: key("cairn invite 1"),
            reset: key("cairn password reset 1"),
            token: key("cairn api token 1"),
            suppression: key("cairn suppression 1"),
            receipt: SigningKey::from_bytes(&bytes("cairn receipt 1")),
            user_bits: 63,
        }
    }

    /// User keys of so few bits that they collide, for tests.
    pub(crate) fn narrowed(self, user_bits: u32) -> Self {
        Self { user_bits: user_bits.clamp(1, 63), ..self }
    }

    pub(crate) fn email_hash(&self, email: &EmailAddress) -> Vec<u8> {
        mac(&self.email, &[email.as_str().as_bytes()]).to_vec()
    }

    /// `attempt` is raised when another user's hash stands under the key already.
    pub(crate) fn user(&self, environment: EnvironmentId, named: Named<'_>, attempt: u32) -> UserKey {
        let environment = environment.get().to_be_bytes();
        let attempt = attempt.to_be_bytes();
        let hash = match named {
            Named::Identity(identity) => mac(&self.user, &[&environment, b"i", &attempt, identity.as_str().as_bytes()]),
            Named::UserId(id, generation) => {
                mac(&self.user, &[&environment, b"u", &attempt, &id.get().to_be_bytes(), &generation.to_be_bytes()])
            }
        };
        UserKey { key: cut(&hash) >> (63 - self.user_bits), hash }
    }

    /// The key that a user has who was never anybody else, unless another user's hash stands there.
    pub(crate) fn first_user(&self, environment: EnvironmentId, who: &Who) -> UserKey {
        self.user(environment, Named::of(who, 0), 0)
    }

    /// The key of a company. `attempt` is raised when another one's hash stands under the key already.
    pub(crate) fn company(&self, environment: EnvironmentId, company: &CompanyId, attempt: u32) -> UserKey {
        let hash = mac(&self.company, &[&environment.get().to_be_bytes(), &attempt.to_be_bytes(), company.as_str().as_bytes()]);
        UserKey { key: cut(&hash) >> (63 - self.user_bits), hash }
    }

    /// The id of an event within its user.
    pub(crate) fn event_id(&self, environment: EnvironmentId, idempotency_key: &str) -> i64 {
        cut(&mac(&self.event, &[&environment.get().to_be_bytes(), idempotency_key.as_bytes()]))
    }

    /// The number under which an event or property name is indexed in an environment.
    pub(crate) fn name_key(&self, environment: EnvironmentId, name: &str) -> i64 {
        cut(&mac(&self.name, &[&environment.get().to_be_bytes(), name.as_bytes()]))
    }

    pub(crate) fn invite_mac(&self, invite: InviteId, generation: i64) -> [u8; 32] {
        mac(&self.invite, &[invite.0.as_bytes(), &generation.to_be_bytes()])
    }

    pub(crate) fn reset_mac(&self, reset: ResetId) -> [u8; 32] {
        mac(&self.reset, &[reset.0.as_bytes()])
    }

    /// The number by which an account knows a name that it does not collect of.
    pub(crate) fn suppression(&self, account: AccountId, who: &Who) -> i64 {
        let account = account.0.as_bytes();
        cut(&match who {
            Who::Identity(identity) => mac(&self.suppression, &[account, b"i", identity.as_str().as_bytes()]),
            Who::UserId(id) => mac(&self.suppression, &[account, b"u", &id.get().to_be_bytes()]),
        })
    }

    pub(crate) fn sign_receipt(&self, document: &[u8]) -> [u8; 64] {
        self.receipt.sign(document).to_bytes()
    }

    pub(crate) fn receipt_key(&self) -> [u8; 32] {
        self.receipt.verifying_key().to_bytes()
    }

    pub(crate) fn token_mac(&self, payload: &[u8]) -> [u8; 32] {
        mac(&self.token, &[payload])
    }
}

/// The hash of a random secret, which needs no key.
pub(crate) fn secret_hash(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

fn mac(key: &HmacSha256, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = key.clone();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// 63 bits, so that keys are never negative.
fn cut(hash: &[u8; 32]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first) & i64::MAX
}
