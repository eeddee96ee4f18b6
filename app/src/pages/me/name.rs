//! The name that teammates see.

#[cfg(feature = "ssr")]
use domain::name::PersonName;

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "person_rename")]
pub async fn person_rename(name: String) -> Result<(), Error> {
    let actor = ssr::caller().await?;
    let name = PersonName::parse(&name).map_err(|problem| Error::mistake(Field::Name, problem))?;
    ssr::state()?.console.rename(&actor, &name).await?;
    ssr::done(links::ME, Notice::PersonRenamed);
    Ok(())
}

pub(super) fn section(name: String) -> AnyView {
    view! {
        <Section id="name" title="Name" text="How lists of teammates and new entries of audit logs call you.">
            <Form action=PersonRename::PATH>
                <TextField field=Field::Name label="Your name" value=name autocomplete="name" />
                <Submit label="Change name" />
            </Form>
        </Section>
    }
    .into_any()
}
