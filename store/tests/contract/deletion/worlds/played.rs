//! A world comes about, beside its model.

use std::collections::BTreeSet;

use domain::{
    collect::{Event, Properties, PropertyValue, Who as Named},
    company::CompanyId,
    name::{EnvironmentName, EventName, ProjectName},
    user::{Identity, UserId},
    zone::ZoneName,
};
use store::{
    access::{DeleteUsers, ManageProjects},
    collector::What,
};

use super::{
    drawn::{Deed, Device, Person, Place, Who, World, property},
    model::{Kind, Model, Owner},
    seen::{self, Seen},
};
use crate::{
    deletion::{Site, named, number, pass, previewed},
    support::{Founded, House},
};

/// A device has at most eight turns; from then on the newest is replaced, which the model does not know.
const MOST_TURNS: usize = 7;

/// The first marks are the persons' identities.
const FIRST_MARK: usize = 100;

/// The project that is not Main.
const PROJECT: &str = "Shop";

pub(super) const COMPANY: &str = "acme";

/// A text that is nowhere else.
pub(super) fn mark(number: usize) -> String {
    format!("person-{number:06}@residue.example.com")
}

/// The first one comes with its project.
fn environment_name(environment: usize) -> String {
    if environment == 0 { "Production".to_owned() } else { format!("Further {environment}") }
}

pub(super) struct Played<'a> {
    pub(super) house: &'a House,
    pub(super) model: Model,
    pub(super) sites: Vec<(Place, Site)>,
    closed: BTreeSet<Place>,
    founded: Vec<Founded>,
    marks: usize,
}

/// Plays the story and looks at everything that is there then. The error says what is not as it should be.
pub(super) async fn play(house: &House, world: &World) -> Result<(), String> {
    let mut played = Played::begin(house, world).await;
    for deed in &world.story {
        house.clock.advance(1);
        played.deed(deed).await?;
    }
    played.works_to_the_end().await?;
    Seen::of(&played).await.compare(&played)?;
    seen::readable(&played).await?;
    for (place, device) in played.model.devices() {
        played.does(place, Who::Device(device), false, vec![]).await?;
    }
    Ok(())
}

impl<'a> Played<'a> {
    async fn begin(house: &'a House, world: &World) -> Self {
        let founded = vec![house.found("ada@example.com").await, house.found("eve@example.com").await];
        let mut sites = Vec::new();
        for (account, projects) in world.accounts.iter().enumerate() {
            let granted = house.granted::<ManageProjects>(&founded[account]).await;
            let manage = house.store.console.manage_projects(&granted);
            for (project, environments) in projects.iter().enumerate() {
                let view = house.granted(&founded[account]).await;
                let (id, first) = match project {
                    0 => (house.store.console.projects(&view).await.unwrap()[0].id, founded[account].environment),
                    _ => manage.create(&ProjectName::parse(PROJECT).unwrap(), &ZoneName::default()).await.unwrap(),
                };
                for environment in 0..*environments {
                    let name = EnvironmentName::parse(&environment_name(environment)).unwrap();
                    let at = match environment {
                        0 => first,
                        _ => manage.add_environment(id, &name, None, &ZoneName::default()).await.unwrap().environment,
                    };
                    sites.push((Place { account, project, environment }, Site::of(house, at)));
                }
            }
        }
        Self { house, model: Model::default(), sites, closed: BTreeSet::new(), founded, marks: FIRST_MARK }
    }

    async fn deed(&mut self, deed: &Deed) -> Result<(), String> {
        let at = |place: usize| self.sites[place % self.sites.len()].0;
        match deed {
            Deed::Does { place, .. } | Deed::Has { place, .. } | Deed::TurnsOutToBe { place, .. } | Deed::Closes { place }
                if self.closed.contains(&at(*place)) =>
            {
                Ok(())
            }
            Deed::Does { place, who, for_company } => self.does(at(*place), *who, *for_company, vec![]).await,
            Deed::Has { place, who, property } => self.has(at(*place), *who, *property).await,
            Deed::TurnsOutToBe { place, device, person } => self.turns_out_to_be(at(*place), *device, *person).await,
            Deed::AsksToErase { account, whom } => self.asks_to_erase(*account, whom).await,
            Deed::Closes { place } => {
                self.closes(at(*place)).await;
                Ok(())
            }
            Deed::Works { ticks } => {
                self.all_is_due().await;
                for _ in 0..*ticks {
                    self.house.store.maintenance.unscoped_tick().await.map_err(|error| format!("a tick failed: {error:?}"))?;
                }
                Ok(())
            }
        }
    }

    /// An event, with what else is sent in the same batch. Whose it is is looked up and told to the model.
    async fn does(&mut self, place: Place, who: Who, for_company: bool, also: Vec<What>) -> Result<(), String> {
        let event = self.next_mark();
        let properties = Properties::from_iter([("mark".to_owned(), PropertyValue::Text(mark(event)))]);
        let name = EventName::parse("Order").unwrap();
        let company = for_company.then(|| CompanyId::parse(COMPANY).unwrap());
        let event_sent = Event {
            name,
            user: name_of(who),
            company,
            session_id: Some(mark(event)),
            occurred_at: None,
            idempotency_key: None,
            properties,
        };
        let site = self.site(place);
        let all = [What::Events(vec![event_sent])].into_iter().chain(also);
        site.sends_together(all.collect()).await;
        let mut owner = self.model.owner(place, who);
        if let Who::Device(device) = who {
            owner = seen::owner_of(self.house, event).await.ok_or_else(|| format!("{place}: what {who} does is nobody's"))?;
            self.model.sees(place, device, owner)?;
        }
        self.model.collects(event, place, owner, Kind::Event);
        self.model.companies.extend(for_company.then_some(place));
        Ok(())
    }

    async fn has(&mut self, place: Place, who: Who, which: usize) -> Result<(), String> {
        let value = self.next_mark();
        let properties = Properties::from_iter([(property(which).to_owned(), PropertyValue::Text(mark(value)))]);
        self.does(place, who, false, vec![What::Properties(vec![(name_of(who), properties)])]).await?;
        let owner = self.model.owner(place, who);
        self.model.collects(value, place, owner, Kind::Property(which));
        Ok(())
    }

    async fn turns_out_to_be(&mut self, place: Place, device: Device, person: Person) -> Result<(), String> {
        if self.model.times_told(place, device) >= MOST_TURNS {
            return Ok(());
        }
        let what = What::Identify { user_id: UserId::new(device).unwrap(), identity: Identity::parse(&mark(person)).unwrap() };
        self.does(place, Who::Device(device), false, vec![what]).await?;
        self.model.turns_out_to_be(place, device, person);
        Ok(())
    }

    async fn asks_to_erase(&mut self, account: usize, whom: &[Who]) -> Result<(), String> {
        let granted = self.house.granted::<DeleteUsers>(&self.founded[account]).await;
        let deletions = self.house.store.console.delete_users(&granted);
        for who in whom {
            let Who::Device(device) = *who else { continue };
            let preview = previewed(&deletions, &[name_of(*who)]).await.unwrap();
            for (place, site) in self.sites.iter().filter(|(place, _)| place.account == account && !self.closed.contains(place)) {
                let of_place = preview.users.rows.iter().filter(|user| preview.environments[user.environment].id == site.environment);
                let persons: BTreeSet<Person> = of_place.filter_map(|user| seen::person(&user.user)).collect();
                self.model.leads_to(*place, device, &persons)?;
            }
        }
        let targets: Vec<Named> = whom.iter().map(|who| name_of(*who)).collect();
        deletions.request(&targets).await.unwrap();
        self.model.erases(account, whom);
        pass(self.house).await;
        Ok(())
    }

    /// Main's first environment stays, and so does the last one of Main.
    async fn closes(&mut self, place: Place) {
        let of_project = |at: &Place| (at.account, at.project) == (place.account, place.project) && !self.closed.contains(at);
        let is_last = self.sites.iter().filter(|(at, _)| of_project(at)).count() == 1;
        if place.project == 0 && (is_last || place.environment == 0) {
            return;
        }
        let founded = &self.founded[place.account];
        let granted = self.house.granted::<ManageProjects>(founded).await;
        let manage = self.house.store.console.manage_projects(&granted);
        if is_last {
            let projects = self.house.store.console.projects(&self.house.granted(founded).await).await.unwrap();
            manage.delete(projects[1].id, PROJECT).await.unwrap();
        } else {
            manage.delete_environment(self.site(place).environment, &environment_name(place.environment)).await.unwrap();
        }
        self.closed.insert(place);
        self.model.closes(place);
    }

    /// Also what waits for something.
    async fn all_is_due(&self) {
        self.house.run("UPDATE jobs SET run_at = 1").await;
    }

    async fn works_to_the_end(&mut self) -> Result<(), String> {
        for _ in 0..8 {
            self.all_is_due().await;
            let next = self.house.store.maintenance.unscoped_drain().await.map_err(|error| format!("a tick failed: {error:?}"))?;
            if next.is_none() {
                self.model.all_is_done();
                return Ok(());
            }
        }
        Err(format!("the worker comes to no end: {:?}", self.house.texts("SELECT payload FROM jobs").await))
    }

    fn site(&self, place: Place) -> &Site {
        self.sites.iter().find(|(of, _)| *of == place).map(|(_, site)| site).unwrap()
    }

    fn next_mark(&mut self) -> usize {
        self.marks += 1;
        self.marks
    }
}

fn name_of(who: Who) -> Named {
    match who {
        Who::Person(person) => named(&mark(person)),
        Who::Device(device) => number(device),
    }
}

/// Everybody's name in the rows that are compared.
pub(super) fn name_of_owner(owner: Owner) -> String {
    match owner {
        Owner::Person(person) => mark(person),
        Owner::Anonymous(device) => device.to_string(),
    }
}
