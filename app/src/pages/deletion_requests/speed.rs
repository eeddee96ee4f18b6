//! How fast a request goes, and how long it takes yet.

use domain::{deletion::RequestState, time::Millis};
use store::console::deletion_requests::Request;

use crate::words;

const SECOND: u128 = 1_000;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// By what went since it began. Users differ, so what is left is told in round figures, and not before some of them went.
pub(super) fn speed(request: &Request, now: Millis) -> Option<String> {
    let began = request.began_at.filter(|_| request.state == RequestState::Running)?;
    // PostgreSQL's clock and the machine's may differ.
    let elapsed = u128::from((now.0 - began.0).max(1_000).unsigned_abs());
    let rows = small(u128::from(request.erased.total()) * SECOND / elapsed);
    let rate = words::count(rows, "row a second", "rows a second");
    if !request.erases_users() {
        return Some(rate);
    }
    let (found, gone) = (u128::from(request.users_found), u128::from(request.erased.users));
    match found.checked_sub(gone) {
        None | Some(0) => Some(rate + "; now what is left is counted and written over"),
        Some(_) if gone == 0 => Some(rate),
        Some(left) => Some([rate, ", about ".to_owned(), time(small(left * elapsed / gone / SECOND)), " left".to_owned()].concat()),
    }
}

fn time(seconds: u64) -> String {
    match seconds {
        0..90 => words::count(seconds.max(1), "second", "seconds"),
        90..5_400 => words::count(seconds.div_ceil(MINUTE), "minute", "minutes"),
        _ => words::count(seconds.div_ceil(HOUR), "hour", "hours"),
    }
}

fn small(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use domain::{audit::ActorKind, deletion::Counts, id::RequestId};

    use super::*;

    const BEGAN: Millis = Millis(1_763_769_600_000);

    fn after(seconds: i64, users: u64, events: u64) -> Option<String> {
        let request = Request {
            id: RequestId(uuid::Uuid::nil()),
            state: RequestState::Running,
            requested_by: ActorKind::Person,
            requested_by_name: "Ada".to_owned(),
            created_at: BEGAN,
            completed_at: None,
            targets: 1_000,
            property: None,
            users_found: 1_000,
            erase_at: BEGAN,
            began_at: Some(BEGAN),
            failure: None,
            sweep: None,
            rules: None,
            awaits_approval: false,
            approved: None,
            requested_by_id: None,
            suppress_until: None,
            erased: Counts { users, events, ..Counts::default() },
            has_receipt: false,
        };
        speed(&request, BEGAN.plus_seconds(seconds))
    }

    #[test]
    fn a_running_request_tells_how_fast_it_goes_and_how_long_it_takes_yet() {
        let told = |seconds, users, events| after(seconds, users, events).unwrap_or_default();
        assert_eq!(told(10, 250, 24_750), "2,500 rows a second, about 30 seconds left");
        assert_eq!(told(600, 100, 5_900), "10 rows a second, about 2 hours left");
        assert_eq!(told(60, 200, 0), "3 rows a second, about 4 minutes left");
        assert_eq!(told(10, 0, 10), "1 row a second", "the first user may have most of the rows");
        assert_eq!(told(-3, 999, 1), "1,000 rows a second, about 1 second left", "a clock that is behind");
        assert_eq!(told(10, 1_000, 0), "100 rows a second; now what is left is counted and written over");
    }
}
