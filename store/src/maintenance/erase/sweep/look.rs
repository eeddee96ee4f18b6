//! Looking for rows that have to go or to be changed.

use std::time::{Duration, Instant};

use domain::{collect::Properties, privacy::Privacy};
use sqlx::FromRow;

use super::{Rule, Swept, gone::gone};
use crate::{
    Error,
    engine::{Tx, args, statements},
    maintenance::{
        Maintenance,
        chunks::Work,
        erase::subjects::{Place, everybody_after},
        jobs::Pass,
    },
};

statements! {
    /// So far, one piece reaches.
    EVENTS_END = "SELECT user_key, event_id FROM events WHERE environment_id = $1 AND (user_key, event_id) > ($2, $3) ORDER BY user_key, event_id LIMIT 1 OFFSET $4";
    EVENTS_OLDER = "SELECT user_key, event_id AS second, received_at FROM events WHERE environment_id = $1 AND (user_key, event_id) > ($2, $3) AND (user_key, event_id) <= ($4, $5) AND received_at <= $6 ORDER BY user_key, event_id LIMIT $7";
    EVENTS_WHOLE = "SELECT user_key, event_id AS second, received_at, properties FROM events WHERE environment_id = $1 AND (user_key, event_id) > ($2, $3) AND received_at <= $4 ORDER BY user_key, event_id LIMIT $5";
    PROPERTIES_NAMED = "SELECT user_key, property_key AS second, received_at, name FROM user_properties WHERE environment_id = $1 AND (user_key, property_key) > ($2, $3) AND received_at <= $4 ORDER BY user_key, property_key LIMIT $5";
}

/// How long one look may take, so that other jobs have their turn.
const LONGEST: Duration = Duration::from_millis(250);
/// Rows of one statement.
const ROWS: u32 = 4_096;
/// Users of one statement.
const USERS: u32 = 256;

/// A row in one version: it may go meanwhile, and another of the same key be received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub(in crate::maintenance) struct Row {
    pub(super) user_key: i64,
    /// Its event's or property's.
    pub(super) second: i64,
    pub(super) received_at: i64,
}

/// What a look found.
#[derive(Debug)]
pub(in crate::maintenance) enum Due {
    /// Events to erase.
    Events(Vec<Row>),
    /// Events to change, with the properties that are left.
    Changed(Vec<(Row, String)>),
    /// Properties of users to erase.
    Properties(Vec<Row>),
    /// Users to erase, with what is known of them.
    Users(Vec<i64>),
}

impl Due {
    fn none(pass: Pass, rule: &Rule) -> Self {
        match (pass, rule) {
            (Pass::Pages, _) | (Pass::Events, Rule::Older) => Self::Events(Vec::new()),
            (Pass::Events, Rule::Settings(_)) => Self::Changed(Vec::new()),
            (Pass::Properties, _) => Self::Properties(Vec::new()),
            (Pass::Users, _) => Self::Users(Vec::new()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Events(rows) | Self::Properties(rows) => rows.len(),
            Self::Changed(rows) => rows.len(),
            Self::Users(keys) => keys.len(),
        }
    }

    pub(in crate::maintenance) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) const fn work(&self) -> Work {
        match self {
            Self::Events(_) | Self::Changed(_) | Self::Properties(_) => Work::Rows,
            Self::Users(_) => Work::Users,
        }
    }
}

/// What a look came to.
#[derive(Debug)]
pub(in crate::maintenance) struct Seen {
    pub(in crate::maintenance) due: Due,
    /// The last row that was looked at.
    pub(in crate::maintenance) place: Place,
    /// There is none after it.
    pub(in crate::maintenance) is_end: bool,
}

impl Maintenance {
    /// Looks on from a place until a chunk's worth is found, the rows end, or time is up. Reads alone.
    pub(in crate::maintenance) async fn look(&self, swept: &Swept, pass: Pass, after: Place) -> Result<Seen, Error> {
        let began = Instant::now();
        let mut seen = Seen { due: Due::none(pass, &swept.rule), place: after, is_end: false };
        let enough = self.chunks.size(seen.due.work(), began);
        let mut tx = self.db.read().await?;
        while !seen.is_end && began.elapsed() < LONGEST {
            let found = u32::try_from(seen.due.len()).unwrap_or(u32::MAX);
            let Some(more) = enough.checked_sub(found).filter(|more| *more > 0) else { break };
            piece(&mut tx, swept, &mut seen, more).await?;
        }
        self.chunks.looked(began.elapsed());
        Ok(seen)
    }
}

async fn piece(tx: &mut Tx, swept: &Swept, seen: &mut Seen, more: u32) -> Result<(), Error> {
    let Swept { environment, cut, rule } = swept;
    let (first, second) = seen.place;
    match (&mut seen.due, rule) {
        (Due::Events(rows), Rule::Older) => {
            let end: Option<Place> = tx.opt(&EVENTS_END, args![*environment, first, second, ROWS]).await?;
            let until = end.unwrap_or((i64::MAX, i64::MAX));
            let found: Vec<Row> = tx.all(&EVENTS_OLDER, args![*environment, first, second, until.0, until.1, *cut, more]).await?;
            let is_whole = found.len() < more as usize;
            seen.place = match found.last() {
                Some(last) if !is_whole => (last.user_key, last.second),
                _ => until,
            };
            seen.is_end = is_whole && end.is_none();
            rows.extend(found);
        }
        (Due::Events(rows), Rule::Settings(privacy)) => {
            let read = events(tx, swept, seen.place, ROWS.min(more)).await?;
            (seen.place, seen.is_end) = reached(read.iter().map(|(row, _)| row), seen.place, ROWS.min(more));
            rows.extend(read.into_iter().filter(|(_, properties)| !privacy.captures_stored(properties)).map(|(row, _)| row));
        }
        (Due::Changed(rows), Rule::Settings(privacy)) => {
            let read = events(tx, swept, seen.place, ROWS.min(more)).await?;
            (seen.place, seen.is_end) = reached(read.iter().map(|(row, _)| row), seen.place, ROWS.min(more));
            for (row, properties) in read {
                rows.extend(left(privacy, &properties)?.map(|left| (row, left)));
            }
        }
        (Due::Properties(rows), Rule::Settings(privacy)) => {
            let read: Vec<Named> = tx.all(&PROPERTIES_NAMED, args![*environment, first, second, *cut, ROWS.min(more)]).await?;
            (seen.place, seen.is_end) = reached(read.iter().map(|named| &named.row), seen.place, ROWS.min(more));
            rows.extend(read.into_iter().filter(|named| privacy.drops_of_user(&named.name)).map(|named| named.row));
        }
        (Due::Users(keys), _) => {
            let page = everybody_after(tx, *environment, first, USERS.min(more)).await?;
            seen.is_end = page.len() < USERS.min(more) as usize;
            seen.place = (page.last().copied().unwrap_or(first), second);
            keys.extend(gone(tx, *environment, *cut, &page).await?);
        }
        // No rule has such a pass.
        (Due::Changed(_) | Due::Properties(_), Rule::Older) => seen.is_end = true,
    }
    Ok(())
}

#[derive(FromRow)]
struct Named {
    #[sqlx(flatten)]
    row: Row,
    name: String,
}

#[derive(FromRow)]
struct Event {
    #[sqlx(flatten)]
    row: Row,
    properties: String,
}

async fn events(tx: &mut Tx, swept: &Swept, (first, second): Place, most: u32) -> Result<Vec<(Row, Properties)>, Error> {
    let rows: Vec<Event> = tx.all(&EVENTS_WHOLE, args![swept.environment, first, second, swept.cut, most]).await?;
    let read = |event: Event| {
        let properties = serde_json::from_str(&event.properties).map_err(|_| Error::Inconsistent { table: "events" })?;
        Ok((event.row, properties))
    };
    rows.into_iter().map(read).collect()
}

/// The place of the last of these rows, and whether they are the last ones.
fn reached<'r>(rows: impl Iterator<Item = &'r Row>, before: Place, most: u32) -> (Place, bool) {
    let (count, last) = rows.fold((0, before), |(count, _), row| (count + 1, (row.user_key, row.second)));
    (last, count < most)
}

fn left(privacy: &Privacy, properties: &Properties) -> Result<Option<String>, Error> {
    let left = privacy.left_of_event(properties);
    left.map(|left| serde_json::to_string(&left).map_err(|_| Error::Inconsistent { table: "events" })).transpose()
}
