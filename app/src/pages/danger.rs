//! The one way of deleting what cannot be brought back: a page that counts what goes, says what stays, and asks for the name.

use crate::{prelude::*, words};

/// What goes with the thing.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Losses {
    pub environments: u64,
    pub users: u64,
    pub events: u64,
    pub definitions: u64,
    pub reports: u64,
}

/// What these environments hold together.
#[cfg(feature = "ssr")]
pub async fn losses(view: &store::access::Granted<ssr::View>, environments: &[EnvironmentId]) -> Result<Losses, Error> {
    let console = &ssr::state()?.console;
    let mut losses = Losses::default();
    for environment in environments {
        let holdings = console.holdings(view, *environment).await?;
        losses.environments += 1;
        losses.users += holdings.users;
        losses.events += holdings.events;
        let events = console.definitions(view, *environment).await?.len();
        let others = console.property_definitions(view, *environment).await?.len() + console.segments(view, *environment).await?.len();
        losses.definitions += u64::try_from(events + others).unwrap_or(u64::MAX);
        losses.reports += u64::try_from(console.reports(view, *environment).await?.len()).unwrap_or(u64::MAX);
    }
    Ok(losses)
}

/// The whole page. `fields` are what the server function is told besides `confirm`, the name as it was typed.
#[component]
pub fn Danger(
    action: &'static str,
    fields: Vec<(&'static str, String)>,
    /// The noun.
    what: &'static str,
    name: String,
    losses: Losses,
    /// What people may fear for.
    stays: &'static str,
    /// Where to who does not want to.
    #[prop(into)]
    back: String,
) -> AnyView {
    let delete = ["Delete ", what, " ", &name].concat();
    let label = ["Name of the ", what].concat();
    view! {
        <PageHead title=[&delete, "?"].concat() text="It takes effect at once and cannot be undone: nothing is collected any more, and what was collected is erased." />
        <Section id="goes" title="What goes">
            {tally(losses)}
        </Section>
        <Section id="stays" title="What stays">
            <p>{stays}</p>
        </Section>
        <Section id="confirm" title=delete.clone() danger=true>
            <Form action>
                {fields.into_iter().map(|(name, value)| view! { <HiddenField name value /> }).collect_view()}
                <p>"Type " <strong>{name}</strong> " to confirm."</p>
                <TextField field=Field::Confirm label />
                <div class="row">
                    <Submit label=delete kind="danger" />
                    <a class="button quiet" href=back>"Cancel"</a>
                </div>
            </Form>
        </Section>
    }
    .into_any()
}

/// What goes, counted.
pub(super) fn tally(losses: Losses) -> AnyView {
    view! { <ul class="tally">{counts(losses).into_iter().map(count).collect_view()}</ul> }.into_any()
}

type Count = (u64, &'static str, &'static str);

fn counts(losses: Losses) -> [Count; 5] {
    [
        (losses.environments, "environment", "environments"),
        (losses.users, "user", "users"),
        (losses.events, "event", "events"),
        (losses.definitions, "definition", "definitions"),
        (losses.reports, "report", "reports"),
    ]
}

fn count((count, one, many): Count) -> AnyView {
    let noun = if count == 1 { one } else { many };
    view! { <li><strong>{words::number(count)}</strong> " " {noun}</li> }.into_any()
}
