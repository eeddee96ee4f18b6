//! What a form shows beside what was typed after somebody else saved meanwhile.

use leptos::prelude::*;

use super::state::FormState;
use crate::Error;

/// Shows its children while the form it stands in was refused with a conflict. By then the page holds what the other one saved.
#[component]
pub fn OnConflict(children: ChildrenFn) -> AnyView {
    let state = expect_context::<FormState>();
    (move || state.error.with(|error| matches!(error, Some(Error::Conflict))).then(|| children())).into_any()
}
