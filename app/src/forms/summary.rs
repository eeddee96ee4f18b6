//! What is wrong with a form, at its top, with links to the fields.

use domain::invalid::{Field, Invalid, Mistake};
use leptos::{html::Div, prelude::*};

use super::state::FormState;
use crate::{Error, browser, words};

#[component]
pub(super) fn Summary(
    state: FormState,
    /// The form has no fields to lead to.
    bare: bool,
) -> AnyView {
    let node = NodeRef::<Div>::new();
    // A refused plain post comes with `autofocus`; this is for those sent from here.
    Effect::new(move |before: Option<()>| {
        let wrong = state.error.with(Option::is_some);
        if let Some(node) = node.get().filter(|_| wrong && (state.focus || before.is_some())) {
            let _ = node.focus();
        }
    });
    (move || {
        let error = state.error.get()?;
        Some(view! {
            <div class="summary" role="alert" tabindex="-1" autofocus node_ref=node>
                {match error {
                    Error::Invalid(invalid) if bare || is_whole(&invalid) => sentences(&invalid),
                    Error::Invalid(invalid) => list(state, &invalid),
                    other => view! { <p>{words::error(&other)}</p> }.into_any(),
                }}
            </div>
        })
    })
    .into_any()
}

/// The form is wrong as a whole, in one way.
fn is_whole(invalid: &Invalid) -> bool {
    matches!(invalid.mistakes[..], [Mistake { field: Field::Whole, .. }])
}

fn sentences(invalid: &Invalid) -> AnyView {
    invalid.mistakes.iter().map(|mistake| view! { <p>{words::mistake(mistake)}</p> }).collect_view().into_any()
}

fn list(state: FormState, invalid: &Invalid) -> AnyView {
    let more = words::more(invalid);
    view! {
        <p>{words::heading(invalid)}</p>
        <ul>
            {invalid.mistakes.iter().map(|mistake| view! { <li>{entry(state, mistake)}</li> }).collect_view()}
            {(more > 0).then(|| view! { <li>{words::and_more(more)}</li> })}
        </ul>
    }
    .into_any()
}

fn entry(state: FormState, mistake: &Mistake) -> AnyView {
    let sentence = words::mistake(mistake);
    if mistake.field == Field::Whole {
        return sentence.into_any();
    }
    let id = state.id_of(mistake.field);
    let href = ["#", &id].concat();
    let focus = move |event: web_sys::MouseEvent| {
        if browser::focus(&id) {
            event.prevent_default();
        }
    };
    view! { <a href=href on:click=focus>{sentence}</a> }.into_any()
}
