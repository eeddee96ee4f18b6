//! Moving what was collected under an anonymous key under the identity's.

use super::Maintenance;
use crate::{
    Error,
    engine::{Tx, args, statements},
};

statements! {
    /// Changes nothing, and locks the row until the commit on both engines. The user may be somebody else by now, when an alias was erased and told anew.
    REHOME_LOCK = "UPDATE aliases SET rehomed_at = rehomed_at WHERE environment_id = $1 AND user_key = $2 AND identified_key = $3 AND rehomed_at IS NULL";
    REHOME_ENVIRONMENT_LIVES = "SELECT id FROM environments WHERE id = $1 AND deleted_at IS NULL";
    REHOME_CHUNK_END = "SELECT event_id FROM events WHERE environment_id = $1 AND user_key = $2 ORDER BY event_id LIMIT 1 OFFSET $3";
    /// A retry that came under the identity while its first copy was still here is met, and stays.
    REHOME_EVENTS = "INSERT INTO events (environment_id, user_key, event_id, occurred_at, received_at, session_id, name_key, name, properties, company_key) SELECT environment_id, CAST($2 AS BIGINT), event_id, occurred_at, received_at, session_id, name_key, name, properties, company_key FROM events WHERE environment_id = $1 AND user_key = $3 AND event_id <= $4 ON CONFLICT (environment_id, user_key, event_id) DO NOTHING";
    REHOME_EVENTS_LEAVE = "DELETE FROM events WHERE environment_id = $1 AND user_key = $2 AND event_id <= $3";
    REHOME_PROPERTIES = "INSERT INTO user_properties (environment_id, user_key, property_key, name, value, received_at) SELECT environment_id, CAST($2 AS BIGINT), property_key, name, value, received_at FROM user_properties WHERE environment_id = $1 AND user_key = $3 ON CONFLICT (environment_id, user_key, property_key) DO NOTHING";
    REHOME_PROPERTIES_LEAVE = "DELETE FROM user_properties WHERE environment_id = $1 AND user_key = $2";
    REHOME_USER_LEAVES = "DELETE FROM users WHERE environment_id = $1 AND user_key = $2";
    REHOME_DONE = "UPDATE aliases SET rehomed_at = $3 WHERE environment_id = $1 AND user_key = $2";
}

impl Maintenance {
    /// Moves up to `chunk` events from an anonymous key to the identity's, and with the last ones the properties, of which the identity's own win. Answers whether there is
    /// more to move. Nothing happens where the alias or the environment is gone, where it is another's, or the work is done; so it may be called again at any time.
    ///
    /// # Errors
    /// `Database`: call again.
    pub async fn unscoped_rehome(&self, environment: i64, from: i64, to: i64, chunk: u32) -> Result<bool, Error> {
        // A batch that began before the alias was there may still write under the anonymous key. Later ones do not.
        if !self.db.earlier_batches_ended().await? {
            return Ok(true);
        }
        let mut tx = self.db.write().await?;
        // A deletion of the environment waits for this transaction, or is seen by it.
        tx.lock_rules_shared().await?;
        let lives = tx.opt::<(i64,)>(&REHOME_ENVIRONMENT_LIVES, args![environment]).await?.is_some();
        if !lives || tx.execute(&REHOME_LOCK, args![environment, from, to]).await? == 0 {
            return Ok(false);
        }
        let last_of_chunk = i64::from(chunk.max(1)) - 1;
        let end: Option<(i64,)> = tx.opt(&REHOME_CHUNK_END, args![environment, from, last_of_chunk]).await?;
        let until = end.map_or(i64::MAX, |(id,)| id);
        tx.execute(&REHOME_EVENTS, args![environment, to, from, until]).await?;
        tx.execute(&REHOME_EVENTS_LEAVE, args![environment, from, until]).await?;
        if end.is_none() {
            self.finish(&mut tx, environment, from, to).await?;
        }
        tx.commit().await?;
        Ok(end.is_some())
    }

    async fn finish(&self, tx: &mut Tx, environment: i64, from: i64, to: i64) -> Result<(), Error> {
        tx.execute(&REHOME_PROPERTIES, args![environment, to, from]).await?;
        tx.execute(&REHOME_PROPERTIES_LEAVE, args![environment, from]).await?;
        tx.execute(&REHOME_USER_LEAVES, args![environment, from]).await?;
        let now = tx.received_at(&self.surroundings).await?;
        tx.execute(&REHOME_DONE, args![environment, from, now]).await?;
        Ok(())
    }
}
