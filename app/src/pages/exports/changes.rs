//! Asking for an export, and ending one.

use domain::id::ExportId;
#[cfg(feature = "ssr")]
use domain::{
    deletion::{Whom, WhomText},
    invalid::{Invalid, Problem},
};

use crate::prelude::*;

/// Of one user, named as in a deletion request.
#[server(prefix = "/api/console", endpoint = "export_ask")]
pub async fn export_ask(account: AccountId, #[server(default)] kind: String, #[server(default)] targets: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    let text = WhomText { kind: &kind, targets: &targets, ..WhomText::default() };
    let Whom::Named(named) = text.parse().map_err(Invalid::in_one_line)? else {
        return Err(Error::mistake(Field::Kind, Problem::NotAChoice));
    };
    let [user] = named.as_slice() else { return Err(Error::mistake(Field::Targets, Problem::TooMany { max: 1 })) };
    let export = ssr::state()?.console.export_users(&granted).ask(user).await?;
    // Its page tells the rest.
    ssr::leave(&links::export(account, export));
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "export_delete")]
pub async fn export_delete(account: AccountId, export: ExportId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    ssr::state()?.console.export_users(&granted).delete(export).await?;
    ssr::done(&links::export(account, export), Notice::ExportDeleted);
    Ok(())
}
