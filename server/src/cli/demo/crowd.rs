//! Made-up visitors of a shop for software, and what they do. Nothing here knows of the database; the same seed and day make the same crowd.

use domain::{
    collect::{Properties, PropertyValue},
    time::Millis,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// How far the crowd reaches back, today included.
pub(super) const DAYS: i64 = 90;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

pub(super) const PAGE_VIEWED: &str = "page viewed";
pub(super) const SIGNED_UP: &str = "signed up";
pub(super) const SIGNED_IN: &str = "signed in";
pub(super) const SEARCHED: &str = "searched";
pub(super) const ORDERED: &str = "ordered";

const PATHS: [(&str, u32); 6] = [("/", 8), ("/pricing", 4), ("/docs", 5), ("/blog", 3), ("/templates", 3), ("/changelog", 1)];
const COUNTRIES: [(&str, u32); 7] = [("US", 9), ("DE", 6), ("GB", 4), ("FR", 3), ("IN", 3), ("BR", 2), ("JP", 2)];
const PLANS: [(&str, u32); 3] = [("free", 6), ("pro", 3), ("team", 1)];
const SOURCES: [(&str, u32); 4] = [("search", 5), ("direct", 4), ("newsletter", 2), ("partner", 1)];
const AMOUNTS: [(u32, u32); 6] = [(9, 6), (19, 8), (29, 6), (49, 4), (99, 2), (249, 1)];
/// Of a day by the hour, UTC: quiet nights, a dip at noon, a smaller evening.
const HOURS: [u32; 24] = [2, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 19, 15, 18, 20, 19, 17, 14, 12, 11, 10, 8, 6, 4];

/// Somebody who comes by, and what they do, in its order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visitor {
    /// From 1.
    pub number: u64,
    pub country: &'static str,
    pub plan: &'static str,
    pub source: &'static str,
    pub acts: Vec<Act>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Act {
    pub name: &'static str,
    pub at: Millis,
    /// Of the visitor's, from 0.
    pub session: u32,
    /// From the sign-up on.
    pub is_known: bool,
    pub properties: Properties,
}

impl Visitor {
    pub(super) fn has_signed_up(&self) -> bool {
        self.acts.iter().any(|act| act.name == SIGNED_UP)
    }
}

/// Visitors who together do exactly so many things, none later than `now`.
pub(super) fn crowd(seed: u64, now: Millis, events: usize) -> Vec<Visitor> {
    let mut rng = StdRng::seed_from_u64(seed);
    let (mut visitors, mut left) = (Vec::new(), events);
    for number in 1.. {
        if left == 0 {
            break;
        }
        let mut visitor = visitor(&mut rng, number, now);
        visitor.acts.truncate(left);
        left -= visitor.acts.len();
        if !visitor.acts.is_empty() {
            visitors.push(visitor);
        }
    }
    visitors
}

fn visitor(rng: &mut StdRng, number: u64, now: Millis) -> Visitor {
    let today = now.0.div_euclid(DAY);
    let (country, plan, source) = (pick(rng, &COUNTRIES), pick(rng, &PLANS), pick(rng, &SOURCES));
    let mut visitor = Visitor { number, country, plan, source, acts: Vec::new() };
    let stays = rng.random_ratio(2, 5);
    let (sessions, signs_up_in) =
        if stays { (rng.random_range(3..=14), Some(rng.random_range(0..=1))) } else { (rng.random_range(1..=3), None) };
    let (mut day, mut is_known) = (arrival(rng, today), false);
    for session in 0..sessions {
        let signs_up = signs_up_in == Some(session);
        visit(rng, &mut visitor, day, session, is_known, signs_up);
        is_known |= signs_up;
        day += rng.random_range(1..=9);
        // Who is busy with it at work waits for Monday.
        if is_weekend(day) && rng.random_ratio(1, 2) {
            day += 2;
        }
    }
    visitor.acts.retain(|act| act.at <= now);
    visitor
}

/// More come each week, and fewer on Saturdays and Sundays.
fn arrival(rng: &mut StdRng, today: i64) -> i64 {
    let weight = |back: i64| u32::try_from(DAYS + 40 - back).unwrap_or_default() * if is_weekend(today - back) { 2 } else { 5 };
    let days: Vec<(i64, u32)> = (0..DAYS).map(|back| (today - back, weight(back))).collect();
    pick(rng, &days)
}

fn visit(rng: &mut StdRng, visitor: &mut Visitor, day: i64, session: u32, was_known: bool, signs_up: bool) {
    let hours: Vec<(i64, u32)> = (0..).zip(HOURS).collect();
    let mut at = day * DAY + pick(rng, &hours) * HOUR + rng.random_range(0..60 * MINUTE);
    let (country, plan, source) = (text("country", visitor.country), text("plan", visitor.plan), text("source", visitor.source));
    let mut act = |rng: &mut StdRng, name, is_known, properties: Vec<(String, PropertyValue)>| {
        at += rng.random_range(MINUTE / 6..3 * MINUTE);
        let properties = properties.into_iter().chain([country.clone()]).collect();
        visitor.acts.push(Act { name, at: Millis(at), session, is_known, properties });
    };
    if was_known {
        act(rng, SIGNED_IN, true, Vec::new());
    }
    for _ in 0..rng.random_range(1..=5) {
        let path = pick(rng, &PATHS);
        act(rng, PAGE_VIEWED, was_known, vec![text("path", path)]);
    }
    if rng.random_ratio(1, 4) {
        act(rng, SEARCHED, was_known, Vec::new());
    }
    if signs_up {
        act(rng, SIGNED_UP, true, vec![plan.clone(), source]);
    }
    if (was_known || signs_up) && rng.random_ratio(1, 5) {
        let amount = PropertyValue::Number(pick(rng, &AMOUNTS).into());
        act(rng, ORDERED, true, vec![plan, ("amount".to_owned(), amount)]);
    }
}

/// Days since 1970, which began with a Thursday.
fn is_weekend(day: i64) -> bool {
    matches!((day + 4).rem_euclid(7), 0 | 6)
}

pub(super) fn text(name: &str, value: &str) -> (String, PropertyValue) {
    (name.to_owned(), PropertyValue::Text(value.to_owned()))
}

/// One of these by their weights, of which the sum is above zero.
fn pick<T: Copy>(rng: &mut StdRng, choices: &[(T, u32)]) -> T {
    let mut left = rng.random_range(0..choices.iter().map(|(_, weight)| weight).sum());
    let mut place = 0;
    while left >= choices[place].1 {
        left -= choices[place].1;
        place += 1;
    }
    choices[place].0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wednesday, 2026-07-01T18:00:00Z.
    const NOW: Millis = Millis(1_782_928_800_000);

    fn acts(visitors: &[Visitor]) -> impl Iterator<Item = &Act> {
        visitors.iter().flat_map(|visitor| &visitor.acts)
    }

    fn day(act: &Act) -> i64 {
        act.at.0.div_euclid(DAY)
    }

    #[test]
    fn a_crowd_does_exactly_as_much_as_is_asked_and_the_same_each_time() {
        for events in [0, 1, 999, 20_000] {
            assert_eq!(acts(&crowd(1, NOW, events)).count(), events);
        }
        assert_eq!(crowd(7, NOW, 500), crowd(7, NOW, 500));
        assert_ne!(crowd(7, NOW, 500), crowd(8, NOW, 500));
    }

    #[test]
    fn a_crowd_is_spread_over_ninety_days_up_to_now() {
        let visitors = crowd(1, NOW, 20_000);
        let days: std::collections::BTreeSet<i64> = acts(&visitors).map(day).collect();
        let today = NOW.0.div_euclid(DAY);
        assert_eq!(days.into_iter().collect::<Vec<_>>(), (today - DAYS + 1..=today).collect::<Vec<_>>());
        assert!(acts(&visitors).all(|act| act.at <= NOW));
    }

    #[test]
    fn working_days_are_busier_than_weekends_and_the_last_month_than_the_first() {
        let visitors = crowd(1, NOW, 20_000);
        let today = NOW.0.div_euclid(DAY);
        let count = |counts: &dyn Fn(i64) -> bool| acts(&visitors).filter(|act| counts(day(act))).count();
        // Twelve whole weeks: 60 working days, 24 others.
        let weeks = |day: i64| (today - 84..today).contains(&day);
        let (working, weekend) = (count(&|day| weeks(day) && !is_weekend(day)), count(&|day| weeks(day) && is_weekend(day)));
        assert!(working * 24 * 2 > weekend * 60 * 3, "{working} on 60 days, {weekend} on 24");
        let (first, last) = (count(&|day| day <= today - 60), count(&|day| day > today - 30));
        assert!(last > 2 * first, "{first}, then {last}");
    }

    #[test]
    fn every_order_follows_a_sign_up_of_the_same_visitor() {
        let visitors = crowd(1, NOW, 20_000);
        for visitor in &visitors {
            let signed_up = visitor.acts.iter().position(|act| act.name == SIGNED_UP);
            for (place, act) in visitor.acts.iter().enumerate() {
                let follows = signed_up.is_some_and(|signed_up| signed_up < place);
                assert!(follows || ![ORDERED, SIGNED_IN].contains(&act.name));
                assert_eq!(act.is_known, follows || act.name == SIGNED_UP);
            }
            assert!(visitor.acts.is_sorted_by_key(|act| act.at));
        }
        let did = |name: &str| visitors.iter().filter(|visitor| visitor.acts.iter().any(|act| act.name == name)).count();
        assert!(did(PAGE_VIEWED) > did(SIGNED_UP) && did(SIGNED_UP) > did(ORDERED) && did(ORDERED) > 0, "a funnel");
    }

    #[test]
    fn some_come_back_and_some_stay_unknown() {
        let visitors = crowd(1, NOW, 20_000);
        let returned = visitors.iter().filter(|visitor| visitor.acts.iter().any(|act| act.session > 0)).count();
        let unknown = visitors.iter().filter(|visitor| !visitor.has_signed_up()).count();
        assert!(returned > visitors.len() / 4 && unknown > visitors.len() / 4, "{returned} and {unknown} of {}", visitors.len());
    }
}
