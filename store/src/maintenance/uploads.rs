//! Files of users to erase of which no request was made.

use super::{Maintenance, jobs::lease::Claimed, scrub};
use crate::{
    Error,
    console::deletion_requests::UPLOAD_KEPT_MINUTES,
    engine::{args, statements},
};

statements! {
    UPLOADS_FORGET = "DELETE FROM deletion_uploads WHERE created_at <= $1";
}

impl Maintenance {
    /// Forgets those whose hour is over, and makes them unreadable in the files: also those that went with a request which was cancelled, and those that went before a crash.
    pub(super) async fn forget_uploads(&self, claimed: &mut Claimed) -> Result<(), Error> {
        let (mut tx, now) = self.begin_chunk().await?;
        tx.execute(&UPLOADS_FORGET, args![now.plus_minutes(-UPLOAD_KEPT_MINUTES)]).await?;
        tx.commit().await?;
        claimed.keep_during(&self.db, &self.surroundings, scrub::scrub(&self.db, &self.chunks)).await?;
        let mut tx = self.db.write().await?;
        claimed.finish(&mut tx).await?;
        tx.commit().await
    }
}
