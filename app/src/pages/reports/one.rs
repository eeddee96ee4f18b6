//! One report: the line, and what it says in figures.

use domain::{id::ReportKey, report::Measure};

use super::{data, said, span, unit};
use crate::{
    components::{Chart, Point, most, page_header},
    load::{Html, Written},
    prelude::*,
    words,
};

pub(crate) async fn one(account: AccountId, environment: EnvironmentId, report: ReportKey) -> Result<Written, Error> {
    let running = ssr::grant::<ssr::RunQueries>(account).await?;
    let view = ssr::grant::<ssr::View>(account).await?;
    let answer = ssr::state()?.console.run_report(&running, environment, report).await?;
    let edit = ssr::may::<ssr::EditReports>(&view).then(|| links::edit_report(account, environment, report));
    let points: Vec<Point> = answer.days.iter().map(point).collect();
    let nothing = points.iter().all(|point| point.count == 0);
    let report = answer.report;
    let (days, limits) = (span(report.days.get()).to_ascii_lowercase(), data::limits(&report.limits));
    let text = [said(report.measure), " of ", &report.definition_name, ", ", &days, &limits, "."].concat();
    let title = report.name.clone();
    let html = Html::of(|| {
        let edit = edit.map(|edit| view! { <a class="button quiet" href=edit>"Edit"<span class="unseen">" report"</span></a> }.into_any());
        view! {
            {page_header(report.name.clone(), text, edit)}
            {report.archived_at.map(|at| view! { <p class="note">"This report was archived " <When at=ssr::moment(at) /> "."</p> })}
            {figures(report.measure, &points)}
            <Chart title=report.name unit=unit(report.measure) time_zone=answer.time_zone points />
            {nothing.then(|| nothing_yet(account, environment))}
        }
        .into_any()
    });
    Ok(Written { title, html })
}

fn point(day: &store::console::reports::Day) -> Point {
    let written =
        |format| day.date.parse::<jiff::civil::Date>().map_or_else(|_| day.date.clone(), |date| date.strftime(format).to_string());
    Point { date: written("%a %-d %b %Y"), short: written("%-d %b"), count: day.count }
}

fn figures(measure: Measure, points: &[Point]) -> AnyView {
    // Users of several days are counted on each, so that their sum says nothing.
    let total = (measure == Measure::Events).then(|| points.iter().fold(0_u64, |sum, point| sum.saturating_add(point.count)));
    let today = points.last().map_or(0, |point| point.count);
    let most = most(points);
    view! {
        <dl class="figures">
            {total.map(|total| view! { <div><dt>"Total"</dt><dd>{words::number(total)}</dd></div> })}
            <div><dt>"Today so far"</dt><dd>{words::number(today)}</dd></div>
            {most.map(|most| view! {
                <div><dt>"Most in a day"</dt><dd>{words::number(most.count)} " " <span class="figure-when">{most.date}</span></dd></div>
            })}
        </dl>
    }
    .into_any()
}

fn nothing_yet(account: AccountId, environment: EnvironmentId) -> AnyView {
    view! {
        <p class="note">
            "There is nothing in these days. Compare the event name of the definition, and what limits the report, with what clients send, or "
            <a href=links::environment(account, environment)>"see whether events arrive"</a> "."
        </p>
    }
    .into_any()
}
