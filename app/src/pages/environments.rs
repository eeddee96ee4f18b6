//! One environment: how events reach it, whether they do, its name and its end.

mod data;
mod light;
mod remove;
mod rename;
mod sending;

pub use data::{EnvironmentView, Keep, LoadEnvironment};
pub use light::{Light, LoadLight};
pub use remove::{DeleteEnvironmentPage, EnvironmentDelete};
pub use rename::{EnvironmentDesk, EnvironmentRename, LoadEnvironmentDesk, RenameEnvironmentPage, TimeZoneSet};

use light::Receiving;
use sending::Sending;

use super::first_steps::{self, FirstSteps};
use crate::prelude::*;

#[component]
pub fn EnvironmentPage() -> AnyView {
    let place = environment();
    load(
        move || place().map(|(account, environment)| LoadEnvironment { account, environment }),
        |data: EnvironmentView| {
            let EnvironmentView { account, environment, name, project, time_zone, may_manage, first_steps, keep, light, command, excluded } =
                data;
            let light = RwSignal::new(light);
            // The page notices the first event by itself.
            let steps = move |steps: FirstSteps| FirstSteps { event_received: steps.event_received || light.with(Light::is_on), ..steps };
            let here = links::environment(account, environment);
            let text = ["An environment of the project ", &project, ". Its days are those of ", &time_zone, "."].concat();
            view! {
                <PageHead title=name.clone() text>
                    <a class="button quiet" href=links::environment_privacy(account, environment)>"Privacy"</a>
                    {may_manage.then(|| view! {
                        <a class="button quiet" href=links::rename_environment(account, environment)>"Edit"<span class="unseen">" environment"</span></a>
                    })}
                </PageHead>
                {(!may_manage).then(|| view! { <ReadOnlyNote what="edit and delete environments" /> })}
                {move || first_steps.map(|first| first_steps::list(account, environment, steps(first), here.clone()))}
                <Receiving account environment light />
                <Sending account environment command excluded />
                {may_manage.then(|| view! { <Delete account environment name keep /> })}
            }
        },
    )
}

#[component]
fn Delete(account: AccountId, environment: EnvironmentId, name: String, keep: Option<Keep>) -> AnyView {
    let text = "Its users, events, definitions and reports go with it. You see what goes before you confirm.";
    let Some(keep) = keep else {
        let delete = ["Delete environment ", &name].concat();
        return view! {
            <Section id="delete" title="Delete this environment" text danger=true>
                <div class="row"><a class="button danger" href=links::delete_environment(account, environment)>{delete}</a></div>
            </Section>
        }
        .into_any();
    };
    let reason = match keep {
        Keep::MainProduction => "This is the account's main environment: its id is the account's app id, so it cannot be deleted.",
        Keep::LastOfProject => {
            "This is the only environment of its project, and a project keeps at least one. Add another one first, or delete the project."
        }
    };
    view! {
        <Section id="delete" title="Delete this environment">
            <p class="note">{reason}</p>
        </Section>
    }
    .into_any()
}
