//! Pages of an account: a sidebar, and the page beside it.

use domain::id::{AccountId, EnvironmentId};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use serde::{Deserialize, Serialize};
use server_fn::codec::{Json, Postcard};

use super::{keys::Keys, sidebar::Sidebar};
use crate::{Error, browser, links, load};
#[cfg(feature = "ssr")]
use crate::{pages::inbox, ssr};

/// Where the caller is, and where they can go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub account: AccountId,
    pub account_name: String,
    pub person: String,
    /// Other accounts of the caller.
    pub others: Vec<(AccountId, String)>,
    pub projects: Vec<PlaceProject>,
    /// The link to the inbox, for operators.
    pub inbox: Option<String>,
    /// Whether all of it is made up.
    pub is_demo: bool,
    /// The page that removes it, for who may.
    pub demo: Option<String>,
    /// How many environments are not among them, because they are many.
    pub more: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceProject {
    pub name: String,
    pub environments: Vec<(EnvironmentId, String)>,
}

impl Place {
    /// The environment in the path, else the one that was visited last, else the oldest of Main.
    pub(super) fn environment(&self, wanted: Option<EnvironmentId>) -> Option<(&str, EnvironmentId, &str)> {
        let all = || {
            self.projects
                .iter()
                .flat_map(|project| project.environments.iter().map(|(id, name)| (project.name.as_str(), *id, name.as_str())))
        };
        all().find(|(_, id, _)| Some(*id) == wanted).or_else(|| all().next())
    }
}

/// `environment` is the one that must be among those that are listed.
#[server(prefix = "/api/console", endpoint = "load_place", input = Json, output = Postcard)]
pub async fn load_place(account: AccountId, environment: Option<EnvironmentId>) -> Result<Place, Error> {
    let console = &ssr::state()?.console;
    let actor = ssr::caller().await?;
    let me = console.me(&actor).await?;
    let granted = ssr::grant::<ssr::View>(account).await?;
    ssr::renew_cookie()?;
    let (projects, more) = listed(console.projects(&granted).await?, environment);
    let (here, others): (Vec<_>, Vec<_>) =
        me.accounts.into_iter().map(|place| (place.account, place.name)).partition(|(id, _)| *id == account);
    let account_name = here.into_iter().next().map(|(_, name)| name).ok_or(Error::NotFound)?;
    let is_demo = console.is_demo(&granted).await?;
    let demo = (is_demo && ssr::may::<ssr::ManageAccount>(&granted)).then(|| links::demo(account));
    Ok(Place { account, account_name, person: me.name, others, projects, more, is_demo, demo, inbox: inbox::label(&actor).await? })
}

/// As many environments as a switcher can show, and the one that is wanted.
#[cfg(feature = "ssr")]
fn listed(projects: Vec<store::console::projects::Project>, wanted: Option<EnvironmentId>) -> (Vec<PlaceProject>, u64) {
    let (mut room, mut more) = (domain::listing::ROWS, 0);
    let mut list = Vec::new();
    for project in projects {
        let mut environments = Vec::new();
        for environment in project.environments {
            if room > 0 || Some(environment.id) == wanted {
                room = room.saturating_sub(1);
                environments.push((environment.id, environment.name));
            } else {
                more += 1;
            }
        }
        if !environments.is_empty() {
            list.push(PlaceProject { name: project.name, environments });
        }
    }
    (list, more)
}

#[component]
pub fn AccountLayout() -> AnyView {
    let account = load::account();
    let environment = visited();
    let known = StoredValue::new(Vec::new());
    // Another one asks for another list only where the list lacks it.
    let wanted = Memo::new(move |before: Option<&Option<EnvironmentId>>| {
        let chosen = environment.get();
        let listed = known.with_value(|known: &Vec<EnvironmentId>| chosen.is_some_and(|chosen| known.contains(&chosen)));
        if listed { before.copied().flatten() } else { chosen }
    });
    load::settle(wanted);
    let place = load::resource(move || Ok(LoadPlace { account: account()?, environment: wanted.get() }));
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            browser::close("sidebar");
            browser::close("switcher");
            // As after a page load, reading starts at the page.
            browser::focus("main");
        }
        path
    });
    view! {
        <a class="skip" href="#main">"Skip to the page"</a>
        <div class="frame">
            <header class="topbar">
                <button type="button" class="button quiet" popovertarget="sidebar">"Menu"</button>
                <span class="brand">
                    <span class="mark" aria-hidden="true"></span>
                    "Cairn"
                </span>
            </header>
            <Transition>
                {move || Suspend::new(async move {
                    // What is wrong with the account, the page says.
                    place.await.read::<Place>().ok().map(|place| {
                        let environments = place.projects.iter().flat_map(|project| project.environments.iter());
                        known.set_value(environments.map(|(id, _)| *id).collect());
                        let demo = place.is_demo.then(|| demo_note(place.demo.clone()));
                        view! { {demo} <Sidebar place environment /> }
                    })
                })}
            </Transition>
            <main id="main" tabindex="-1">
                <Outlet />
            </main>
        </div>
        <Keys />
    }
    .into_any()
}

fn demo_note(remove: Option<String>) -> AnyView {
    view! {
        <aside class="demo" aria-label="Demo data">
            "This account holds demo data."
            {remove.map(|remove| view! { " " <a href=remove>"Remove it"</a> })}
        </aside>
    }
    .into_any()
}

/// The environment in the path; on pages of the account, the one that the link to them carried, else the one visited before.
fn visited() -> Memo<Option<EnvironmentId>> {
    let location = use_location();
    Memo::new(move |before: Option<&Option<EnvironmentId>>| {
        let here = location.pathname.with(|path| path.split("/e/").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok()));
        let carried = || location.query.with(|query| query.get_str(links::ENVIRONMENT)?.parse().ok());
        here.or_else(carried).or_else(|| before.copied().flatten())
    })
}
