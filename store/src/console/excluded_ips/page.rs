//! A part of a list, for lists of any length.

use domain::{
    excluded_ip::{Exclusions, Overlap, Pattern},
    id::EnvironmentId,
};

use super::{ExcludedIp, LineRow, count, scope_in, version};
use crate::{
    Error,
    access::{Granted, View},
    console::Console,
    engine::{args, statements},
};

// A text holds another one if it changes by its removal: the engines have no other function for it in common. Both fold ASCII alone.
statements! {
    LINES_COUNT = "SELECT COUNT(*) FROM excluded_ips WHERE account_id = $1 AND environment_id = $2";
    LINES_PAGE = "SELECT x.pattern, x.note, p.name AS added_by, x.added_at FROM excluded_ips x JOIN people p ON p.id = x.added_by WHERE x.account_id = $1 AND x.environment_id = $2 ORDER BY x.position LIMIT $3 OFFSET $4";
    LINES_FOUND = "SELECT COUNT(*) FROM excluded_ips WHERE account_id = $1 AND environment_id = $2 AND (replace(lower(pattern), $3, '') <> lower(pattern) OR replace(lower(note), $3, '') <> lower(note))";
    LINES_FOUND_PAGE = "SELECT x.pattern, x.note, p.name AS added_by, x.added_at FROM excluded_ips x JOIN people p ON p.id = x.added_by WHERE x.account_id = $1 AND x.environment_id = $2 AND (replace(lower(x.pattern), $3, '') <> lower(x.pattern) OR replace(lower(x.note), $3, '') <> lower(x.note)) ORDER BY x.position LIMIT $4 OFFSET $5";
}

/// How many lines a page shows.
pub const PAGE: u32 = 100;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludedIpsPage {
    /// What a save has to name.
    pub version: i64,
    /// How many lines the list has.
    pub total: u32,
    /// How many of them the search finds; all without one.
    pub found: u32,
    /// Which page this is, from 1: the last one where there are not as many as was asked for.
    pub page: u32,
    /// How many lines are covered by another line of the list.
    pub covered: u32,
    /// Up to [`PAGE`] lines.
    pub lines: Vec<PagedLine>,
}

/// A line, and another one that covers some of its addresses too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagedLine {
    /// The line.
    pub line: ExcludedIp,
    /// The other one, if there is any.
    pub meets: Option<Meeting>,
}

/// The other line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// How far it goes.
    pub overlap: Overlap,
    /// It is of the list for all environments, and the line is of one.
    pub everywhere: bool,
}

impl Console {
    /// A page of the lines whose pattern or note holds `search`.
    ///
    /// # Errors
    /// `NotFound` for an environment that is not the account's.
    pub async fn excluded_ips_page(
        &self,
        granted: &Granted<View>,
        environment: Option<EnvironmentId>,
        search: &str,
        page: u32,
    ) -> Result<ExcludedIpsPage, Error> {
        let mut tx = self.db.read().await?;
        let account = granted.account;
        let scope = scope_in(&mut tx, account, environment).await?;
        let version = version(&mut tx, account, scope).await?;
        let (total,): (i64,) = tx.one(&LINES_COUNT, args![account, scope]).await?;
        let search = search.trim().to_ascii_lowercase();
        let found = if search.is_empty() { total } else { tx.one::<(i64,)>(&LINES_FOUND, args![account, scope, search.clone()]).await?.0 };
        let size = i64::from(PAGE);
        let last_page = ((found + size - 1) / size).max(1);
        let page = i64::from(page).clamp(1, last_page);
        let offset = (page - 1) * size;
        let rows: Vec<LineRow> = if search.is_empty() {
            tx.all(&LINES_PAGE, args![account, scope, size, offset]).await?
        } else {
            tx.all(&LINES_FOUND_PAGE, args![account, scope, search, size, offset]).await?
        };
        let rules = self.rules.current(&mut tx).await?;
        let rules = rules.of_account(account);
        let own = rules.and_then(|rules| rules.list(environment));
        let everywhere = rules.filter(|_| environment.is_some()).and_then(|rules| rules.list(None));
        let line = |row: LineRow| PagedLine { meets: meeting(own, everywhere, &row.pattern), line: row.into() };
        Ok(ExcludedIpsPage {
            version,
            total: whole(total),
            found: whole(found),
            page: whole(page),
            covered: count(own.map_or(0, Exclusions::covered)),
            lines: rows.into_iter().map(line).collect(),
        })
    }
}

/// What covers a line wholly is told rather than what covers it in part.
fn meeting(own: Option<&Exclusions>, everywhere: Option<&Exclusions>, pattern: &str) -> Option<Meeting> {
    let pattern = Pattern::parse(pattern).ok()?;
    let of = |list: Option<&Exclusions>, everywhere| list?.overlap(&pattern).map(|overlap| Meeting { overlap, everywhere });
    let found = [of(everywhere, true), of(own, false)];
    let is_whole = |meeting: &&Meeting| matches!(meeting.overlap, Overlap::Covered(_));
    let all = || found.iter().flatten();
    all().find(is_whole).or_else(|| all().next()).copied()
}

fn whole(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
