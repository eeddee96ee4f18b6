//! How scripts name an account.

use domain::id::EnvironmentId;
use store::{
    Console,
    access::{Granted, View},
};

use crate::Error;

/// The id of Main Production.
///
/// # Errors
/// `Unavailable`.
pub async fn app_id(console: &Console, granted: &Granted<View>) -> Result<EnvironmentId, Error> {
    let projects = console.projects(granted).await?;
    let main = projects.iter().flat_map(|project| &project.environments).find(|environment| environment.is_main_production);
    Ok(main.ok_or(Error::NotFound)?.id)
}
