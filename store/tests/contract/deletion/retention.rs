//! What is older than an environment keeps it.

use domain::{
    audit::Deed,
    deletion::{Counts, Grace, RequestState, Sweep},
    id::EnvironmentId,
    listing::{Listing, RequestSort},
    privacy::Typed,
    receipt::{Receipt, Verdict},
};
use store::{
    access::{ManagePrivacy, View},
    console::deletion_requests::Request,
};

use super::{Site, count, everything::staging, named, number, pass};
use crate::{
    privacy::FORM,
    support::{Founded, House},
};

/// Everything that was received so far was received a hundred days before.
async fn a_hundred_days_pass(house: &House) {
    for sql in [
        "UPDATE events SET received_at = received_at - 8640000000 RETURNING 'x'",
        "UPDATE user_properties SET received_at = received_at - 8640000000 RETURNING 'x'",
        "UPDATE users SET received_at = received_at - 8640000000 RETURNING 'x'",
        "UPDATE aliases SET received_at = received_at - 8640000000 RETURNING 'x'",
    ] {
        house.texts(sql).await;
    }
}

/// Keeps data for ninety days, and has the first look at once.
async fn keeps_for_ninety_days(house: &House, founded: &Founded, environment: EnvironmentId) {
    let granted = house.granted::<ManagePrivacy>(founded).await;
    house.store.console.set_grace(&granted, Grace::NONE).await.unwrap();
    house.keep(founded, environment, &Typed { retention: "90", ..FORM }).await;
    pass(house).await;
}

async fn works(house: &House) {
    house.store.maintenance.unscoped_drain().await.unwrap();
}

async fn requests(house: &House, founded: &Founded) -> Vec<Request> {
    let listing = Listing::<RequestSort>::parse("", "", "");
    house.store.console.deletion_requests_page(&house.granted::<View>(founded).await, &listing).await.unwrap().rows
}

const IDENTITIES: &str = "SELECT COALESCE(identity, '#' || user_id) FROM users ORDER BY identity, user_id";

both_engines! {
    async fn what_is_older_goes_with_the_users_of_whom_nothing_is_newer(house) {
        let ada = house.found("ada@example.com").await;
        let (here, there) = (Site::of(&house, ada.environment), Site::of(&house, staging(&house, &ada).await));
        for site in [&here, &there] {
            site.tracks(named("gone"), 3).await;
            site.knows(named("gone"), "plan", "gold").await;
        }
        here.tracks(named("comes"), 2).await;
        here.knows(named("comes"), "plan", "silver").await;
        // One of two comes back by a device, and takes along what was known of her.
        for (device, person) in [(7, "carol"), (8, "dave")] {
            here.tracks(number(device), 2).await;
            here.identifies(device, person).await;
            here.knows(named(person), "plan", "bronze").await;
        }
        works(&house).await;
        a_hundred_days_pass(&house).await;
        here.tracks(named("comes"), 1).await;
        here.tracks(number(7), 1).await;
        works(&house).await;

        keeps_for_ninety_days(&house, &ada, ada.environment).await;
        works(&house).await;
        assert_eq!(house.texts(IDENTITIES).await, ["carol", "comes", "gone"], "one of them of the other environment");
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM events").await, 2 + 3);
        assert_eq!(house.texts("SELECT value FROM user_properties ORDER BY value").await, ["\"bronze\"", "\"gold\"", "\"silver\""]);
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM aliases").await, 1);

        let [told] = requests(&house, &ada).await.try_into().unwrap();
        assert_eq!(told.sweep, Some((Sweep::Retention, "Main / Production".to_owned())));
        assert_eq!((told.state, told.requested_by_name.as_str()), (RequestState::Complete, "Retention"));
        assert_eq!(told.erased, Counts { users: 2, events: 9, properties: 2, aliases: 1 });
        let view = house.granted::<View>(&ada).await;
        let receipt: Receipt = serde_json::from_value(house.store.console.receipt(&view, told.id).await.unwrap().receipt).unwrap();
        assert_eq!((receipt.verdict, receipt.everything_in), (Verdict::Swept, None));
        assert_eq!(receipt.swept.map(|swept| (swept.environment, swept.by)), Some((ada.environment.get(), Sweep::Retention)));
        assert_eq!((receipt.rows[0].before, receipt.rows[0].after), (told.erased, Counts::default()));
        let log = house.store.console.audit_log(&view, None).await.unwrap();
        let deeds: Vec<&Deed> = log.iter().take(2).map(|entry| &entry.deed).collect();
        let environment = "Main / Production".to_owned();
        assert_eq!(deeds, [&Deed::DeletionCompleted { request: told.id, erased: told.erased }, &Deed::RetentionBegan { request: told.id, environment, days: 90 }]);
    }

    async fn a_day_on_which_nothing_is_old_enough_leaves_nothing(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("new"), 3).await;
        keeps_for_ninety_days(&house, &ada, ada.environment).await;
        let before = house.texts("SELECT deed FROM audit_log").await.len();
        let next = house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(requests(&house, &ada).await, []);
        assert_eq!(house.texts("SELECT deed FROM audit_log").await.len(), before);
        assert!(next.is_some(), "there is a look tomorrow");
        // Tomorrow comes, and with it the day on which it is old enough.
        a_hundred_days_pass(&house).await;
        house.texts("UPDATE jobs SET run_at = 0 RETURNING kind").await;
        works(&house).await;
        assert_eq!(requests(&house, &ada).await.len(), 1);
        assert_eq!(house.texts(IDENTITIES).await, [""; 0]);
    }

    async fn what_is_taken_back_within_the_grace_period_erases_nothing(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("old"), 3).await;
        a_hundred_days_pass(&house).await;
        let granted = house.granted::<ManagePrivacy>(&ada).await;
        house.store.console.set_grace(&granted, Grace::USUAL).await.unwrap();
        house.keep(&ada, ada.environment, &Typed { retention: "90", ..FORM }).await;
        works(&house).await;
        house.keep(&ada, ada.environment, &FORM).await;
        house.texts("UPDATE jobs SET run_at = 0 RETURNING kind").await;
        works(&house).await;
        assert_eq!(requests(&house, &ada).await, []);
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM events").await, 3);
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE kind = 'retain'").await, 0);
    }

    async fn however_often_it_is_set_an_environment_has_one_look(house) {
        let ada = house.found("ada@example.com").await;
        for days in ["90", "30", "", "60"] {
            house.keep(&ada, ada.environment, &Typed { retention: days, ..FORM }).await;
        }
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE kind = 'retain'").await, 1);
        let copy = staging(&house, &ada).await;
        let settings = house.store.console.privacy(&house.granted::<View>(&ada).await, copy).await.unwrap();
        assert_eq!(settings.privacy.retention.map(domain::privacy::Retention::days), Some(60), "a new environment is no less strict");
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE kind = 'retain'").await, 2);
    }
}
