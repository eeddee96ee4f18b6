//! Requests for everything in an environment: nobody is named, and whoever is there goes.

use domain::{
    deletion::Counts,
    id::{AccountId, EnvironmentId, RequestId},
    invalid::{Field, Problem},
    listing::{Page, ROWS, Window},
    time::Millis,
};

use super::{
    Deletions, Preview, PreviewUser, Selection, count,
    preview::{self, PreviewEnvironment},
    quotes::Quotes,
    reports,
    selection::Kind,
    users::{self, KnownUser, UserRow},
};
use crate::{
    Error, catalogue,
    engine::{Tx, args, statements},
};

statements! {
    EVERYBODY_COUNT = "SELECT COUNT(*) FROM users WHERE environment_id = $1 AND received_at <= $2";
    EVERYBODY_PAGE = "SELECT user_key, identity, user_id FROM users WHERE environment_id = $1 ORDER BY user_key LIMIT $2 OFFSET $3";
    EVERYBODY_SEEN = "SELECT COUNT(*), MIN(occurred_at), MAX(occurred_at) FROM events WHERE environment_id = $1";
    EVERYBODY_SESSIONS = "SELECT COUNT(*) FROM (SELECT DISTINCT user_key, session_id FROM events WHERE environment_id = $1 AND session_id IS NOT NULL) AS sessions";
}

/// Later than anything is received.
const EVER: Millis = Millis(i64::MAX);

impl Deletions<'_> {
    pub(super) async fn everything(&self, environment: EnvironmentId) -> Result<Selection, Error> {
        let mut tx = self.console.db.read().await?;
        let found = preview::living(&mut tx, self.granted.account, environment).await.map_err(|error| match error {
            Error::NotFound => Error::mistake(Field::Environment, Problem::Missing),
            other => other,
        })?;
        let users = users_until(&mut tx, environment, EVER).await?;
        let users = u32::try_from(users).unwrap_or(u32::MAX);
        Ok(Selection { kind: Kind::Everything { environment, name: format!("{} / {}", found.project, found.name), users }, upload: None })
    }
}

/// How many users there are of whom something was received up to then.
pub(super) async fn users_until(tx: &mut Tx, environment: EnvironmentId, cut: Millis) -> Result<u64, Error> {
    let (users,): (i64,) = tx.one(&EVERYBODY_COUNT, args![environment, cut]).await?;
    Ok(users.unsigned_abs())
}

/// Everything in the environment, with a page of its users in the order of their keys, which is none that anybody knows.
pub(super) async fn preview(
    tx: &mut Tx,
    account: AccountId,
    selection: &Selection,
    page: u32,
    at: Option<RequestId>,
) -> Result<Preview, Error> {
    let Some((id, _)) = selection.everything_in() else { return Err(Error::Inconsistent { table: "environments" }) };
    let mut environment = preview::empty(tx, account, id).await?;
    let (mut first, mut last) = (None, None);
    for table in catalogue::user_tables() {
        let (rows, from, until): (i64, Option<i64>, Option<i64>) = tx.one(&table.everybody, args![id, EVER]).await?;
        *(table.counted)(&mut environment.found) += rows.unsigned_abs();
        first = [first, from].into_iter().flatten().min();
        last = last.max(until);
    }
    (environment.first_received_at, environment.last_received_at) = (first.map(Millis), last.map(Millis));
    let (_, seen_first, seen_last): (i64, Option<i64>, Option<i64>) = tx.one(&EVERYBODY_SEEN, args![id]).await?;
    (environment.first_seen_at, environment.last_seen_at) = (seen_first.map(Millis), seen_last.map(Millis));
    let (sessions,): (i64,) = tx.one(&EVERYBODY_SESSIONS, args![id]).await?;
    environment.sessions = sessions.unsigned_abs();
    let users = everybody(tx, &environment, page, at).await?;
    let reports = reports::every(tx, id).await?;
    let targets = selection.count();
    let (missing, quotes, seal) = (Vec::new(), Quotes::default(), String::new());
    let matched = if environment.found == Counts::default() { 0 } else { targets.max(1) };
    Ok(Preview { targets, matched, unmatched: 0, missing, environments: vec![environment], users, quotes, reports, seal })
}

async fn everybody(tx: &mut Tx, environment: &PreviewEnvironment, page: u32, at: Option<RequestId>) -> Result<Page<PreviewUser>, Error> {
    let total = usize::try_from(environment.found.users).unwrap_or(usize::MAX);
    let window = Window::new(page, total);
    let rows: Vec<UserRow> =
        tx.all(&EVERYBODY_PAGE, args![environment.id, count(ROWS), i64::try_from(window.before()).unwrap_or(i64::MAX)]).await?;
    let known = rows.iter().map(|row| KnownUser::of(0, row)).collect::<Result<Vec<_>, _>>()?;
    let page = Page { rows: known, window, total, unsearched: 0 };
    users::told(tx, std::slice::from_ref(environment), page, at).await
}
