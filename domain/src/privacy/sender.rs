//! What a request tells besides its body.

use super::{Host, Page};

/// Who sends, as the head of the request has it. By default a server, which says nothing of all this.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sender {
    /// Global Privacy Control is on.
    pub objects: bool,
    /// The program, in its own words.
    pub user_agent: Option<String>,
    /// The site whose page sends.
    pub site: Site,
    /// The page that sends, as far as the browser tells.
    pub page: Option<Page>,
    /// Where its address is.
    pub location: Location,
}

/// The site whose page sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Site {
    /// No page: a server, or an app.
    #[default]
    NoPage,
    /// A page of this host.
    At(Host),
    /// A page that does not tell of which site it is.
    Hidden,
}

/// Where an address is, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The country's name.
    pub country: Option<String>,
    /// The name of the largest part of the country.
    pub region: Option<String>,
    /// The city's name.
    pub city: Option<String>,
}

impl Sender {
    /// Reads the headers `Sec-GPC`, `User-Agent`, `Origin` and `Referer`. The site is that of `Origin`, and only without one that of `Referer`.
    pub fn of_headers(gpc: Option<&str>, user_agent: Option<&str>, origin: Option<&str>, referer: Option<&str>) -> Self {
        let page = referer.and_then(Page::of_address);
        let site = match (origin, referer) {
            (None, None) => Site::NoPage,
            (Some(origin), _) => {
                Page::of_address(origin).and_then(|page| page.host).filter(|_| origin != "null").map_or(Site::Hidden, Site::At)
            }
            (None, Some(_)) => page.as_ref().and_then(|page| page.host.clone()).map_or(Site::Hidden, Site::At),
        };
        let objects = gpc.is_some_and(|value| value.trim() == "1");
        Self { objects, user_agent: user_agent.map(ToOwned::to_owned), site, page, location: Location::default() }
    }
}
