//! How far a request is, as the server writes it.

use domain::{
    audit::ActorKind,
    deletion::{RequestState, Suppression, Sweep},
    time::Millis,
};
use store::console::deletion_requests::Request;

use super::speed::speed;
use crate::{load::Html, pages::privacy, prelude::*, words};

fn kept_out(until: Millis) -> String {
    if until == Suppression::EVER {
        "Nothing is collected of them until it is lifted".to_owned()
    } else {
        ["Nothing is collected of them until ", &until.rfc3339()].concat()
    }
}

fn by(request: &Request) -> String {
    match (&request.sweep, &request.property) {
        (Some((Sweep::Everything, environment)), _) => ["Everything in ", environment].concat(),
        (Some((Sweep::Retention, environment)), _) => ["What ", environment, " held for longer than it keeps data"].concat(),
        (Some((Sweep::Scrub, environment)), _) => ["What the privacy settings of ", environment, " do not keep"].concat(),
        (None, Some(property)) => ["Property ", property].concat(),
        (None, None) if request.requested_by == ActorKind::System => "The erasure journal, from a restored backup".to_owned(),
        (None, None) => crate::words::count(request.targets.into(), "identity or user ID", "identities and user IDs"),
    }
}

/// How far it is: of users it is known how many there are, of rows it is not.
fn erased(request: &Request) -> AnyView {
    let erased = request.erased;
    let rows = |name: &'static str, rows: u64| view! { <div><dt>{name}</dt><dd>{words::number(rows)}</dd></div> }.into_any();
    if request.sweep.as_ref().is_some_and(|(sweep, _)| *sweep == Sweep::Scrub) {
        let rules = request.rules.iter().flat_map(privacy::words::scrubbed);
        let rules = rules.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any());
        let counts = [rows("Events scrubbed", erased.events), rows("Properties of users erased", erased.properties)];
        return rules.chain(counts).collect_view().into_any();
    }
    let bar = (!request.state.is_over()).then(|| {
        view! { <progress max=request.users_found.max(1).to_string() value=erased.users.to_string() aria-label="Users erased"></progress> }
    });
    let users = if request.erases_users() {
        view! { <div><dt>"Users erased"</dt><dd>{words::number(erased.users)} " of " {words::number(request.users_found)} {bar}</dd></div> }
            .into_any()
    } else {
        rows("Users erased", erased.users)
    };
    let counts = [("Events erased", erased.events), ("Properties erased", erased.properties), ("Aliases erased", erased.aliases)];
    (users, counts.map(|(name, count)| rows(name, count)).collect_view()).into_any()
}

pub(super) fn facts(request: &Request) -> Html {
    let ended = if request.state == RequestState::Cancelled { "Cancelled" } else { "Completed" };
    let begins = (request.state == RequestState::Pending && request.erase_at > ssr::now()).then_some(request.erase_at);
    let when = |at: Millis| view! { <When at=ssr::moment(at) /> };
    let said = |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    Html::of(|| {
        view! {
            <dl class="facts">
                <div><dt>"Requested"</dt><dd>{when(request.created_at)} " by " {request.requested_by_name.clone()}</dd></div>
                {request.approved.clone().map(|(by, at)| view! { <div><dt>"Approved"</dt><dd>{when(at)} " by " {by}</dd></div> })}
                <div><dt>{ended}</dt><dd>{request.completed_at.map_or_else(|| "Not yet".into_any(), |at| when(at).into_any())}</dd></div>
                {begins.map(|at| view! { <div><dt>"Erasing begins"</dt><dd>{when(at)}</dd></div> })}
                {request.failure.clone().map(|why| said("Why it failed", why))}
                {speed(request, ssr::now()).map(|told| said("Pace", told))}
                {request.suppress_until.map(|until| said("If they come back", kept_out(until)))}
                {said("Found by", by(request))}
                {erased(request)}
            </dl>
        }
        .into_any()
    })
}
