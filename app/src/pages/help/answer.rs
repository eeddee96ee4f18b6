//! Whether a page helped.

#[cfg(feature = "ssr")]
use domain::help::{HelpPage, Helpful};

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "help_answer")]
pub async fn help_answer(page: String, helpful: String) -> Result<(), Error> {
    let page = HelpPage::parse(&page).ok_or(Error::Malformed)?;
    let helpful = Helpful::parse(&helpful).ok_or(Error::Malformed)?;
    let state = ssr::state()?;
    state.limits.answer(ssr::client())?;
    state.console.answer_help(page, helpful).await?;
    ssr::done(links::help(page), Notice::HelpAnswered);
    Ok(())
}

/// The end of a help page.
#[cfg(feature = "ssr")]
pub(super) fn was_it_helpful(page: HelpPage) -> AnyView {
    let button = move |helpful: &Helpful| {
        let (label, about) = match helpful {
            Helpful::Yes => ("Yes", "this page helped"),
            Helpful::No => ("No", "this page did not help"),
        };
        let fields = vec![("page", page.as_str().to_owned()), ("helpful", helpful.as_str().to_owned())];
        view! { <ButtonForm action=HelpAnswer::PATH key=helpful.as_str() fields label about /> }
    };
    view! {
        <Section id="helpful" title="Was this helpful?" text="Only the number of answers a day is kept.">
            <div class="row">{Helpful::ALL.iter().map(button).collect_view()}</div>
        </Section>
    }
    .into_any()
}
