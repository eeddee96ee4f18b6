//! Making and changing a report.

use domain::{
    id::ReportKey,
    report::{Measure, ReportDays},
};

use super::{
    ReportCreate, ReportEdit,
    desk::{LoadReportDesk, ReportDesk, SavedReport},
    said, span,
};
use crate::{pages::definitions::condition::ConditionDesk, prelude::*};

#[component]
pub fn NewReportPage() -> AnyView {
    let place = environment();
    load(
        move || place().map(|(account, environment)| LoadReportDesk { account, environment, report: None }),
        |data: ReportDesk| {
            let (account, environment) = (data.account, data.environment);
            let content = if data.definitions.is_empty() { define_first(account, environment) } else { create(data) };
            view! {
                <PageHead title="New report" text="Count what a definition names, day by day." />
                {content}
            }
        },
    )
}

fn define_first(account: AccountId, environment: EnvironmentId) -> AnyView {
    view! {
        <EmptyState title="No definitions yet" text="A report counts what a definition names. Start with one.">
            <a class="button primary" href=links::new_definition(account, environment)>"Create a definition"</a>
        </EmptyState>
    }
    .into_any()
}

fn create(desk: ReportDesk) -> AnyView {
    let (account, environment) = (desk.account, desk.environment);
    view! {
        <Form action=ReportCreate::PATH>
            <HiddenField name="account" value=account.to_string() />
            <HiddenField name="environment" value=environment.to_string() />
            {fields(desk)}
            {buttons("Create", " report", links::reports(account, environment))}
        </Form>
    }
    .into_any()
}

#[component]
pub fn EditReportPage() -> AnyView {
    let (place, report) = (environment(), param::<ReportKey>("report"));
    load_part(
        move || place().and_then(|(account, environment)| Ok(LoadReportDesk { account, environment, report: Some(report()?) })),
        || Ok(()),
        |data: ReportDesk, ()| {
            let saved = data.saved.clone().ok_or(Error::NotFound)?;
            let (account, environment) = (data.account, data.environment);
            let (report, version) = (saved.report, saved.version);
            let (title, kept) = (["Edit ", &saved.name].concat(), StoredValue::new(saved));
            let page = view! {
                <PageHead title />
                <Form action=ReportEdit::PATH>
                    <OnConflict>{kept.with_value(saved_now)}</OnConflict>
                    <HiddenField name="account" value=account.to_string() />
                    <HiddenField name="environment" value=environment.to_string() />
                    <HiddenField name="report" value=report.to_string() />
                    <HiddenField name="version" value=version.to_string() />
                    {fields(data)}
                    {buttons("Save report", "", links::report(account, environment, report))}
                </Form>
            };
            Ok(page.into_any())
        },
    )
}

fn saved_now(saved: &SavedReport) -> AnyView {
    let shows = [", ", said(saved.measure), " of ", &saved.definition_name, ", ", &span(saved.days), &saved.limits, ", changed "].concat();
    view! { <p class="note">"Saved now: " <strong>{saved.name.clone()}</strong> {shows} <When at=saved.changed.clone() /> "."</p> }
        .into_any()
}

fn fields(desk: ReportDesk) -> AnyView {
    let ReportDesk { definitions, segments, filter, saved, .. } = desk;
    let first = definitions.first().map(|(key, _)| *key);
    let chosen = saved.as_ref().map(|saved| saved.definition).or(first).map(|key| key.to_string()).unwrap_or_default();
    let (measure, days) = saved.as_ref().map_or((Measure::Events, 30), |saved| (saved.measure, saved.days));
    let (name, segment) = saved.map(|saved| (saved.name, saved.segment)).unwrap_or_default();
    let definitions: Vec<_> = definitions.into_iter().map(|(key, name)| Choice::new(key.to_string(), name)).collect();
    let measures = vec![
        Choice::new(Measure::Events.as_str(), said(Measure::Events)).hint("Every event counts."),
        Choice::new(Measure::UniqueUsers.as_str(), said(Measure::UniqueUsers)).hint("Everybody counts once a day."),
    ];
    let spans: Vec<_> = ReportDays::ALL.into_iter().map(|days| Choice::new(days.get().to_string(), span(days.get()))).collect();
    view! {
        <TextField field=Field::Name label="Name" hint="For example Orders per day." value=name />
        <SelectField field=Field::Definition label="Event definition" value=chosen choices=definitions />
        <Choices field=Field::Measure label="Measure" value=measure.as_str() choices=measures />
        <Choices field=Field::Days label="Days" value=days.to_string() choices=spans />
        {(!segments.is_empty()).then(|| of_segment(segments, segment))}
        {limited(filter)}
    }
    .into_any()
}

/// Put away until it is needed, and in sight where something stands in it.
fn limited(filter: ConditionDesk) -> AnyView {
    let open = filter.is_in_use();
    view! {
        <details class="more" open=open>
            <summary>"Count some of the events only"</summary>
            <div class="form">{filter.fields(true)}</div>
        </details>
    }
    .into_any()
}

fn of_segment(segments: Vec<(String, String)>, segment: String) -> AnyView {
    let mut choices = vec![Choice::new("", "Everybody")];
    choices.extend(segments.into_iter().map(|(key, name)| Choice::new(key, name)));
    view! { <SelectField field=Field::Segment label="Users" value=segment choices /> }.into_any()
}

fn buttons(label: &'static str, about: &'static str, back: String) -> AnyView {
    view! {
        <div class="row">
            <Submit label about />
            <a class="button quiet" href=back>"Cancel"</a>
        </div>
    }
    .into_any()
}
