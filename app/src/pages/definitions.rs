//! Definitions of an environment: events, properties and segments, a tab each.

mod changes;
pub mod condition;
mod data;
mod desk;
mod edit;
mod list;
#[cfg(feature = "ssr")]
mod stored;

use domain::definition::DefinitionKind;

pub use changes::{
    DefinitionArchive, DefinitionCreate, DefinitionEdit, DefinitionRestore, PropertyCreate, PropertyEdit, SegmentCreate, SegmentEdit,
};
pub use data::{DefinitionRow, Definitions, LoadDefinitions};
pub use edit::{EditDefinitionPage, EditPropertyPage, EditSegmentPage, NewDefinitionPage, NewPropertyPage, NewSegmentPage};

use list::{active, archived};

use crate::prelude::*;

#[component]
pub fn DefinitionsPage() -> AnyView {
    page(DefinitionKind::Event)
}

#[component]
pub fn PropertiesPage() -> AnyView {
    page(DefinitionKind::Property)
}

#[component]
pub fn SegmentsPage() -> AnyView {
    page(DefinitionKind::Segment)
}

fn page(kind: DefinitionKind) -> AnyView {
    let place = environment();
    let (q, sort, page, shelf) = (query("q"), query("sort"), query("page"), query("archived"));
    let call =
        move |(account, environment)| LoadDefinitions { account, environment, kind, q: q(), sort: sort(), page: page(), archived: shelf() };
    load(
        move || place().map(call),
        |data: Definitions| {
            let Definitions { account, environment, kind, may_edit, .. } = data;
            let words = words(kind);
            let create = links::new_definition_of(account, environment, kind);
            view! {
                <PageHead title=words.title text=words.text>
                    {may_edit.then(|| view! { <a class="button primary" href=create>"New " {words.noun}</a> })}
                </PageHead>
                <nav class="tabs" aria-label="Definitions">
                    <ul>{DefinitionKind::ALL.map(|tab| view! {
                        <li><a href=links::definitions_of(account, environment, tab) aria-current=(tab == kind).then_some("page")>{self::words(tab).tab}</a></li>
                    }).collect_view()}</ul>
                </nav>
                {(!may_edit).then(|| view! { <ReadOnlyNote what="create, edit and archive definitions" /> })}
                {active(account, environment, kind, may_edit, &data.list, data.active)}
                {archived(account, environment, kind, may_edit, &data.archived_list, data.archived)}
            }
        },
    )
}

/// What differs between the kinds.
struct Words {
    tab: &'static str,
    title: &'static str,
    text: &'static str,
    /// What a button makes.
    noun: &'static str,
    /// What the search says that it does, and that it found nothing.
    search: &'static str,
    no_match: &'static str,
    /// What a definition says.
    rule: &'static str,
    empty: &'static str,
    /// What it is for, where there is none yet.
    purpose: &'static str,
}

const fn words(kind: DefinitionKind) -> Words {
    match kind {
        DefinitionKind::Event => Words {
            tab: "Events",
            title: "Definitions",
            text: "Names for the events that clients send. A definition counts for old events too, and changing one rewrites no data.",
            noun: "definition",
            search: "Search definitions",
            no_match: "No definition has this in its name or in the name of its events.",
            rule: "Event name",
            empty: "No definitions yet",
            purpose: "A definition gives the events of one name a name of your own, and reports count what it names.",
        },
        DefinitionKind::Property => Words {
            tab: "Properties",
            title: "Property definitions",
            text: "One name for a property that clients call by several, for segments and for limits of reports.",
            noun: "property",
            search: "Search properties",
            no_match: "No property definition has this in its name or in the names that it is made of.",
            rule: "Made of",
            empty: "No property definitions yet",
            purpose: "Where one site sends plan and another sends Plan, a definition takes the two for one. A property that goes by one name needs none.",
        },
        DefinitionKind::Segment => Words {
            tab: "Segments",
            title: "Segments",
            text: "Users who have something in common. Who belongs to a segment is found anew each time a report asks.",
            noun: "segment",
            search: "Search segments",
            no_match: "No segment has this in its name or in what it says.",
            rule: "Users whose",
            empty: "No segments yet",
            purpose: "A segment names the users of whom something is true, for example that their plan is gold, and a report can be limited to them.",
        },
    }
}
