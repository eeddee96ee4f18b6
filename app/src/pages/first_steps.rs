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
    let steps = steps_on(&here, account, environment, steps);
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

/// Whether it is done, where, its name, and what it is about.
type Step = (bool, Option<String>, &'static str, &'static str);

/// A step that is done on this very page leads nowhere: a link would load the page anew, and one with a fragment would keep it from refreshing itself without script.
fn steps_on(here: &str, account: AccountId, environment: EnvironmentId, steps: FirstSteps) -> [Step; 3] {
    let FirstSteps { event_received, somebody_invited, address_excluded } = steps;
    let sending = Some(links::environment(account, environment)).filter(|to| to != here);
    let command = if sending.is_some() { "The page of the environment has a command to paste." } else { "The command to paste is below." };
    [
        (event_received, sending, "Send an event", command),
        (somebody_invited, Some(links::teammates(account)), "Invite somebody", "With full access, or to look at reports alone."),
        (address_excluded, Some(links::excluded_ips(account)), "Exclude your address", "Your own visits then stay out of the numbers."),
    ]
}

fn step((done, to, name, text): Step) -> AnyView {
    view! {
        <li class:done=done>
            // Without an address it is no link.
            <a href=to>{name}</a>
            {done.then(|| view! { <span class="badge done">"Done"</span> })}
            <p>{text}</p>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_of_the_page_that_shows_it_leads_nowhere() -> Result<(), domain::id::NotAnId> {
        let (account, environment) = (AccountId(uuid::Uuid::nil()), EnvironmentId::new(7)?);
        let none_done = FirstSteps { event_received: false, somebody_invited: false, address_excluded: false };
        let sending = |here: &str| {
            let [(_, to, ..), ..] = steps_on(here, account, environment, none_done);
            to
        };
        assert_eq!(sending(&links::environment(account, environment)), None);
        assert_eq!(sending(&links::reports(account, environment)), Some(links::environment(account, environment)));
        Ok(())
    }
}
