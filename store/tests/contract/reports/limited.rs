//! What limited reports count, compared with a count by hand over the same events.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    collect::{Event, Properties, PropertyValue, Who},
    definition::{Comparison, ConditionText, EventDefinitionDraft, PropertyDefinitionDraft, SegmentDraft},
    id::{DefinitionKey, EnvironmentId, ReportKey},
    report::{LimitsText, Measure, ReportDraft},
    time::Millis,
};
use serde_json::Number;
use store::{
    access::{EditDefinitions, EditReports},
    collector::What,
};

use super::{DAY, counts};
use crate::{
    deletion::{Site, event, named, number},
    support::{Founded, House, START},
};

/// A name that needs quoting in JSON, and that JSON paths could take for more than a name.
const ODD: &str = "a\"b\\c.d[0] $ü";
const NAMES: [&str; 3] = ["plan", "Plan", ODD];

fn text(text: &str) -> PropertyValue {
    PropertyValue::Text(text.to_owned())
}

fn float(number: f64) -> PropertyValue {
    PropertyValue::Number(Number::from_f64(number).unwrap())
}

/// Values that are easily taken for each other.
fn values() -> Vec<PropertyValue> {
    let number = |n: i64| PropertyValue::Number(n.into());
    let texts = ["gold", "Gold", "42", "true", "say \"hi\" \\ ü", ""].map(text);
    [number(42), float(42.0), number(-7), float(42.5), PropertyValue::Bool(true), PropertyValue::Bool(false)]
        .into_iter()
        .chain(texts)
        .collect()
}

fn comparisons() -> Vec<Comparison> {
    let compared = values().into_iter().filter(|value| *value != text(""));
    compared
        .flat_map(|value| [Comparison::Is(value.clone()), Comparison::IsNot(value)])
        .chain([Comparison::IsSet, Comparison::IsNotSet])
        .collect()
}

fn equal(one: &PropertyValue, other: &PropertyValue) -> bool {
    match (one, other) {
        (PropertyValue::Number(one), PropertyValue::Number(other)) => one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

fn holds(comparison: &Comparison, value: Option<&PropertyValue>) -> bool {
    match comparison {
        Comparison::Is(compared) => value.is_some_and(|value| equal(value, compared)),
        Comparison::IsNot(compared) => !value.is_some_and(|value| equal(value, compared)),
        Comparison::IsSet => value.is_some(),
        Comparison::IsNotSet => value.is_none(),
    }
}

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn properties(&mut self) -> Properties {
        let all = values();
        let names = NAMES.into_iter().filter(|_| self.below(3) > 0).collect::<Vec<_>>();
        names.into_iter().map(|name| (name.to_owned(), all[self.below(all.len())].clone())).collect()
    }
}

/// What was sent, and who turned out to be whom.
struct World {
    events: Vec<Event>,
    users: BTreeMap<Who, Properties>,
    identified: BTreeMap<Who, Who>,
}

impl World {
    /// Visitors of whom most turn out to be one of the people, who have properties of their own or not.
    fn new() -> Self {
        let mut dice = Dice(1);
        let people: Vec<Who> = (0..60).map(|n| named(&format!("person-{n}@example.com"))).collect();
        let visitors: Vec<Who> = (0..24).map(number).collect();
        let identified: BTreeMap<Who, Who> = visitors.iter().cloned().zip(people.iter().skip(30).cloned()).take(18).collect();
        let everybody: Vec<Who> = people.into_iter().chain(visitors).collect();
        let mut users = BTreeMap::new();
        for who in &everybody {
            if dice.below(4) > 0 {
                users.insert(who.clone(), dice.properties());
            }
        }
        let mut events = Vec::new();
        for _ in 0..600 {
            let user = everybody[dice.below(everybody.len())].clone();
            let ago = i64::try_from(dice.below(9)).unwrap() * DAY + i64::try_from(dice.below(1_000)).unwrap();
            events.push(Event { occurred_at: Some(Millis(START.0 + DAY / 2 - ago)), properties: dice.properties(), ..event(user) });
        }
        Self { events, users, identified }
    }

    async fn is_sent(&self, site: &Site) {
        site.sends(What::Events(self.events.clone())).await;
        site.sends(What::Properties(self.users.clone().into_iter().collect())).await;
        for (visitor, person) in &self.identified {
            let (Who::UserId(user_id), Who::Identity(identity)) = (visitor.clone(), person.clone()) else { unreachable!() };
            site.sends(What::Identify { user_id, identity }).await;
        }
    }

    /// A person's own value of the first name that is there, or that of the device.
    fn of_user<'w>(&'w self, who: &Who, names: &[&str]) -> Option<&'w PropertyValue> {
        let device = self.identified.iter().find(|(_, person)| *person == who).map(|(device, _)| device);
        let of = |who: Option<&Who>, name: &str| self.users.get(who?).and_then(|properties| properties.get(name));
        names.iter().find_map(|name| of(Some(who), name).or_else(|| of(device, name)))
    }

    fn expected(&self, measure: Measure, segment: Option<&Asked>, filter: Option<&Asked>) -> Vec<u64> {
        let mut days: Vec<(u64, BTreeSet<&Who>)> = vec![Default::default(); 7];
        for event in &self.events {
            let user = self.identified.get(&event.user).unwrap_or(&event.user);
            let of_event = |asked: &Asked| holds(&asked.comparison, asked.names.iter().find_map(|name| event.properties.get(name)));
            let of_user = |asked: &Asked| holds(&asked.comparison, self.of_user(user, &asked.names));
            let at = event.occurred_at.unwrap().0.div_euclid(DAY) - START.0 / DAY + 6;
            let day = usize::try_from(at).ok().and_then(|at| days.get_mut(at));
            if let Some((count, users)) = day.filter(|_| segment.is_none_or(of_user) && filter.is_none_or(of_event)) {
                *count += 1;
                users.insert(user);
            }
        }
        let counted = |(count, users): &(u64, BTreeSet<&Who>)| if measure == Measure::Events { *count } else { users.len() as u64 };
        days.iter().map(counted).collect()
    }
}

/// What is asked of a property of these raw names.
#[derive(Clone)]
struct Asked {
    defined: Option<DefinitionKey>,
    names: Vec<&'static str>,
    comparison: Comparison,
}

impl Asked {
    fn with<T>(&self, use_text: impl FnOnce(&ConditionText<'_>) -> T) -> T {
        let property = self.defined.map(|key| key.to_string()).unwrap_or_default();
        let name = if self.defined.is_some() { "" } else { self.names[0] };
        use_text(&ConditionText { property: &property, name, comparison: self.comparison.choice(), value: &self.comparison.typed() })
    }
}

/// One report and one segment, which are changed again and again.
struct Desk<'h> {
    house: &'h House,
    ada: &'h Founded,
    definition: DefinitionKey,
    report: ReportKey,
    segment: DefinitionKey,
}

impl<'h> Desk<'h> {
    async fn of(house: &'h House, ada: &'h Founded) -> Self {
        let granted = house.granted::<EditDefinitions>(ada).await;
        let handle = house.store.console.edit_definitions(&granted, ada.environment);
        let definition = handle.create(&EventDefinitionDraft::parse("Order", "Order").unwrap()).await.unwrap();
        let nobody = ConditionText { name: "nothing", comparison: "is_set", ..ConditionText::default() };
        let segment = handle.create_segment(&SegmentDraft::parse("S", &nobody).unwrap()).await.unwrap();
        let granted = house.granted::<EditReports>(ada).await;
        let draft = ReportDraft::parse("R", &definition.to_string(), "events", "7").unwrap();
        let report = house.store.console.edit_reports(&granted, ada.environment).create(&draft).await.unwrap();
        Self { house, ada, definition, report, segment }
    }

    async fn define(&self, kind: &str) -> DefinitionKey {
        let draft = PropertyDefinitionDraft::parse("Plan", kind, "plan\nPlan").unwrap();
        let granted = self.house.granted::<EditDefinitions>(self.ada).await;
        self.house.store.console.edit_definitions(&granted, self.ada.environment).create_property(&draft).await.unwrap()
    }

    async fn counts(&self, measure: Measure, segment: Option<&Asked>, filter: Option<&Asked>) -> Vec<u64> {
        let (house, console, environment) = (self.house, &self.house.store.console, self.ada.environment);
        let view = house.granted(self.ada).await;
        if let Some(asked) = segment {
            let version = console.segment(&view, environment, self.segment).await.unwrap().version;
            let draft = asked.with(|text| SegmentDraft::parse("S", text).unwrap());
            let granted = house.granted::<EditDefinitions>(self.ada).await;
            console.edit_definitions(&granted, environment).edit_segment(self.segment, version, &draft).await.unwrap();
        }
        let key = segment.map(|_| self.segment.to_string()).unwrap_or_default();
        let parse = |filter: ConditionText<'_>| {
            let limits = LimitsText { segment: &key, filter };
            ReportDraft::parse_limited("R", &self.definition.to_string(), measure.as_str(), "7", &limits).unwrap()
        };
        let draft = filter.map_or_else(|| parse(ConditionText::default()), |asked| asked.with(|text| parse(*text)));
        let version = console.report(&view, environment, self.report).await.unwrap().version;
        let granted = house.granted::<EditReports>(self.ada).await;
        console.edit_reports(&granted, environment).edit(self.report, version, &draft).await.unwrap();
        counts(house, self.ada, self.report).await
    }

    async fn compare(&self, world: &World, segment: Option<&Asked>, filter: Option<&Asked>) {
        for measure in Measure::ALL {
            let told = |asked: Option<&Asked>| asked.map(|asked| format!("{:?} {:?}", asked.names, asked.comparison));
            let expected = world.expected(measure, segment, filter);
            assert_eq!(self.counts(measure, segment, filter).await, expected, "{measure:?} {:?} {:?}", told(segment), told(filter));
        }
    }
}

/// Each raw name and the definition of two, with each comparison.
fn every(defined: DefinitionKey) -> impl Iterator<Item = Asked> {
    let raw = ["plan", ODD].map(|name| (None, vec![name]));
    let properties = raw.into_iter().chain([(Some(defined), vec!["plan", "Plan"])]);
    properties
        .flat_map(|(defined, names)| comparisons().into_iter().map(move |comparison| Asked { defined, names: names.clone(), comparison }))
}

both_engines! {
    async fn a_report_counts_the_events_whose_property_is_as_asked(house) {
        let ada = house.found("ada@example.com").await;
        let world = World::new();
        world.is_sent(&Site::of(&house, ada.environment)).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let desk = Desk::of(&house, &ada).await;
        for asked in every(desk.define("event").await) {
            desk.compare(&world, None, Some(&asked)).await;
        }
    }

    async fn a_report_counts_the_users_of_a_segment_before_and_after_their_rows_are_moved(house) {
        let ada = house.found("ada@example.com").await;
        let world = World::new();
        world.is_sent(&Site::of(&house, ada.environment)).await;
        let desk = Desk::of(&house, &ada).await;
        let defined = desk.define("user").await;
        for turn in 0..2 {
            for asked in every(defined).skip(turn).step_by(2) {
                desk.compare(&world, Some(&asked), None).await;
            }
            house.store.maintenance.unscoped_drain().await.unwrap();
        }
    }

    async fn a_report_is_limited_by_a_segment_and_a_property_at_once(house) {
        let ada = house.found("ada@example.com").await;
        let world = World::new();
        world.is_sent(&Site::of(&house, ada.environment)).await;
        let desk = Desk::of(&house, &ada).await;
        let (of_users, of_events) = (desk.define("user").await, desk.define("event").await);
        for (segment, filter) in every(of_users).step_by(7).zip(every(of_events).skip(3).step_by(5)) {
            desk.compare(&world, Some(&segment), Some(&filter)).await;
        }
    }

    async fn archived_definitions_go_on_limiting_the_reports_that_use_them(house) {
        let ada = house.found("ada@example.com").await;
        let world = World::new();
        world.is_sent(&Site::of(&house, ada.environment)).await;
        let desk = Desk::of(&house, &ada).await;
        let defined = desk.define("user").await;
        let asked = Asked { defined: Some(defined), names: vec!["plan", "Plan"], comparison: Comparison::IsSet };
        let before = desk.counts(Measure::Events, Some(&asked), None).await;
        assert!(before.iter().sum::<u64>() > 0);
        let granted = house.granted::<EditDefinitions>(&ada).await;
        for key in [defined, desk.segment] {
            house.store.console.edit_definitions(&granted, ada.environment).archive(key).await.unwrap();
        }
        assert_eq!(counts(&house, &ada, desk.report).await, before);
    }

    async fn nobody_else_s_properties_count(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let orders = |environment: EnvironmentId| Site::of(&house, environment);
        orders(ada.environment).sends(What::Events(vec![Event { occurred_at: Some(START), ..event(named("bea@example.com")) }])).await;
        orders(eve.environment).knows(named("bea@example.com"), "plan", "gold").await;
        let desk = Desk::of(&house, &ada).await;
        let asked = Asked { defined: None, names: vec!["plan"], comparison: Comparison::IsSet };
        assert_eq!(desk.counts(Measure::Events, Some(&asked), None).await, [0; 7]);
    }
}
