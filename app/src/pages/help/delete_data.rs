//! `/help/delete-data`: which page deletes what somebody wants to be rid of.

mod cases;
mod reader;

use cases::Case;
use domain::help::HelpPage;
use reader::Reader;

use super::{answer::was_it_helpful, title};
use crate::{
    components::page_header,
    load::{Html, Written},
    prelude::*,
};

const PAGE: HelpPage = HelpPage::DeleteData;
const TEXT: &str = "Find your case. It says what goes, what stays and whether it can be undone, and leads to the page for it.";

pub(crate) async fn delete_data() -> Result<Written, Error> {
    let reader = Reader::find().await?;
    let html = Html::of(|| {
        let cases = cases::all(&reader);
        view! {
            <div class="help">
                {page_header(title(PAGE).to_owned(), TEXT.to_owned(), None)}
                {reader.note()}
                {contents(&cases)}
                {cases.into_iter().map(section).collect_view()}
                {was_it_helpful(PAGE)}
                <p class="aside"><a href=links::CHANGELOG>"What is new"</a> " · " <a href=links::HOME>"To the console"</a></p>
            </div>
        }
        .into_any()
    });
    Ok(Written { title: title(PAGE).to_owned(), html })
}

fn contents(cases: &[Case]) -> AnyView {
    let entry = |case: &Case| view! { <li><a href=["#", case.id].concat()>{case.title}</a></li> };
    view! { <nav class="contents" aria-label="Cases"><ul>{cases.iter().map(entry).collect_view()}</ul></nav> }.into_any()
}

fn section(case: Case) -> AnyView {
    let way = |(label, href): (&'static str, String)| view! { <a class="button quiet" href=href>{label}</a> };
    view! {
        <Section id=case.id title=case.title text=case.text>
            {case.more.map(|more| view! { <div class="prose">{more}</div> })}
            <dl class="facts">
                <div><dt>"What it does"</dt><dd>{case.does}</dd></div>
                <div><dt>"What it does not do"</dt><dd>{case.leaves}</dd></div>
                <div><dt>"Can it be undone"</dt><dd>{case.undo}</dd></div>
            </dl>
            <div class="row">{case.ways.into_iter().map(way).collect_view()}</div>
        </Section>
    }
    .into_any()
}
