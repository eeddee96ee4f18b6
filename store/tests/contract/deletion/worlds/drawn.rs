//! What a world is made of, and what happens in it.

use std::fmt;

use proptest::prelude::*;

const ACCOUNTS: [&str; 2] = ["Acme", "Brew"];
const PROJECTS: [&str; 2] = ["Main", "Shop"];
const ENVIRONMENTS: [&str; 3] = ["Production", "Staging", "Test"];
pub(super) const PERSONS: [&str; 3] = ["Bea", "Cleo", "Dora"];
const PROPERTIES: [&str; 2] = ["city", "plan"];

/// By number, the same in every environment.
pub(super) type Person = usize;
/// A user id, likewise.
pub(super) type Device = u64;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Person(Person),
    Device(Device),
}

/// An environment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) account: usize,
    pub(super) project: usize,
    pub(super) environment: usize,
}

/// One thing that happens. Places are drawn before there is a world, so they are taken modulo what there is.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    Does {
        place: usize,
        who: Who,
        for_company: bool,
    },
    Has {
        place: usize,
        who: Who,
        property: usize,
    },
    TurnsOutToBe {
        place: usize,
        device: Device,
        person: Person,
    },
    AsksToErase {
        account: usize,
        whom: Vec<Who>,
    },
    /// The environment goes, or the project whose last one it is, if it may.
    Closes {
        place: usize,
    },
    Works {
        ticks: usize,
    },
}

#[derive(Clone)]
pub(super) struct World {
    /// How many environments each project of each account has.
    pub(super) accounts: [Vec<usize>; 2],
    pub(super) story: Vec<Deed>,
}

impl World {
    pub(super) fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for (account, projects) in self.accounts.iter().enumerate() {
            for (project, environments) in projects.iter().enumerate() {
                places.extend((0..*environments).map(|environment| Place { account, project, environment }));
            }
        }
        places
    }
}

pub(super) fn world() -> impl Strategy<Value = World> {
    let account = || prop::collection::vec(1..=ENVIRONMENTS.len(), 1..=PROJECTS.len());
    let world = move |devices| ([account(), account()], prop::collection::vec(deed(devices), 1..36));
    (1..=3_u64).prop_flat_map(world).prop_map(|(accounts, story)| World { accounts, story })
}

fn deed(devices: u64) -> impl Strategy<Value = Deed> {
    // Few places and names, so that deeds meet.
    let place = || prop_oneof![5 => Just(0_usize), 1 => 0..12_usize];
    let person = || 0..PERSONS.len();
    let device = move || 7..7 + devices;
    let who = move || prop_oneof![person().prop_map(Who::Person), device().prop_map(Who::Device)];
    prop_oneof![
        4 => (place(), who(), any::<bool>()).prop_map(|(place, who, for_company)| Deed::Does { place, who, for_company }),
        2 => (place(), who(), 0..PROPERTIES.len()).prop_map(|(place, who, property)| Deed::Has { place, who, property }),
        4 => (place(), device(), person()).prop_map(|(place, device, person)| Deed::TurnsOutToBe { place, device, person }),
        3 => (prop_oneof![5 => Just(0_usize), 1 => Just(1)], prop::collection::vec(who(), 1..3)).prop_map(|(account, whom)| Deed::AsksToErase { account, whom }),
        1 => (0..12_usize).prop_map(|place| Deed::Closes { place }),
        // A few chunks of the work, or all of it.
        3 => prop_oneof![1..8_usize, Just(60)].prop_map(|ticks| Deed::Works { ticks }),
    ]
}

pub(super) fn property(property: usize) -> &'static str {
    PROPERTIES[property]
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", ACCOUNTS[self.account], PROJECTS[self.project], ENVIRONMENTS[self.environment])
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(person) => f.write_str(PERSONS[*person]),
            Self::Device(device) => write!(f, "device {device}"),
        }
    }
}

impl fmt::Debug for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As a story, which is what a failure prints.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.places();
        let at = |place: &usize| places[place % places.len()];
        writeln!(f, "a world of {}", places.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))?;
        for (number, deed) in (1..).zip(&self.story) {
            write!(f, "  {number}. ")?;
            match deed {
                Deed::Does { place, who, for_company } => {
                    writeln!(f, "{}: {who} does something{}", at(place), if *for_company { " for a company" } else { "" })
                }
                Deed::Has { place, who, property } => writeln!(f, "{}: {who} has a {}", at(place), PROPERTIES[*property]),
                Deed::TurnsOutToBe { place, device, person } => {
                    writeln!(f, "{}: device {device} turns out to be {}", at(place), PERSONS[*person])
                }
                Deed::AsksToErase { account, whom } => writeln!(f, "{} asks to erase {whom:?}", ACCOUNTS[*account]),
                Deed::Closes { place } => writeln!(f, "{} is closed", at(place)),
                Deed::Works { ticks } => writeln!(f, "the worker does {ticks} chunks"),
            }?;
        }
        Ok(())
    }
}
