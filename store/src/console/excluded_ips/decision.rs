//! Which line decides about an address, by the rules that the collector judges by.

use std::net::IpAddr;

use domain::id::EnvironmentId;

use super::{ALL_ENVIRONMENTS, ExcludedIp, LineRow, scope, scope_in};
use crate::{
    Error,
    access::{Granted, View},
    console::Console,
    engine::{args, statements},
};

statements! {
    LINE_OF_PATTERN = "SELECT x.pattern, x.note, p.name AS added_by, x.added_at FROM excluded_ips x JOIN people p ON p.id = x.added_by WHERE x.account_id = $1 AND x.environment_id = $2 AND x.pattern = $3";
}

/// What becomes of data from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The line that refuses it; without one it is collected.
    pub decision: Option<Decision>,
    /// Where it was asked for all environments: those whose own list refuses it, by their ids.
    pub environments: Vec<EnvironmentId>,
}

/// The line that refuses data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is of the list for all environments.
    pub everywhere: bool,
    /// The line.
    pub line: ExcludedIp,
}

impl Console {
    /// What becomes of data from an address, for an environment or for all of them.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn judge_address(
        &self,
        granted: &Granted<View>,
        environment: Option<EnvironmentId>,
        address: IpAddr,
    ) -> Result<Verdict, Error> {
        let mut tx = self.db.read().await?;
        scope_in(&mut tx, granted.account, environment).await?;
        let rules = self.rules.current(&mut tx).await?;
        let Some(rules) = rules.of_account(granted.account) else { return Ok(Verdict { decision: None, environments: Vec::new() }) };
        let decision = match rules.deciding(environment, address) {
            None => None,
            Some(deciding) => {
                let scope = if deciding.everywhere { ALL_ENVIRONMENTS } else { scope(environment) };
                // A line that has just gone refuses nothing any more.
                let row: Option<LineRow> = tx.opt(&LINE_OF_PATTERN, args![granted.account, scope, deciding.pattern.to_string()]).await?;
                row.map(|row| Decision { everywhere: deciding.everywhere, line: row.into() })
            }
        };
        let mut environments = if environment.is_none() && decision.is_none() { rules.excluding(address) } else { Vec::new() };
        environments.sort_unstable();
        Ok(Verdict { decision, environments })
    }
}
