//! What decides whether data is stored: which environments live, which addresses their accounts exclude, what is kept, of whom nothing is collected, and after which cuts it is received.

use std::{
    collections::{HashMap, HashSet},
    net::IpAddr,
    sync::Arc,
};

use domain::{
    collect::Who,
    excluded_ip::{Exclusions, Pattern},
    id::{AccountId, EnvironmentId},
    privacy::{Privacy, Sender},
    time::Millis,
};
use uuid::Uuid;

use super::{Outcome, PrivacyRow};
use crate::{
    Error,
    engine::{Tx, args, statements},
    keys::Keys,
};

statements! {
    RULES_VERSION = "SELECT rules_version, newest_cut FROM installation WHERE id = 1";
    RULES_ACCOUNTS = "SELECT id FROM accounts WHERE rules_version > $1";
    RULES_ENVIRONMENTS = "SELECT e.account_id, e.id FROM environments e JOIN accounts a ON a.id = e.account_id WHERE a.rules_version > $1 AND e.deleted_at IS NULL";
    RULES_PRIVACY = "SELECT p.environment_id, p.version, p.stored_address, p.location, p.user_agent, p.privacy_control, p.target_text, p.hosts, p.event_properties, p.user_properties, p.capture, p.pages, p.retention_days FROM privacy_settings p JOIN environments e ON e.id = p.environment_id JOIN accounts a ON a.id = e.account_id WHERE a.rules_version > $1 AND e.deleted_at IS NULL";
    RULES_SUPPRESSIONS = "SELECT s.account_id, s.hash, MAX(s.until) FROM suppressions s JOIN accounts a ON a.id = s.account_id WHERE a.rules_version > $1 GROUP BY s.account_id, s.hash";
    RULES_PATTERNS = "SELECT x.account_id, x.environment_id, x.pattern FROM excluded_ips x JOIN accounts a ON a.id = x.account_id WHERE a.rules_version > $1 ORDER BY x.account_id, x.environment_id, x.position";
}

/// The rules of every account as of one version.
#[derive(Debug, Clone)]
pub struct Rules {
    version: i64,
    environments: HashMap<EnvironmentId, Arc<AccountRules>>,
    /// The newest cut of any deletion request.
    newest_cut: Millis,
    /// That of environments where nobody set it.
    privacy_at_first: Arc<Privacy>,
}

#[derive(Debug)]
pub(crate) struct AccountRules {
    account: AccountId,
    everywhere: Exclusions,
    /// Those that have lines.
    environments: HashMap<EnvironmentId, Exclusions>,
    /// Those where somebody set it.
    privacy: HashMap<EnvironmentId, Privacy>,
    /// Until when nothing is collected of whom, by keyed hashes of names and by user keys.
    suppressed: HashMap<i64, Millis>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { version: 0, environments: HashMap::new(), newest_cut: Millis(0), privacy_at_first: Arc::default() }
    }
}

impl Rules {
    /// Raised by every change of any account's rules.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// When data is received that comes now: always after the cuts of all deletion requests, whatever a clock was set back by.
    pub(super) fn received_at(&self, now: Millis) -> Millis {
        now.max(self.newest_cut.plus_millis(1))
    }

    /// The account of a living environment.
    pub fn account(&self, environment: EnvironmentId) -> Option<AccountId> {
        self.environments.get(&environment).map(|rules| rules.account)
    }

    /// What becomes of data for this environment from this address and sender.
    pub(super) fn judge(&self, environment: EnvironmentId, address: IpAddr, sender: &Sender) -> Outcome {
        match self.environments.get(&environment) {
            None => Outcome::UnknownEnvironment,
            Some(rules) if rules.deciding(Some(environment), address).is_some() => Outcome::Excluded,
            Some(_) => self.privacy(environment).ignores(sender).map_or(Outcome::Stored, Outcome::Ignored),
        }
    }

    /// What is kept of data for this environment.
    pub(super) fn privacy(&self, environment: EnvironmentId) -> &Privacy {
        let set = self.environments.get(&environment).and_then(|rules| rules.privacy.get(&environment));
        set.unwrap_or(&self.privacy_at_first)
    }

    /// Whether nothing is to be collected of this user now.
    pub(super) fn suppresses(&self, keys: &Keys, environment: EnvironmentId, who: &Who, now: Millis) -> bool {
        let Some(rules) = self.environments.get(&environment).filter(|rules| !rules.suppressed.is_empty()) else { return false };
        let hashes = [keys.suppression(rules.account, who), keys.first_user(environment, who).key];
        hashes.iter().any(|hash| rules.suppressed.get(hash).is_some_and(|until| *until > now))
    }

    /// The rules of an account, all of whose environments share them.
    pub(crate) fn of_account(&self, account: AccountId) -> Option<&AccountRules> {
        self.environments.values().find(|rules| rules.account == account).map(Arc::as_ref)
    }
}

/// The line that excludes an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deciding {
    /// Whether it is of the list for all environments.
    pub(crate) everywhere: bool,
    pub(crate) pattern: Pattern,
}

impl AccountRules {
    /// By which line data for an environment from this address is refused; without one, data for every environment.
    pub(crate) fn deciding(&self, environment: Option<EnvironmentId>, address: IpAddr) -> Option<Deciding> {
        let own = || self.list(Some(environment?))?.deciding(address).map(|pattern| Deciding { everywhere: false, pattern: *pattern });
        self.everywhere.deciding(address).map(|pattern| Deciding { everywhere: true, pattern: *pattern }).or_else(own)
    }

    /// The list of all environments, or of one that has lines.
    pub(crate) fn list(&self, environment: Option<EnvironmentId>) -> Option<&Exclusions> {
        match environment {
            None => Some(&self.everywhere),
            Some(environment) => self.environments.get(&environment),
        }
    }

    /// The environments whose own list excludes this address.
    pub(crate) fn excluding(&self, address: IpAddr) -> Vec<EnvironmentId> {
        self.environments.iter().filter(|(_, list)| list.deciding(address).is_some()).map(|(id, _)| *id).collect()
    }
}

/// The rules as of now, unless those that are known are up to date. Reads only the accounts that changed.
pub(super) async fn newer(tx: &mut Tx, known: &Rules) -> Result<Option<Rules>, Error> {
    let (version, newest_cut): (i64, i64) = tx.one(&RULES_VERSION, args![]).await?;
    if version == known.version {
        return Ok(None);
    }
    // An account that changes between these statements has a version greater than the one read above, so it is read again next time.
    let accounts: Vec<(Uuid,)> = tx.all(&RULES_ACCOUNTS, args![known.version]).await?;
    let environments: Vec<(Uuid, i64)> = tx.all(&RULES_ENVIRONMENTS, args![known.version]).await?;
    let patterns: Vec<(Uuid, i64, String)> = tx.all(&RULES_PATTERNS, args![known.version]).await?;
    let suppressions: Vec<(Uuid, i64, i64)> = tx.all(&RULES_SUPPRESSIONS, args![known.version]).await?;
    let privacy: Vec<PrivacyRow> = tx.all(&RULES_PRIVACY, args![known.version]).await?;

    let changed: HashSet<AccountId> = accounts.into_iter().map(|(id,)| AccountId(id)).collect();
    let mut rules = Rules { version, newest_cut: Millis(newest_cut), ..known.clone() };
    rules.environments.retain(|_, rules| !changed.contains(&rules.account));
    let mut lists = lists(patterns)?;
    let mut privacy = settings(privacy)?;
    let mut suppressed: HashMap<AccountId, HashMap<i64, Millis>> = HashMap::new();
    for (account, hash, until) in suppressions {
        suppressed.entry(AccountId(account)).or_default().insert(hash, Millis(until));
    }
    let mut living: HashMap<AccountId, Vec<EnvironmentId>> = HashMap::new();
    for (account, id) in environments {
        let id = EnvironmentId::new(id).map_err(|_| Error::Inconsistent { table: "environments" })?;
        living.entry(AccountId(account)).or_default().push(id);
    }
    for account in changed {
        let ids = living.remove(&account).unwrap_or_default();
        let mut list = |environment: i64| Exclusions::new(lists.remove(&(account, environment)).unwrap_or_default());
        let everywhere = list(ALL_ENVIRONMENTS);
        let own = ids.iter().map(|id| (*id, list(id.get()))).filter(|(_, list)| !list.is_empty()).collect();
        let privacy = ids.iter().filter_map(|id| Some((*id, privacy.remove(&id.get())?))).collect();
        let shared = Arc::new(AccountRules {
            account,
            everywhere,
            environments: own,
            privacy,
            suppressed: suppressed.remove(&account).unwrap_or_default(),
        });
        rules.environments.extend(ids.into_iter().map(|id| (id, shared.clone())));
    }
    Ok(Some(rules))
}

fn settings(rows: Vec<PrivacyRow>) -> Result<HashMap<i64, Privacy>, Error> {
    rows.into_iter().map(|row| Ok((row.environment_id, row.try_into()?))).collect()
}

/// `environment_id` of the list that counts for the whole account.
const ALL_ENVIRONMENTS: i64 = 0;

fn lists(rows: Vec<(Uuid, i64, String)>) -> Result<HashMap<(AccountId, i64), Vec<Pattern>>, Error> {
    let mut lists: HashMap<_, Vec<Pattern>> = HashMap::new();
    for (account, environment, pattern) in rows {
        let pattern = Pattern::parse(&pattern).map_err(|_| Error::Inconsistent { table: "excluded_ips" })?;
        lists.entry((AccountId(account), environment)).or_default().push(pattern);
    }
    Ok(lists)
}
