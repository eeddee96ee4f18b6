//! What teammates typed that names a user and stays when the user is erased.

use domain::{
    definition::{ConditionText, DefinitionKind, EventDefinitionDraft, PropertyDefinitionDraft, SegmentDraft},
    deletion::Target,
    excluded_ip::{Caution, Line},
    message::{MessageDraft, MessageKind},
    name::EnvironmentName,
    report::{LimitsText, ReportDraft},
    zone::ZoneName,
};
use store::{
    access::{DeleteUsers, EditDefinitions, EditReports, ManageExcludedIps, ManageProjects, View},
    console::{
        deletion_requests::{MOST_QUOTES, QuotePlace, Quotes, Selection},
        excluded_ips::Edit,
    },
};

use super::{Site, named, number};
use crate::support::{Founded, House};

/// What quotes these, as its founder sees it, who runs the installation if she was the first.
async fn quotes(house: &House, founded: &Founded, targets: &[Target]) -> Quotes {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let operator = house.store.console.operator(&founded.actor).await.ok();
    let selection = Selection::named(targets).unwrap();
    house.store.console.delete_users(&granted).preview(&selection, 1, operator.as_ref()).await.unwrap().quotes
}

fn is(value: &str) -> ConditionText<'_> {
    ConditionText { property: "", name: "email", comparison: "is", value }
}

/// One of each that quotes `who`, and one of each that does not.
async fn typed(house: &House, founded: &Founded, who: &str) {
    let console = &house.store.console;
    let granted = house.granted::<EditDefinitions>(founded).await;
    let definitions = console.edit_definitions(&granted, founded.environment);
    let event = definitions.create(&EventDefinitionDraft::parse(&format!("Orders of {who}"), "order").unwrap()).await.unwrap();
    definitions.create(&EventDefinitionDraft::parse("Orders", "order").unwrap()).await.unwrap();
    definitions.create_property(&PropertyDefinitionDraft::parse("Mark", "user", &format!("mark\n{who}")).unwrap()).await.unwrap();
    definitions.create_property(&PropertyDefinitionDraft::parse("Plan", "user", "plan").unwrap()).await.unwrap();
    let segment = definitions.create_segment(&SegmentDraft::parse("One", &is(who)).unwrap()).await.unwrap();
    definitions.create_segment(&SegmentDraft::parse("Another", &is("somebody@example.com")).unwrap()).await.unwrap();
    definitions.archive(segment).await.unwrap();
    let granted = house.granted::<EditReports>(founded).await;
    let reports = console.edit_reports(&granted, founded.environment);
    let limits = LimitsText { filter: is(who), ..LimitsText::default() };
    reports.create(&ReportDraft::parse_limited("Hers", &event.to_string(), "events", "7", &limits).unwrap()).await.unwrap();
    reports.create(&ReportDraft::parse("All", &event.to_string(), "events", "7").unwrap()).await.unwrap();
    let granted = house.granted::<ManageExcludedIps>(founded).await;
    let lines = [Line::parse(&format!("203.0.113.7 # home of {who}")).unwrap(), Line::parse("203.0.113.8 # office").unwrap()];
    let edit = Edit::Replace { version: 0, lines: &lines };
    console.edit_excluded_ips(&granted, None, edit, &Caution::default()).await.unwrap();
    let message = MessageDraft::parse(MessageKind::Question.as_str(), &format!("Who is\n{who}?"), "reply@example.com", "/").unwrap();
    console.send_message(None, &message).await.unwrap();
}

fn places(quotes: &Quotes) -> Vec<(&'static str, &str)> {
    let place = |place: &QuotePlace| match place {
        QuotePlace::Definition(DefinitionKind::Event, ..) => "event",
        QuotePlace::Definition(DefinitionKind::Property, ..) => "property",
        QuotePlace::Definition(DefinitionKind::Segment, ..) => "segment",
        QuotePlace::Report(..) => "report",
        QuotePlace::ExcludedIp(None) => "line of all",
        QuotePlace::ExcludedIp(Some(_)) => "line",
        QuotePlace::Message(_) => "message",
    };
    quotes.rows.iter().map(|quote| (place(&quote.place), quote.name.as_str())).collect()
}

both_engines! {
    async fn definitions_reports_notes_and_messages_that_quote_a_user_are_told(house) {
        let ada = house.found("ada@example.com").await;
        typed(&house, &ada, "Bea@example.com").await;
        let found = quotes(&house, &ada, &[named("bea@example.com")]).await;
        assert_eq!(places(&found), [
            ("event", "Orders of Bea@example.com"),
            ("property", "Mark"),
            ("segment", "One"),
            ("report", "Hers"),
            ("line of all", "203.0.113.7"),
            ("message", "Who is"),
        ]);
        assert_eq!(found.total, 6);
        assert!(found.rows.iter().all(|quote| quote.quoted == "bea@example.com"));
        assert_eq!(found.rows[2].environment, Some(("Main".to_owned(), "Production".to_owned())));
        assert_eq!(quotes(&house, &ada, &[named("nobody@example.com")]).await, Quotes::default());
    }

    async fn messages_are_told_to_operators_alone_and_other_accounts_are_told_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        typed(&house, &eve, "bea@example.com").await;
        let told = |quotes: &Quotes| places(quotes).into_iter().map(|(place, _)| place).collect::<Vec<_>>();
        assert_eq!(told(&quotes(&house, &eve, &[named("bea@example.com")]).await), ["event", "property", "segment", "report", "line of all"]);
        assert_eq!(told(&quotes(&house, &ada, &[named("bea@example.com")]).await), ["message"]);
    }

    async fn who_was_found_is_looked_for_by_every_name(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(number(1_234_567), 1).await;
        site.identifies(1_234_567, "bea@example.com").await;
        typed(&house, &ada, "bea@example.com").await;
        assert_eq!(quotes(&house, &ada, &[number(1_234_567)]).await.total, 6);
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let definitions = house.store.console.edit_definitions(&granted, ada.environment);
        definitions.create_segment(&SegmentDraft::parse("By number", &ConditionText { comparison: "is_number", ..is("1234567") }).unwrap()).await.unwrap();
        assert_eq!(quotes(&house, &ada, &[number(1_234_567)]).await.total, 7);
    }

    async fn what_a_deleted_environment_held_is_not_told(house) {
        let ada = house.found("ada@example.com").await;
        typed(&house, &ada, "bea@example.com").await;
        let main = house.store.console.projects(&house.granted::<View>(&ada).await).await.unwrap()[0].id;
        let granted = house.granted::<ManageProjects>(&ada).await;
        let projects = house.store.console.manage_projects(&granted);
        let (name, zone) = (EnvironmentName::parse("Staging").unwrap(), ZoneName::parse("UTC").unwrap());
        let staging = projects.add_environment(main, &name, None, &zone).await.unwrap().environment;
        assert_eq!(quotes(&house, &ada, &[named("bea@example.com")]).await.total, 10);
        projects.delete_environment(staging, "Staging").await.unwrap();
        assert_eq!(quotes(&house, &ada, &[named("bea@example.com")]).await.total, 6);
    }

    async fn more_than_are_shown_are_counted(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<EditDefinitions>(&ada).await;
        let definitions = house.store.console.edit_definitions(&granted, ada.environment);
        for number in 0..=MOST_QUOTES {
            definitions.create(&EventDefinitionDraft::parse(&format!("bea@example.com {number}"), "order").unwrap()).await.unwrap();
        }
        let found = quotes(&house, &ada, &[named("bea@example.com")]).await;
        assert_eq!((found.rows.len(), found.total), (MOST_QUOTES, MOST_QUOTES + 1));
    }
}
