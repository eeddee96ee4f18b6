//! Whether help pages helped: anybody says it, operators read how often.

use domain::{
    help::{HelpPage, Helpful},
    time::Millis,
};

use super::Console;
use crate::{
    Error,
    access::Operator,
    engine::{args, statements},
};

statements! {
    HELP_ANSWER = "INSERT INTO help_answers (page, day, helpful, count) VALUES ($1, $2, $3, 1) ON CONFLICT (page, day, helpful) DO UPDATE SET count = help_answers.count + 1";
    HELP_ANSWERS = "SELECT page, helpful, CAST(SUM(CASE WHEN day > $1 THEN count ELSE 0 END) AS BIGINT), CAST(SUM(count) AS BIGINT) FROM help_answers GROUP BY page, helpful";
}

/// How many days, today the last of them, count as the recent ones.
pub const RECENT_DAYS: u32 = 30;

/// What was said of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HelpAnswers {
    /// The page.
    pub page: HelpPage,
    /// In the last [`RECENT_DAYS`].
    pub recent: Answers,
    /// In all.
    pub all: Answers,
}

/// How often each was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// It helped.
    pub yes: u64,
    /// It did not.
    pub no: u64,
}

impl Answers {
    fn set(&mut self, is_yes: bool, count: i64) {
        let place = if is_yes { &mut self.yes } else { &mut self.no };
        *place = u64::try_from(count).unwrap_or_default();
    }
}

impl Console {
    /// Counts an answer. Nothing of who gave it is kept.
    ///
    /// # Errors
    /// `Database`.
    pub async fn answer_help(&self, page: HelpPage, helpful: Helpful) -> Result<(), Error> {
        let day = day(self.surroundings.now());
        let mut tx = self.db.write().await?;
        tx.execute(&HELP_ANSWER, args![page.as_str(), day, helpful == Helpful::Yes]).await?;
        tx.commit().await
    }

    /// What was said of every help page, also of those of which nothing was.
    ///
    /// # Errors
    /// `Database`.
    pub async fn help_answers(&self, _: &Operator) -> Result<Vec<HelpAnswers>, Error> {
        let before = day(self.surroundings.now()) - i64::from(RECENT_DAYS);
        let rows: Vec<(String, bool, i64, i64)> = self.db.read().await?.all(&HELP_ANSWERS, args![before]).await?;
        let of = |page: &HelpPage| {
            let mut answers = HelpAnswers { page: *page, recent: Answers::default(), all: Answers::default() };
            for (_, is_yes, recent, all) in rows.iter().filter(|(of, ..)| of == page.as_str()) {
                answers.recent.set(*is_yes, *recent);
                answers.all.set(*is_yes, *all);
            }
            answers
        };
        Ok(HelpPage::ALL.iter().map(of).collect())
    }
}

/// Since 1970, in UTC.
const fn day(at: Millis) -> i64 {
    at.0.div_euclid(86_400_000)
}
