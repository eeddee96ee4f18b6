//! What the page shows. What is only read comes as sentences, which are made on the server.

#[cfg(feature = "ssr")]
mod network;
#[cfg(feature = "ssr")]
mod sentences;
#[cfg(feature = "ssr")]
mod test;

#[cfg(feature = "ssr")]
use domain::excluded_ip::BOX_LINES;
#[cfg(feature = "ssr")]
use store::{
    access::{Granted, View},
    console::{
        Console,
        excluded_ips::{ExcludedIp, ExcludedIpsPage, PAGE, PagedLine},
        projects::Project,
    },
};

use crate::prelude::*;

/// How many lists have a tab.
#[cfg(feature = "ssr")]
const MOST_TABS: usize = 20;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExcludedIpList {
    pub account: AccountId,
    pub may_edit: bool,
    /// Whose list this is; `None` for all environments.
    pub environment: Option<EnvironmentId>,
    /// Lists of the account by name: the first, and this one.
    pub scopes: Vec<(Option<EnvironmentId>, String)>,
    /// How many more there are.
    pub more: u64,
    /// What a save has to name.
    pub version: i64,
    /// The lines as the box shows them; absent when there are more than it takes.
    pub text: Option<String>,
    pub visitor: Option<Visitor>,
    pub lines: LinesPage,
    pub test: AddressTest,
    pub diagnosis: Diagnosis,
}

/// A page of the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinesPage {
    pub summary: String,
    /// What was searched for; absent where the list is too short to search.
    pub search: Option<String>,
    pub page: u32,
    pub rows: Vec<ExcludedIpRow>,
    /// The addresses of the pages before and after.
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExcludedIpRow {
    pub pattern: String,
    pub note: String,
    pub added_by: String,
    pub added: Moment,
    /// Which other line covers some of it too; may be empty.
    pub meets: String,
}

/// Who looks at the page, as the collector sees them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Visitor {
    pub address: String,
    /// The pattern that excludes them here already.
    pub excluded_by: Option<String>,
}

/// What would become of data from an address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddressTest {
    /// As it was typed.
    pub asked: String,
    /// Why it is no address.
    pub wrong: Option<String>,
    /// The answer, where something was asked.
    pub facts: Vec<(String, String)>,
}

/// How this request came here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Diagnosis {
    pub facts: Vec<(String, String)>,
    /// What the operator has to do, if anything.
    pub hint: Option<String>,
    /// Where the browser can ask which address it has in which family.
    pub elsewhere: Vec<(String, String)>,
}

#[server(prefix = "/api/console", endpoint = "load_excluded_ips", input = Json, output = Postcard)]
pub async fn load_excluded_ips(
    account: AccountId,
    environment: Option<EnvironmentId>,
    search: String,
    page: u32,
    address: String,
) -> Result<ExcludedIpList, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let scopes = scopes(console.projects(&granted).await?);
    let list = console.excluded_ips_page(&granted, environment, &search, page).await?;
    let test = test::test(console, &granted, environment, &scopes, address).await?;
    let (scopes, more) = near(scopes, environment);
    let (visitor, diagnosis) = network::here(console, &granted, environment).await?;
    Ok(ExcludedIpList {
        account,
        may_edit: ssr::may::<ssr::ManageExcludedIps>(&granted),
        environment,
        version: list.version,
        text: text(console, &granted, environment, &list).await?,
        visitor,
        test,
        scopes,
        more,
        lines: lines(account, environment, search, list),
        diagnosis,
    })
}

#[cfg(feature = "ssr")]
fn scopes(projects: Vec<Project>) -> Vec<(Option<EnvironmentId>, String)> {
    let of = |project: Project| {
        let name = project.name;
        project.environments.into_iter().map(move |environment| (Some(environment.id), format!("{name} / {}", environment.name)))
    };
    std::iter::once((None, "All environments".to_owned())).chain(projects.into_iter().flat_map(of)).collect()
}

/// As many lists as there is room for, and the one that is shown.
#[cfg(feature = "ssr")]
fn near(scopes: Vec<(Option<EnvironmentId>, String)>, here: Option<EnvironmentId>) -> (Vec<(Option<EnvironmentId>, String)>, u64) {
    let all = scopes.len();
    let near: Vec<_> = scopes.into_iter().enumerate().filter(|(place, (scope, _))| *place < MOST_TABS || *scope == here).collect();
    let more = u64::try_from(all - near.len()).unwrap_or(u64::MAX);
    (near.into_iter().map(|(_, scope)| scope).collect(), more)
}

#[cfg(feature = "ssr")]
async fn text(
    console: &Console,
    granted: &Granted<View>,
    environment: Option<EnvironmentId>,
    page: &ExcludedIpsPage,
) -> Result<Option<String>, Error> {
    if page.total > BOX_LINES {
        return Ok(None);
    }
    let list = console.excluded_ips(granted, environment).await?;
    Ok(Some(ssr::excluded_ips_text(&list.lines)))
}

#[cfg(feature = "ssr")]
fn lines(account: AccountId, environment: Option<EnvironmentId>, search: String, list: ExcludedIpsPage) -> LinesPage {
    let summary = sentences::summary(&list, environment.is_some(), !search.is_empty());
    let link = |page| links::excluded_ips_page(account, environment, &search, page);
    let before = (list.page > 1).then(|| link(list.page - 1));
    let after = (list.found.div_ceil(PAGE) > list.page).then(|| link(list.page + 1));
    let rows = list.lines.into_iter().map(ExcludedIpRow::from).collect();
    LinesPage { summary, search: (list.total > PAGE).then_some(search), page: list.page, rows, before, after }
}

#[cfg(feature = "ssr")]
impl From<PagedLine> for ExcludedIpRow {
    fn from(line: PagedLine) -> Self {
        let meets = line.meets.map(sentences::meeting).unwrap_or_default();
        let ExcludedIp { pattern, note, added_by, added_at } = line.line;
        Self { pattern, note, added_by, added: ssr::moment(added_at), meets }
    }
}
