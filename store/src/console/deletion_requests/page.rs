//! A page of the requests of an account.

use domain::{
    listing::{Listed, Listing, Order, Page, REACH, ROWS, RequestSort, Search, Window},
    time::Millis,
};

use super::request::{Request, RequestRow, select_requests};
use crate::{
    Console, Error,
    access::{Granted, View},
    engine::{args, statements},
};

statements! {
    REQUESTS_COUNT = "SELECT COUNT(*) FROM deletion_requests WHERE account_id = $1";
    REQUESTS_PAGE = select_requests!(" WHERE account_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3");
}

impl Console {
    /// The page of requests that is asked for. Scripts can make any number of them, so searching and sorting reach back to the newest [`REACH`].
    ///
    /// # Errors
    /// `Database`.
    pub async fn deletion_requests_page(&self, granted: &Granted<View>, listing: &Listing<RequestSort>) -> Result<Page<Request>, Error> {
        let mut tx = self.db.read().await?;
        let (total,): (i64,) = tx.one(&REQUESTS_COUNT, args![granted.account]).await?;
        let total = usize::try_from(total).unwrap_or_default();
        let usual = listing.search.is_empty() && listing.order == Order::default();
        let window = Window::new(listing.page, total);
        let (most, before) = if usual { (ROWS, window.before()) } else { (REACH as usize, 0) };
        let rows: Vec<RequestRow> = tx.all(&REQUESTS_PAGE, args![granted.account, count(most), count(before)]).await?;
        let rows = rows.into_iter().map(Request::try_from).collect::<Result<Vec<_>, _>>()?;
        if usual {
            return Ok(Page { rows, window, total, unsearched: 0 });
        }
        let unsearched = total - rows.len().min(total);
        Ok(Page { total, unsearched, ..listing.pick(rows) })
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Listed for Request {
    type Sort = RequestSort;
    type Key = (String, u64, Millis);

    fn matches(&self, search: &Search) -> bool {
        search.is_in(&self.requested_by_name) || search.is_in(self.state.as_str()) || search.is_in(&self.id.to_string())
    }

    fn key(&self, by: RequestSort) -> Self::Key {
        let (text, number) = match by {
            RequestSort::Requested => (String::new(), 0),
            RequestSort::RequestedBy => (self.requested_by_name.to_lowercase(), 0),
            RequestSort::State => (self.state.as_str().to_owned(), 0),
            RequestSort::Found => (String::new(), self.users_found),
            RequestSort::Users => (String::new(), self.erased.users),
            RequestSort::Events => (String::new(), self.erased.events),
        };
        (text, number, self.created_at)
    }
}
