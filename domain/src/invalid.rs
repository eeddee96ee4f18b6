//! What is wrong with a form, field by field, without a sentence: those are made where they are shown.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::excluded_ip::Doubt;

/// A form that was refused. Holds the first [`Invalid::MAX`] mistakes and how many there were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{total} mistakes in a form")]
pub struct Invalid {
    /// The first mistakes, in the order of the form.
    pub mistakes: Vec<Mistake>,
    /// How many there were.
    pub total: u32,
}

/// One thing wrong in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mistake {
    /// The field it concerns.
    pub field: Field,
    /// The line within the field, from 1, where the field is a list.
    pub line: Option<u32>,
    /// What is wrong.
    pub problem: Problem,
}

/// A field of any form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the name of an input")]
pub enum Field {
    AccountName,
    Name,
    Email,
    Password,
    CurrentPassword,
    Code,
    Access,
    Confirm,
    Source,
    TimeZone,
    /// For how long a request can be cancelled.
    Grace,
    /// Which requests a second person approves.
    Approval,
    Environment,
    Suppression,
    Upload,
    EventName,
    Definition,
    RawNames,
    Property,
    PropertyName,
    Comparison,
    Value,
    Segment,
    Measure,
    Days,
    Patterns,
    Address,
    File,
    Targets,
    Kind,
    Message,
    /// Whether the address of a client is kept.
    StoredAddress,
    Location,
    UserAgent,
    PrivacyControl,
    TargetText,
    Hosts,
    EventProperties,
    UserProperties,
    Capture,
    Pages,
    Retention,
    Whole,
}

impl Field {
    /// The `name` and `id` of the input.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccountName => "account_name",
            Self::Name => "name",
            Self::Email => "email",
            Self::Password => "password",
            Self::CurrentPassword => "current_password",
            Self::Code => "code",
            Self::Access => "access",
            Self::Confirm => "confirm",
            Self::Source => "source",
            Self::TimeZone => "time_zone",
            Self::Grace => "grace",
            Self::Approval => "approval",
            Self::Environment => "environment",
            Self::Suppression => "suppression",
            Self::Upload => "upload",
            Self::EventName => "event_name",
            Self::Definition => "definition",
            Self::RawNames => "raw_names",
            Self::Property => "property",
            Self::PropertyName => "property_name",
            Self::Comparison => "comparison",
            Self::Value => "value",
            Self::Segment => "segment",
            Self::Measure => "measure",
            Self::Days => "days",
            Self::Patterns => "patterns",
            Self::Address => "address",
            Self::File => "file",
            Self::Targets => "targets",
            Self::Kind => "kind",
            Self::Message => "message",
            Self::StoredAddress => "stored_address",
            Self::Location => "location",
            Self::UserAgent => "user_agent",
            Self::PrivacyControl => "privacy_control",
            Self::TargetText => "target_text",
            Self::Hosts => "hosts",
            Self::EventProperties => "event_properties",
            Self::UserProperties => "user_properties",
            Self::Capture => "capture",
            Self::Pages => "pages",
            Self::Retention => "retention",
            Self::Whole => "form",
        }
    }
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was given.
    Empty,
    /// More than `max` characters.
    TooLong {
        /// The limit in characters.
        max: u32,
    },
    /// Fewer than `min` characters.
    TooShort {
        /// The limit in characters.
        min: u32,
    },
    /// Control characters, which no name has.
    ControlCharacters,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not one of the choices.
    NotAChoice,
    /// A name that is taken already.
    Taken,
    /// The address belongs to a teammate already.
    AlreadyTeammate,
    /// The address has a pending invite already.
    AlreadyInvited,
    /// A wrong e-mail address or password: which one is not told.
    WrongCredentials,
    /// Not the current password.
    WrongPassword,
    /// Not the code that was printed at start.
    WrongCode,
    /// Set-up without a code, by another name than this machine's own.
    NotThisMachine,
    /// There is an account already.
    AlreadySetUp,
    /// The installation sends no mail.
    NoMail,
    /// The password is the e-mail address.
    PasswordIsEmail,
    /// The typed name is not the name of what goes.
    NotConfirmed,
    /// Others are found now than were shown when it was confirmed.
    FoundOthers,
    /// Not a time zone of the IANA database.
    UnknownTimeZone,
    /// The thing chosen does not exist (any more).
    Missing,
    /// The last teammate with full access can be neither removed nor restricted.
    LastFullAccess,
    /// An installation keeps at least one operator.
    LastOperator,
    /// Main is neither renamed nor deleted, Main Production is not deleted.
    Protected,
    /// A project keeps at least one environment.
    LastEnvironment,
    /// More than `max` of them.
    TooMany {
        /// The limit.
        max: u32,
    },
    /// It leads to more than `max` of them.
    FindsTooMany {
        /// How many it leads to.
        found: u64,
        /// The limit.
        max: u32,
    },
    /// Not an address, wildcard, CIDR or range.
    NotAnAddress,
    /// A wildcard that is not at the end; `nearest` is the CIDR that covers it.
    WildcardInTheMiddle {
        /// What comes nearest.
        nearest: IpNet,
    },
    /// A wildcard beside `::` or in a part of an octet or group, whose reach is anybody's guess; `nearest` is the CIDR of what stands before it.
    WildcardUnclear {
        /// What comes nearest.
        nearest: IpNet,
    },
    /// A note of more than `max` characters.
    NoteTooLong {
        /// The limit in characters.
        max: u32,
    },
    /// A pattern that would exclude everybody.
    CoversEverything,
    /// An octet with a leading zero, which some read as octal.
    LeadingZero,
    /// A range whose ends are of two families.
    MixedFamilies,
    /// A range whose end lies before its start.
    RangeBackwards,
    /// A prefix length beyond the address.
    PrefixTooLong,
    /// A port or a zone id, which an address of a visitor has not.
    PortOrZone,
    /// A pattern that stands in an earlier line.
    Repeated {
        /// That line, from 1.
        first: u32,
    },
    /// A line that may not be meant as it stands. It is saved once exactly these lines are confirmed.
    Doubtful {
        /// Why.
        why: Doubt,
        /// Stands for all doubtful lines of the form.
        lines: u64,
    },
    /// A file of more than `max` MiB.
    FileTooLarge {
        /// The limit in MiB.
        max: u32,
    },
    /// A file that is no text in UTF-8.
    NotText,
    /// Neither an identity nor a user id, or both.
    NotATarget,
    /// What was to be taken back has begun.
    TooLate,
    /// Who asked cannot approve it as well.
    OwnRequest,
    /// It takes two teammates with full access.
    NeedsTwo,
    /// A table without a column that is known to name users.
    NoColumn,
    /// A file in which nobody is named.
    NamesNobody,
    /// A file that was not kept for longer than an hour.
    Forgotten,
    /// Not a number.
    NotANumber,
    /// Not a whole number from the one to the other.
    NotBetween {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// A property chosen and a raw name typed, of which one counts.
    NotBoth,
    /// A property that no user has, because it is refused when it is sent.
    Reserved,
    /// Not a host, or one below which all are meant.
    NotAHost,
    /// Not a host, a path, or both.
    NotAPage,
    /// A `*` within a name rather than at its start or end.
    WildcardInside,
}

impl Invalid {
    /// How many mistakes are told at once.
    pub const MAX: usize = 100;

    /// One mistake in one field.
    pub fn one(field: Field, problem: Problem) -> Self {
        Self { mistakes: vec![Mistake { field, line: None, problem }], total: 1 }
    }

    /// The same of a field that is one line, whose number says nothing.
    #[must_use]
    pub fn in_one_line(mut self) -> Self {
        for mistake in &mut self.mistakes {
            mistake.line = None;
        }
        self
    }

    /// The first mistake of a field.
    pub fn of(&self, field: Field) -> Option<&Mistake> {
        self.mistakes.iter().find(|mistake| mistake.field == field)
    }
}

/// Collects the mistakes of a form, so that all are told at once.
#[derive(Debug, Default)]
pub struct Mistakes {
    found: Vec<Mistake>,
    total: u32,
}

impl Mistakes {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a mistake.
    pub fn add(&mut self, field: Field, line: Option<u32>, problem: Problem) {
        self.total = self.total.saturating_add(1);
        if self.found.len() < Invalid::MAX {
            self.found.push(Mistake { field, line, problem });
        }
    }

    /// Keeps the value, or notes what was wrong with it.
    pub fn take<T>(&mut self, field: Field, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.add(field, None, problem)).ok()
    }

    /// The mistakes as an error, if there are any.
    ///
    /// # Errors
    /// `Invalid` when a mistake was noted.
    pub fn finish(self) -> Result<(), Invalid> {
        if self.total == 0 { Ok(()) } else { Err(Invalid { mistakes: self.found, total: self.total }) }
    }

    /// The mistakes as an error where it is known that there are some.
    pub fn into_invalid(self) -> Invalid {
        Invalid { mistakes: self.found, total: self.total }
    }
}
