//! Sending a form without leaving the page, once the WASM is there.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use web_sys::HtmlFormElement;

use super::{
    Answered, FailedPost, INTERRUPTED, LastAnswer,
    state::{FormState, LastPost},
};
use crate::{
    Error,
    browser::{self, Answer},
    load::Changes,
};

pub(super) fn sender(state: FormState, action: &'static str, clears: bool) -> Box<dyn Fn(SubmitEvent)> {
    // A page that is written on the server has no script to send it by, and may have no router.
    #[cfg(feature = "ssr")]
    if use_context::<crate::load::Address>().is_some() {
        return Box::new(|_| ());
    }
    let navigate = use_navigate();
    let path = use_location().pathname;
    let last = expect_context::<LastPost>();
    let answers = expect_context::<LastAnswer>();
    let changes = expect_context::<Changes>();
    Box::new(move |event: SubmitEvent| {
        let form: HtmlFormElement = event_target(&event);
        let Some(fields) = browser::fields(&form, &event) else { return };
        // The server answers it with the page of the post that it carries.
        if fields.has(INTERRUPTED) {
            return;
        }
        event.prevent_default();
        if state.pending.get_untracked() {
            return;
        }
        state.pending.set(true);
        let (navigate, sent_from) = (navigate.clone(), path.get_untracked());
        spawn_local(async move {
            let answer = browser::post(action, &fields).await;
            // The form may be gone by now.
            state.pending.try_set(false);
            match answer {
                Ok(answer) => {
                    last.forget();
                    state.error.try_set(None);
                    if clears {
                        form.reset();
                    }
                    match answer {
                        // Who went on meanwhile is not called back.
                        Answer::Elsewhere(_) if path.get_untracked() != sent_from => {}
                        Answer::Elsewhere(to) => navigate(&to, NavigateOptions::default()),
                        Answer::Here(body) if body == Answered::NOTHING => {}
                        Answer::Here(body) => answers.keep(Answered { action: action.to_owned(), body }),
                    }
                    // Once the page that was left is gone: it may have nothing to show any more.
                    request_animation_frame(move || changes.bump());
                }
                // What somebody else did has to be seen beside what was typed.
                Err(Error::Conflict) => {
                    last.refuse(FailedPost::new(action.to_owned(), browser::pairs(&fields), Error::Conflict));
                    changes.bump();
                }
                Err(error) => {
                    changes.refuse();
                    state.error.try_set(Some(error));
                }
            }
        });
    })
}
