//! What is kept of what clients send, by the settings of their environment.

use domain::{
    collect::Event,
    privacy::{Ignored, Location, Sender, Typed},
};
use store::collector::{Outcome, Submission};

use super::{event, events, identify, keyed, named, properties, sets};
use crate::{
    privacy::FORM,
    support::{Founded, House},
};

/// A page of this address, of somebody who objects.
fn from(page: &str) -> Sender {
    let location = Location { country: Some("Norway".to_owned()), ..Location::default() };
    Sender { location, ..Sender::of_headers(Some("1"), Some("Lynx/2.9"), None, Some(page)) }
}

fn view(values: &[(&str, &str)]) -> Event {
    Event { properties: properties(values), ..event(named("bob"), "View") }
}

impl House {
    async fn write(&self, submissions: Vec<Submission>) -> Vec<Outcome> {
        self.store.collector.write(submissions).await.unwrap()
    }

    async fn stored(&self) -> Vec<String> {
        self.texts("SELECT properties FROM events ORDER BY 1").await
    }

    async fn rows(&self) -> Vec<String> {
        let counts = "SELECT CAST((SELECT COUNT(*) FROM users) + (SELECT COUNT(*) FROM events) + (SELECT COUNT(*) FROM aliases) + (SELECT COUNT(*) FROM user_properties) + (SELECT COUNT(*) FROM jobs) AS TEXT)";
        self.texts(counts).await
    }
}

fn of_every_kind(ada: &Founded, sender: &Sender) -> Vec<Submission> {
    let all =
        [events(ada.environment, vec![view(&[])]), identify(ada.environment, 1, "bob"), sets(ada.environment, named("bob"), &[("a", "b")])];
    all.into_iter().map(|submission| Submission { sender: sender.clone(), ..submission }).collect()
}

both_engines! {
    async fn nothing_of_any_kind_is_stored_of_who_objects_or_of_a_site_that_is_not_allowed(house) {
        let ada = house.found("ada@example.com").await;
        house.keep(&ada, ada.environment, &Typed { privacy_control: "on", ..FORM }).await;
        let sender = from("https://evil.example/");
        assert_eq!(house.write(of_every_kind(&ada, &sender)).await, [Outcome::Ignored(Ignored::PrivacyControl); 3]);
        house.keep(&ada, ada.environment, &Typed { hosts: "example.com", ..FORM }).await;
        assert_eq!(house.write(of_every_kind(&ada, &sender)).await, [Outcome::Ignored(Ignored::Host); 3]);
        assert_eq!(house.rows().await, ["0"]);
        assert_eq!(house.write(of_every_kind(&ada, &Sender::default())).await, [Outcome::Stored; 3]);
        house.keep(&ada, ada.environment, &FORM).await;
        assert_eq!(house.write(of_every_kind(&ada, &sender)).await, [Outcome::Stored; 3]);
    }

    async fn an_event_keeps_what_is_kept_and_what_was_there_before_stays(house) {
        let ada = house.found("ada@example.com").await;
        let sent = || vec![Submission { sender: from("https://example.com/"), ..events(ada.environment, vec![view(&[("email", "b@example.com"), ("ip", "1.2.3.4"), ("plan", "pro")])]) }];
        house.write(sent()).await;
        let at_first = r#"{"country":"Norway","email":"b@example.com","plan":"pro"}"#;
        assert_eq!(house.stored().await, [at_first]);
        let typed = Typed { stored_address: "on", location: "off", user_agent: "on", event_properties: "EMAIL\nip", ..FORM };
        house.keep(&ada, ada.environment, &typed).await;
        house.write(sent()).await;
        assert_eq!(house.stored().await, [at_first, r#"{"plan":"pro","user_agent":"Lynx/2.9"}"#]);
        house.keep(&ada, ada.environment, &Typed { location: "off", stored_address: "on", ..FORM }).await;
        house.write(vec![events(ada.environment, vec![view(&[])])]).await;
        assert_eq!(house.stored().await[2], r#"{"plan":"pro","user_agent":"Lynx/2.9"}"#);
        assert_eq!(house.stored().await[1], r#"{"ip":"203.0.113.7"}"#);
    }

    async fn a_blocked_property_of_a_user_is_not_stored_and_what_is_there_stays(house) {
        let ada = house.found("ada@example.com").await;
        house.write(vec![sets(ada.environment, named("bob"), &[("phone", "1")])]).await;
        house.keep(&ada, ada.environment, &Typed { user_properties: "phone*", ..FORM }).await;
        house.write(vec![sets(ada.environment, named("bob"), &[("phone", "2"), ("Phone home", "3"), ("city", "Oslo")])]).await;
        assert_eq!(house.properties_by_user().await, [r#"bob city="Oslo""#, r#"bob phone="1""#]);
    }

    async fn of_several_events_those_of_captured_pages_are_stored(house) {
        let ada = house.found("ada@example.com").await;
        house.keep(&ada, ada.environment, &Typed { capture: "block", pages: "/account", ..FORM }).await;
        let sent = |pages: &[&str]| {
            let events_of = pages.iter().map(|page| Event { properties: properties(&[("url", page)]), ..keyed(named("bob"), "View", page) });
            events(ada.environment, events_of.collect())
        };
        let outcomes = house.write(vec![sent(&["/account/1", "/account"]), sent(&["/shop", "/account", "/blog"]), sent(&["/help"])]).await;
        assert_eq!(outcomes, [Outcome::NotCaptured, Outcome::PartlyCaptured, Outcome::Stored]);
        assert_eq!(house.stored().await, [r#"{"url":"/blog"}"#, r#"{"url":"/help"}"#, r#"{"url":"/shop"}"#]);
        assert_eq!(house.texts("SELECT identity FROM users").await, ["bob"]);
    }

    async fn a_batch_that_another_server_prepared_goes_by_the_newest_settings(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        let sent = || vec![events(ada.environment, vec![view(&[("email", "b@example.com")])])];
        other.collector.write(sent()).await.unwrap();
        house.keep(&ada, ada.environment, &Typed { event_properties: "email", ..FORM }).await;
        assert_ne!(other.collector.rules().version(), 0, "it knows the older rules");
        other.collector.write(sent()).await.unwrap();
        assert_eq!(house.stored().await, [r#"{"email":"b@example.com"}"#, "{}"]);
    }

    async fn the_settings_of_one_environment_say_nothing_about_another(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        house.keep(&ada, ada.environment, &Typed { hosts: "example.com", ..FORM }).await;
        let sent = |founded: &Founded| Submission { sender: from("https://evil.example/"), ..events(founded.environment, vec![view(&[])]) };
        assert_eq!(house.write(vec![sent(&ada), sent(&eve)]).await, [Outcome::Ignored(Ignored::Host), Outcome::Stored]);
    }
}
