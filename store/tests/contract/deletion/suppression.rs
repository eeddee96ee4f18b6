//! Erased users of whom nothing is collected again.

use domain::{
    audit::Deed,
    collect::{Properties, Who},
    deletion::{Suppression, Target, Whom},
    receipt::Receipt,
};
use store::{
    access::{DeleteUsers, View},
    collector::{Outcome, What},
};

use super::{Site, count, event, named, number, pass};
use crate::support::{Founded, House};

const EVENTS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM events";

async fn sent(house: &House, founded: &Founded, what: What) -> Outcome {
    let submission = house.store.collector.submission(founded.environment, [127, 0, 0, 1].into(), what);
    house.store.collector.write(vec![submission]).await.unwrap()[0]
}

async fn tracked(house: &House, founded: &Founded, users: &[Target]) -> Outcome {
    sent(house, founded, What::Events(users.iter().cloned().map(event).collect())).await
}

async fn erase(house: &House, founded: &Founded, targets: &[Target], suppression: Suppression) -> domain::id::RequestId {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let deletions = house.store.console.delete_users(&granted);
    let selection = deletions.select(&Whom::Named(targets.to_vec())).await.unwrap();
    deletions.request_selected(&selection, suppression).await.unwrap().id
}

both_engines! {
    async fn nothing_is_collected_of_the_erased_from_the_request_on(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(number(7), 2).await;
        site.identifies(7, "bea").await;
        let id = erase(&house, &ada, &[named("bea"), named("never-seen")], Suppression::Forever).await;
        for user in [named("bea"), number(7), named("never-seen")] {
            assert_eq!(tracked(&house, &ada, std::slice::from_ref(&user)).await, Outcome::Suppressed, "{user:?}");
        }
        assert_eq!(tracked(&house, &ada, &[named("bea"), named("cyd")]).await, Outcome::PartlySuppressed);
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(tracked(&house, &ada, &[number(7)]).await, Outcome::Suppressed, "also where their rows have moved");
        let (Who::UserId(user_id), Who::Identity(identity)) = (number(8), named("bea")) else { unreachable!() };
        assert_eq!(sent(&house, &ada, What::Identify { user_id, identity }).await, Outcome::Suppressed);
        assert_eq!(sent(&house, &ada, What::Properties(vec![(named("bea"), Properties::default())])).await, Outcome::Suppressed);
        pass(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(house.texts("SELECT identity FROM users").await, ["cyd"]);

        let view = house.granted::<View>(&ada).await;
        let receipt: Receipt = serde_json::from_value(house.store.console.receipt(&view, id).await.unwrap().receipt).unwrap();
        assert_eq!(receipt.suppressed.unwrap().until, None, "the receipt says so");
        let listed = house.store.console.suppressions(&view).await.unwrap();
        assert_eq!(listed.iter().map(|row| (row.request, row.hashes, row.until)).collect::<Vec<_>>(), [(id, 3, Suppression::EVER)]);
    }

    async fn a_device_whose_rows_had_moved_is_kept_out_with_its_person(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(number(7), 2).await;
        site.identifies(7, "bea").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let id = erase(&house, &ada, &[named("bea")], Suppression::Forever).await;
        assert_eq!(tracked(&house, &ada, &[number(7)]).await, Outcome::Suppressed);
        let granted = house.granted::<DeleteUsers>(&ada).await;
        assert_eq!(house.store.console.suppressing(&granted, &number(7)).await.unwrap(), Some(id));
        house.store.console.lift_suppression(&granted, id).await.unwrap();
        assert_eq!(tracked(&house, &ada, &[number(7)]).await, Outcome::Stored);
        let log = house.store.console.audit_log(&house.granted::<View>(&ada).await, None).await.unwrap();
        let lifted = Deed::SuppressionLifted { request: id, hashes: 1 };
        assert!(log.iter().any(|entry| entry.deed == lifted), "names are counted, and no keys");
    }

    async fn whoever_is_let_in_again_is_collected_on_every_server(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        let id = erase(&house, &ada, &[named("bea")], Suppression::Forever).await;
        let submission = other.collector.submission(ada.environment, [127, 0, 0, 1].into(), What::Events(vec![event(named("bea"))]));
        assert_eq!(other.collector.write(vec![submission.clone()]).await.unwrap(), [Outcome::Suppressed]);
        let granted = house.granted::<DeleteUsers>(&ada).await;
        assert_eq!(house.store.console.suppressing(&granted, &named("bea")).await.unwrap(), Some(id));
        house.store.console.lift_suppression(&granted, id).await.unwrap();
        assert_eq!(house.store.console.suppressing(&granted, &named("bea")).await.unwrap(), None);
        assert!(matches!(house.store.console.lift_suppression(&granted, id).await, Err(store::Error::NotFound)));
        assert_eq!(other.collector.write(vec![submission]).await.unwrap(), [Outcome::Stored]);
    }

    async fn a_suppression_ends_by_itself_when_its_time_is_over(house) {
        let ada = house.found("ada@example.com").await;
        let id = erase(&house, &ada, &[named("bea")], Suppression::Days(30)).await;
        assert_eq!(tracked(&house, &ada, &[named("bea")]).await, Outcome::Suppressed);
        house.clock.advance(2_592_000_001);
        let granted = house.granted::<DeleteUsers>(&ada).await;
        assert_eq!(house.store.console.suppressing(&granted, &named("bea")).await.unwrap(), None);
        house.store.maintenance.unscoped_forget_suppressions().await.unwrap();
        assert_eq!(count(&house, "SELECT CAST(COUNT(*) AS TEXT) FROM suppressions").await, 0);
        let again = house.store.console.lift_suppression(&granted, id).await;
        assert!(matches!(again, Err(store::Error::NotFound)));
        assert_eq!(tracked(&house, &ada, &[named("bea")]).await, Outcome::Stored);
    }

    async fn a_request_that_is_cancelled_keeps_nobody_out(house) {
        let ada = house.found("ada@example.com").await;
        house.run("UPDATE accounts SET grace_hours = 24").await;
        let id = erase(&house, &ada, &[named("bea")], Suppression::Forever).await;
        assert_eq!(tracked(&house, &ada, &[named("bea")]).await, Outcome::Suppressed);
        let granted = house.granted::<DeleteUsers>(&ada).await;
        house.store.console.delete_users(&granted).cancel(id).await.unwrap();
        assert_eq!(tracked(&house, &ada, &[named("bea")]).await, Outcome::Stored);
        assert_eq!(count(&house, EVENTS).await, 1);
    }

    async fn another_account_is_not_concerned(house) {
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        erase(&house, &ada, &[named("bea")], Suppression::Forever).await;
        assert_eq!(tracked(&house, &eve, &[named("bea")]).await, Outcome::Stored);
        let view = house.granted::<View>(&eve).await;
        assert_eq!(house.store.console.suppressions(&view).await.unwrap(), []);
    }
}
