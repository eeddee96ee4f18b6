//! Companies, which go with everything in an environment and with nothing else.

use domain::id::RequestId;

use super::{Claimed, EraseStep, Maintenance, Order};
use crate::{
    Error,
    catalogue::COMPANIES,
    engine::{args, statements},
};

statements! {
    /// A company of which something is newer is, from there on, a new one of the same name.
    COMPANIES_ANEW = "UPDATE companies SET received_at = $3 WHERE environment_id = $1 AND received_at <= $2 AND company_key IN (SELECT company_key FROM company_properties WHERE environment_id = $1 AND received_at > $2)";
    COMPANIES_COUNT = "INSERT INTO deletion_counts (request_id, environment_id, users, events, properties, aliases, companies) VALUES ($1, $2, 0, 0, 0, 0, $3) ON CONFLICT (request_id, environment_id) DO UPDATE SET companies = deletion_counts.companies + excluded.companies";
}

/// Rows of one statement, so that collection waits for some ten milliseconds.
const AT_ONCE: u32 = 2_000;

impl Maintenance {
    /// Erases a chunk of them.
    pub(super) async fn erase_companies(&self, claimed: &Claimed, request: RequestId) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        // A batch that has looked up a company must not store properties of one that is gone.
        tx.lock_rules_exclusively().await?;
        let now = tx.received_at(&self.surroundings).await?;
        let order = Order::read(&mut tx, request).await?;
        let mut more = false;
        if let Some(environment) = order.everything_in() {
            tx.execute(&COMPANIES_ANEW, args![environment, order.cut, order.cut.plus_millis(1)]).await?;
            let mut erased = 0;
            for table in COMPANIES {
                let rows = tx.execute(&table.erase, args![environment, order.cut, AT_ONCE]).await?;
                more |= rows >= u64::from(AT_ONCE);
                erased += rows;
            }
            tx.execute(&COMPANIES_COUNT, args![request, environment, erased.cast_signed()]).await?;
        }
        let step = if more { EraseStep::Companies } else { EraseStep::Verify };
        claimed.go_on(&mut tx, &order.job(step), now).await?;
        tx.commit().await
    }
}
