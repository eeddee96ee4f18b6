//! What a completed request leaves, in the transaction that completes it.

use domain::{
    audit::ActorKind,
    deletion::{Counts, Sweep},
    id::RequestId,
    receipt::{Approved, Engine, ErasedRows, FORMAT, Identifiers, Receipt, ReceiptAccount, Requested, Suppressed, Swept, Verdict},
    time::Millis,
};
use sqlx::FromRow;

use super::Maintenance;
use crate::{
    Error,
    console::{Change, suppressions},
    engine::{Tx, args, statements},
    receipts,
};

statements! {
    RECEIPT_OF = "SELECT r.identifiers, r.hashes, d.requested_by_kind, d.requested_by_name, d.created_at, d.cut_at, d.property, d.users_found, d.scrubbed, d.environment_id, d.sweep, d.rules, d.suppress_until, d.approved_at, d.approved_by_name, a.name AS account_name FROM receipts r JOIN deletion_requests d ON d.id = r.request_id JOIN accounts a ON a.id = d.account_id WHERE r.request_id = $1 AND r.document IS NULL";
    RECEIPT_ROWS = "SELECT c.environment_id, p.name AS project, e.name, c.users, c.events, c.properties, c.aliases, c.companies FROM deletion_counts c JOIN environments e ON e.id = c.environment_id JOIN projects p ON p.id = e.project_id WHERE c.request_id = $1 ORDER BY c.environment_id";
    RECEIPT_ISSUE = "UPDATE receipts SET document = $2, signature = $3 WHERE request_id = $1";
}

const BACKUPS: &str = "Backups of the database and of the machine. A restored one has to be erased from again.";
const REPLICAS: &str = "PostgreSQL's write-ahead log, its archive and its replicas, until they have gone on.";
const ELSEWHERE: &str = "What was exported, mailed or copied before the request.";

#[derive(FromRow)]
struct Asked {
    identifiers: i64,
    hashes: Vec<u8>,
    requested_by_kind: String,
    requested_by_name: String,
    created_at: i64,
    cut_at: i64,
    property: Option<String>,
    users_found: i64,
    scrubbed: Option<String>,
    environment_id: Option<i64>,
    sweep: Option<String>,
    rules: Option<String>,
    suppress_until: Option<i64>,
    approved_at: Option<i64>,
    approved_by_name: Option<String>,
    account_name: String,
}

impl Asked {
    /// The environment that was gone over, where not everything went.
    fn swept(&self) -> Result<Option<Swept>, Error> {
        let broken = Error::Inconsistent { table: "deletion_requests" };
        let Some((environment, word)) = self.environment_id.zip(self.sweep.as_deref()) else { return Ok(None) };
        let Some(by) = Sweep::parse(word) else { return Err(broken) };
        let rules = match &self.rules {
            None => None,
            Some(json) => Some(serde_json::from_str(json).map_err(|_| broken)?),
        };
        Ok((by != Sweep::Everything).then_some(Swept { environment, by, rules }))
    }
}

#[derive(FromRow)]
struct Rows {
    environment_id: i64,
    project: String,
    name: String,
    users: i64,
    events: i64,
    properties: i64,
    aliases: i64,
    companies: i64,
}

impl Maintenance {
    /// Requests from before there were receipts get none.
    pub(super) async fn issue_receipt(&self, change: &mut Change, request: RequestId) -> Result<(), Error> {
        let Some(asked) = change.tx.opt::<Asked>(&RECEIPT_OF, args![request]).await? else { return Ok(()) };
        let rows: Vec<Rows> = change.tx.all(&RECEIPT_ROWS, args![request]).await?;
        let everything_in = asked.environment_id.filter(|_| asked.sweep.as_deref() == Some(Sweep::Everything.as_str()));
        let swept = asked.swept()?;
        let receipt = Receipt {
            format: FORMAT,
            request,
            account: ReceiptAccount { id: change.account.to_string(), name: asked.account_name },
            requested: Requested {
                at: Millis(asked.created_at).rfc3339(),
                by: asked.requested_by_name,
                kind: ActorKind::parse(&asked.requested_by_kind).ok_or(Error::Inconsistent { table: "deletion_requests" })?,
            },
            approved: asked.approved_at.zip(asked.approved_by_name).map(|(at, by)| Approved { at: Millis(at).rfc3339(), by }),
            cut_at: Millis(asked.cut_at).rfc3339(),
            completed_at: change.now.rfc3339(),
            identifiers: Identifiers {
                count: asked.identifiers.unsigned_abs(),
                digest: receipts::digest(&asked.hashes),
                property: asked.property,
            },
            everything_in,
            verdict: if swept.is_some() { Verdict::Swept } else { Verdict::Erased },
            swept,
            suppressed: asked.suppress_until.map(|until| Suppressed { until: suppressions::ends(Millis(until)).map(Millis::rfc3339) }),
            users_found: asked.users_found.unsigned_abs(),
            rows: rows.into_iter().map(|rows| rows.told(everything_in.is_some())).collect(),
            engine: engine(&mut change.tx, asked.scrubbed).await?,
            not_reached: not_reached(&change.tx),
            cairn: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let value = serde_json::to_value(&receipt).ok();
        let document = value.and_then(|value| receipts::canonical(&value)).ok_or(Error::Inconsistent { table: "receipts" })?;
        let signature = self.keys.sign_receipt(&document);
        let document = String::from_utf8(document).map_err(|_| Error::Inconsistent { table: "receipts" })?;
        change.tx.execute(&RECEIPT_ISSUE, args![request, document, signature.to_vec()]).await?;
        Ok(())
    }
}

async fn engine(tx: &mut Tx, scrubbed: Option<String>) -> Result<Engine, Error> {
    let (name, version) = tx.engine().await?;
    let scrubbed = scrubbed.unwrap_or_else(|| "Nothing was there to erase, so nothing was left to overwrite.".to_owned());
    Ok(Engine { name: name.to_owned(), version, scrubbed })
}

fn not_reached(tx: &Tx) -> Vec<String> {
    let replicas = matches!(tx, Tx::Postgres(_)).then_some(REPLICAS);
    [Some(BACKUPS), replicas, Some(ELSEWHERE)].into_iter().flatten().map(ToOwned::to_owned).collect()
}

impl Rows {
    fn told(self, with_companies: bool) -> ErasedRows {
        let [users, events, properties, aliases] = [self.users, self.events, self.properties, self.aliases].map(i64::unsigned_abs);
        ErasedRows {
            environment: self.environment_id,
            name: format!("{} / {}", self.project, self.name),
            before: Counts { users, events, properties, aliases },
            // The transaction that completes has just counted.
            after: Counts::default(),
            companies: with_companies.then(|| self.companies.unsigned_abs()),
        }
    }
}
