//! Property definitions and segments.

use domain::{
    audit::Deed,
    definition::{Condition, ConditionText, DefinitionKind, Property, PropertyDefinitionDraft, SegmentDraft},
    id::{DefinitionKey, EnvironmentId},
    invalid::{Field, Problem},
    name::EnvironmentName,
    report::{LimitsText, ReportDraft},
    zone::ZoneName,
};
use store::{
    Error,
    access::{EditDefinitions, EditReports, ManageProjects, View},
};

use super::define;
use crate::support::{Founded, House, problem};

fn property(name: &str, kind: &str, raw_names: &str) -> PropertyDefinitionDraft {
    PropertyDefinitionDraft::parse(name, kind, raw_names).unwrap()
}

/// Users whose defined property, or raw property of that name, is set.
fn segment(name: &str, defined: Option<DefinitionKey>) -> SegmentDraft {
    let key = defined.map(|key| key.to_string()).unwrap_or_default();
    let raw = if defined.is_some() { "" } else { "plan" };
    SegmentDraft::parse(name, &ConditionText { property: &key, name: raw, comparison: "is_set", value: "" }).unwrap()
}

async fn staging(house: &House, founded: &Founded) -> (EnvironmentId, u32) {
    let console = &house.store.console;
    let main = console.projects(&house.granted::<View>(founded).await).await.unwrap()[0].id;
    let managing = house.granted::<ManageProjects>(founded).await;
    let (name, zone) = (EnvironmentName::parse("Staging").unwrap(), ZoneName::parse("UTC").unwrap());
    let carried = console.manage_projects(&managing).add_environment(main, &name, None, &zone).await.unwrap();
    (carried.environment, carried.definitions)
}

both_engines! {
    async fn a_property_definition_is_edited_archived_and_restored_and_keeps_its_kind(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let handle = console.edit_definitions(&granted, ada.environment);
        let key = handle.create_property(&property("Plan", "user", "plan")).await.unwrap();
        handle.edit_property(key, 1, &property("Tariff", "user", "plan\nPlan")).await.unwrap();
        assert!(matches!(handle.edit_property(key, 1, &property("Other", "user", "x")).await, Err(Error::Conflict)));
        assert!(matches!(handle.edit_property(key, 2, &property("Other", "event", "x")).await, Err(Error::NotFound)));
        assert_eq!(handle.archive(key).await.unwrap(), DefinitionKind::Property);
        let view = house.granted::<View>(&ada).await;
        let archived = console.property_definition(&view, ada.environment, key).await.unwrap();
        let names: Vec<_> = archived.raw_names.iter().map(ToString::to_string).collect();
        assert_eq!((archived.name.as_str(), names.join(" "), archived.archived_at.is_some()), ("Tariff", "plan Plan".to_owned(), true));
        handle.restore(key).await.unwrap();
        assert_eq!(console.property_definitions(&view, ada.environment).await.unwrap()[0].archived_at, None);
        assert_eq!(console.definitions(&view, ada.environment).await.unwrap(), []);
    }

    async fn a_segment_is_edited_archived_and_restored(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let handle = console.edit_definitions(&granted, ada.environment);
        let plan = handle.create_property(&property("Tariff", "user", "plan")).await.unwrap();
        let key = handle.create_segment(&segment("Paying", None)).await.unwrap();
        handle.edit_segment(key, 1, &segment("Customers", Some(plan))).await.unwrap();
        assert!(matches!(handle.edit_segment(key, 1, &segment("Other", None)).await, Err(Error::Conflict)));
        assert_eq!(handle.archive(key).await.unwrap(), DefinitionKind::Segment);
        let view = house.granted::<View>(&ada).await;
        let archived = console.segment(&view, ada.environment, key).await.unwrap();
        assert_eq!((archived.name.as_str(), archived.property_name.as_str(), archived.archived_at.is_some()), ("Customers", "Tariff", true));
        handle.restore(key).await.unwrap();
        assert_eq!(console.segments(&view, ada.environment).await.unwrap()[0].archived_at, None);
    }

    async fn every_change_of_a_definition_is_in_the_audit_log_with_its_kind(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let handle = console.edit_definitions(&granted, ada.environment);
        let plan = handle.create_property(&property("Plan", "user", "plan")).await.unwrap();
        let paying = handle.create_segment(&segment("Paying", Some(plan))).await.unwrap();
        handle.archive(paying).await.unwrap();
        handle.archive(paying).await.unwrap();
        handle.restore(paying).await.unwrap();
        let log = console.audit_log(&house.granted::<View>(&ada).await, None).await.unwrap();
        let deeds: Vec<Deed> = log.into_iter().take(4).map(|entry| entry.deed).collect();
        let (environment, kind) = ("Production".to_owned(), DefinitionKind::Segment);
        let about = |name: &str| (environment.clone(), name.to_owned());
        let ((e1, n1), (e2, n2), (e3, n3), (e4, n4)) = (about("Paying"), about("Paying"), about("Paying"), about("Plan"));
        assert_eq!(deeds, [
            Deed::DefinitionRestored { environment: e1, name: n1, kind },
            Deed::DefinitionArchived { environment: e2, name: n2, kind },
            Deed::DefinitionCreated { environment: e3, name: n3, kind },
            Deed::DefinitionCreated { environment: e4, name: n4, kind: DefinitionKind::Property },
        ]);
    }

    async fn a_segment_asks_for_a_property_of_users_of_its_environment(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let handle = console.edit_definitions(&granted, ada.environment);
        let of_events = handle.create_property(&property("Total", "event", "total")).await.unwrap();
        assert_eq!(problem(handle.create_segment(&segment("Paying", Some(of_events))).await), (Field::Property, Problem::Missing));
        let (staging, _) = staging(&house, &ada).await;
        let elsewhere = console.edit_definitions(&granted, staging).create_property(&property("Plan", "user", "plan")).await.unwrap();
        assert_eq!(problem(handle.create_segment(&segment("Paying", Some(elsewhere))).await), (Field::Property, Problem::Missing));
    }

    async fn a_report_is_limited_by_a_segment_and_a_property_of_events_that_are_there(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let signup = define(&house, &ada, "Signup").await;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let plan = console.edit_definitions(&granted, ada.environment).create_property(&property("Plan", "user", "plan")).await.unwrap();
        let granted = house.granted::<EditReports>(&ada).await;
        let handle = console.edit_reports(&granted, ada.environment);
        let (signup, plan) = (signup.to_string(), plan.to_string());
        let limited = |segment, property| {
            let filter = ConditionText { property, name: "", comparison: "is_set", value: "" };
            ReportDraft::parse_limited("R", &signup, "events", "7", &LimitsText { segment, filter }).unwrap()
        };
        assert_eq!(problem(handle.create(&limited(&plan, "")).await), (Field::Segment, Problem::Missing));
        assert_eq!(problem(handle.create(&limited("", &plan)).await), (Field::Property, Problem::Missing));
    }

    async fn a_new_environment_receives_properties_segments_and_limits_under_their_keys(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let signup = define(&house, &ada, "Signup").await;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let handle = console.edit_definitions(&granted, ada.environment);
        let plan = handle.create_property(&property("Plan", "user", "plan\nPlan")).await.unwrap();
        let total = handle.create_property(&property("Total", "event", "total")).await.unwrap();
        let paying = handle.create_segment(&segment("Paying", Some(plan))).await.unwrap();
        handle.archive(total).await.unwrap();
        let reporting = house.granted::<EditReports>(&ada).await;
        let (segment, property) = (paying.to_string(), total.to_string());
        let filter = ConditionText { property: &property, name: "", comparison: "is_number", value: "42" };
        let draft = ReportDraft::parse_limited("R", &signup.to_string(), "events", "7", &LimitsText { segment: &segment, filter }).unwrap();
        let report = console.edit_reports(&reporting, ada.environment).create(&draft).await.unwrap();

        let (staging, carried) = staging(&house, &ada).await;
        assert_eq!(carried, 4);
        let view = house.granted::<View>(&ada).await;
        let essence = |list: Vec<store::console::definitions::PropertyDefinition>| {
            list.into_iter().map(|row| (row.key, row.name, row.kind, row.raw_names, row.archived_at)).collect::<Vec<_>>()
        };
        let copies = console.property_definitions(&view, staging).await.unwrap();
        assert_eq!(copies.len(), 2);
        assert_eq!(essence(copies), essence(console.property_definitions(&view, ada.environment).await.unwrap()));
        let copy = console.segment(&view, staging, paying).await.unwrap();
        let defined = matches!(copy.condition, Condition { property: Property::Defined(key), .. } if key == plan);
        assert!(defined, "{copy:?}");
        let limits = |report: store::console::reports::Report| report.limits;
        let copy = limits(console.report(&view, staging, report).await.unwrap());
        assert_eq!(copy, limits(console.report(&view, ada.environment, report).await.unwrap()));
        assert_eq!(copy.segment.map(|(_, name)| name), Some("Paying".to_owned()));
    }

    async fn properties_and_segments_of_another_account_are_not_found(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let key = console.edit_definitions(&granted, ada.environment).create_segment(&segment("Paying", None)).await.unwrap();
        let view = house.granted::<View>(&eve).await;
        assert!(matches!(console.segments(&view, ada.environment).await, Err(Error::NotFound)));
        assert!(matches!(console.property_definitions(&view, ada.environment).await, Err(Error::NotFound)));
        assert!(matches!(console.segment(&view, eve.environment, key).await, Err(Error::NotFound)));
        let granted = house.granted::<EditDefinitions>(&eve).await;
        assert!(matches!(console.edit_definitions(&granted, ada.environment).create_segment(&segment("Mine", None)).await, Err(Error::NotFound)));
        assert!(matches!(console.edit_definitions(&granted, eve.environment).edit_segment(key, 1, &segment("Mine", None)).await, Err(Error::NotFound)));
    }
}
