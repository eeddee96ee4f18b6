//! Answering a report: one index range for each day, or one for all where the report is limited and its segment is to be found once.

use domain::{
    id::{EnvironmentId, ReportKey},
    report::Measure,
    zone::{Bucket, ZoneName, day_buckets},
};

use super::{Limits, Report, filter::Filter, one};
use crate::{
    Error,
    access::{Granted, RunQueries},
    console::{Console, definitions::events, environments},
    engine::{Query, Sql, Tx, args, statements},
};

statements! {
    COUNT_EVENTS = "SELECT COUNT(*) FROM events WHERE environment_id = $1 AND name_key = $2 AND occurred_at >= $3 AND occurred_at < $4";
    /// An alias whose rows are not moved yet already counts as the identity.
    COUNT_USERS = "SELECT COUNT(DISTINCT COALESCE(a.identified_key, e.user_key)) FROM events e LEFT JOIN aliases a ON a.environment_id = e.environment_id AND a.user_key = e.user_key WHERE e.environment_id = $1 AND e.name_key = $2 AND e.occurred_at >= $3 AND e.occurred_at < $4";
}

/// What a report shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The report.
    pub report: Report,
    /// The time zone of its days.
    pub time_zone: String,
    /// Oldest first; the last is today.
    pub days: Vec<Day>,
}

/// One day of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        let definition = events::one(&mut tx, environment, report.definition).await?;
        let zone = ZoneName::parse(&place.time_zone).map_err(|_| Error::Inconsistent { table: "environments" })?;
        let name_key = self.keys.name_key(environment, &definition.event_name);
        let buckets = day_buckets(&zone, self.surroundings.now(), report.days.get());
        let counts = if report.limits == Limits::default() {
            count_each(&mut tx, environment, name_key, report.measure, &buckets).await?
        } else {
            let filter = Filter::of(&mut tx, environment, &report.limits).await?;
            tx.join_by_sets().await?;
            let query = self.limited(&tx, environment, name_key, report.measure, &buckets, &filter)?;
            at_places(tx.all_of(query).await?, buckets.len())
        };
        let days = buckets.into_iter().zip(counts).map(|(bucket, count)| Day { date: bucket.date, count: count.unsigned_abs() }).collect();
        Ok(Answer { report, time_zone: place.time_zone, days })
    }

    /// Place and count of each day that has any.
    fn limited(
        &self,
        tx: &Tx,
        environment: EnvironmentId,
        name_key: i64,
        measure: Measure,
        buckets: &[Bucket],
        filter: &Filter,
    ) -> Result<Query, Error> {
        let mut query = Query::new(tx.dialect());
        if let Some(users) = &filter.users {
            query.push("WITH members AS MATERIALIZED (");
            users.members(&mut query, &self.keys, environment)?;
            query.push(") ");
        }
        query.push("SELECT CAST(");
        day(&mut query, buckets, 0);
        query.push(" AS BIGINT), ");
        query.push(match measure {
            Measure::Events => "COUNT(*)",
            Measure::UniqueUsers => "COUNT(DISTINCT COALESCE(a.identified_key, e.user_key))",
        });
        query.push(" FROM events e LEFT JOIN aliases a ON a.environment_id = e.environment_id AND a.user_key = e.user_key");
        if filter.users.is_some() {
            query.push(" LEFT JOIN members m ON m.who = COALESCE(a.identified_key, e.user_key)");
        }
        let (from, to) = (buckets.first().map(|first| first.from), buckets.last().map(|last| last.to));
        query.push(" WHERE e.environment_id = ").bind(environment).push(" AND e.name_key = ").bind(name_key);
        query.push(" AND e.occurred_at >= ").bind(from).push(" AND e.occurred_at < ").bind(to);
        if let Some(users) = &filter.users {
            query.push(if users.excludes() { " AND m.who IS NULL" } else { " AND m.who IS NOT NULL" });
        }
        if let Some(events) = &filter.events {
            query.push(" AND ");
            events.holds(&mut query)?;
        }
        query.push(" GROUP BY 1");
        Ok(query)
    }
}

/// The place of the day of an event `e` that is on one of them: by halves, so that an event is compared seven times at most.
fn day(query: &mut Query, buckets: &[Bucket], first: usize) {
    let (before, after) = buckets.split_at(buckets.len() / 2);
    let Some(middle) = after.first().filter(|_| !before.is_empty()) else {
        query.number(first);
        return;
    };
    query.push("CASE WHEN e.occurred_at < ").bind(middle.from).push(" THEN ");
    day(query, before, first);
    query.push(" ELSE ");
    day(query, after, first + before.len());
    query.push(" END");
}

async fn count_each(
    tx: &mut Tx,
    environment: EnvironmentId,
    name_key: i64,
    measure: Measure,
    buckets: &[Bucket],
) -> Result<Vec<i64>, Error> {
    let mut counts = Vec::with_capacity(buckets.len());
    for bucket in buckets {
        let (count,): (i64,) = tx.one(statement(measure), args![environment, name_key, bucket.from, bucket.to]).await?;
        counts.push(count);
    }
    Ok(counts)
}

/// Counts by place; what has none is zero.
fn at_places(rows: Vec<(i64, i64)>, places: usize) -> Vec<i64> {
    let mut counts = vec![0; places];
    for (place, count) in rows {
        if let Some(at) = usize::try_from(place).ok().and_then(|place| counts.get_mut(place)) {
            *at = count;
        }
    }
    counts
}

fn statement(measure: Measure) -> &'static Sql {
    match measure {
        Measure::Events => &COUNT_EVENTS,
        Measure::UniqueUsers => &COUNT_USERS,
    }
}
