//! What surrounds every control.

use domain::invalid::Field;
use leptos::prelude::*;

use crate::forms::state::FormState;

/// What ties a control to its label, hint and error.
#[derive(Clone, Copy)]
pub(super) struct Ties {
    state: FormState,
    field: Field,
    hint: bool,
}

impl Ties {
    pub(super) fn new(state: FormState, field: Field, hint: Option<&String>) -> Self {
        Self { state, field, hint: hint.is_some() }
    }

    pub(super) fn id(self) -> String {
        self.state.id_of(self.field)
    }

    fn hint_id(self) -> String {
        [&self.id(), "-hint"].concat()
    }

    fn error_id(self) -> String {
        [&self.id(), "-error"].concat()
    }

    fn wrong(self) -> bool {
        !self.state.mistakes(self.field).is_empty()
    }

    /// For `aria-invalid`.
    pub(super) fn invalid(self) -> Option<&'static str> {
        self.wrong().then_some("true")
    }

    /// For `aria-describedby`.
    pub(super) fn described(self) -> Option<String> {
        match (self.hint, self.wrong()) {
            (true, true) => Some([&self.error_id(), " ", &self.hint_id()].concat()),
            (true, false) => Some(self.hint_id()),
            (false, true) => Some(self.error_id()),
            (false, false) => None,
        }
    }

    /// The sentences beside the control.
    pub(super) fn errors(self) -> AnyView {
        (move || {
            let mistakes = self.state.mistakes(self.field);
            (!mistakes.is_empty()).then(|| {
                view! { <ul class="errors" id=self.error_id()>{mistakes.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul> }
            })
        })
        .into_any()
    }

    /// The sentence below the control.
    pub(super) fn hint(self, hint: Option<String>) -> AnyView {
        hint.map(|hint| view! { <p class="hint" id=self.hint_id()>{hint}</p> }).into_any()
    }
}

/// A control with its label, hint and error.
pub(super) fn framed(ties: Ties, label: String, hint: Option<String>, optional: bool, control: AnyView) -> AnyView {
    view! {
        <div class="field">
            <label for=ties.id()>{label}{optional.then(|| view! { <span class="optional">"optional"</span> })}</label>
            {control}
            {ties.errors()}
            {ties.hint(hint)}
        </div>
    }
    .into_any()
}
