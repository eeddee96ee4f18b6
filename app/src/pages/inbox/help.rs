//! Whether help pages helped.

use store::console::help::{Answers, HelpAnswers};

use super::list::{Here, tabs};
use crate::{
    components::page_header,
    load::{Html, Written},
    pages::help,
    prelude::*,
    words,
};

const TITLE: &str = "Help pages";
const TEXT: &str = "How often readers said that a page helped, in the last 30 days and in all. Who said it is not known.";

pub(crate) async fn answers() -> Result<Written, Error> {
    let operator = ssr::operator().await?;
    let answers = ssr::state()?.console.help_answers(&operator).await?;
    let html = Html::of(|| {
        view! {
            <div class="inbox">
                {page_header(TITLE.to_owned(), TEXT.to_owned(), None)}
                {tabs(Here::Help)}
                <table class="table">
                    <caption class="unseen">"Answers to Was this helpful?"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Page"</th>
                            <th scope="col" class="number">"Yes, 30 days"</th>
                            <th scope="col" class="number">"No, 30 days"</th>
                            <th scope="col" class="number">"Yes, in all"</th>
                            <th scope="col" class="number">"No, in all"</th>
                        </tr>
                    </thead>
                    <tbody>{answers.into_iter().map(row).collect_view()}</tbody>
                </table>
                <p class="aside"><a href=links::HOME>"To the console"</a></p>
            </div>
        }
        .into_any()
    });
    Ok(Written { title: TITLE.to_owned(), html })
}

fn row(HelpAnswers { page, recent, all }: HelpAnswers) -> AnyView {
    let counts = |yes: &'static str, no: &'static str, answers: Answers| {
        view! {
            <td class="number" data-label=yes>{words::number(answers.yes)}</td>
            <td class="number" data-label=no>{words::number(answers.no)}</td>
        }
    };
    view! {
        <tr>
            <th scope="row"><a href=links::help(page)>{help::title(page)}</a></th>
            {counts("Yes, 30 days", "No, 30 days", recent)}
            {counts("Yes, in all", "No, in all", all)}
        </tr>
    }
    .into_any()
}
