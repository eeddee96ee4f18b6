//! Taking a request back, and letting one that failed begin anew.

use domain::id::RequestId;

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "deletion_cancel")]
pub async fn deletion_cancel(account: AccountId, request: RequestId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    ssr::state()?.console.delete_users(&granted).cancel(request).await?;
    ssr::done(&links::deletion_request(account, request), Notice::DeletionCancelled);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "deletion_retry")]
pub async fn deletion_retry(account: AccountId, request: RequestId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    ssr::state()?.console.delete_users(&granted).retry(request).await?;
    ssr::done(&links::deletion_request(account, request), Notice::DeletionRetried);
    Ok(())
}
