//! Answering a report: one index range for each day.

use domain::{
    id::{EnvironmentId, ReportKey},
    report::Measure,
    zone::{ZoneName, day_buckets},
};
use serde::{Deserialize, Serialize};

use super::{Report, one};
use crate::{
    Error,
    access::{Granted, RunQueries},
    console::{Console, definitions, environments},
    engine::{Sql, args, statements},
};

statements! {
    COUNT_EVENTS = "SELECT COUNT(*) FROM events WHERE environment_id = $1 AND name_key = $2 AND occurred_at >= $3 AND occurred_at < $4";
    /// An alias whose rows are not moved yet already counts as the identity.
    COUNT_USERS = "SELECT COUNT(DISTINCT COALESCE(a.identified_key, e.user_key)) FROM events e LEFT JOIN aliases a ON a.environment_id = e.environment_id AND a.user_key = e.user_key WHERE e.environment_id = $1 AND e.name_key = $2 AND e.occurred_at >= $3 AND e.occurred_at < $4";
}

/// What a report shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The report.
    pub report: Report,
    /// The time zone of its days.
    pub time_zone: String,
    /// Oldest first; the last is today.
    pub days: Vec<Day>,
}

/// One day of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// `2026-01-31`, in the environment's time zone.
    pub date: String,
    /// Events or users of the day.
    pub count: u64,
}

impl Console {
    /// Runs a report as of now.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn run_report(&self, granted: &Granted<RunQueries>, environment: EnvironmentId, key: ReportKey) -> Result<Answer, Error> {
        let mut tx = self.db.read().await?;
        let place = environments::one(&mut tx, granted.account, environment).await?;
        let report = one(&mut tx, environment, key).await?;
        let definition = definitions::one(&mut tx, environment, report.definition).await?;
        let zone = ZoneName::parse(&place.time_zone).map_err(|_| Error::Inconsistent { table: "environments" })?;
        let name_key = self.keys.name_key(environment, &definition.event_name);
        let mut days = Vec::new();
        for bucket in day_buckets(&zone, self.surroundings.now(), report.days.get()) {
            let (count,): (i64,) = tx.one(statement(report.measure), args![environment, name_key, bucket.from, bucket.to]).await?;
            days.push(Day { date: bucket.date, count: count.unsigned_abs() });
        }
        Ok(Answer { report, time_zone: place.time_zone, days })
    }
}

fn statement(measure: Measure) -> &'static Sql {
    match measure {
        Measure::Events => &COUNT_EVENTS,
        Measure::UniqueUsers => &COUNT_USERS,
    }
}
