//! Requests that a second person has to approve.

use domain::{
    access::Access,
    audit::Deed,
    deletion::{Approval, RequestState},
    invalid::{Field, Problem},
    receipt::Receipt,
};
use store::{
    Error,
    access::{Actor, DeleteUsers, ManagePrivacy, View},
};

use super::{Site, named, pass, report, request};
use crate::support::{Founded, House, problem};

async fn demand(house: &House, founded: &Founded, approval: Approval) -> Result<(), Error> {
    house.store.console.set_approval(&house.granted::<ManagePrivacy>(founded).await, approval).await
}

async fn approve(house: &House, founded: &Founded, actor: &Actor, id: domain::id::RequestId) -> Result<(), Error> {
    let granted = house.store.console.grant::<DeleteUsers>(actor, founded.account).await?;
    house.store.console.delete_users(&granted).approve(id).await
}

both_engines! {
    async fn nothing_begins_before_somebody_else_approves(house) {
        let ada = house.found("ada@example.com").await;
        let (_, bob) = house.join(&ada, "bob@example.com", Access::Full).await;
        demand(&house, &ada, Approval::People).await.unwrap();
        Site::of(&house, ada.environment).tracks(named("bea@example.com"), 2).await;
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let told = report(&house, &ada, id).await;
        assert_eq!((told.state, told.awaits_approval, told.erased.events), (RequestState::Pending, true, 0));
        let view = house.granted::<View>(&ada).await;
        assert_eq!(house.store.console.requests_to_approve(&view).await.unwrap(), 1);

        let granted = house.store.console.grant::<DeleteUsers>(&bob, ada.account).await.unwrap();
        let shown = house.store.console.delete_users(&granted).asked_for(id).await.unwrap();
        assert_eq!((shown.total().events, shown.users.rows[0].user.clone()), (2, named("bea@example.com")), "bob sees what he approves");
        assert_eq!(shown.users.rows[0].waits_for, None, "of which he is told already");
        assert_eq!(problem(approve(&house, &ada, &ada.actor, id).await), (Field::Whole, Problem::OwnRequest));
        approve(&house, &ada, &bob, id).await.unwrap();
        assert!(matches!(approve(&house, &ada, &bob, id).await, Err(Error::Conflict)), "once is enough");
        pass(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let told = report(&house, &ada, id).await;
        assert_eq!((told.state, told.awaits_approval, told.erased.events), (RequestState::Complete, false, 2));
        let receipt: Receipt = serde_json::from_value(house.store.console.receipt(&view, id).await.unwrap().receipt).unwrap();
        assert_eq!(receipt.approved.unwrap().by, told.approved.unwrap().0, "the receipt names the second person");
        assert!(house.store.console.audit_log(&view, None).await.unwrap().iter().any(|entry| entry.deed == Deed::DeletionApproved { request: id }));
    }

    async fn a_request_that_waits_for_approval_can_be_cancelled_whatever_its_time(house) {
        let ada = house.found("ada@example.com").await;
        let (_, bob) = house.join(&ada, "bob@example.com", Access::Full).await;
        demand(&house, &ada, Approval::People).await.unwrap();
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        house.store.console.delete_users(&granted).cancel(id).await.unwrap();
        assert!(matches!(approve(&house, &ada, &bob, id).await, Err(Error::Conflict)));
        assert_eq!(house.texts("SELECT kind FROM jobs").await, [""; 0]);
    }

    async fn nobody_waits_for_a_second_person_who_is_not_there(house) {
        let ada = house.found("ada@example.com").await;
        assert_eq!(problem(demand(&house, &ada, Approval::People).await), (Field::Approval, Problem::NeedsTwo));
        house.join(&ada, "cyd@example.com", Access::ReadOnly).await;
        assert_eq!(problem(demand(&house, &ada, Approval::People).await), (Field::Approval, Problem::NeedsTwo), "who only reads approves nothing");
        house.join(&ada, "bob@example.com", Access::Full).await;
        demand(&house, &ada, Approval::People).await.unwrap();
        let waiting = request(&house, &ada, &[named("bea@example.com")]).await;
        house.run("UPDATE teammates SET access = 'read_only' WHERE person_id = (SELECT id FROM people WHERE name = 'bob')").await;
        house.run("DELETE FROM teammates WHERE access = 'full' AND person_id NOT IN (SELECT requested_by FROM deletion_requests)").await;
        approve(&house, &ada, &ada.actor, waiting).await.unwrap();
        let next = request(&house, &ada, &[named("bea@example.com")]).await;
        assert!(!report(&house, &ada, next).await.awaits_approval);
    }

    async fn scripts_wait_only_where_the_account_says_so(house) {
        let ada = house.found("ada@example.com").await;
        let (_, bob) = house.join(&ada, "bob@example.com", Access::Full).await;
        let token = house.store.console.api_token(ada.environment, ada.api_key.as_deref().unwrap()).await.unwrap();
        let (script, account) = house.store.console.script(&token).await.unwrap();
        let granted = house.store.console.grant::<DeleteUsers>(&script, account).await.unwrap();
        let deletions = house.store.console.delete_users(&granted);
        for (approval, waits) in [(Approval::People, false), (Approval::Everybody, true)] {
            demand(&house, &ada, approval).await.unwrap();
            let id = deletions.request(&[named("bea@example.com")]).await.unwrap().id;
            assert_eq!(report(&house, &ada, id).await.awaits_approval, waits, "{approval:?}");
            if waits {
                assert_eq!(problem(deletions.approve(id).await), (Field::Whole, Problem::OwnRequest), "no script approves");
                let made_the_key = approve(&house, &ada, &ada.actor, id).await;
                assert_eq!(problem(made_the_key), (Field::Whole, Problem::OwnRequest), "nor who made the key");
                let view = house.granted::<View>(&ada).await;
                assert!(!report(&house, &ada, id).await.waits_for(&view));
                approve(&house, &ada, &bob, id).await.unwrap();
            }
        }
    }

    async fn a_request_of_another_account_cannot_be_approved(house) {
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        house.join(&ada, "bob@example.com", Access::Full).await;
        demand(&house, &ada, Approval::People).await.unwrap();
        let id = request(&house, &ada, &[named("bea@example.com")]).await;
        assert!(matches!(approve(&house, &eve, &eve.actor, id).await, Err(Error::NotFound)));
    }
}
