//! What the page shows.

#[cfg(feature = "ssr")]
use std::net::IpAddr;

#[cfg(feature = "ssr")]
use domain::excluded_ip::Pattern;

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExcludedIpList {
    pub account: AccountId,
    pub may_edit: bool,
    /// Whose list this is; `None` for all environments.
    pub environment: Option<EnvironmentId>,
    /// Every list of the account, by name.
    pub scopes: Vec<(Option<EnvironmentId>, String)>,
    /// What a save has to name.
    pub version: i64,
    /// The lines as the box shows them.
    pub text: String,
    pub lines: Vec<ExcludedIpRow>,
    pub visitor: Option<Visitor>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExcludedIpRow {
    pub pattern: String,
    pub note: String,
    pub added_by: String,
    pub added: Moment,
}

/// Who looks at the page, as the collector sees them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Visitor {
    pub address: String,
    /// The pattern that excludes them here already.
    pub excluded_by: Option<String>,
    /// A proxy named another address, and is not one of those that are believed.
    pub disbelieved_proxy: bool,
}

#[server(prefix = "/api/console", endpoint = "load_excluded_ips", input = Json, output = Postcard)]
pub async fn load_excluded_ips(account: AccountId, environment: Option<EnvironmentId>) -> Result<ExcludedIpList, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let console = &ssr::state()?.console;
    let list = console.excluded_ips(&granted, environment).await?;
    let general = if environment.is_some() { console.excluded_ips(&granted, None).await?.lines } else { Vec::new() };
    let patterns = || list.lines.iter().chain(&general).map(|line| line.pattern.as_str());
    let visitor = ssr::client().map(|address| visitor(address, patterns()));
    let scopes = scopes(console.projects(&granted).await?);
    let text = text(&list.lines);
    let lines = list.lines.into_iter().map(ExcludedIpRow::from).collect();
    Ok(ExcludedIpList {
        account,
        may_edit: ssr::may::<ssr::ManageExcludedIps>(&granted),
        environment,
        scopes,
        version: list.version,
        text,
        lines,
        visitor,
    })
}

#[cfg(feature = "ssr")]
fn scopes(projects: Vec<store::console::projects::Project>) -> Vec<(Option<EnvironmentId>, String)> {
    let of = |project: store::console::projects::Project| {
        let name = project.name;
        project.environments.into_iter().map(move |environment| (Some(environment.id), format!("{name} / {}", environment.name)))
    };
    std::iter::once((None, "All environments".to_owned())).chain(projects.into_iter().flat_map(of)).collect()
}

#[cfg(feature = "ssr")]
fn text(lines: &[store::console::excluded_ips::ExcludedIp]) -> String {
    let line = |line: &store::console::excluded_ips::ExcludedIp| match line.note.as_str() {
        "" => format!("{}\n", line.pattern),
        note => format!("{} # {note}\n", line.pattern),
    };
    lines.iter().map(line).collect()
}

#[cfg(feature = "ssr")]
fn visitor<'a>(address: IpAddr, mut patterns: impl Iterator<Item = &'a str>) -> Visitor {
    let covering = patterns.find(|pattern| Pattern::parse(pattern).is_ok_and(|pattern| pattern.covers(address)));
    let address = Pattern::from(address).to_string();
    let forwarded = use_context::<http::request::Parts>().map(|parts| parts.headers);
    let hops = forwarded.iter().flat_map(|headers| headers.get_all("x-forwarded-for")).filter_map(|hops| hops.to_str().ok());
    let mut hops = hops.flat_map(|hops| hops.split(',')).filter_map(|hop| Pattern::parse(hop).ok()).peekable();
    let disbelieved_proxy = hops.peek().is_some() && !hops.any(|hop| hop.to_string() == address);
    Visitor { excluded_by: covering.map(str::to_owned), address, disbelieved_proxy }
}

#[cfg(feature = "ssr")]
impl From<store::console::excluded_ips::ExcludedIp> for ExcludedIpRow {
    fn from(line: store::console::excluded_ips::ExcludedIp) -> Self {
        Self { pattern: line.pattern, note: line.note, added_by: line.added_by, added: ssr::moment(line.added_at) }
    }
}
