//! What a save of privacy settings changed.

use domain::privacy::Change;

use super::sentence::lines;
use crate::pages::privacy::words;

pub(super) fn changed(changes: &[Change]) -> String {
    changes.iter().map(change).collect::<Vec<_>>().join("; ")
}

fn change(change: &Change) -> String {
    match change {
        Change::Turned { switch, on } => {
            let (before, now) = (words::stands(*switch, !on), words::stands(*switch, *on));
            from_to(words::switch(*switch), before, now)
        }
        Change::Capture { from, to } => from_to("Events of", words::capture(*from), words::capture(*to)),
        Change::Retention { from, to } => from_to(words::RETENTION, &words::kept_for(*from), &words::kept_for(*to)),
        Change::Lines { list, added, removed, added_lines, removed_lines } => {
            let changes = [lines("added", *added, added_lines), lines("removed", *removed, removed_lines)];
            format!("{}: {}", words::list(*list), changes.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
    }
}

fn from_to(what: &str, from: &str, to: &str) -> String {
    format!("{what}: {} before, now {}", from.to_lowercase(), to.to_lowercase())
}

#[cfg(test)]
mod tests {
    use domain::privacy::{Capture, List, Switch};

    use super::*;

    #[test]
    fn a_change_of_privacy_tells_what_was_and_what_is() {
        let added_lines = vec!["example.com".to_owned()];
        let changes = [
            Change::Turned { switch: Switch::Address, on: true },
            Change::Capture { from: Capture::All, to: Capture::Allow },
            Change::Lines { list: List::Hosts, added: 1, removed: 0, added_lines, removed_lines: Vec::new() },
        ];
        let told = "IP address: not stored before, now stored; Events of: all pages before, now only the pages below; Allowed hosts: added 1 line (example.com)";
        assert_eq!(changed(&changes), told);
    }
}
