use domain::{
    excluded_ip::{Caution, Line},
    id::EnvironmentId,
    name::EnvironmentName,
    zone::ZoneName,
};
use store::{
    access::{ManageExcludedIps, ManageProjects, View},
    collector::{Outcome, Submission},
    console::excluded_ips::Edit,
};

use super::{event, events, identify, named, number, sets};
use crate::support::{Founded, House};

impl House {
    /// Saves a list, whatever its version.
    pub(super) async fn exclude(&self, founded: &Founded, environment: Option<EnvironmentId>, lines: &[&str]) {
        let lines: Vec<Line> = lines.iter().map(|line| Line::parse(line).unwrap()).collect();
        let console = &self.store.console;
        let before = console.excluded_ips(&self.granted::<View>(founded).await, environment).await.unwrap();
        let granted = self.granted::<ManageExcludedIps>(founded).await;
        let edit = Edit::Replace { version: before.version, lines: &lines };
        console.edit_excluded_ips(&granted, environment, edit, &Caution::default()).await.unwrap();
    }

    async fn add_environment(&self, founded: &Founded, name: &str) -> EnvironmentId {
        let project = self.store.console.projects(&self.granted::<View>(founded).await).await.unwrap().remove(0).id;
        let granted = self.granted::<ManageProjects>(founded).await;
        let (name, zone) = (EnvironmentName::parse(name).unwrap(), ZoneName::parse("UTC").unwrap());
        self.store.console.manage_projects(&granted).add_environment(project, &name, None, &zone).await.unwrap().environment
    }

    async fn outcomes(&self, submissions: Vec<Submission>) -> Vec<Outcome> {
        self.store.collector.write(submissions).await.unwrap()
    }
}

fn view(environment: EnvironmentId, address: &str) -> Submission {
    Submission { address: address.parse().unwrap(), ..events(environment, vec![event(named("bob"), "View")]) }
}

both_engines! {
    async fn an_excluded_address_stores_nothing_of_any_kind(house) {
        let ada = house.found("ada@example.com").await;
        house.exclude(&ada, None, &["203.0.113.*"]).await;
        let batch = vec![
            events(ada.environment, vec![event(named("bob"), "View")]),
            identify(ada.environment, 1, "bob"),
            sets(ada.environment, named("bob"), &[("a", "b")]),
        ];
        assert_eq!(house.outcomes(batch).await, [Outcome::Excluded; 3]);
        let counts = "SELECT CAST((SELECT COUNT(*) FROM users) + (SELECT COUNT(*) FROM events) + (SELECT COUNT(*) FROM aliases) + (SELECT COUNT(*) FROM user_properties) + (SELECT COUNT(*) FROM jobs) AS TEXT)";
        assert_eq!(house.texts(counts).await, ["0"]);
    }

    async fn an_exclusion_reaches_back_over_nothing_and_ends_when_its_line_goes(house) {
        let ada = house.found("ada@example.com").await;
        assert_eq!(house.outcomes(vec![view(ada.environment, "11.0.0.1")]).await, [Outcome::Stored]);
        house.exclude(&ada, None, &["11.0.0.1"]).await;
        assert_eq!(house.outcomes(vec![view(ada.environment, "11.0.0.1"), view(ada.environment, "11.0.0.2")]).await, [Outcome::Excluded, Outcome::Stored]);
        assert_eq!(house.events_by_user().await.len(), 2);
        house.exclude(&ada, None, &[]).await;
        assert_eq!(house.outcomes(vec![view(ada.environment, "11.0.0.1")]).await, [Outcome::Stored]);
    }

    async fn a_list_counts_for_its_environment_or_for_all_of_its_account(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let test = house.add_environment(&ada, "Test").await;
        house.exclude(&ada, Some(test), &["11.0.0.1"]).await;
        house.exclude(&ada, None, &["2001:db8::/32"]).await;
        let everywhere = |address: &str| [ada.environment, test, eve.environment].map(|environment| view(environment, address)).to_vec();
        assert_eq!(house.outcomes(everywhere("11.0.0.1")).await, [Outcome::Stored, Outcome::Excluded, Outcome::Stored]);
        assert_eq!(house.outcomes(everywhere("::ffff:11.0.0.1")).await, [Outcome::Stored, Outcome::Excluded, Outcome::Stored]);
        assert_eq!(house.outcomes(everywhere("2001:db8::1")).await, [Outcome::Excluded, Outcome::Excluded, Outcome::Stored]);
    }

    async fn an_environment_collects_from_its_making_to_its_deletion(house) {
        let ada = house.found("ada@example.com").await;
        let unknown = EnvironmentId::new(17).unwrap();
        assert_eq!(house.outcomes(vec![view(unknown, "11.0.0.1")]).await, [Outcome::UnknownEnvironment]);
        let test = house.add_environment(&ada, "Test").await;
        let both = || vec![view(test, "11.0.0.1"), view(ada.environment, "11.0.0.1")];
        assert_eq!(house.outcomes(both()).await, [Outcome::Stored, Outcome::Stored]);
        assert_eq!(house.store.collector.rules().account(test), Some(ada.account));
        let granted = house.granted::<ManageProjects>(&ada).await;
        house.store.console.manage_projects(&granted).delete_environment(test, "Test").await.unwrap();
        assert_eq!(house.outcomes(both()).await, [Outcome::UnknownEnvironment, Outcome::Stored]);
        assert_eq!(house.store.collector.rules().account(test), None);
    }

    async fn a_refused_submission_names_no_user(house) {
        let ada = house.found("ada@example.com").await;
        let batch = vec![
            events(EnvironmentId::new(17).unwrap(), vec![event(named("eve"), "View"), event(number(3), "View")]),
            events(ada.environment, vec![event(named("bob"), "View")]),
        ];
        assert_eq!(house.outcomes(batch).await, [Outcome::UnknownEnvironment, Outcome::Stored]);
        assert_eq!(house.texts("SELECT COALESCE(identity, 'number') FROM users").await, ["bob"]);
    }
}
