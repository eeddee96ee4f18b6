//! Messages to the operator: what anybody writes by *Talk to us*.

use std::fmt;

use crate::{
    email::EmailAddress,
    id::AccountId,
    invalid::{Field, Invalid, Mistakes, Problem},
    words::words,
};

/// A message as its form gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageDraft {
    /// What it is about.
    pub kind: MessageKind,
    /// What it says.
    pub text: MessageText,
    /// Where the answer goes.
    pub reply_to: EmailAddress,
    /// The page that it was written from, if it names one.
    pub page: Option<PagePath>,
}

impl MessageDraft {
    /// Checks every field and tells all that is wrong at once. A page that cannot be one is left out: nobody typed it.
    ///
    /// # Errors
    /// The mistakes of the form.
    pub fn parse(kind: &str, text: &str, reply_to: &str, page: &str) -> Result<Self, Invalid> {
        let mut mistakes = Mistakes::new();
        let kind = mistakes.take(Field::Kind, MessageKind::parse(kind).ok_or(Problem::NotAChoice));
        let text = mistakes.take(Field::Message, MessageText::parse(text));
        let reply_to = mistakes.take(Field::Email, EmailAddress::parse(reply_to));
        match (kind, text, reply_to) {
            (Some(kind), Some(text), Some(reply_to)) => Ok(Self { kind, text, reply_to, page: PagePath::parse(page) }),
            _ => Err(mistakes.into_invalid()),
        }
    }
}

words! {
    /// What a message is about.
    MessageKind {
        /// Somebody wants to know something.
        Question "question",
        /// Something does not work.
        Bug "bug",
        /// Something could be better.
        Suggestion "suggestion",
        /// An account is to be closed, which the operator does.
        CloseAccount "close_account",
    }
}

words! {
    /// How far the operator is with a message.
    MessageState {
        /// Nobody has dealt with it.
        New "new",
        /// The answer is sent.
        Answered "answered",
        /// Nothing is left to do.
        Closed "closed",
    }
}

/// What a message says: with line breaks, without other control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageText(String);

impl MessageText {
    /// The longest text in characters.
    pub const MAX: u32 = 5_000;

    /// Trims, and takes the line breaks of forms (CR LF) for one character, as who types does.
    ///
    /// # Errors
    /// `Empty`, `TooLong` or `ControlCharacters`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            Err(Problem::Empty)
        } else if text.chars().count() > Self::MAX as usize {
            Err(Problem::TooLong { max: Self::MAX })
        } else if text.chars().any(|one| one.is_control() && one != '\n' && one != '\t') {
            Err(Problem::ControlCharacters)
        } else {
            Ok(Self(text))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The path of a page, for the operator to see what a message is about. Of pages outside of accounts only the first part is kept: links of invites carry
/// their secret in the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePath(String);

impl PagePath {
    /// The longest path in bytes; no page of the console has one of half that length.
    pub const MAX: usize = 500;

    /// The path of an address of this site, without query and fragment. Nothing for what is no such address.
    pub fn parse(address: &str) -> Option<Self> {
        let path = address.split(['?', '#']).next()?;
        let sound = path.starts_with('/') && path.len() <= Self::MAX && path.bytes().all(|byte| byte.is_ascii_graphic());
        if !sound {
            return None;
        }
        let first = path.get(1..)?.split('/').next()?;
        Some(Self(if first == "a" { path.to_owned() } else { ["/", first].concat() }))
    }

    /// The account that the page is of.
    pub fn account(&self) -> Option<AccountId> {
        self.0.strip_prefix("/a/")?.split('/').next()?.parse().ok()
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn everything_wrong_with_a_message_is_told_at_once() {
        let invalid = MessageDraft::parse("praise", " \r\n", "ada", "/").err();
        let told = |field| invalid.as_ref().and_then(|i| i.of(field)).map(|m| m.problem);
        assert_eq!(told(Field::Kind), Some(Problem::NotAChoice));
        assert_eq!(told(Field::Message), Some(Problem::Empty));
        assert_eq!(told(Field::Email), Some(Problem::NotAnEmail));
    }

    #[test]
    fn a_text_is_as_long_as_who_typed_it_sees_it() {
        let lines = "ü\r\n".repeat(2_500);
        assert_eq!(MessageText::parse(&lines).map(|text| text.as_str().chars().count()), Ok(4_999));
        assert!(MessageText::parse(&"ü".repeat(5_000)).is_ok());
        assert_eq!(MessageText::parse(&"ü".repeat(5_001)), Err(Problem::TooLong { max: 5_000 }));
    }

    #[test]
    fn a_text_has_lines_and_nothing_that_cannot_be_shown() {
        assert_eq!(MessageText::parse(" a\r\n\tb\n").map(|text| text.as_str().to_owned()), Ok("a\n\tb".to_owned()));
        for bad in ["a\0b", "a\u{1b}[31mb", "a\rb"] {
            assert_eq!(MessageText::parse(bad), Err(Problem::ControlCharacters), "{bad:?}");
        }
    }

    #[test]
    fn a_page_keeps_neither_its_query_nor_the_secret_of_a_link() {
        let kept = |address: &str| PagePath::parse(address).map(|path| path.to_string());
        assert_eq!(kept("/a/1/settings/teammates?q=bob#x").as_deref(), Some("/a/1/settings/teammates"));
        assert_eq!(kept("/invite/018f/secret?next=/").as_deref(), Some("/invite"));
        assert_eq!(kept("/").as_deref(), Some("/"));
        for bad in ["", "https://evil.example/", "/a b", "/ü", "me"] {
            assert_eq!(kept(bad), None, "{bad:?}");
        }
        assert_eq!(kept(&["/a/", &"x".repeat(500)].concat()), None);
    }

    #[test]
    fn a_page_of_an_account_names_it() {
        let id = "018f2f6e-0000-7000-8000-000000000001";
        let account = |path: &str| PagePath::parse(path).and_then(|path| path.account());
        assert_eq!(account(&["/a/", id, "/settings/privacy"].concat()), id.parse().ok());
        assert_eq!(account("/a/1/settings"), None);
        assert_eq!(account("/me"), None);
    }

    proptest! {
        #[test]
        fn a_parsed_text_and_a_parsed_path_parse_to_themselves(text in "\\PC{0,40}(\r\n|\n)?\\PC{0,40}", path in "/[ -~]{0,30}") {
            if let Ok(text) = MessageText::parse(&text) {
                prop_assert_eq!(MessageText::parse(text.as_str()), Ok(text));
            }
            if let Some(path) = PagePath::parse(&path) {
                prop_assert_eq!(PagePath::parse(path.as_str()), Some(path));
            }
        }
    }
}
