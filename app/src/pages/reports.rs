//! Reports of an environment: its home.

mod changes;
mod data;
mod desk;
mod edit;
mod list;
#[cfg(feature = "ssr")]
mod one;

pub use changes::{ReportArchive, ReportCreate, ReportEdit, ReportRestore};
pub use data::{LoadReports, ReportRow, Reports};
pub use edit::{EditReportPage, NewReportPage};
#[cfg(feature = "ssr")]
pub(super) use one::one;

use domain::report::Measure;
use list::{active, archived};

use super::first_steps;
#[cfg(feature = "ssr")]
use crate::components::Unit;
use crate::prelude::*;

#[component]
pub fn ReportsPage() -> AnyView {
    let place = environment();
    let (q, sort, page, shelf) = (query("q"), query("sort"), query("page"), query("archived"));
    let call = move |(account, environment)| LoadReports { account, environment, q: q(), sort: sort(), page: page(), archived: shelf() };
    load(
        move || place().map(call),
        |data: Reports| {
            let Reports { account, environment, may_edit, definitions, .. } = data;
            let create = may_edit && definitions && (!data.active.is_empty() || data.list.is_searched());
            view! {
                <PageHead title="Reports" text="What happened each day, drawn as a line.">
                    {create.then(|| view! { <a class="button primary" href=links::new_report(account, environment)>"New report"</a> })}
                </PageHead>
                {(!may_edit).then(|| view! { <ReadOnlyNote what="create, edit and archive reports" /> })}
                {data.first_steps.map(|steps| first_steps::list(account, environment, steps, links::reports(account, environment)))}
                {active(account, environment, may_edit, definitions, &data.list, data.active)}
                {archived(account, environment, may_edit, &data.archived_list, data.archived)}
            }
        },
    )
}

/// How a measure is called.
pub(super) const fn said(measure: Measure) -> &'static str {
    match measure {
        Measure::Events => "Events",
        Measure::UniqueUsers => "Unique users",
    }
}

/// What it counts.
#[cfg(feature = "ssr")]
pub(super) const fn unit(measure: Measure) -> Unit {
    match measure {
        Measure::Events => Unit { one: "event", many: "events" },
        Measure::UniqueUsers => Unit { one: "unique user", many: "unique users" },
    }
}

/// How far a report looks back.
pub(super) fn span(days: u16) -> String {
    ["Last ", &days.to_string(), " days"].concat()
}
