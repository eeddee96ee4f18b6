//! Making and changing a definition.

use domain::id::DefinitionKey;

use super::{
    DefinitionCreate, DefinitionEdit, DefinitionRow, Definitions,
    data::{LoadDefinition, LoadDefinitions},
};
use crate::prelude::*;

#[component]
pub fn NewDefinitionPage() -> AnyView {
    let place = environment();
    load_part(
        move || place().map(|(account, environment)| LoadDefinitions { account, environment }),
        || Ok(()),
        |data: Definitions, ()| {
            let Definitions { account, environment, may_edit, .. } = data;
            if !may_edit {
                return Err(Error::Forbidden);
            }
            let page = view! {
                <PageHead title="New definition" text="Give the events of one name a name that everybody understands." />
                <Form action=DefinitionCreate::PATH>
                    <HiddenField name="account" value=account.to_string() />
                    <HiddenField name="environment" value=environment.to_string() />
                    {fields(String::new(), String::new())}
                    {buttons("Create", " definition", links::definitions(account, environment))}
                </Form>
            };
            Ok(page.into_any())
        },
    )
}

#[component]
pub fn EditDefinitionPage() -> AnyView {
    let (place, definition) = (environment(), param::<DefinitionKey>("definition"));
    load_part(
        move || place().and_then(|(account, environment)| Ok(LoadDefinition { account, environment, definition: definition()? })),
        place,
        |row: DefinitionRow, (account, environment)| {
            let saved = StoredValue::new((row.name.clone(), row.event_name.clone(), row.changed));
            let page = view! {
                <PageHead title=["Edit ", &row.name].concat() text="Reports that use it count by the new rule at once, also for the past." />
                <Form action=DefinitionEdit::PATH>
                    <OnConflict>
                        {saved.with_value(|(name, event_name, changed)| view! {
                            <p class="note">
                                "Saved now: " <strong>{name.clone()}</strong> ", for events named " <code>{event_name.clone()}</code> ", changed " <When at=changed.clone() /> "."
                            </p>
                        })}
                    </OnConflict>
                    <HiddenField name="account" value=account.to_string() />
                    <HiddenField name="environment" value=environment.to_string() />
                    <HiddenField name="definition" value=row.key.to_string() />
                    <HiddenField name="version" value=row.version.to_string() />
                    {fields(row.name, row.event_name)}
                    {buttons("Save definition", "", links::definitions(account, environment))}
                </Form>
            };
            Ok(page.into_any())
        },
    )
}

fn fields(name: String, event_name: String) -> AnyView {
    view! {
        <TextField field=Field::Name label="Name" hint="For example Order placed." value=name />
        <TextField field=Field::EventName label="Event name" hint="Exactly as clients send it, for example order_placed." value=event_name code=true />
    }
    .into_any()
}

fn buttons(label: &'static str, about: &'static str, back: String) -> AnyView {
    view! {
        <div class="row">
            <Submit label about />
            <a class="button quiet" href=back>"Cancel"</a>
        </div>
    }
    .into_any()
}
