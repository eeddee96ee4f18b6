//! The box with the list, and the visitor's own address.

use super::{ExcludedIpsSave, Visitor};
use crate::{browser, prelude::*};

const HINT: &str = "One a line: 203.0.113.7, 2001:db8::1, 10.0.*, 2001:db8:*, 10.0.0.0/8 or 10.0.0.1-10.0.0.9. What follows a # is a note. \
    Visitors may come over IPv4 and IPv6, so a person can need two lines.";

#[component]
pub(super) fn Editor(
    account: AccountId,
    environment: Option<EnvironmentId>,
    version: i64,
    text: String,
    visitor: Option<Visitor>,
) -> AnyView {
    let label = if environment.is_some() { "Addresses excluded in this environment" } else { "Addresses excluded in all environments" };
    view! {
        <Form action=ExcludedIpsSave::PATH clears=true>
            <OnConflict>
                <p class="note warning">"The list as it stands now is below the button. Saving again replaces it with what is in the box."</p>
            </OnConflict>
            <HiddenField name="account" value=account.to_string() />
            {environment.map(|environment| view! { <HiddenField name="environment" value=environment.to_string() /> })}
            <HiddenField name="version" value=version.to_string() />
            <TextArea field=Field::Patterns label hint=HINT value=text rows=10 may_be_empty=true />
            {visitor.map(|visitor| view! { <Own visitor /> })}
            <Submit label="Save list" />
        </Form>
    }
    .into_any()
}

/// The button puts the line into the box, to be saved with the rest; without script it saves the box and the line together, so that nothing typed is lost.
#[component]
fn Own(visitor: Visitor) -> AnyView {
    let added = RwSignal::new(false);
    let address = visitor.address.clone();
    let add = move |event: web_sys::MouseEvent| {
        if browser::add_line(&event, Field::Patterns.as_str(), &address) {
            event.prevent_default();
            added.set(true);
        }
    };
    let proxy = visitor.disbelieved_proxy.then(|| {
        view! {
            <p class="hint">
                "A proxy named another address for you, but this server does not trust it. If the proxy is yours, tell the operator to list it in "
                <code>"CAIRN_TRUSTED_PROXIES"</code> "."
            </p>
        }
    });
    let own = match visitor.excluded_by {
        Some(pattern) => view! { <p>"Your address is " <code>{visitor.address}</code> ". It is excluded by " <code>{pattern}</code> "."</p> }.into_any(),
        None => view! {
            <p>
                <span>"Your address is " <code>{visitor.address.clone()}</code> ". "</span>
                <button type="submit" name="add" value=visitor.address class="button quiet" on:click=add>"Add it"<span class="unseen">" to the list"</span></button>
            </p>
        }
        .into_any(),
    };
    view! {
        <div class="own-address">
            {own}
            <p class="hint" role="status">{move || added.get().then_some("Added to the box. It counts once you save the list.")}</p>
            {proxy}
        </div>
    }
    .into_any()
}
