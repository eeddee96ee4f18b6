//! From the rows of users to the pieces of files, as far as one piece goes.

use std::collections::HashMap;

use domain::{
    export::{EventRow as ToldEvent, ExportTable, Head, Pieces, Place, Row},
    id::{AccountId, EnvironmentId, ExportId},
    time::Millis,
};
use uuid::Uuid;

use super::{
    ExportPlace, ExportStep, Order,
    rows::{self, EventRow, PlaceRow},
};
use crate::{
    Error,
    catalogue::{self, UserTable},
    engine::{Tx, args},
};

/// A piece ends once there is so much text of it, whatever the number of rows.
const MOST_TEXT: usize = 1 << 20;
/// Rows of one look, since each may be as large as what a client may send; and users of one look where each has a row at most.
const AT_ONCE: usize = 64;
/// Somebody may have thousands of devices without an event.
const MOST_LOOKS: u32 = 512;

/// The next piece of every file, of about so many rows. `step` is where it ends.
pub(super) async fn next(tx: &mut Tx, order: &Order, export: ExportId, step: &mut ExportStep, most: usize) -> Result<Pieces, Error> {
    let mut walk = Walk {
        order,
        export: export.0,
        places: rows::places(tx, export.0).await?,
        tables: catalogue::exported_tables(),
        users: Vec::new(),
        users_of: None,
        pieces: Pieces::default(),
        step,
        rows: 0,
    };
    for _ in 0..MOST_LOOKS {
        if walk.rows >= most || walk.pieces.len() >= MOST_TEXT || walk.step.place == ExportPlace::End {
            break;
        }
        walk.look(tx, most).await?;
    }
    Ok(walk.pieces)
}

struct Walk<'a> {
    order: &'a Order,
    export: Uuid,
    places: Vec<PlaceRow>,
    tables: Vec<&'static UserTable>,
    /// The users of the environment with this number.
    users: Vec<i64>,
    users_of: Option<usize>,
    pieces: Pieces,
    step: &'a mut ExportStep,
    /// How many the piece has.
    rows: usize,
}

/// Where a look is: as [`ExportPlace::Rows`].
#[derive(Clone, Copy)]
struct At {
    environment: usize,
    table: usize,
    user: usize,
    key: i64,
    written: u64,
}

impl Walk<'_> {
    async fn look(&mut self, tx: &mut Tx, most: usize) -> Result<(), Error> {
        match self.step.place {
            ExportPlace::Begin => {
                self.pieces.begin(&Head {
                    export: ExportId(self.export),
                    account: AccountId(self.order.account_id),
                    account_name: &self.order.account_name,
                    asked_at: Millis(self.order.created_at),
                    cairn: env!("CARGO_PKG_VERSION"),
                });
                self.enter(tx, 0, 0).await
            }
            ExportPlace::Rows { environment, table, user, key, written } => {
                self.know_users(tx, environment).await?;
                let at = At { environment, table, user, key, written };
                if user < self.users.len() { self.read(tx, at, most).await } else { self.leave(tx, at).await }
            }
            ExportPlace::End => Ok(()),
        }
    }

    async fn know_users(&mut self, tx: &mut Tx, environment: usize) -> Result<(), Error> {
        if self.users_of != Some(environment) {
            let place = self.places.get(environment).ok_or(GONE)?;
            self.users = rows::users_in(tx, self.export, place.id).await?;
            self.users_of = Some(environment);
        }
        Ok(())
    }

    /// Begins a table, or ends the files where there is no further environment.
    async fn enter(&mut self, tx: &mut Tx, environment: usize, table: usize) -> Result<(), Error> {
        if environment >= self.places.len() {
            self.pieces.end(self.step.rows);
            self.step.place = ExportPlace::End;
            return Ok(());
        }
        self.know_users(tx, environment).await?;
        if table == 0 {
            self.pieces.environment(&told(&self.places[environment])?, environment == 0);
        }
        let exported = self.tables[table].exported;
        self.pieces.open(exported);
        if exported == ExportTable::Events {
            self.show_newest(tx, environment, table).await?;
        }
        self.step.place = ExportPlace::Rows { environment, table, user: 0, key: i64::MIN, written: 0 };
        Ok(())
    }

    async fn leave(&mut self, tx: &mut Tx, at: At) -> Result<(), Error> {
        self.pieces.close(self.tables[at.table].exported, at.written);
        if at.table + 1 < self.tables.len() {
            return self.enter(tx, at.environment, at.table + 1).await;
        }
        self.pieces.environment_ends();
        self.enter(tx, at.environment + 1, 0).await
    }

    /// The next rows of a table.
    async fn read(&mut self, tx: &mut Tx, mut at: At, most: usize) -> Result<(), Error> {
        let environment = self.places[at.environment].id;
        let some = AT_ONCE.min(most);
        let keys: Vec<i64> = self.users[at.user..].iter().copied().take(some).collect();
        match self.tables[at.table].exported {
            ExportTable::Users => {
                for row in rows::users(tx, environment, &keys).await? {
                    let (user, identity) = (self.number(row.user_key), row.identity.as_deref());
                    self.tell(&mut at, &Row::User { user, identity, user_id: row.user_id, received_at: Millis(row.received_at) })?;
                }
                at.user += keys.len();
            }
            ExportTable::Aliases => {
                for row in rows::aliases(tx, environment, &keys).await? {
                    let user = self.number(row.user_key);
                    let identified_as = Some(self.number(row.identified_key)).filter(|number| *number > 0);
                    self.tell(&mut at, &Row::Alias { user, identified_as, received_at: Millis(row.received_at) })?;
                }
                at.user += keys.len();
            }
            ExportTable::Properties => {
                let user = self.users[at.user];
                let found = rows::properties(tx, environment, user, at.key, some).await?;
                for row in &found {
                    let (name, value) = (row.name.as_str(), row.value.as_str());
                    self.tell(&mut at, &Row::Property { user: self.number(user), name, value, received_at: Millis(row.received_at) })?;
                }
                at.go_on(found.last().map(|row| row.property_key), found.len() < some);
            }
            ExportTable::Events => {
                let user = self.users[at.user];
                let found = rows::events(tx, (environment, user), at.key, self.order.cut_at, some).await?;
                let companies = rows::companies(tx, environment, &found).await?;
                for row in &found {
                    self.tell(&mut at, &Row::Event(self.event(row, &companies)))?;
                }
                at.go_on(found.last().map(|row| row.event_id), found.len() < some);
            }
        }
        let At { environment, table, user, key, written } = at;
        self.step.place = ExportPlace::Rows { environment, table, user, key, written };
        Ok(())
    }

    fn tell(&mut self, at: &mut At, row: &Row<'_>) -> Result<(), Error> {
        self.pieces.row(&told(&self.places[at.environment])?, row, at.written == 0);
        *(self.tables[at.table].counted)(&mut self.step.rows) += 1;
        at.written += 1;
        self.rows += 1;
        Ok(())
    }

    /// For the page for people, which would otherwise be too long to be read.
    async fn show_newest(&mut self, tx: &mut Tx, environment: usize, table: usize) -> Result<(), Error> {
        let (id, cut) = (self.places[environment].id, self.order.cut_at);
        let mut total = 0;
        for reference in self.tables[table].references {
            let counts: Vec<(i64,)> = tx.all_in(reference.count, &args![id, cut], &self.users, "").await?;
            total += counts.into_iter().map(|(count,)| count.unsigned_abs()).sum::<u64>();
        }
        let found = rows::newest_events(tx, id, &self.users, cut).await?;
        let companies = rows::companies(tx, id, &found).await?;
        let told: Vec<ToldEvent<'_>> = found.iter().map(|row| self.event(row, &companies)).collect();
        self.pieces.newest(&told, total);
        Ok(())
    }

    fn event<'r>(&self, row: &'r EventRow, companies: &'r HashMap<i64, String>) -> ToldEvent<'r> {
        ToldEvent {
            user: self.number(row.user_key),
            name: &row.name,
            occurred_at: Millis(row.occurred_at),
            received_at: Millis(row.received_at),
            session: row.session_id.as_deref(),
            company: row.company_key.and_then(|key| companies.get(&key)).map(String::as_str),
            properties: &row.properties,
        }
    }

    /// From 1; 0 for who is not among the users of the export.
    fn number(&self, key: i64) -> u64 {
        self.users.binary_search(&key).map_or(0, |place| place as u64 + 1)
    }
}

impl At {
    /// Behind this row of the user, or to the next user.
    fn go_on(&mut self, last: Option<i64>, is_done: bool) {
        let next = last.and_then(|key| key.checked_add(1)).filter(|_| !is_done);
        self.key = next.unwrap_or(i64::MIN);
        self.user += usize::from(next.is_none());
    }
}

const GONE: Error = Error::Inconsistent { table: "export_subjects" };

fn told(place: &PlaceRow) -> Result<Place<'_>, Error> {
    let environment = EnvironmentId::new(place.id).map_err(|_| Error::Inconsistent { table: "environments" })?;
    Ok(Place { environment, project: &place.project, name: &place.name })
}
