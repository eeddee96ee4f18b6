//! Fields that are typed into.

use domain::invalid::Field;
use leptos::prelude::*;

use super::frame::{Ties, framed};
use crate::forms::state::FormState;

/// One line of text.
#[component]
pub fn TextField(
    field: Field,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: String,
    /// `text` by default; `email` brings the right keyboard.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] optional: bool,
    /// For text that is copied or compared character by character.
    #[prop(optional)]
    code: bool,
    /// What may be meant; anything else can be typed.
    #[prop(optional)]
    suggestions: Vec<String>,
) -> AnyView {
    let state = expect_context::<FormState>();
    let ties = Ties::new(state, field, hint.as_ref());
    let list = (!suggestions.is_empty()).then(|| [&ties.id(), "-list"].concat());
    let control = view! {
        <input
            id=ties.id()
            name=field.as_str()
            type=kind
            class:code=code
            value=state.value(field.as_str(), value)
            autocomplete=autocomplete
            required=!optional
            list=list.clone()
            aria-invalid=move || ties.invalid()
            aria-describedby=move || ties.described()
        />
        {list.map(|list| view! { <datalist id=list>{suggestions.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}</datalist> })}
    };
    framed(ties, label, hint, optional, control.into_any())
}

/// A password, which is never shown again.
#[component]
pub fn PasswordField(
    field: Field,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// `current-password` or `new-password`, for password managers.
    autocomplete: &'static str,
) -> AnyView {
    let ties = Ties::new(expect_context::<FormState>(), field, hint.as_ref());
    let control = view! {
        <input
            id=ties.id()
            name=field.as_str()
            type="password"
            autocomplete=autocomplete
            required
            aria-invalid=move || ties.invalid()
            aria-describedby=move || ties.described()
        />
    };
    framed(ties, label, hint, false, control.into_any())
}

/// Several lines of text.
#[component]
pub fn TextArea(
    field: Field,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: String,
    #[prop(default = 8)] rows: u32,
    #[prop(optional)] optional: bool,
    /// For lists that say something by being empty, too.
    #[prop(optional)]
    may_be_empty: bool,
    /// For sentences rather than for lists and code.
    #[prop(optional)]
    prose: bool,
) -> AnyView {
    let state = expect_context::<FormState>();
    let ties = Ties::new(state, field, hint.as_ref());
    let text = state.value(field.as_str(), value);
    // The text that a reset brings back; what was typed over it stays.
    let control = view! {
        <textarea
            id=ties.id()
            name=field.as_str()
            rows=rows
            class:code=!prose
            spellcheck=if prose { "true" } else { "false" }
            autocomplete="off"
            required=!(optional || may_be_empty)
            aria-invalid=move || ties.invalid()
            aria-describedby=move || ties.described()
            prop:defaultValue=text.clone()
        >
            {content(&text)}
        </textarea>
    };
    framed(ties, label, hint, optional, control.into_any())
}

/// A file of text, in a [`super::super::FileForm`]. Browsers never fill it in again after a refusal.
#[component]
pub fn FileField(
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    /// What the browser's dialog offers.
    #[prop(default = ".txt,text/plain")]
    accept: &'static str,
) -> AnyView {
    let field = Field::File;
    let hint = Some(hint);
    let ties = Ties::new(expect_context::<FormState>(), field, hint.as_ref());
    let control = view! {
        <input
            id=ties.id()
            name=field.as_str()
            type="file"
            accept=accept
            required
            aria-invalid=move || ties.invalid()
            aria-describedby=move || ties.described()
        />
    };
    framed(ties, label, hint, false, control.into_any())
}

/// Leptos escapes nothing within a text area, and HTML drops its first line break.
#[cfg(feature = "ssr")]
fn content(text: &str) -> String {
    ["\n", &text.replace('&', "&amp;").replace('<', "&lt;")].concat()
}

/// In the browser the property says it all.
#[cfg(not(feature = "ssr"))]
const fn content(_: &str) -> &'static str {
    ""
}

/// What the server function needs to know besides what is typed.
#[component]
pub fn HiddenField(name: &'static str, #[prop(into)] value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value /> }.into_any()
}
