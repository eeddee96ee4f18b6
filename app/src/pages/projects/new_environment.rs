//! Adding an environment to a project.

use domain::id::ProjectId;
#[cfg(feature = "ssr")]
use domain::{
    invalid::{Mistakes, Problem},
    name::EnvironmentName,
    zone::{self, ZoneName},
};

use crate::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewEnvironment {
    pub account: AccountId,
    pub project: ProjectId,
    pub project_name: String,
    /// What definitions and reports can come from, oldest first.
    pub sources: Vec<(EnvironmentId, String)>,
    /// That of the oldest.
    pub time_zone: String,
    pub time_zones: Vec<String>,
}

#[server(prefix = "/api/console", endpoint = "load_new_environment", input = Json, output = Postcard)]
pub async fn load_new_environment(account: AccountId, project: ProjectId) -> Result<NewEnvironment, Error> {
    let view = ssr::grant::<ssr::View>(account).await?;
    ssr::grant::<ssr::ManageProjects>(account).await?;
    let projects = ssr::state()?.console.projects(&view).await?;
    let row = projects.into_iter().find(|row| row.id == project).ok_or(Error::NotFound)?;
    let time_zone = row.environments.first().map(|oldest| oldest.time_zone.clone()).unwrap_or_default();
    let sources = row.environments.into_iter().map(|environment| (environment.id, environment.name)).collect();
    Ok(NewEnvironment { account, project, project_name: row.name, sources, time_zone, time_zones: zone::names().to_vec() })
}

#[server(prefix = "/api/console", endpoint = "environment_create")]
pub async fn environment_create(
    account: AccountId,
    project: ProjectId,
    name: String,
    #[server(default)] source: String,
    #[server(default)] time_zone: String,
) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManageProjects>(account).await?;
    let mut mistakes = Mistakes::new();
    let name = mistakes.take(Field::Name, EnvironmentName::parse(&name));
    let source = mistakes.take(Field::Source, parse_source(&source));
    let zone = mistakes.take(Field::TimeZone, ZoneName::parse(&time_zone));
    let (Some(name), Some(source), Some(zone)) = (name, source, zone) else { return Err(mistakes.into_invalid().into()) };
    let carried = ssr::state()?.console.manage_projects(&granted).add_environment(project, &name, source, &zone).await?;
    let counts = [("definitions", carried.definitions), ("reports", carried.reports)];
    ssr::done_with(&links::environment(account, carried.environment), Notice::EnvironmentCreated, &counts);
    Ok(())
}

/// None is the project's oldest.
#[cfg(feature = "ssr")]
fn parse_source(text: &str) -> Result<Option<EnvironmentId>, Problem> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Problem::NotAChoice) }
}

#[component]
pub fn NewEnvironmentPage() -> AnyView {
    let (account, project) = (account(), param::<ProjectId>("project"));
    load(
        move || Ok(LoadNewEnvironment { account: account()?, project: project()? }),
        |data: NewEnvironment| {
            let back = links::projects(data.account);
            let source = data.sources.first().map(|(id, _)| id.to_string()).unwrap_or_default();
            let sources: Vec<_> = data.sources.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
            let zones: Vec<_> = data.time_zones.into_iter().map(|zone| Choice::new(zone.clone(), zone)).collect();
            view! {
                <PageHead
                    title=["Add an environment to ", &data.project_name].concat()
                    text="It receives every definition and report of its source, archived ones too, and not one user or event."
                />
                <Form action=EnvironmentCreate::PATH>
                    <HiddenField name="account" value=data.account.to_string() />
                    <HiddenField name="project" value=data.project.to_string() />
                    <TextField field=Field::Name label="Environment name" hint="For example Staging or Development." />
                    <SelectField field=Field::Source label="Source environment" hint="Where its definitions and reports come from." value=source choices=sources />
                    <SelectField field=Field::TimeZone label="Time zone" hint="Where the days of its reports begin." value=data.time_zone choices=zones />
                    <div class="row">
                        <Submit label="Create" about=" environment" />
                        <a class="button quiet" href=back>"Cancel"</a>
                    </div>
                </Form>
            }
        },
    )
}
