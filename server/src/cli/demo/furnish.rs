//! What teammates would have made: environments, definitions, reports, an excluded address.

use domain::{
    definition::{ConditionText, EventDefinitionDraft, PropertyDefinitionDraft, SegmentDraft},
    excluded_ip::{Caution, parse_list},
    id::{AccountId, EnvironmentId},
    invalid::{Field, Invalid},
    name::{EnvironmentName, ProjectName},
    report::{LimitsText, ReportDraft},
    zone::ZoneName,
};
use store::{
    Console,
    access::{Actor, EditDefinitions, EditReports, ManageExcludedIps, ManageProjects, View},
    console::{accounts::CreatedAccount, excluded_ips::Edit},
};

use super::crowd::{ORDERED, PAGE_VIEWED, SEARCHED, SIGNED_IN, SIGNED_UP};
use crate::cli::Failure;

/// The environments that events go to.
pub(super) struct Places {
    production: EnvironmentId,
    development: EnvironmentId,
    mobile: EnvironmentId,
}

impl Places {
    /// Who gets how many of all events.
    pub(super) fn shares(&self, events: u32) -> [(EnvironmentId, usize); 3] {
        let events = usize::try_from(events).unwrap_or(usize::MAX);
        let (development, mobile) = (events / 25, events / 6);
        [(self.production, events - development - mobile), (self.development, development), (self.mobile, mobile)]
    }
}

/// As the first teammate, who is signed in for as long as it takes.
pub(super) async fn furnish(console: &Console, created: &CreatedAccount) -> Result<Places, Failure> {
    let token = console.sign_in(&created.verified, "cairn demo", None).await?;
    let actor = console.actor(&token).await?.ok_or(store::Error::NotFound)?;
    let places = rooms(console, &actor, created).await;
    console.sign_out(&actor).await?;
    places
}

async fn rooms(console: &Console, actor: &Actor, created: &CreatedAccount) -> Result<Places, Failure> {
    let (account, production) = (created.account, created.environment);
    let named = |problem| Invalid::one(Field::Name, problem);
    let projects = console.grant::<ManageProjects>(actor, account).await?;
    let main = console.environment(&console.grant::<View>(actor, account).await?, production).await?.project;
    let (zone, manage) = (ZoneName::default(), console.manage_projects(&projects));
    let mobile_app = ProjectName::parse("Mobile app").map_err(named)?;
    let (_, mobile) = manage.create(&mobile_app, &zone).await?;
    for environment in [production, mobile] {
        define(console, actor, account, environment).await?;
    }
    exclude(console, actor, account).await?;
    // Last, so that definitions and reports are carried over.
    let development = EnvironmentName::parse("Development").map_err(named)?;
    let development = manage.add_environment(main, &development, Some(production), &zone).await?.environment;
    Ok(Places { production, development, mobile })
}

async fn define(console: &Console, actor: &Actor, account: AccountId, environment: EnvironmentId) -> Result<(), Failure> {
    let granted = console.grant::<EditDefinitions>(actor, account).await?;
    let definitions = console.edit_definitions(&granted, environment);
    let event = async |name, event_name| -> Result<String, Failure> {
        Ok(definitions.create(&EventDefinitionDraft::parse(name, event_name)?).await?.to_string())
    };
    let (views, sign_ups, orders) =
        (event("Page view", PAGE_VIEWED).await?, event("Sign-up", SIGNED_UP).await?, event("Order", ORDERED).await?);
    event("Sign-in", SIGNED_IN).await?;
    event("Search", SEARCHED).await?;
    let plan = definitions.create_property(&PropertyDefinitionDraft::parse("Plan", "user", "plan\nsubscription")?).await?.to_string();
    let is_pro = ConditionText { property: &plan, comparison: "is", value: "pro", ..ConditionText::default() };
    let pro = definitions.create_segment(&SegmentDraft::parse("Pro customers", &is_pro)?).await?.to_string();

    let granted = console.grant::<EditReports>(actor, account).await?;
    let reports = console.edit_reports(&granted, environment);
    let german = ConditionText { name: "country", comparison: "is", value: "DE", ..ConditionText::default() };
    let (all, of_pros) = (LimitsText::default(), LimitsText { segment: &pro, ..LimitsText::default() });
    let from_germany = LimitsText { filter: german, ..LimitsText::default() };
    for (name, definition, measure, days, limits) in [
        ("Page views", &views, "events", "90", &all),
        ("Visitors", &views, "unique_users", "30", &all),
        ("Sign-ups", &sign_ups, "events", "90", &all),
        ("Orders", &orders, "events", "90", &all),
        ("Orders of pro customers", &orders, "events", "90", &of_pros),
        ("Visitors from Germany", &views, "unique_users", "30", &from_germany),
    ] {
        reports.create(&ReportDraft::parse_limited(name, definition, measure, days, limits)?).await?;
    }
    Ok(())
}

async fn exclude(console: &Console, actor: &Actor, account: AccountId) -> Result<(), Failure> {
    let granted = console.grant::<ManageExcludedIps>(actor, account).await?;
    let lines = parse_list("203.0.113.50 # The office")?;
    console.edit_excluded_ips(&granted, None, Edit::Add(&lines), &Caution::default()).await?;
    Ok(())
}
