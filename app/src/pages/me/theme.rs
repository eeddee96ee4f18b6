//! Light or dark.
#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "server functions are async, also where nothing is awaited"))]

use crate::prelude::*;

/// Of this browser rather than of anybody, so it asks for no sign-in. What is no theme leaves it to the system.
#[server(prefix = "/api/console", endpoint = "theme_set")]
pub async fn theme_set(#[server(default)] theme: String) -> Result<(), Error> {
    ssr::set_theme(&theme)?;
    ssr::done(links::ME, Notice::ThemeChanged);
    Ok(())
}

/// A plain form, because the whole document changes.
pub(super) fn section(theme: &str) -> AnyView {
    let choice = |(value, label): (&'static str, &'static str)| {
        let chosen = if value == theme { "true" } else { "false" };
        view! { <button class="button quiet" name="theme" value=value aria-pressed=chosen>{label}</button> }
    };
    let choices = [("", "As the system"), ("light", "Light"), ("dark", "Dark")].map(choice).collect_view();
    view! {
        <Section id="theme" title="Appearance" text="In this browser, for a year.">
            <form method="post" action=ThemeSet::PATH class="row">
                {choices}
            </form>
        </Section>
    }
    .into_any()
}
