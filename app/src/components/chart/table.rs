//! The same in numbers.

use leptos::prelude::*;

use super::{Point, Unit};
use crate::words::{self, capital};

pub(super) fn table(title: String, unit: Unit, points: Vec<Point>) -> AnyView {
    let row = |point: Point| {
        view! {
            <tr>
                <th scope="row">{point.date}</th>
                <td class="number">{words::number(point.count)}</td>
            </tr>
        }
    };
    view! {
        <table class="table">
            <caption class="unseen">{title}</caption>
            <thead>
                <tr>
                    <th scope="col">"Day"</th>
                    <th scope="col" class="number">{capital(unit.many)}</th>
                </tr>
            </thead>
            <tbody>{points.into_iter().rev().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
