//! How far a request is, as the server writes it.

use domain::{
    audit::ActorKind,
    deletion::{RequestState, Suppression},
    time::Millis,
};
use store::console::deletion_requests::Request;

use super::speed::speed;
use crate::{load::Html, prelude::*, words};

fn kept_out(until: Millis) -> String {
    if until == Suppression::EVER {
        "Nothing is collected of them until it is lifted".to_owned()
    } else {
        ["Nothing is collected of them until ", &until.rfc3339()].concat()
    }
}

fn by(request: &Request) -> String {
    match (&request.everything_in, &request.property) {
        (Some(environment), _) => ["Everything in ", environment].concat(),
        (None, Some(property)) => ["Property ", property].concat(),
        (None, None) if request.requested_by == ActorKind::System => "The erasure journal, from a restored backup".to_owned(),
        (None, None) => crate::words::count(request.targets.into(), "identity or user ID", "identities and user IDs"),
    }
}

pub(super) fn facts(request: &Request) -> Html {
    let ended = if request.state == RequestState::Cancelled { "Cancelled" } else { "Completed" };
    let begins = (request.state == RequestState::Pending && request.erase_at > ssr::now()).then_some(request.erase_at);
    let bar = (!request.state.is_over()).then(|| {
        view! { <progress max=request.users_found.max(1).to_string() value=request.erased.users.to_string() aria-label="Users erased"></progress> }
    });
    let when = |at: Millis| view! { <When at=ssr::moment(at) /> };
    let said = |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    let erased = request.erased;
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
                <div><dt>"Users erased"</dt><dd>{words::number(erased.users)} " of " {words::number(request.users_found)} {bar}</dd></div>
                {said("Events erased", words::number(erased.events))}
                {said("Properties erased", words::number(erased.properties))}
                {said("Aliases erased", words::number(erased.aliases))}
            </dl>
        }
        .into_any()
    })
}
