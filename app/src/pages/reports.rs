//! Reports of an environment: its home.

mod changes;
mod data;
mod desk;
mod edit;
mod list;
mod one;

pub use changes::{ReportArchive, ReportCreate, ReportEdit, ReportRestore};
pub use data::{LoadReport, LoadReports, ReportRow, ReportView, Reports};
pub use edit::{EditReportPage, NewReportPage};
pub use one::ReportPage;

use domain::report::Measure;
use list::{Active, Archived};

use crate::{components::Unit, prelude::*};

#[component]
pub fn ReportsPage() -> AnyView {
    let place = environment();
    load(
        move || place().map(|(account, environment)| LoadReports { account, environment }),
        |data: Reports| {
            let Reports { account, environment, may_edit, definitions, rows } = data;
            let (archived, active): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.archived.is_some());
            let create = may_edit && definitions && !active.is_empty();
            view! {
                <PageHead title="Reports" text="What happened each day, drawn as a line.">
                    {create.then(|| view! { <a class="button primary" href=links::new_report(account, environment)>"New report"</a> })}
                </PageHead>
                {(!may_edit).then(|| view! { <ReadOnlyNote what="create, edit and archive reports" /> })}
                <Active account environment may_edit definitions rows=active />
                <Archived account environment may_edit rows=archived />
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
