//! What a form asks once more, where lines of it may not be meant as they stand.

use leptos::{html::Input, prelude::*};

use super::state::FormState;
use crate::{Error, words};

/// While the form it stands in was refused for doubtful lines: one box to save exactly these all the same.
#[component]
pub fn AllTheSame() -> AnyView {
    let state = expect_context::<FormState>();
    let node = NodeRef::<Input>::new();
    (move || {
        let (token, lines) = state.error.with(|error| match error {
            Some(Error::Invalid(invalid)) => words::doubtful(invalid),
            _ => None,
        })?;
        // Other lines are asked about now, in the box of those that were confirmed.
        if let Some(node) = node.get_untracked() {
            node.set_checked(false);
        }
        let id = [&state.id(), "-confirmed"].concat();
        Some(view! {
            <div class="choice">
                <input id=id.clone() type="checkbox" name="confirmed" value=token.to_string() node_ref=node />
                <label for=id>"Save it all the same: " {lines}</label>
            </div>
        })
    })
    .into_any()
}
