//! Tables of what can be put away and brought back.

use leptos::prelude::*;

use crate::forms::ButtonForm;

/// The heads of the columns as text: `second` and `time` head the columns after the name; the last one, for actions, is there for who may act.
pub fn archive_table(caption: &'static str, second: &'static str, time: &'static str, may_act: bool, rows: Vec<AnyView>) -> AnyView {
    let heads = view! {
        <th scope="col">"Name"</th>
        <th scope="col">{second}</th>
        <th scope="col">{time}</th>
    };
    archive_table_under(caption, heads.into_any(), may_act, rows)
}

/// The same under heads that are made already.
pub fn archive_table_under(caption: &'static str, heads: AnyView, may_act: bool, rows: Vec<AnyView>) -> AnyView {
    view! {
        <table class="table">
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    {heads}
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
