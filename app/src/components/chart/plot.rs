//! The picture. Three drawings side by side, placed in percent, so that text keeps its size on every screen.

use leptos::prelude::*;

use super::{
    Point, Unit,
    scale::{labelled, percent, share, short, ticks},
};

/// Width and height of what the line is drawn in; it is stretched to the plot.
const FULL: u64 = 10_000;

/// More days than this have no room for a dot each.
const DOTS: usize = 31;

pub(super) fn plot(points: &[Point], unit: Unit, summary: String) -> AnyView {
    let ticks = ticks(points.iter().map(|point| point.count).max().unwrap_or(0));
    let top = ticks.last().copied().unwrap_or(1);
    let dense = points.len() > DOTS;
    view! {
        <div class="chart-area" role="img" aria-label=summary>
            <svg class="chart-y" aria-hidden="true">{ticks.iter().map(|tick| y_label(*tick, top)).collect_view()}</svg>
            <svg class="chart-plot" class:dense=dense aria-hidden="true">
                {ticks.iter().map(|tick| grid_line(*tick, top)).collect_view()}
                {line(points, top)}
                {dots(points, top, unit)}
            </svg>
            <svg class="chart-x" aria-hidden="true">{x_labels(points)}</svg>
        </div>
    }
    .into_any()
}

fn height(count: u64, top: u64) -> String {
    percent(top.saturating_sub(count), top)
}

fn y_label(tick: u64, top: u64) -> AnyView {
    view! { <text x="100%" y=height(tick, top) dy="0.35em">{short(tick)}</text> }.into_any()
}

fn grid_line(tick: u64, top: u64) -> AnyView {
    let (y, base) = (height(tick, top), tick == 0);
    view! { <line class="chart-grid" class:base=base x1="0" x2="100%" y1=y.clone() y2=y /> }.into_any()
}

fn last_of(points: &[Point]) -> u64 {
    u64::try_from(points.len()).unwrap_or(u64::MAX).saturating_sub(1)
}

/// The days that are over in one stroke, and today, which is not, in another.
fn line(points: &[Point], top: u64) -> AnyView {
    let last = last_of(points);
    let corners: Vec<String> = (0..).zip(points).map(|(place, point)| corner(place, last, point.count, top)).collect();
    let over = corners.len().saturating_sub(1);
    let today = corners.get(over.saturating_sub(1)..).unwrap_or_default().join(" ");
    let past = corners.get(..over).unwrap_or_default().join(" ");
    view! {
        <svg class="chart-line" width="100%" height="100%" viewBox="0 0 10000 10000" preserveAspectRatio="none">
            <polyline points=past />
            <polyline class="today" points=today />
        </svg>
    }
    .into_any()
}

fn corner(place: u64, last: u64, count: u64, top: u64) -> String {
    [&share(place, last).to_string(), ",", &(FULL - share(count, top)).to_string()].concat()
}

/// A dot for each day, in a column that is easy to point at.
fn dots(points: &[Point], top: u64, unit: Unit) -> AnyView {
    let last = last_of(points);
    let dot = |(place, point): (u64, &Point)| {
        let title = [&point.date, ": ", &unit.of(point.count)].concat();
        // The columns of the two ends are half as wide, so that nothing sticks out.
        let (from, to) = ((2 * place).saturating_sub(1), (2 * place + 1).min(2 * last));
        view! {
            <g class="chart-point">
                <rect x=percent(from, 2 * last) width=percent(to.saturating_sub(from), 2 * last) y="0" height="100%" />
                <circle cx=percent(place, last) cy=height(point.count, top) r="3" />
                <title>{title}</title>
            </g>
        }
        .into_any()
    };
    (0..).zip(points).map(dot).collect_view().into_any()
}

fn x_labels(points: &[Point]) -> AnyView {
    let last = last_of(points);
    let label = |place: u64| {
        let point = usize::try_from(place).ok().and_then(|place| points.get(place))?;
        Some(view! { <text x=percent(place, last) y="1.7em">{point.short.clone()}</text> })
    };
    labelled(last + 1).into_iter().filter_map(label).collect_view().into_any()
}
