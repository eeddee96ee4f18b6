//! The root: what all pages share, and the list of pages.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    hooks::use_location,
    path,
};
use serde::{Deserialize, Serialize};

use crate::{
    Answered, FailedPost, browser,
    forms::{LastAnswer, LastPost},
    layout::{AccountLayout, GateLayout, Notices, TalkTab},
    load::{Changes, settle},
    pages,
};

/// One type for all pages, so that the browser holds the code of a route once for each shape of path rather than for each page.
type Page = fn() -> AnyView;

const fn shown(page: Page) -> Page {
    page
}

#[component]
pub fn App() -> AnyView {
    provide_meta_context();
    let PlainPost { page, refused, answered } = SharedValue::new(plain_post).into_inner();
    if let Some(page) = page.filter(|_| cfg!(not(feature = "ssr"))) {
        browser::show_address(&page);
    }
    provide_context(LastPost::new(refused));
    provide_context(LastAnswer::new(answered));
    provide_context(Changes::new());
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Cairn".to_owned() } else { [&title, " · Cairn"].concat() } />
        <Router>
            <Housekeeping />
            <Notices />
            <Routes fallback=|| view! { <pages::failure::NotFound /> }>
                <Route path=path!("/") view=shown(pages::home::Home) ssr=SsrMode::Async />
                <ParentRoute path=path!("/") view=GateLayout ssr=SsrMode::Async>
                    <Route path=path!("setup") view=shown(pages::set_up::SetUpPage) ssr=SsrMode::Async />
                    <Route path=path!("sign-in") view=shown(pages::sign_in::SignInPage) ssr=SsrMode::Async />
                    <Route path=path!("sign-up") view=shown(pages::sign_up::SignUpPage) ssr=SsrMode::Async />
                    <Route path=path!("invite/:invite/:token") view=shown(pages::invite::InvitePage) ssr=SsrMode::Async />
                    <Route path=path!("forgot") view=shown(pages::forgotten::ForgottenPage) ssr=SsrMode::Async />
                    <Route path=path!("reset/:reset/:token") view=shown(pages::forgotten::ResetPage) ssr=SsrMode::Async />
                    <Route path=path!("me") view=shown(pages::me::MePage) ssr=SsrMode::Async />
                    <Route path=path!("talk-to-us") view=shown(pages::talk_to_us::TalkToUsPage) ssr=SsrMode::Async />
                    <Route path=path!("help/delete-data") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("help/changelog") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("help/api") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("inbox") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("inbox/letters") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("inbox/help") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("inbox/:message") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("inbox/:message/delete") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                </ParentRoute>
                <ParentRoute path=path!("/a/:account") view=AccountLayout ssr=SsrMode::Async>
                    <Route path=path!("") view=shown(pages::home::AccountHome) ssr=SsrMode::Async />
                    <Route path=path!("settings/teammates") view=shown(pages::teammates::TeammatesPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/teammates/:person/remove") view=shown(pages::teammates::RemovePage) ssr=SsrMode::Async />
                    <Route path=path!("settings/excluded-ips") view=shown(pages::excluded_ips::ExcludedIpsPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/excluded-ips/:environment") view=shown(pages::excluded_ips::EnvironmentExcludedIpsPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/privacy") view=shown(pages::privacy::PrivacyPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/privacy/suppressions/:request/lift") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/privacy/suppressions") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/privacy/api-keys/:key/revoke") view=shown(pages::privacy::RevokePage) ssr=SsrMode::Async />
                    <Route path=path!("settings/deletion-requests") view=shown(pages::deletion_requests::DeletionRequestsPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/deletion-requests/new") view=shown(pages::deletion_requests::NewDeletionRequestPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/deletion-requests/check") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/deletion-requests/:request/receipt") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/deletion-requests/:request") view=shown(pages::deletion_requests::DeletionRequestPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/exports") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/exports/:export") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/mail") view=shown(pages::mail::MailPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/demo") view=shown(pages::demo::DemoPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/audit-log") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/projects") view=shown(pages::projects::ProjectsPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/projects/:project") view=shown(pages::projects::ProjectPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/projects/:project/new-environment") view=shown(pages::projects::NewEnvironmentPage) ssr=SsrMode::Async />
                    <Route path=path!("settings/projects/:project/delete") view=shown(pages::projects::DeleteProjectPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/settings") view=shown(pages::environments::EnvironmentPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/settings/rename") view=shown(pages::environments::RenameEnvironmentPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/settings/delete") view=shown(pages::environments::DeleteEnvironmentPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/privacy/scrub") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/privacy") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions") view=shown(pages::definitions::DefinitionsPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions/new") view=shown(pages::definitions::NewDefinitionPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions/:definition/edit") view=shown(pages::definitions::EditDefinitionPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions/properties") view=shown(pages::definitions::PropertiesPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions/properties/new") view=shown(pages::definitions::NewPropertyPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions/properties/:definition/edit") view=shown(pages::definitions::EditPropertyPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions/segments") view=shown(pages::definitions::SegmentsPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions/segments/new") view=shown(pages::definitions::NewSegmentPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/definitions/segments/:definition/edit") view=shown(pages::definitions::EditSegmentPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/reports") view=shown(pages::reports::ReportsPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/reports/new") view=shown(pages::reports::NewReportPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/reports/:report") view=shown(pages::written::WrittenPage) ssr=SsrMode::Async />
                    <Route path=path!("e/:environment/reports/:report/edit") view=shown(pages::reports::EditReportPage) ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
            <TalkTab />
        </Router>
    }
    .into_any()
}

/// A refused post is answered on the page that it is answered on; after that it is forgotten.
#[component]
fn Housekeeping() -> impl IntoView {
    let location = use_location();
    settle(location.pathname);
    settle(location.search);
    settle(location.query);
    settle(location.hash);
    let path = location.pathname;
    let (last, answers) = (expect_context::<LastPost>(), expect_context::<LastAnswer>());
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            last.forget();
            answers.forget();
        }
        path
    });
}

/// The plain post that this page answers, if it answers one: then it has come under the address of the server function.
#[derive(Default, Serialize, Deserialize)]
struct PlainPost {
    page: Option<String>,
    refused: Option<FailedPost>,
    answered: Option<Answered>,
}

#[cfg(feature = "ssr")]
fn plain_post() -> PlainPost {
    let Some(parts) = use_context::<http::request::Parts>() else { return PlainPost::default() };
    let (refused, answered) = (parts.extensions.get::<FailedPost>().cloned(), parts.extensions.get::<Answered>().cloned());
    let page = (refused.is_some() || answered.is_some()).then(|| parts.uri.to_string());
    PlainPost { page, refused, answered }
}

#[cfg(not(feature = "ssr"))]
fn plain_post() -> PlainPost {
    PlainPost::default()
}
