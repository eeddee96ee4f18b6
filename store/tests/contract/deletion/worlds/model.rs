//! What has to be there in the end, by the words of the documentation: a request erases at once, and nobody's data ever waits to be moved.
//!
//! One thing it leaves open: until a request is carried out, a device still is whoever it was told to be. So who it was is looked up and told to the model, which holds it to
//! what is possible.

use std::collections::{BTreeMap, BTreeSet};

use super::drawn::{Device, Person, Place, Who};

/// Whose something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    Person(Person),
    Anonymous(Device),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Event,
    Property(usize),
    /// A property that another value took the place of.
    Overwritten,
}

/// Something that was collected.
pub(super) struct Fact {
    pub(super) place: Place,
    pub(super) owner: Owner,
    pub(super) kind: Kind,
    pub(super) erased: bool,
}

/// A device was told to be somebody.
#[derive(Clone, Copy)]
struct Turn {
    person: Person,
    /// It is to be forgotten, and may be already.
    erased: bool,
}

/// The turns of a device, the newest last.
#[derive(Clone, Default)]
struct Turns {
    told: Vec<Turn>,
    /// Who was told last was forgotten.
    anonymous: bool,
    /// How often it was told, whoever was forgotten.
    times: usize,
}

impl Turns {
    fn owner(&self, device: Device) -> Owner {
        match self.told.last() {
            Some(turn) if !self.anonymous => Owner::Person(turn.person),
            _ => Owner::Anonymous(device),
        }
    }

    /// Forgets one turn. Whoever came after it, or nobody, stays the one that the device is.
    fn forgets(&mut self, turn: usize) {
        self.anonymous |= turn + 1 == self.told.len();
        self.told.remove(turn);
        self.anonymous |= self.told.is_empty();
    }
}

#[derive(Default)]
pub(super) struct Model {
    /// By their marks.
    pub(super) facts: BTreeMap<usize, Fact>,
    /// Who has a row.
    pub(super) users: BTreeSet<(Place, Owner)>,
    /// Where the company is known. It is no user, so no request reaches it.
    pub(super) companies: BTreeSet<Place>,
    turns: BTreeMap<(Place, Device), Turns>,
}

impl Model {
    /// Who does something.
    pub(super) fn owner(&self, place: Place, who: Who) -> Owner {
        match who {
            Who::Person(person) => Owner::Person(person),
            Who::Device(device) => self.turns.get(&(place, device)).cloned().unwrap_or_default().owner(device),
        }
    }

    /// Something was collected, as the owner that was seen.
    pub(super) fn collects(&mut self, mark: usize, place: Place, owner: Owner, kind: Kind) {
        if let Kind::Property(_) = kind {
            for fact in self.facts.values_mut().filter(|fact| !fact.erased && (fact.place, fact.owner, fact.kind) == (place, owner, kind)) {
                fact.kind = Kind::Overwritten;
            }
        }
        self.facts.insert(mark, Fact { place, owner, kind, erased: false });
        self.users.insert((place, owner));
    }

    /// Whoever the device was seen to be, if that is possible.
    pub(super) fn sees(&mut self, place: Place, device: Device, seen: Owner) -> Result<(), String> {
        let turns = self.turns.entry((place, device)).or_default();
        let expected = turns.owner(device);
        if expected != seen && seen == Owner::Anonymous(device) && turns.told.last().is_some_and(|turn| turn.erased) {
            turns.forgets(turns.told.len() - 1);
        } else if expected != seen {
            return Err(format!("{place}: device {device} is {seen:?}, and should be {expected:?}"));
        }
        Ok(())
    }

    pub(super) fn turns_out_to_be(&mut self, place: Place, device: Device, person: Person) {
        let turns = self.turns.entry((place, device)).or_default();
        turns.times += 1;
        match turns.owner(device) {
            // Told once more, it is told anew.
            Owner::Person(known) if known == person => turns.told.iter_mut().rev().take(1).for_each(|turn| turn.erased = false),
            Owner::Person(_) => turns.told.push(Turn { person, erased: false }),
            Owner::Anonymous(_) => {
                turns.told.push(Turn { person, erased: false });
                turns.anonymous = false;
                self.takes_over(place, device, person);
            }
        }
        self.users.insert((place, Owner::Person(person)));
    }

    /// A first identity takes what was collected without one; what is known of the person already stays.
    fn takes_over(&mut self, place: Place, device: Device, person: Person) {
        let (from, to) = (Owner::Anonymous(device), Owner::Person(person));
        let known: BTreeSet<usize> = self.properties(place, to).collect();
        for fact in self.facts.values_mut().filter(|fact| !fact.erased && (fact.place, fact.owner) == (place, from)) {
            fact.owner = to;
            if matches!(fact.kind, Kind::Property(property) if known.contains(&property)) {
                fact.kind = Kind::Overwritten;
            }
        }
        self.users.remove(&(place, from));
    }

    fn properties(&self, place: Place, owner: Owner) -> impl Iterator<Item = usize> {
        self.facts.values().filter(move |fact| !fact.erased && (fact.place, fact.owner) == (place, owner)).filter_map(|fact| {
            match fact.kind {
                Kind::Property(property) => Some(property),
                Kind::Event | Kind::Overwritten => None,
            }
        })
    }

    /// Those whom a device leads to, as seen: those of its turns that are to be forgotten may be forgotten already.
    pub(super) fn leads_to(&mut self, place: Place, device: Device, seen: &BTreeSet<Person>) -> Result<(), String> {
        let turns = self.turns.entry((place, device)).or_default();
        while let Some(forgotten) = turns.told.iter().position(|turn| turn.erased && !seen.contains(&turn.person)) {
            turns.forgets(forgotten);
        }
        let expected: BTreeSet<Person> = turns.told.iter().map(|turn| turn.person).collect();
        if expected == *seen { Ok(()) } else { Err(format!("{place}: device {device} leads to {seen:?}, and should to {expected:?}")) }
    }

    /// A request of the account for all of these: what was collected up to now is to go.
    pub(super) fn erases(&mut self, account: usize, whom: &[Who]) {
        let is_named = |device: Device| whom.contains(&Who::Device(device));
        let mut gone: BTreeSet<(Place, Owner)> = BTreeSet::new();
        for ((place, device), turns) in self.turns.iter().filter(|((place, device), _)| place.account == account && is_named(*device)) {
            gone.insert((*place, Owner::Anonymous(*device)));
            gone.extend(turns.told.iter().map(|turn| (*place, Owner::Person(turn.person))));
        }
        let is_gone = |place: Place, owner: Owner| {
            let named = matches!(owner, Owner::Person(person) if whom.contains(&Who::Person(person)));
            place.account == account && (named || gone.contains(&(place, owner)))
        };
        for fact in self.facts.values_mut().filter(|fact| is_gone(fact.place, fact.owner)) {
            fact.erased = true;
        }
        for ((place, _), turns) in &mut self.turns {
            for turn in turns.told.iter_mut().filter(|turn| is_gone(*place, Owner::Person(turn.person))) {
                turn.erased = true;
            }
        }
        self.users.retain(|(place, owner)| !is_gone(*place, *owner));
    }

    /// Everything of a place is to go.
    pub(super) fn closes(&mut self, closed: Place) {
        for fact in self.facts.values_mut().filter(|fact| fact.place == closed) {
            fact.erased = true;
        }
        self.users.retain(|(place, _)| *place != closed);
        self.companies.remove(&closed);
        self.turns.retain(|(place, _), _| *place != closed);
    }

    /// Every request is carried out.
    pub(super) fn all_is_done(&mut self) {
        for turns in self.turns.values_mut() {
            while let Some(forgotten) = turns.told.iter().position(|turn| turn.erased) {
                turns.forgets(forgotten);
            }
        }
    }

    /// Whom devices were told to be, and still are or were.
    pub(super) fn told(&self) -> BTreeSet<(Place, Person)> {
        self.turns.iter().flat_map(|((place, _), turns)| turns.told.iter().map(|turn| (*place, turn.person))).collect()
    }

    pub(super) fn devices(&self) -> Vec<(Place, Device)> {
        self.turns.keys().copied().collect()
    }

    /// How often the device was told to be somebody.
    pub(super) fn times_told(&self, place: Place, device: Device) -> usize {
        self.turns.get(&(place, device)).map_or(0, |turns| turns.times)
    }
}
