//! What the page says about lists and lines.

use domain::excluded_ip::Overlap;
use store::console::excluded_ips::{ExcludedIpsPage, Meeting, PAGE};

use crate::words::{count, number};

/// How long the list is, which part of it is shown, and whether it says things twice.
pub(super) fn summary(list: &ExcludedIpsPage, of_environment: bool, searched: bool) -> String {
    let scope = if of_environment {
        "The list for all environments counts here too."
    } else {
        "Counts in every environment of the account, besides its own list."
    };
    let mut sentences = vec![scope.to_owned()];
    if searched {
        sentences.push(format!("Found {} of {}.", number(list.found.into()), count(list.total.into(), "line", "lines")));
    } else if list.total > 0 {
        sentences.push(format!("{} in all.", count(list.total.into(), "line", "lines")));
    }
    if list.found > PAGE {
        let first = (list.page - 1) * PAGE + 1;
        let end = (first - 1).saturating_add(PAGE).min(list.found);
        sentences.push(format!("Shown are {} to {}.", number(first.into()), number(end.into())));
    }
    match list.covered {
        0 => {}
        1 => sentences.push("One line is covered by another and can go.".to_owned()),
        many => sentences.push(format!("{} lines are covered by others and can go.", number(many.into()))),
    }
    sentences.join(" ")
}

/// Which other line covers some of a line too.
pub(super) fn meeting(meeting: Meeting) -> String {
    let place = if meeting.everywhere { " of all environments" } else { "" };
    match meeting.overlap {
        Overlap::Covered(by) => format!("Covered by {by}{place}"),
        Overlap::Partial(with) => format!("Overlaps {with}{place}"),
    }
}
