//! A line over days, drawn by us: real axes, a unit, and a table behind it.

mod plot;
mod scale;
mod table;

use leptos::prelude::*;

use crate::words;

/// One day, with its date in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// `Mon 3 Nov 2025`.
    pub date: String,
    /// `3 Nov`, for the axis.
    pub short: String,
    pub count: u64,
}

/// What is counted, in one and in many.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    pub one: &'static str,
    pub many: &'static str,
}

impl Unit {
    fn of(self, count: u64) -> String {
        words::count(count, self.one, self.many)
    }
}

/// Oldest first; the last day is today, which is not over yet.
#[component]
pub fn Chart(
    /// What the picture is of, for who cannot see it.
    #[prop(into)]
    title: String,
    unit: Unit,
    /// Whose days these are.
    #[prop(into)]
    time_zone: String,
    points: Vec<Point>,
) -> AnyView {
    let most = most(&points);
    let summary = match (&most, points.first(), points.last()) {
        (Some(most), Some(first), Some(last)) => {
            [&title, ", from ", &first.date, " to ", &last.date, ": the most was ", &unit.of(most.count), " on ", &most.date, "."].concat()
        }
        _ => [&title, ": nothing yet."].concat(),
    };
    view! {
        <figure class="chart">
            <figcaption>
                <span class="chart-unit">{words::capital(unit.many)} " per day"</span>
                <span class="chart-zone">{time_zone}</span>
            </figcaption>
            {plot::plot(&points, unit, summary)}
            <details class="chart-table">
                <summary>"Show the numbers as a table"</summary>
                {table::table(title, unit, points)}
            </details>
        </figure>
    }
    .into_any()
}

/// The day with the highest count, the latest of equals; none while all are zero.
pub fn most(points: &[Point]) -> Option<Point> {
    points.iter().filter(|point| point.count > 0).max_by_key(|point| point.count).cloned()
}
