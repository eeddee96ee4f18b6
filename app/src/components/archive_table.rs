//! Tables of what can be put away and brought back.

use leptos::prelude::*;

use crate::forms::ButtonForm;

/// `second` and `time` head the columns after the name; the last one, for actions, is there for who may act.
pub fn archive_table(caption: &'static str, second: &'static str, time: &'static str, may_act: bool, rows: Vec<AnyView>) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">{second}</th>
                    <th scope="col">{time}</th>
                    {may_act.then(|| view! { <th scope="col"><span class="unseen">"Actions"</span></th> })}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The cell with the one button of a row: a form to `action` with these `fields`, about what the row is called.
pub fn action_cell(action: &'static str, label: &'static str, fields: Vec<(&'static str, String)>, about: &str) -> AnyView {
    let key = fields.last().map(|(_, key)| key.clone()).unwrap_or_default();
    view! { <td class="actions"><ButtonForm action key fields label about /></td> }.into_any()
}
