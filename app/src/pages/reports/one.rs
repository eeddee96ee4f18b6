//! One report: the line, and what it says in figures.

use domain::{id::ReportKey, report::Measure};

use super::{LoadReport, ReportView, said, span, unit};
use crate::{
    components::{Chart, Point, most},
    prelude::*,
    words,
};

#[component]
pub fn ReportPage() -> AnyView {
    let (place, report) = (environment(), param::<ReportKey>("report"));
    load(
        move || place().and_then(|(account, environment)| Ok(LoadReport { account, environment, report: report()? })),
        |data: ReportView| {
            let ReportView { account, environment, may_edit, row, time_zone, points } = data;
            let text =
                [said(row.measure), " of ", &row.definition_name, ", ", &span(row.days).to_ascii_lowercase(), &row.limits, "."].concat();
            let nothing = points.iter().all(|point| point.count == 0);
            let edit = links::edit_report(account, environment, row.key);
            view! {
                <PageHead title=row.name.clone() text>
                    {may_edit.then(|| view! { <a class="button quiet" href=edit>"Edit"<span class="unseen">" report"</span></a> })}
                </PageHead>
                {row.archived.map(|at| view! { <p class="note">"This report was archived " <When at /> "."</p> })}
                {figures(row.measure, &points)}
                <Chart title=row.name unit=unit(row.measure) time_zone points />
                {nothing.then(|| nothing_yet(account, environment))}
            }
        },
    )
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
