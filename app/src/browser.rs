//! The few things that need the browser itself. On the server none of it is ever called.

use gloo_net::http::{Request, RequestBuilder, Response};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, EventSource, FormData, HtmlButtonElement, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent,
    SubmitEvent, UrlSearchParams,
    js_sys::{Array, Intl, Reflect},
};

use crate::Error;

/// What a form would send, with the button that sends it.
pub(crate) fn fields(form: &HtmlFormElement, event: &SubmitEvent) -> Option<UrlSearchParams> {
    let data = FormData::new_with_form(form).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(data.unchecked_ref()).ok()?;
    let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        fields.append(&button.name(), &button.value());
    }
    Some(fields)
}

/// The same as names and values.
pub(crate) fn pairs(fields: &UrlSearchParams) -> Vec<(String, String)> {
    let entry = |entry: JsValue| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    Array::from(fields).iter().filter_map(entry).collect()
}

/// How a form that was accepted goes on.
pub(crate) enum Answer {
    /// On another page.
    Elsewhere(String),
    /// Here, with what the server function answered as JSON.
    Here(String),
}

/// Posts to a server function.
pub(crate) async fn post(action: &str, fields: &UrlSearchParams) -> Result<Answer, Error> {
    let response = send(Request::post(action), fields).await?;
    if let Some(to) = response.headers().get("location").filter(|_| response.ok()) {
        return Ok(Answer::Elsewhere(to));
    }
    read(&response).await.map(Answer::Here)
}

/// Asks a server function that reads.
pub(crate) async fn ask(path: &str, arguments: String) -> Result<Vec<u8>, Error> {
    let request = Request::post(path).header("content-type", "application/json");
    let response = send(request, &JsValue::from_str(&arguments)).await?;
    if response.ok() { response.binary().await.map_err(|_| LOST) } else { Err(refusal(&response).await) }
}

/// What was written as base64 into the page.
#[cfg(not(feature = "ssr"))]
pub(crate) fn bytes_of_base64(text: &str) -> Option<Vec<u8>> {
    // Each character stands for a byte.
    window().atob(text).ok()?.chars().map(|byte| u8::try_from(byte).ok()).collect()
}

const LOST: Error = Error::Unavailable { reference: None };

async fn send(request: RequestBuilder, body: &JsValue) -> Result<Response, Error> {
    let request = request.header("accept", "application/json").body(body).map_err(|_| LOST)?;
    request.send().await.map_err(|_| LOST)
}

/// The body, as what was asked for or as the error that it says.
async fn read(response: &Response) -> Result<String, Error> {
    if response.ok() { response.text().await.map_err(|_| LOST) } else { Err(refusal(response).await) }
}

async fn refusal(response: &Response) -> Error {
    let text = response.text().await.unwrap_or_default();
    serde_json::from_str(&text).unwrap_or(LOST)
}

/// Where the browser's clock says it is, as an IANA name.
pub(crate) fn time_zone() -> Option<String> {
    let options = Intl::DateTimeFormat::default().resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone")).ok()?.as_string()
}

/// Shows another address for this page, without loading anything.
pub(crate) fn show_address(page: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(page));
    }
}

/// What another site's address answers in text, if it lets us read that.
pub(crate) async fn read_elsewhere(url: &str) -> Option<String> {
    let response = Request::get(url).send().await.ok()?;
    if response.ok() { response.text().await.ok() } else { None }
}

/// Server-sent events, which are closed by dropping them. By the browser's own `EventSource`: that of gloo-net is a queue and a stream besides, a kilobyte more to load.
pub(crate) struct Events {
    source: EventSource,
    _heard: Closure<dyn FnMut()>,
    _failed: Closure<dyn FnMut()>,
}

impl Events {
    /// Calls `heard` at each event, and `lost` once the server refuses. A connection that breaks the browser makes anew.
    pub(crate) fn open(address: &str, heard: impl Fn() + 'static, lost: impl Fn() + 'static) -> Option<Self> {
        let source = EventSource::new(address).ok()?;
        let heard = Closure::<dyn FnMut()>::new(heard);
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let refused = source.clone();
        let failed = Closure::<dyn FnMut()>::new(move || {
            if refused.ready_state() == EventSource::CLOSED {
                lost();
            }
        });
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Some(Self { source, _heard: heard, _failed: failed })
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Moves the focus to an element, if it is there.
pub(crate) fn focus(id: &str) -> bool {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Puts text on the clipboard, which browsers allow only where nobody can listen.
pub(crate) async fn copy(text: &str) -> bool {
    window().is_secure_context() && JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// The element before the one that an event is handled by.
pub(crate) fn sibling_before(event: &web_sys::MouseEvent) -> Option<Element> {
    event.current_target()?.dyn_into::<Element>().ok()?.previous_element_sibling()
}

/// Selects the text of an element, or of a field.
pub(crate) fn select(element: &Element) {
    if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
        field.select();
    } else if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.select_all_children(element);
    }
}

/// Closes a popover, if it is open.
pub(crate) fn close(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.hide_popover();
    }
}

/// Whether a key goes to a field or a dialog, or is one of the browser's own.
pub(crate) fn is_typed(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let field = target.and_then(|target| target.closest("input, textarea, select, dialog").ok().flatten());
    field.is_some() || event.ctrl_key() || event.meta_key() || event.alt_key()
}

/// Presses the first element that a selector finds.
pub(crate) fn press(selector: &str) -> bool {
    let element = document().query_selector(selector).ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| {
        element.click();
        true
    })
}

/// Opens a dialog.
pub(crate) fn show(id: &str) -> bool {
    let dialog = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlDialogElement>().ok());
    dialog.is_some_and(|dialog| dialog.show_modal().is_ok())
}
