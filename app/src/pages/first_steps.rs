//! What gets a new account going: a short list on the pages where an admin begins, until somebody dismisses it.

pub use domain::first_steps::FirstSteps;

use crate::prelude::*;

/// For who can do the steps.
#[cfg(feature = "ssr")]
pub(super) async fn first_steps(granted: &store::access::Granted<ssr::View>) -> Result<Option<FirstSteps>, Error> {
    if ssr::may::<ssr::ManageAccount>(granted) { Ok(ssr::state()?.console.first_steps(granted).await?) } else { Ok(None) }
}

/// `from` is the page to go on with.
#[server(prefix = "/api/console", endpoint = "first_steps_dismiss")]
pub async fn first_steps_dismiss(account: AccountId, from: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageAccount>(account).await?;
    ssr::state()?.console.dismiss_first_steps(&granted).await?;
    ssr::done(links::local(&from).unwrap_or(links::HOME), Notice::FirstStepsDismissed);
    Ok(())
}

/// The list on the page `here`. Events are sent to `environment`.
pub(super) fn list(account: AccountId, environment: EnvironmentId, steps: FirstSteps, here: String) -> AnyView {
    let FirstSteps { event_received, somebody_invited, address_excluded } = steps;
    let steps = [
        (event_received, links::environment(account, environment), "Send an event", "The page of the environment has a command to paste."),
        (somebody_invited, links::teammates(account), "Invite somebody", "With full access, or to look at reports alone."),
        (address_excluded, links::excluded_ips(account), "Exclude your address", "Your own visits then stay out of the numbers."),
    ];
    let text = match steps.iter().filter(|(done, ..)| *done).count() {
        0 => "What gets this account going. Each step ticks itself off.",
        1 => "1 of 3 done.",
        2 => "2 of 3 done.",
        _ => "All done. Nothing is left of this list but to dismiss it.",
    };
    let fields = vec![("account", account.to_string()), ("from", here)];
    view! {
        <section id="first-steps" class="steps" aria-labelledby="first-steps-heading">
            <h2 id="first-steps-heading">"First steps"</h2>
            <p>{text}</p>
            <ButtonForm action=FirstStepsDismiss::PATH key="steps" fields label="Dismiss" about="first steps" />
            <ul>{steps.map(step).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn step((done, to, name, text): (bool, String, &'static str, &'static str)) -> AnyView {
    view! {
        <li class:done=done>
            <a href=to>{name}</a>
            {done.then(|| view! { <span class="badge done">"Done"</span> })}
            <p>{text}</p>
        </li>
    }
    .into_any()
}
