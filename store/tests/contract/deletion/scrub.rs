//! What is there, as the privacy settings would have kept it.

use domain::{
    audit::Deed,
    collect::{Event, Properties, PropertyValue},
    deletion::{Counts, Grace, RequestState, Sweep, Target},
    id::RequestId,
    privacy::{Capture, Typed},
    receipt::{Receipt, Verdict},
};
use store::{
    access::{DeleteUsers, ManagePrivacy, View},
    collector::What,
    maintenance::Tick,
};

use super::{Site, event, everything::staging, killed::works_for, leases_end, named, pass, report};
use crate::{
    privacy::FORM,
    support::{Founded, House},
};

const RULES: Typed<'_> =
    Typed { event_properties: "e-mail", user_properties: "phone*", target_text: "off", capture: "block", pages: "/account", ..FORM };

fn says(user: Target, properties: &[(&str, &str)]) -> Event {
    let properties: Properties =
        properties.iter().map(|(name, value)| ((*name).to_owned(), PropertyValue::Text((*value).to_owned()))).collect();
    Event { properties, ..event(user) }
}

async fn ask(house: &House, founded: &Founded) -> RequestId {
    let privacy = house.granted::<ManagePrivacy>(founded).await;
    house.store.console.set_grace(&privacy, Grace::USUAL).await.unwrap();
    let granted = house.granted::<DeleteUsers>(founded).await;
    let id = house.store.console.delete_users(&granted).request_scrub(founded.environment).await.unwrap();
    pass(house).await;
    id
}

async fn begin_at_once(house: &House) {
    for sql in
        ["UPDATE jobs SET run_at = 0 WHERE kind = 'erase' RETURNING kind", "UPDATE deletion_requests SET erase_at = 0 RETURNING state"]
    {
        house.texts(sql).await;
    }
}

/// Answers how often it died.
async fn dies_until_it_is_done(house: &House) -> u32 {
    const UNDER_WAY: &str =
        "SELECT kind FROM jobs WHERE kind = 'erase' OR leased_until > 1 OR run_at = 0 OR payload NOT LIKE '%\"look\":null%'";
    let mut deaths = 0;
    for polls in 0.. {
        match works_for(&house.store.maintenance, polls % 40).await {
            Some(Tick::Worked) => {}
            Some(Tick::Idle(_)) if house.texts(UNDER_WAY).await.is_empty() => break,
            idle => {
                deaths += u32::from(idle.is_none());
                leases_end(house).await;
            }
        }
    }
    deaths
}

both_engines! {
    async fn what_is_there_becomes_what_the_settings_would_have_kept(house) {
        let ada = house.found("ada@example.com").await;
        let (here, there) = (Site::of(&house, ada.environment), Site::of(&house, staging(&house, &ada).await));
        for site in [&here, &there] {
            site.sends(What::Events(vec![
                says(named("bea"), &[("e-mail", "bea@example.com"), ("plan", "gold"), ("url", "https://a.example/shop")]),
                says(named("bea"), &[("url", "https://a.example/account/7"), ("plan", "gold")]),
                says(named("cid"), &[("Target Text", "Buy"), ("plan", "silver")]),
                says(named("cid"), &[("plan", "silver")]),
            ])).await;
            site.knows(named("bea"), "phone_home", "1").await;
            site.knows(named("bea"), "plan", "gold").await;
        }
        house.keep(&ada, ada.environment, &RULES).await;
        let id = ask(&house, &ada).await;
        assert_eq!(report(&house, &ada, id).await.state, RequestState::Pending, "it can be taken back");
        begin_at_once(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();

        let told = report(&house, &ada, id).await;
        assert_eq!((told.state, told.erases_users()), (RequestState::Complete, false));
        assert_eq!(told.sweep, Some((Sweep::Scrub, "Main / Production".to_owned())));
        assert_eq!(told.erased, Counts { events: 3, properties: 1, ..Counts::default() });
        let kept = "SELECT properties FROM events WHERE environment_id = (SELECT MIN(id) FROM environments WHERE is_main_production) ORDER BY properties";
        let expected = ["{\"plan\":\"gold\",\"url\":\"https://a.example/shop\"}", "{\"plan\":\"silver\"}", "{\"plan\":\"silver\"}"];
        assert_eq!(house.texts(kept).await, expected);
        assert_eq!(house.texts("SELECT name FROM user_properties ORDER BY name").await, ["phone_home", "plan", "plan"]);
        assert_eq!(house.texts("SELECT 'x' FROM events").await.len(), 3 + 4);

        let view = house.granted::<View>(&ada).await;
        let receipt: Receipt = serde_json::from_value(house.store.console.receipt(&view, id).await.unwrap().receipt).unwrap();
        let rules = receipt.swept.clone().unwrap().rules.unwrap();
        assert_eq!((receipt.verdict, rules.capture, rules.user_properties), (Verdict::Swept, Capture::Block, vec!["phone*".to_owned()]));
        let log = house.store.console.audit_log(&view, None).await.unwrap();
        assert!(log.iter().any(|entry| entry.deed == Deed::ScrubRequested { request: id, environment: "Main / Production".to_owned() }));
    }

    async fn every_row_is_gone_over_once_however_many_there_are(house) {
        let ada = house.found("ada@example.com").await;
        let here = Site::of(&house, ada.environment);
        for person in 0..5 {
            let user = named(&format!("user{person}"));
            let odd = |n: usize| if n.is_multiple_of(3) { says(user.clone(), &[("plan", "gold")]) } else { says(user.clone(), &[("e-mail", "x"), ("url", "/account")]) };
            for _ in 0..2 {
                here.sends(What::Events((0..999).map(odd).collect())).await;
            }
            let other = (0..600).map(|_| says(user.clone(), &[("e-mail", "x"), ("plan", "gold")])).collect();
            here.sends(What::Events(other)).await;
        }
        house.keep(&ada, ada.environment, &RULES).await;
        let id = ask(&house, &ada).await;
        begin_at_once(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let told = report(&house, &ada, id).await;
        assert_eq!(told.state, RequestState::Complete);
        assert_eq!(told.erased.events, 5 * (2 * 666 + 600), "each that had to go or to be changed, once");
        let left: Vec<String> = house.texts("SELECT DISTINCT properties FROM events").await;
        assert_eq!(left, ["{\"plan\":\"gold\"}"]);
        assert_eq!(house.texts("SELECT 'x' FROM events").await.len(), 5 * (2 * 333 + 600));
    }

    async fn a_worker_that_dies_at_any_point_of_a_scrub_or_of_retention_loses_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let here = Site::of(&house, ada.environment);
        for person in 0..40 {
            let user = named(&format!("user{person}"));
            here.sends(What::Events((0..40).map(|n| says(user.clone(), &[("e-mail", "x"), ("n", &n.to_string())])).collect())).await;
            here.knows(user, "phone", "1").await;
        }
        house.keep(&ada, ada.environment, &RULES).await;
        let id = ask(&house, &ada).await;
        begin_at_once(&house).await;
        assert!(dies_until_it_is_done(&house).await > 5);
        let told = report(&house, &ada, id).await;
        assert_eq!((told.state, told.erased), (RequestState::Complete, Counts { events: 1_600, properties: 40, ..Counts::default() }));

        for sql in ["UPDATE events SET received_at = 7 RETURNING 'x'", "UPDATE users SET received_at = 7 RETURNING 'x'"] {
            house.texts(sql).await;
        }
        here.tracks(named("user7"), 1).await;
        house.keep(&ada, ada.environment, &Typed { retention: "90", ..RULES }).await;
        house.texts("UPDATE jobs SET run_at = 0 RETURNING kind").await;
        assert!(dies_until_it_is_done(&house).await > 5);
        let erased = "SELECT CAST(users_erased AS TEXT) || ' ' || events_erased || ' ' || state FROM deletion_requests WHERE sweep = 'retention'";
        assert_eq!(house.texts(erased).await, ["39 1600 complete"]);
        assert_eq!(house.texts("SELECT identity FROM users").await, ["user7"]);
    }

    async fn a_scrub_that_is_taken_back_changes_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let here = Site::of(&house, ada.environment);
        here.sends(What::Events(vec![says(named("bea"), &[("e-mail", "x")])])).await;
        house.keep(&ada, ada.environment, &RULES).await;
        let id = ask(&house, &ada).await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        house.store.console.delete_users(&granted).cancel(id).await.unwrap();
        house.texts("UPDATE jobs SET run_at = 0 RETURNING kind").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(house.texts("SELECT properties FROM events").await, ["{\"e-mail\":\"x\"}"]);
        assert_eq!(report(&house, &ada, id).await.state, RequestState::Cancelled);
    }
}
