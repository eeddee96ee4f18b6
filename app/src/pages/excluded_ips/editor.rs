//! The box with the list, or, where that is too long for it, with lines to add; and the visitor's own address.

use super::{ExcludedIpsAdd, ExcludedIpsSave, Visitor, named};
use crate::prelude::*;

const HINT: &str = "One a line: 203.0.113.7, 2001:db8::1, 10.0.*, 2001:db8:*, 10.0.0.0/8 or 10.0.0.1-10.0.0.9. What follows a # is a note. \
    Visitors may come over IPv4 and IPv6, so a person can need two lines.";

pub(super) fn editor(
    account: AccountId,
    environment: Option<EnvironmentId>,
    version: i64,
    text: Option<String>,
    visitor: Option<Visitor>,
) -> AnyView {
    let whole = text.is_some();
    let (action, label, rows, save) = match (whole, environment) {
        (false, _) => (ExcludedIpsAdd::PATH, "Lines to add", 4, "Add lines"),
        (true, None) => (ExcludedIpsSave::PATH, "Addresses excluded in all environments", 10, "Save list"),
        (true, Some(_)) => (ExcludedIpsSave::PATH, "Addresses excluded in this environment", 10, "Save list"),
    };
    view! {
        <Form action clears=true>
            <OnConflict>
                <p class="note warning">"The list as it stands now is below the button. Saving again replaces it with what is in the box."</p>
            </OnConflict>
            {named(account, environment)}
            <HiddenField name="version" value=version.to_string() />
            <TextArea field=Field::Patterns label hint=HINT value=text.unwrap_or_default() rows may_be_empty=whole />
            <AllTheSame />
            {visitor.map(own)}
            <Submit label=save />
        </Form>
    }
    .into_any()
}

/// The button saves what is typed and the address together, so that nothing typed is lost.
fn own(visitor: Visitor) -> AnyView {
    let what = match visitor.excluded_by {
        Some(pattern) => view! { "It is excluded by " <code>{pattern}</code> "." }.into_any(),
        None => view! { <button type="submit" name="add" value=visitor.address.clone() class="button quiet">"Add it and save"</button> }
            .into_any(),
    };
    view! { <p class="own-address"><span>"Your address is " <code>{visitor.address}</code> "."</span> <span>{what}</span></p> }.into_any()
}
