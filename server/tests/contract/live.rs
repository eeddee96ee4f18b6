//! Pages that look on are told of what changes, for as long as they may be.

use std::{future::poll_fn, pin::Pin};

use axum::{
    body::{Body, HttpBody},
    extract::Request,
    response::Response,
};
use domain::{
    access::Access,
    deletion::{RequestState, Target},
    email::EmailAddress,
    id::RequestId,
    name::PersonName,
    user::Identity,
};
use serde_json::json;
use store::{
    access::{Actor, DeleteUsers, ManageTeammates},
    maintenance::Tick,
};

use crate::support::{Answer, Founded, House};

/// An answer that comes in pieces.
struct Events(Body);

impl Events {
    /// The next event; `None` at the end.
    async fn next(&mut self) -> Option<String> {
        loop {
            let frame = poll_fn(|context| Pin::new(&mut self.0).poll_frame(context)).await?;
            let text = String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap();
            // What only keeps the connection alive.
            if !text.starts_with(':') {
                return Some(text);
            }
        }
    }
}

async fn look_on(house: &House, founded: &Founded, id: RequestId, token: &str) -> Response {
    let path = format!("/a/{}/settings/deletion-requests/{id}/progress", founded.account);
    let request = Request::get(path).header("cookie", ["__Host-cairn=", token].concat()).header("accept-encoding", "br, gzip");
    house.begin(request.body(Body::empty()).unwrap()).await
}

async fn events(house: &House, founded: &Founded, id: RequestId, token: &str) -> Events {
    let response = look_on(house, founded, id, token).await;
    assert_eq!(response.status(), 200);
    Events(response.into_body())
}

async fn sign_in(house: &House, actor: &Actor) -> String {
    let console = &house.store.console;
    let verified = console.own_credentials(actor).await.unwrap().verified(true).unwrap();
    console.sign_in(&verified, "test", None).await.unwrap()
}

/// Alice has two events, and is to be erased.
async fn order(house: &House, founded: &Founded) -> RequestId {
    let events = json!([{"identity": "alice", "event": "Look"}, {"identity": "alice", "event": "Buy"}]);
    house.post("/api/track", &json!({"app_id": founded.environment, "events": events})).await.is(200, "OK");
    let granted = house.store.console.grant::<DeleteUsers>(&founded.actor, founded.account).await.unwrap();
    let alice = Target::Identity(Identity::parse("alice").unwrap());
    house.store.console.delete_users(&granted).request(&[alice]).await.unwrap().id
}

async fn state(house: &House, founded: &Founded, id: RequestId) -> RequestState {
    let granted = house.store.console.grant::<DeleteUsers>(&founded.actor, founded.account).await.unwrap();
    house.store.console.delete_users(&granted).state(id).await.unwrap()
}

both_engines! {
    async fn who_looks_on_is_told_at_once_of_each_step_until_the_request_is_complete(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let token = sign_in(&house, &ada.actor).await;
        let id = order(&house, &ada).await;
        let response = look_on(&house, &ada, id, &token).await;
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap());
        assert_eq!((header("content-type"), header("content-encoding")), (Some("text/event-stream"), None), "compressing would keep events back");
        assert_eq!((header("cache-control"), header("x-accel-buffering")), (Some("no-store"), Some("no")));
        let mut events = Events(response.into_body());
        assert_eq!(events.next().await.unwrap(), "data: 1\n\n");

        while state(&house, &ada, id).await == RequestState::Pending {
            assert_eq!(house.store.maintenance.unscoped_tick().await.unwrap(), Tick::Worked);
        }
        assert_eq!(events.next().await.unwrap(), "data: 2\n\n");
        house.drain().await;
        assert_eq!(events.next().await.unwrap(), "data: 3\n\n");
        while events.next().await.is_some() {}
        assert_eq!(state(&house, &ada, id).await, RequestState::Complete);

        let mut late = self::events(&house, &ada, id, &token).await;
        assert_eq!(late.next().await.unwrap(), "data: 1\n\n", "it may have been made between the page and its events");
        assert_eq!(late.next().await, None);
    }

    async fn who_is_removed_or_signed_out_is_told_no_more(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let id = order(&house, &ada).await;
        let console = &house.store.console;
        let managing = console.grant::<ManageTeammates>(&ada.actor, ada.account).await.unwrap();
        let email = EmailAddress::parse("bob@example.com").unwrap();
        let invited = console.manage_teammates(&managing).invite(&email, Access::ReadOnly).await.unwrap();
        let name = PersonName::parse("Bob").unwrap();
        let (_, verified) = console.accept_as_newcomer(invited.invite, &invited.token, &name, "hash").await.unwrap();
        let bobs = console.sign_in(&verified, "test", None).await.unwrap();
        let bob = console.actor(&bobs).await.unwrap().unwrap();
        let mut to_bob = events(&house, &ada, id, &bobs).await;
        assert!(to_bob.next().await.is_some());
        console.manage_teammates(&managing).remove(bob.person().unwrap()).await.unwrap();
        assert_eq!(to_bob.next().await, None);
        assert_eq!(look_on(&house, &ada, id, &bobs).await.status(), 404);

        let token = sign_in(&house, &ada.actor).await;
        let mut to_ada = events(&house, &ada, id, &token).await;
        assert!(to_ada.next().await.is_some());
        console.sign_out(&console.actor(&token).await.unwrap().unwrap()).await.unwrap();
        assert_eq!(to_ada.next().await, None);
        assert_eq!(look_on(&house, &ada, id, &token).await.status(), 401);
    }

    async fn nobody_looks_on_at_what_another_account_asked_for(database) {
        let house = House::open(database).await;
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        let id = order(&house, &ada).await;
        let token = sign_in(&house, &eve.actor).await;
        let theirs = Answer::of(look_on(&house, &ada, id, &token).await).await;
        let hidden = Answer::of(look_on(&house, &eve, id, &token).await).await;
        assert_eq!((theirs.status, hidden.status), (404, 404));
        assert_eq!(theirs.body, hidden.body);
    }

    async fn when_too_many_look_on_the_next_is_told_to_come_again(database) {
        let house = House::with_places(database, 1).await;
        let ada = house.found("ada@example.com").await;
        let token = sign_in(&house, &ada.actor).await;
        let id = order(&house, &ada).await;
        let first = events(&house, &ada, id, &token).await;
        let refused = Answer::of(look_on(&house, &ada, id, &token).await).await;
        assert_eq!((refused.status, refused.header("retry-after")), (503, Some("30")));
        drop(first);
        assert!(events(&house, &ada, id, &token).await.next().await.is_some(), "who goes makes room");
    }

    async fn a_server_that_stops_ends_its_streams(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        let token = sign_in(&house, &ada.actor).await;
        let id = order(&house, &ada).await;
        let mut events = events(&house, &ada, id, &token).await;
        assert!(events.next().await.is_some());
        house.streaming.now();
        assert_eq!(events.next().await, None);
    }
}
