//! Event definitions of an environment.

mod changes;
mod data;
mod edit;
mod list;

pub use changes::{DefinitionArchive, DefinitionCreate, DefinitionEdit, DefinitionRestore};
pub use data::{DefinitionRow, Definitions, LoadDefinitions};
pub use edit::{EditDefinitionPage, NewDefinitionPage};

use list::{Active, Archived};

use crate::prelude::*;

#[component]
pub fn DefinitionsPage() -> AnyView {
    let place = environment();
    load(
        move || place().map(|(account, environment)| LoadDefinitions { account, environment }),
        |data: Definitions| {
            let Definitions { account, environment, may_edit, rows } = data;
            let (archived, active): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.archived.is_some());
            view! {
                <PageHead title="Definitions" text="Names for the events that clients send. A definition counts for old events too, and changing one rewrites no data.">
                    {may_edit.then(|| view! { <a class="button primary" href=links::new_definition(account, environment)>"New definition"</a> })}
                </PageHead>
                {(!may_edit).then(|| view! { <ReadOnlyNote what="create, edit and archive definitions" /> })}
                <Active account environment may_edit rows=active />
                <Archived account environment may_edit rows=archived />
            }
        },
    )
}
