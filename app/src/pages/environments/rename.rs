//! Name and time zone are edited on a page of their own, because the environment's page may load itself again while somebody types.

#[cfg(feature = "ssr")]
use domain::{
    name::EnvironmentName,
    zone::{self, ZoneName},
};

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnvironmentDesk {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub name: String,
    pub time_zone: String,
    pub time_zones: Vec<String>,
}

#[server(prefix = "/api/console", endpoint = "load_environment_desk", input = Json, output = Postcard)]
pub async fn load_environment_desk(account: AccountId, environment: EnvironmentId) -> Result<EnvironmentDesk, Error> {
    let granted = ssr::grant::<ssr::View>(account).await?;
    let row = ssr::state()?.console.environment(&granted, environment).await?;
    ssr::grant::<ssr::ManageProjects>(account).await?;
    Ok(EnvironmentDesk { account, environment, name: row.name, time_zone: row.time_zone, time_zones: zone::names().to_vec() })
}

#[server(prefix = "/api/console", endpoint = "environment_rename")]
pub async fn environment_rename(account: AccountId, environment: EnvironmentId, name: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageProjects>(account).await?;
    let name = EnvironmentName::parse(&name).map_err(|problem| Error::mistake(Field::Name, problem))?;
    ssr::state()?.console.manage_projects(&granted).rename_environment(environment, &name).await?;
    ssr::done(&links::environment(account, environment), Notice::EnvironmentRenamed);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "time_zone_set")]
pub async fn time_zone_set(account: AccountId, environment: EnvironmentId, #[server(default)] time_zone: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageProjects>(account).await?;
    let zone = ZoneName::parse(&time_zone).map_err(|problem| Error::mistake(Field::TimeZone, problem))?;
    ssr::state()?.console.manage_projects(&granted).set_time_zone(environment, &zone).await?;
    ssr::done(&links::environment(account, environment), Notice::TimeZoneSet);
    Ok(())
}

#[component]
pub fn RenameEnvironmentPage() -> AnyView {
    let place = environment();
    load(
        move || place().map(|(account, environment)| LoadEnvironmentDesk { account, environment }),
        |data: EnvironmentDesk| {
            let EnvironmentDesk { account, environment, name, time_zone, time_zones } = data;
            let zones: Vec<_> = time_zones.into_iter().map(|zone| Choice::new(zone.clone(), zone)).collect();
            let whose = move || {
                view! {
                    <HiddenField name="account" value=account.to_string() />
                    <HiddenField name="environment" value=environment.to_string() />
                }
            };
            view! {
                <PageHead title=["Edit ", &name].concat() />
                <Section id="name" title="Name" text="Its id stays the same, so clients go on as before.">
                    <Form action=EnvironmentRename::PATH>
                        {whose()}
                        <TextField field=Field::Name label="Environment name" value=name />
                        <Submit label="Rename environment" />
                    </Form>
                </Section>
                <Section id="days" title="Days" text="Where the days of its reports begin, also of those that are past.">
                    <Form action=TimeZoneSet::PATH>
                        {whose()}
                        <SelectField field=Field::TimeZone label="Time zone" value=time_zone choices=zones />
                        <Submit label="Set time zone" />
                    </Form>
                </Section>
                <p><a href=links::environment(account, environment)>"Back to the environment"</a></p>
            }
        },
    )
}
