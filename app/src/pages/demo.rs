//! Removing demo data, which is a whole account.

#[cfg(feature = "ssr")]
use super::danger::losses;
use super::danger::{Losses, tally};
use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DoomedDemo {
    pub account: AccountId,
    pub losses: Losses,
}

/// An account of anything else has no such page.
#[server(prefix = "/api/console", endpoint = "load_demo", input = Json, output = Postcard)]
pub async fn load_demo(account: AccountId) -> Result<DoomedDemo, Error> {
    let view = ssr::grant::<ssr::View>(account).await?;
    ssr::grant::<ssr::ManageAccount>(account).await?;
    let console = &ssr::state()?.console;
    if !console.is_demo(&view).await? {
        return Err(Error::NotFound);
    }
    let projects = console.projects(&view).await?;
    let environments: Vec<_> = projects.iter().flat_map(|project| &project.environments).map(|environment| environment.id).collect();
    Ok(DoomedDemo { account, losses: losses(&view, &environments).await? })
}

#[server(prefix = "/api/console", endpoint = "demo_remove")]
pub async fn demo_remove(account: AccountId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageAccount>(account).await?;
    let console = &ssr::state()?.console;
    console.remove_demo(&granted).await?;
    if console.is_empty().await? {
        ssr::clear_cookie()?;
        ssr::done(links::SET_UP, Notice::DemoRemoved);
    } else {
        ssr::done(links::HOME, Notice::DemoRemoved);
    }
    Ok(())
}

#[component]
pub fn DemoPage() -> AnyView {
    let account = account();
    load(
        move || Ok(LoadDemo { account: account()? }),
        |data: DoomedDemo| {
            view! {
                <PageHead title="Remove demo data?" text="It takes effect at once and cannot be undone." />
                <Section id="goes" title="What goes">
                    {tally(data.losses)}
                    <p>"The account itself goes too, with its excluded IPs, API keys, invites and audit log, and every teammate who is in no other account."</p>
                </Section>
                <Section id="confirm" title="Remove demo data" danger=true>
                    <Form action=DemoRemove::PATH>
                        <HiddenField name="account" value=data.account.to_string() />
                        <div class="row">
                            <Submit label="Remove demo data" kind="danger" />
                            <a class="button quiet" href=links::account(data.account)>"Cancel"</a>
                        </div>
                    </Form>
                </Section>
            }
        },
    )
}
