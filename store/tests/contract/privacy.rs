use domain::{
    access::Access,
    audit::Deed,
    id::EnvironmentId,
    name::EnvironmentName,
    privacy::{Capture, Change, List, Privacy, Switch, Typed},
    zone::ZoneName,
};
use store::{
    Error,
    access::{ManagePrivacy, ManageProjects, View},
};

use crate::support::{Founded, House};

/// The form as it is at first.
pub(crate) const FORM: Typed<'_> = Typed {
    stored_address: "off",
    location: "on",
    user_agent: "off",
    privacy_control: "off",
    target_text: "on",
    hosts: "",
    event_properties: "",
    user_properties: "",
    capture: "all",
    pages: "",
    retention: "",
};

fn privacy(typed: &Typed<'_>) -> Privacy {
    Privacy::parse(typed).unwrap()
}

impl House {
    async fn save_privacy(&self, founded: &Founded, environment: EnvironmentId, version: i64, typed: &Typed<'_>) -> Result<(), Error> {
        let granted = self.granted::<ManagePrivacy>(founded).await;
        self.store.console.save_privacy(&granted, environment, version, &privacy(typed)).await
    }

    /// Sets what an environment keeps, whatever the version.
    pub(crate) async fn keep(&self, founded: &Founded, environment: EnvironmentId, typed: &Typed<'_>) {
        let before = self.store.console.privacy(&self.granted::<View>(founded).await, environment).await.unwrap();
        self.save_privacy(founded, environment, before.version, typed).await.unwrap();
    }

    async fn settings(&self, founded: &Founded, environment: EnvironmentId) -> (i64, Privacy) {
        let settings = self.store.console.privacy(&self.granted::<View>(founded).await, environment).await.unwrap();
        (settings.version, settings.privacy)
    }

    async fn deeds(&self, founded: &Founded) -> Vec<Deed> {
        let log = self.store.console.audit_log(&self.granted::<View>(founded).await, None).await.unwrap();
        log.into_iter().map(|entry| entry.deed).collect()
    }
}

const STRICT: Typed<'_> = Typed {
    stored_address: "on",
    location: "off",
    user_agent: "on",
    privacy_control: "on",
    target_text: "off",
    hosts: "example.com\n*.example.org",
    event_properties: "email\n*_token",
    user_properties: "phone*",
    capture: "allow",
    pages: "example.com/shop\n/blog",
    retention: "90",
};

both_engines! {
    async fn what_is_saved_is_read_back_and_told_in_the_log(house) {
        let ada = house.found("ada@example.com").await;
        assert_eq!(house.settings(&ada, ada.environment).await, (0, Privacy::default()));
        house.save_privacy(&ada, ada.environment, 0, &STRICT).await.unwrap();
        assert_eq!(house.settings(&ada, ada.environment).await, (1, privacy(&STRICT)));
        house.save_privacy(&ada, ada.environment, 1, &Typed { privacy_control: "off", capture: "all", pages: "/blog", ..STRICT }).await.unwrap();
        let removed_lines = vec!["example.com/shop".to_owned()];
        let changes = vec![
            Change::Turned { switch: Switch::PrivacyControl, on: false },
            Change::Capture { from: Capture::Allow, to: Capture::All },
            Change::Lines { list: List::Pages, added: 0, removed: 1, added_lines: Vec::new(), removed_lines },
        ];
        assert_eq!(house.deeds(&ada).await[0], Deed::PrivacyChanged { environment: "Production".to_owned(), changes });
    }

    async fn what_changes_nothing_is_no_change(house) {
        let ada = house.found("ada@example.com").await;
        let entries = house.deeds(&ada).await.len();
        house.save_privacy(&ada, ada.environment, 0, &FORM).await.unwrap();
        assert_eq!(house.settings(&ada, ada.environment).await.0, 0);
        assert_eq!(house.deeds(&ada).await.len(), entries);
    }

    async fn a_save_of_an_old_version_is_a_conflict_and_stores_nothing(house) {
        let ada = house.found("ada@example.com").await;
        house.save_privacy(&ada, ada.environment, 0, &STRICT).await.unwrap();
        assert!(matches!(house.save_privacy(&ada, ada.environment, 0, &Typed { hosts: "a.example", ..FORM }).await, Err(Error::Conflict)));
        assert_eq!(house.settings(&ada, ada.environment).await, (1, privacy(&STRICT)));
    }

    async fn a_read_only_teammate_sees_the_settings_and_cannot_change_them(house) {
        let ada = house.found("ada@example.com").await;
        let (_, bob) = house.join(&ada, "bob@example.com", Access::ReadOnly).await;
        let console = &house.store.console;
        let view = console.grant::<View>(&bob, ada.account).await.unwrap();
        assert_eq!(console.privacy(&view, ada.environment).await.unwrap().version, 0);
        assert!(matches!(console.grant::<ManagePrivacy>(&bob, ada.account).await, Err(Error::Forbidden)));
    }

    async fn the_environments_of_others_are_not_found(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        for foreign in [eve.environment, EnvironmentId::new(1).unwrap()] {
            let view = house.granted::<View>(&ada).await;
            assert!(matches!(house.store.console.privacy(&view, foreign).await, Err(Error::NotFound)));
            assert!(matches!(house.save_privacy(&ada, foreign, 0, &STRICT).await, Err(Error::NotFound)));
        }
        assert_eq!(house.settings(&eve, eve.environment).await.0, 0);
    }

    async fn a_new_environment_is_as_strict_as_its_source(house) {
        let ada = house.found("ada@example.com").await;
        house.keep(&ada, ada.environment, &STRICT).await;
        let project = house.store.console.projects(&house.granted::<View>(&ada).await).await.unwrap().remove(0).id;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let projects = house.store.console.manage_projects(&granted);
        let (name, zone) = (EnvironmentName::parse("Staging").unwrap(), ZoneName::parse("UTC").unwrap());
        let staging = projects.add_environment(project, &name, Some(ada.environment), &zone).await.unwrap().environment;
        assert_eq!(house.settings(&ada, staging).await, (1, privacy(&STRICT)));
        house.keep(&ada, staging, &FORM).await;
        assert_eq!(house.settings(&ada, ada.environment).await, (1, privacy(&STRICT)), "each has its own");
        projects.delete_environment(staging, "Staging").await.unwrap();
        house.texts("UPDATE jobs SET run_at = 0 RETURNING kind").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(house.texts("SELECT kind FROM jobs").await, ["retain"], "that of the other one");
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM privacy_settings").await, ["1"]);
    }
}
