use domain::{
    access::Access,
    audit::{ActorKind, Deed},
    deletion::{Counts, MAX_TARGETS, RequestState},
    invalid::{Field, Problem},
    name::ApiKeyName,
};
use store::{
    Error,
    access::{DeleteUsers, ManageTeammates, View},
};

use super::{Site, named, number, previewed, report, request};
use crate::support::problem;

both_engines! {
    async fn a_request_tells_who_asked_and_counts_but_not_whom_it_erases(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea@example.com"), 3).await;
        site.tracks(number(123_456_789), 1).await;
        let first = request(&house, &ada, &[named("bea@example.com"), number(123_456_789), named("nobody@example.com")]).await;
        let second = request(&house, &ada, &[named("bea@example.com")]).await;
        let granted = house.granted::<View>(&ada).await;
        let requests = house.store.console.deletion_requests(&granted, None).await.unwrap();
        assert_eq!(requests.iter().map(|request| request.id).collect::<Vec<_>>(), [second, first]);
        let told = &requests[1];
        assert_eq!((told.requested_by, told.requested_by_name.as_str()), (ActorKind::Person, "ada"));
        assert_eq!((told.state, told.targets, told.users_found, told.erased), (RequestState::Pending, 3, 2, Counts::default()));
        assert_eq!(house.store.console.deletion_requests(&granted, Some(second)).await.unwrap(), requests[1..]);

        let deed = Deed::DeletionRequested { request: first, targets: 3, users: 2, property: None, everything_in: None, suppression: domain::deletion::Suppression::None };
        assert!(house.store.console.audit_log(&granted, None).await.unwrap().iter().any(|entry| entry.deed == deed));
        house.store.maintenance.unscoped_drain().await.unwrap();
        let log = house.texts("SELECT deed FROM audit_log").await.concat();
        assert!(log.contains("deletion_completed"));
        assert!(!log.contains("bea@") && !log.contains("nobody@") && !log.contains("123456789"), "{log}");
        let jobs = house.texts("SELECT payload FROM jobs").await;
        assert_eq!(jobs, [""; 0]);
    }

    async fn jobs_and_requests_do_not_hold_whom_they_erase(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 1).await;
        request(&house, &ada, &[named("bea@example.com"), number(123_456_789)]).await;
        let told = [house.texts("SELECT payload FROM jobs").await, house.texts("SELECT requested_by_name FROM deletion_requests").await].concat().concat();
        assert!(told.contains("erase"));
        assert!(!told.contains("bea@") && !told.contains("123456789"), "{told}");
    }

    async fn a_request_names_somebody_and_not_too_many(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let handle = house.store.console.delete_users(&granted);
        assert_eq!(problem(handle.request(&[]).await), (Field::Targets, Problem::Empty));
        let many: Vec<_> = (0..=u64::from(MAX_TARGETS)).map(number).collect();
        assert_eq!(problem(handle.request(&many).await), (Field::Targets, Problem::TooMany { max: MAX_TARGETS }));
        assert!(handle.request(&many[1..]).await.is_ok());
        assert_eq!(problem(previewed(&handle, &[]).await), (Field::Targets, Problem::Empty));
    }

    async fn a_read_only_teammate_can_look_but_not_delete(house) {
        let ada = house.found("ada@example.com").await;
        let (bob, actor) = house.join(&ada, "bob@example.com", Access::Full).await;
        let console = &house.store.console;
        let granted = console.grant::<DeleteUsers>(&actor, ada.account).await.unwrap();
        let manage = house.granted::<ManageTeammates>(&ada).await;
        console.manage_teammates(&manage).set_access(bob, Access::ReadOnly).await.unwrap();
        assert!(matches!(console.grant::<DeleteUsers>(&actor, ada.account).await, Err(Error::Forbidden)));
        assert!(matches!(console.delete_users(&granted).request(&[number(7)]).await, Err(Error::Forbidden)));
        let id = request(&house, &ada, &[number(7)]).await;
        let view = console.grant::<View>(&actor, ada.account).await.unwrap();
        assert_eq!(console.deletion_request(&view, id).await.unwrap().id, id);
    }

    async fn another_account_s_request_is_not_found(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let id = request(&house, &ada, &[number(7)]).await;
        let view = house.granted::<View>(&eve).await;
        assert!(matches!(house.store.console.deletion_request(&view, id).await, Err(Error::NotFound)));
        assert_eq!(house.store.console.deletion_requests(&view, None).await.unwrap(), []);
        let delete = house.granted::<DeleteUsers>(&eve).await;
        assert!(matches!(house.store.console.delete_users(&delete).state(id).await, Err(Error::NotFound)));
    }

    async fn a_script_asks_and_sees_pending_become_complete(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let privacy = house.granted(&ada).await;
        let key = console.manage_api_keys(&privacy).create(&ApiKeyName::parse("Nightly").unwrap()).await.unwrap();
        let token = console.api_token(ada.environment, &key).await.unwrap();
        let (script, account) = console.script(&token).await.unwrap();
        let granted = console.grant::<DeleteUsers>(&script, account).await.unwrap();
        let handle = console.delete_users(&granted);
        let id = handle.request(&[named("bea@example.com")]).await.unwrap().id;
        assert_eq!(handle.state(id).await.unwrap().public_word(), "pending");
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(handle.state(id).await.unwrap().public_word(), "complete");
        assert_eq!(report(&house, &ada, id).await.requested_by, ActorKind::ApiKey);
    }
}
