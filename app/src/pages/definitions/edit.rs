//! Making and changing a definition of any kind.

use domain::{
    definition::{DefinitionKind, PropertyKind},
    id::DefinitionKey,
};

use super::{
    DefinitionCreate, DefinitionEdit, PropertyCreate, PropertyEdit, SegmentCreate, SegmentEdit,
    condition::ConditionDesk,
    desk::{DefinitionDesk, LoadDefinitionDesk, SavedDefinition},
    words,
};
use crate::prelude::*;

#[component]
pub fn NewDefinitionPage() -> AnyView {
    page(DefinitionKind::Event, false)
}

#[component]
pub fn NewPropertyPage() -> AnyView {
    page(DefinitionKind::Property, false)
}

#[component]
pub fn NewSegmentPage() -> AnyView {
    page(DefinitionKind::Segment, false)
}

#[component]
pub fn EditDefinitionPage() -> AnyView {
    page(DefinitionKind::Event, true)
}

#[component]
pub fn EditPropertyPage() -> AnyView {
    page(DefinitionKind::Property, true)
}

#[component]
pub fn EditSegmentPage() -> AnyView {
    page(DefinitionKind::Segment, true)
}

fn page(kind: DefinitionKind, edits: bool) -> AnyView {
    let (place, definition) = (environment(), param::<DefinitionKey>("definition"));
    load(
        move || {
            let (account, environment) = place()?;
            let definition = if edits { Some(definition()?) } else { None };
            Ok(LoadDefinitionDesk { account, environment, kind, definition })
        },
        form,
    )
}

fn form(desk: DefinitionDesk) -> AnyView {
    let DefinitionDesk { account, environment, kind, received, condition, saved } = desk;
    let noun = words(kind).noun;
    let kept = StoredValue::new(saved.clone());
    let (title, text, label, about) = match &saved {
        Some(saved) => (
            ["Edit ", &saved.name].concat(),
            "Reports that use it count by the new rule at once, also for the past.",
            ["Save ", noun].concat(),
            String::new(),
        ),
        None => (["New ", noun].concat(), purpose(kind), "Create".to_owned(), [" ", noun].concat()),
    };
    view! {
        <PageHead title text />
        <Form action=action(kind, saved.is_some())>
            <OnConflict>{kept.with_value(|saved| saved.as_ref().map(saved_now))}</OnConflict>
            <HiddenField name="account" value=account.to_string() />
            <HiddenField name="environment" value=environment.to_string() />
            {saved.as_ref().map(|saved| view! {
                <HiddenField name="definition" value=saved.key.to_string() />
                <HiddenField name="version" value=saved.version.to_string() />
            })}
            {fields(kind, received, condition, saved)}
            <div class="row">
                <Submit label about />
                <a class="button quiet" href=links::definitions_of(account, environment, kind)>"Cancel"</a>
            </div>
        </Form>
    }
    .into_any()
}

const fn purpose(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Event => "Give the events of one name a name that everybody understands.",
        DefinitionKind::Property => "Take a property that clients call by several names for one.",
        DefinitionKind::Segment => "Name the users of whom something is true.",
    }
}

const fn action(kind: DefinitionKind, edits: bool) -> &'static str {
    match (kind, edits) {
        (DefinitionKind::Event, false) => DefinitionCreate::PATH,
        (DefinitionKind::Event, true) => DefinitionEdit::PATH,
        (DefinitionKind::Property, false) => PropertyCreate::PATH,
        (DefinitionKind::Property, true) => PropertyEdit::PATH,
        (DefinitionKind::Segment, false) => SegmentCreate::PATH,
        (DefinitionKind::Segment, true) => SegmentEdit::PATH,
    }
}

fn saved_now(saved: &SavedDefinition) -> AnyView {
    view! {
        <p class="note">
            "Saved now: " <strong>{saved.name.clone()}</strong> ", " <code>{saved.rule.clone()}</code> ", changed " <When at=saved.changed.clone() /> "."
        </p>
    }
    .into_any()
}

fn fields(kind: DefinitionKind, received: Vec<String>, condition: Option<ConditionDesk>, saved: Option<SavedDefinition>) -> AnyView {
    let (name, names, whose) = saved.map(|saved| (saved.name, saved.names, saved.whose)).unwrap_or_default();
    let example = match kind {
        DefinitionKind::Event => "For example Order placed.",
        DefinitionKind::Property => "For example Plan.",
        DefinitionKind::Segment => "For example Paying users.",
    };
    let rule = match (kind, condition) {
        (DefinitionKind::Event, _) => view! {
            <TextField field=Field::EventName label="Event name" hint="Exactly as clients send it, for example order_placed." value=names code=true suggestions=received />
        }
        .into_any(),
        (DefinitionKind::Property, _) => view! {
            {kind_of_property(whose)}
            <TextArea field=Field::RawNames label="Property names" hint="One a line, exactly as clients send them. Where several are there, the first of this list counts." value=names rows=4 />
        }
        .into_any(),
        (DefinitionKind::Segment, condition) => condition.map(|condition| condition.fields(false)).into_any(),
    };
    view! {
        <TextField field=Field::Name label="Name" hint=example value=name />
        {rule}
    }
    .into_any()
}

/// To be chosen once: segments and reports rely on it.
fn kind_of_property(whose: String) -> AnyView {
    if !whose.is_empty() {
        return view! { <HiddenField name="kind" value=whose /> }.into_any();
    }
    let kinds = vec![
        Choice::new(PropertyKind::User.as_str(), "Of users").hint("What is known of somebody, for segments."),
        Choice::new(PropertyKind::Event.as_str(), "Of events").hint("What comes with an event, for limits of reports."),
    ];
    view! { <Choices field=Field::Kind label="Whose property" hint="It cannot be changed later." value=PropertyKind::User.as_str() choices=kinds /> }.into_any()
}
