//! Passwords are hashed off the async threads, and only so many at once.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use domain::password::Password;
use store::surroundings::Surroundings;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::Failure;

/// Each takes 19 MiB and a core for its time.
const AT_ONCE: usize = 2;

/// The second row of OWASP's list for Argon2id: 19 MiB, two passes, one lane.
const PARAMS: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Of the same parameters, and of no password: what an unknown address is checked against, so that it takes the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y2Fpcm4tbm9ib2R5LXNhbHQ$5b4VmJ0fC9m1uQ0mQd1d2mJ0Zk0x3mR9dQh7oJ0rW2E";

/// Argon2id.
#[derive(Clone)]
pub struct Hasher {
    surroundings: Surroundings,
    permits: Arc<Semaphore>,
}

impl Hasher {
    pub fn new(surroundings: Surroundings) -> Self {
        Self { surroundings, permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// A PHC string of a new password.
    ///
    /// # Errors
    /// `Hashing`, for want of memory.
    pub async fn hash(&self, password: &Password) -> Result<String, Failure> {
        let salt = self.surroundings.bytes::<16>();
        let password = password.clone();
        self.run(move || {
            let (memory, passes, lanes) = PARAMS;
            let params = Params::new(memory, passes, lanes, None).map_err(|error| Failure::Hashing(error.to_string()))?;
            let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                .hash_password_with_salt(password.reveal().as_bytes(), &salt)
                .map_err(|error| Failure::Hashing(error.to_string()))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether this is the password. Without a hash, which is an unknown address, it is not, after the same time.
    ///
    /// # Errors
    /// `Hashing`, when the stored hash cannot be read.
    pub async fn verify(&self, password: &str, phc: Option<&str>) -> Result<bool, Failure> {
        let known = phc.is_some();
        let phc = phc.unwrap_or(NOBODY).to_owned();
        // Longer ones are nobody's, and would take their time by length.
        let password: String = password.chars().take(Password::MAX as usize + 1).collect();
        let matches = self
            .run(move || {
                let hash = PasswordHash::new(&phc).map_err(|error| Failure::Hashing(error.to_string()))?;
                Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(known && matches)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
        let _permit = self.permits.acquire().await.map_err(|error| Failure::Hashing(error.to_string()))?;
        spawn_blocking(work).await.map_err(|error| Failure::Hashing(error.to_string()))?
    }
}

#[cfg(test)]
mod tests;
