//! What is mailed, and what became of it.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// What a letter is about.
    LetterKind {
        /// The link of an invite.
        Invite "invite",
        /// A forgotten password.
        Reset "reset",
        /// Whether mail works at all.
        Test "test",
        /// A deletion request that waits for a second person.
        Approval "approval",
        /// What somebody wrote to the operator.
        Message "message",
    }
}

words! {
    /// What became of a letter.
    #[derive(Serialize, Deserialize)]
    Delivery {
        /// It waits for the mail server, perhaps after a try that failed.
        Queued "queued",
        /// The mail server took it. Whether it is read is not known.
        Accepted "accepted",
        /// The mail server will not have it, or could not be reached for a day.
        Refused "refused",
    }
}

/// The most characters that are kept of what a mail server says.
pub const ANSWER_CHARS: usize = 500;

/// What a mail server said, in one line that can be shown.
pub fn answer(words: &str) -> String {
    let plain = words.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(ANSWER_CHARS).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_as_what_wrote_it() {
        for kind in LetterKind::ALL {
            assert_eq!(LetterKind::parse(kind.as_str()), Some(*kind));
        }
        for state in Delivery::ALL {
            assert_eq!(Delivery::parse(state.as_str()), Some(*state));
        }
        assert_eq!(Delivery::parse("read"), None);
    }

    #[test]
    fn what_a_mail_server_says_is_one_line_of_bounded_length() {
        assert_eq!(answer("550 5.1.1\r\nno such user\u{1b}[31m\n"), "550 5.1.1  no such user [31m");
        assert_eq!(answer(&"ä".repeat(9_000)).chars().count(), ANSWER_CHARS);
    }
}
