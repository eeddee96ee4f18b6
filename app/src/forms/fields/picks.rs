//! Fields that are chosen from.

use domain::invalid::Field;
use leptos::prelude::*;

use super::frame::{Ties, framed};
use crate::forms::state::FormState;

/// One of what can be chosen.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// What choosing it means.
    pub hint: Option<&'static str>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    #[must_use]
    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// One of many.
#[component]
pub fn SelectField(
    field: Field,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: String,
    choices: Vec<Choice>,
) -> AnyView {
    let state = expect_context::<FormState>();
    let ties = Ties::new(state, field, hint.as_ref());
    let chosen = state.value(field.as_str(), value);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    let control = view! {
        <select id=ties.id() name=field.as_str() aria-invalid=move || ties.invalid() aria-describedby=move || ties.described()>
            {options}
        </select>
    };
    framed(ties, label, hint, false, control.into_any())
}

/// One of a few, all in sight with what they mean.
#[component]
pub fn Choices(
    field: Field,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: String,
    choices: Vec<Choice>,
) -> AnyView {
    let state = expect_context::<FormState>();
    let ties = Ties::new(state, field, hint.as_ref());
    let chosen = state.value(field.as_str(), value);
    // The first has the field's own id, so that the summary's link finds it.
    let radio = move |(place, choice): (usize, Choice)| {
        let id = if place == 0 { ties.id() } else { [&ties.id(), "-", &choice.value].concat() };
        let checked = choice.value == chosen;
        view! {
            <div class="choice">
                <input id=id.clone() type="radio" name=field.as_str() value=choice.value checked=checked />
                <label for=id>{choice.label}{choice.hint.map(|hint| view! { <span class="hint">{hint}</span> })}</label>
            </div>
        }
    };
    view! {
        <fieldset role="radiogroup" class="field choices" aria-invalid=move || ties.invalid() aria-describedby=move || ties.described()>
            <legend>{label}</legend>
            {choices.into_iter().enumerate().map(radio).collect_view()}
            {ties.errors()}
            {ties.hint(hint)}
        </fieldset>
    }
    .into_any()
}
