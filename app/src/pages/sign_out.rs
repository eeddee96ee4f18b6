//! Signing out.

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), Error> {
    if let Ok(actor) = ssr::caller().await {
        ssr::state()?.console.sign_out(&actor).await?;
    }
    ssr::clear_cookie()?;
    ssr::done(links::SIGN_IN, Notice::SignedOut);
    Ok(())
}
