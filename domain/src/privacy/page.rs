//! Pages of sites.

use std::fmt;

use super::{
    Line,
    host::{Host, HostPattern, without_scheme},
};
use crate::invalid::Problem;

/// Where something happened, as far as a client says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its host.
    pub host: Option<Host>,
    /// Its path, without a query.
    pub path: Option<String>,
}

impl Page {
    /// Reads an address: whole, without its scheme, or its path alone.
    pub fn of_address(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        let address = text.split(['?', '#']).next().unwrap_or_default();
        let (place, path) = address.find('/').map_or((address, ""), |slash| address.split_at(slash));
        let host = place.rsplit('@').next().and_then(Host::parse);
        let is_known = host.is_some() || (place.is_empty() && !path.is_empty());
        is_known.then(|| Self { host, path: Some(if path.is_empty() { "/" } else { path }.to_owned()) })
    }
}

/// A host with everything on it, a path with everything below it, or a path of a host. Paths are compared letter by letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePattern {
    host: Option<HostPattern>,
    path: Option<String>,
}

impl PagePattern {
    /// Whether it means this page. What a client does not say is not meant.
    pub fn covers(&self, page: &Page) -> bool {
        let host = self.host.as_ref().is_none_or(|pattern| page.host.as_ref().is_some_and(|host| pattern.covers(host)));
        let path = self.path.as_deref().is_none_or(|path| page.path.as_deref().is_some_and(|page| is_below(page, path)));
        host && path
    }
}

fn is_below(page: &str, path: &str) -> bool {
    page.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Line for PagePattern {
    /// Takes an address that somebody copied, unless it has a query, which no pattern sees.
    fn parse(text: &str) -> Result<Self, Problem> {
        let text = without_scheme(text);
        let (host, path) = text.find('/').map_or((text, ""), |slash| text.split_at(slash));
        let path = path.strip_suffix("/*").unwrap_or(path).trim_end_matches('/');
        if path.contains(['*', '?', '#']) || path.contains(char::is_whitespace) || (host.is_empty() && path.is_empty()) {
            return Err(Problem::NotAPage);
        }
        let host = if host.is_empty() { None } else { Some(HostPattern::parse(host).map_err(|_| Problem::NotAPage)?) };
        Ok(Self { host, path: (!path.is_empty()).then(|| path.to_owned()) })
    }
}

impl fmt::Display for PagePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.host.as_ref().map_or(Ok(()), |host| host.fmt(f))?;
        f.write_str(self.path.as_deref().unwrap_or_default())
    }
}
