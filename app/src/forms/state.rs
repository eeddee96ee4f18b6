//! What the parts of a form share.

use domain::invalid::Field;
use leptos::prelude::*;

use super::{FailedPost, INTERRUPTED};
use crate::{Error, words};

/// The refused post that this page answers, if it answers one.
#[derive(Clone, Copy)]
pub struct LastPost {
    post: RwSignal<Option<FailedPost>>,
    /// It was sent by the script, which has yet to lead to the form's summary.
    fresh: RwSignal<bool>,
}

impl LastPost {
    pub(crate) fn new(post: Option<FailedPost>) -> Self {
        Self { post: RwSignal::new(post), fresh: RwSignal::new(false) }
    }

    /// Once somebody went on, it is history.
    pub(crate) fn forget(self) {
        if self.post.with_untracked(Option::is_some) {
            self.post.set(None);
        }
        self.fresh.set(false);
    }

    /// As if the server had answered a plain post: for refusals after which the page has to be loaded again.
    pub(super) fn refuse(self, post: FailedPost) {
        self.post.set(Some(post));
        self.fresh.set(true);
    }

    /// The post that came without a live sign-in, as the form for signing in carries it.
    pub(crate) fn interrupted(self) -> Option<String> {
        self.post.with_untracked(|post| post.as_ref()?.value(INTERRUPTED).map(ToOwned::to_owned))
    }

    fn of(self, action: &str, key: &str) -> Option<FailedPost> {
        self.post.with_untracked(|post| post.clone().filter(|post| post.action == action && post.key() == key))
    }
}

/// What was typed last into a field of the form around, else `given`.
pub fn typed(field: Field, given: &str) -> String {
    expect_context::<FormState>().value(field.as_str(), given.to_owned())
}

/// One form's state, in context for its fields.
#[derive(Clone, Copy)]
pub(super) struct FormState {
    id: StoredValue<String>,
    typed: StoredValue<Option<Vec<(String, String)>>>,
    pub(super) error: RwSignal<Option<Error>>,
    pub(super) pending: RwSignal<bool>,
    /// Whether the summary takes the focus as soon as it is there.
    pub(super) focus: bool,
}

impl FormState {
    pub(super) fn new(action: &str, key: &str, refused: Option<Error>) -> Self {
        let last = expect_context::<LastPost>();
        let post = last.of(action, key);
        let focus = refused.is_some() || (post.is_some() && last.fresh.get_untracked());
        let (typed, error) = post.map_or((None, refused), |post| (Some(post.values), post.error));
        let name = action.rsplit('/').next().unwrap_or(action);
        let id = if key.is_empty() { name.to_owned() } else { [name, "-", key].concat() };
        Self { id: StoredValue::new(id), typed: StoredValue::new(typed), error: RwSignal::new(error), pending: RwSignal::new(false), focus }
    }

    pub(super) fn id(self) -> String {
        self.id.get_value()
    }

    /// The id of the input of a field.
    pub(super) fn id_of(self, field: Field) -> String {
        self.id.with_value(|id| [id, "-", field.as_str()].concat())
    }

    /// What was typed into a field last, else `given`.
    pub(super) fn value(self, name: &str, given: String) -> String {
        self.last(name).unwrap_or(given)
    }

    fn last(self, name: &str) -> Option<String> {
        self.typed.with_value(|typed| Some(typed.as_ref()?.iter().find(|(typed, _)| typed == name)?.1.clone()))
    }

    /// The sentences that stand beside a field.
    pub(super) fn mistakes(self, field: Field) -> Vec<String> {
        self.error.with(|error| match error {
            Some(Error::Invalid(invalid)) => invalid.mistakes.iter().filter(|mistake| mistake.field == field).map(words::mistake).collect(),
            _ => Vec::new(),
        })
    }
}
