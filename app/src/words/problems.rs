//! What is wrong with a field, and what to do about it.

use domain::{
    excluded_ip::{BOX_LINES, Doubt},
    invalid::{Field, Problem},
};

/// How a sentence names the field, with its article.
fn noun(field: Field) -> &'static str {
    match field {
        Field::AccountName => "a name for the account",
        Field::Name => "a name",
        Field::Email => "an e-mail address",
        Field::Password => "a password",
        Field::CurrentPassword => "your current password",
        Field::Code => "the code",
        Field::Access => "an access",
        Field::Confirm => "the name",
        Field::Source => "a source environment",
        Field::TimeZone => "a time zone",
        Field::Grace => "a grace period",
        Field::Approval => "who approves",
        Field::Environment => "an environment",
        Field::Suppression => "for how long",
        Field::EventName => "an event name",
        Field::Definition => "an event definition",
        Field::RawNames => "at least one name",
        Field::Property => "a defined property",
        Field::PropertyName => "the name of a property",
        Field::Comparison => "a comparison",
        Field::Value => "a value to compare with",
        Field::Segment => "a segment",
        Field::Measure => "what to measure",
        Field::Days => "a number of days",
        Field::Patterns => "an address or pattern",
        Field::Address => "an address",
        Field::File | Field::Upload => "a file",
        Field::Targets => "an identity or a user id",
        Field::Kind => "a kind",
        Field::Message => "a message",
        Field::Pages => "at least one page",
        Field::StoredAddress
        | Field::Location
        | Field::UserAgent
        | Field::PrivacyControl
        | Field::TargetText
        | Field::Hosts
        | Field::EventProperties
        | Field::UserProperties
        | Field::Capture
        | Field::Retention
        | Field::Whole => "a value",
    }
}

/// The same at the start of a sentence about what was given.
fn subject(field: Field) -> &'static str {
    match field {
        Field::AccountName | Field::Name | Field::Confirm => "The name",
        Field::Email => "The e-mail address",
        Field::Password | Field::CurrentPassword => "The password",
        Field::Code => "The code",
        Field::EventName => "The event name",
        Field::RawNames | Field::PropertyName => "The property name",
        Field::Value => "The value",
        Field::Targets => "The identity",
        Field::Message => "The message",
        _ => "This",
    }
}

pub(super) fn sentence(field: Field, problem: Problem) -> String {
    let fixed = match problem {
        Problem::Empty => return empty(field),
        Problem::TooLong { max } => return limit(field, " is too long. Use at most ", max),
        Problem::TooShort { min } => return limit(field, " is too short. Use at least ", min),
        Problem::TooMany { max: BOX_LINES } if field == Field::Patterns => {
            "The box takes at most 1,000 lines. Upload a longer list as a file."
        }
        Problem::TooMany { max } => return ["There are too many. The most is ", &super::number(max.into()), "."].concat(),
        Problem::FindsTooMany { found, max } => {
            let (found, max) = (super::number(found), super::number(max.into()));
            return [&found, " users have it. One request erases at most ", &max, ", so nothing was left out or erased. Ask for less."]
                .concat();
        }
        Problem::WildcardInTheMiddle { nearest } => {
            return ["A wildcard can only stand at the end. The nearest pattern that works is ", &nearest.to_string(), "."].concat();
        }
        Problem::WildcardUnclear { nearest } => {
            return [
                "It is not clear what this wildcard covers. Replace whole numbers by * at the end, or write ",
                &nearest.to_string(),
                ".",
            ]
            .concat();
        }
        Problem::NoteTooLong { max } => return ["The note after # is too long. Use at most ", &max.to_string(), " characters."].concat(),
        Problem::Taken => return taken(field),
        Problem::ControlCharacters => {
            return [subject(field), " contains characters that cannot be shown. Type it again without them."].concat();
        }
        Problem::NotAChoice => "Choose one of the options.",
        Problem::NotAnEmail => "This is not an e-mail address. Type one like name@example.com.",
        Problem::AlreadyTeammate => "This person is a teammate already.",
        Problem::AlreadyInvited => "This address has a pending invite already. Copy its link below, or make a new one.",
        Problem::WrongCredentials => "The e-mail address or the password is wrong. Check both and try again.",
        Problem::WrongPassword => "This is not your current password.",
        Problem::WrongCode => "This is not the code. The server printed it when it started.",
        Problem::NotThisMachine => {
            "Set-up without a code works at localhost and 127.0.0.1 only. Open the address that the server printed, or set CAIRN_PUBLIC_URL and start it again."
        }
        Problem::AlreadySetUp => "Cairn is set up already. Sign in instead.",
        Problem::NoMail => "This installation sends no mail. Its operator can set that up.",
        Problem::PasswordIsEmail => "The password is the e-mail address. Choose another one.",
        Problem::NotConfirmed => "This is not the name or number that is asked for. Type it exactly as it is shown.",
        Problem::FoundOthers => "Who is found has changed since this page was shown. Look at who goes once more, then confirm.",
        Problem::UnknownTimeZone => "This time zone is not known. Use the name of one, like Europe/Berlin.",
        Problem::Missing if field == Field::Targets => "Nobody of this name was found. Identities are compared letter by letter.",
        Problem::Missing => "This does not exist any more. Choose another one.",
        Problem::LastFullAccess => "This is the last teammate with full access. Give somebody else full access first.",
        Problem::LastOperator => "This is the last operator. Add another one first.",
        Problem::Protected => "This belongs to the account for good: it can be neither renamed nor deleted.",
        Problem::LastEnvironment => "A project keeps at least one environment. Add another one first, or delete the project.",
        Problem::NotAnAddress if field == Field::Address => "This is not an IP address. Try 203.0.113.7 or 2001:db8::1.",
        Problem::NotAnAddress => {
            "This is not an IP address, wildcard, CIDR or range. Try 203.0.113.7, 10.0.*, 10.0.0.0/8 or 10.0.0.1-10.0.0.9."
        }
        Problem::CoversEverything => "This would exclude every visitor. Use a narrower pattern.",
        Problem::LeadingZero => "Numbers of an address have no leading zeros. Write 10.0.0.1 rather than 010.0.0.1.",
        Problem::MixedFamilies => "The two ends of a range must both be IPv4 or both IPv6.",
        Problem::RangeBackwards => "The range ends before it starts. Swap its ends.",
        Problem::PrefixTooLong => "The number after the slash is too large: at most 32 for IPv4 and 128 for IPv6.",
        Problem::PortOrZone => "Leave out the port or zone: an address alone is enough.",
        Problem::NotANumber => "This is not a number. Type one like 42 or 3.5, or choose a comparison of text.",
        Problem::NotBoth => "Choose a defined property or type a name, not both.",
        Problem::Reserved => "No user has a property called id: it is refused when it is sent.",
        Problem::NotAHost => "This is not a host. Type one like example.com or *.example.com.",
        Problem::NotAPage => "This is not a page. Type one like example.com, example.com/account or /account.",
        Problem::WildcardInside => "A * can stand only at the start or the end.",
        Problem::NotBetween { min, max } => return ["Type a whole number from ", &min.to_string(), " to ", &max.to_string(), "."].concat(),
        Problem::Repeated { first } => return ["This stands in line ", &first.to_string(), " already. Remove one of the two."].concat(),
        Problem::Doubtful { why: Doubt::Wide, .. } => {
            "This covers more than a /8 of IPv4 or a /32 of IPv6: very many visitors would not be counted."
        }
        Problem::Doubtful { why: Doubt::OwnAddress, .. } => "This covers your own address: your visits would not be counted.",
        Problem::Doubtful { why: Doubt::TrustedProxy, .. } => "This covers the address of a trusted proxy, from which no visitor comes.",
        Problem::Doubtful { why: Doubt::Private, .. } => {
            "This covers private addresses. Behind a proxy that is not trusted, every visitor may seem to come from one."
        }
        Problem::FileTooLarge { max } => return ["The file is too large. The most is ", &max.to_string(), " MiB."].concat(),
        Problem::NotText => "This file is not text in UTF-8. Save it as plain text and choose it again.",
        Problem::OwnRequest => "Somebody else has to approve it, a teammate with full access who signs in.",
        Problem::NeedsTwo => "This takes a second teammate with full access. Invite one first.",
        Problem::NoColumn => "No column is called identity or user_id. Call one so in the first line, and nothing has to be guessed.",
        Problem::NamesNobody => "This file names nobody. Choose one with a user in each line.",
        Problem::Forgotten => "The file was kept for an hour and is forgotten now. Choose it again.",
        Problem::TooLate => "Erasing has begun, so it cannot be cancelled any more.",
        Problem::NotATarget if field == Field::File => {
            "This line has to name one user: by an identity, or by a user ID, which is a whole number."
        }
        Problem::NotATarget => "This is not a user ID, which is a whole number like 42.",
    };
    fixed.to_owned()
}

fn empty(field: Field) -> String {
    let verb = match field {
        Field::Access
        | Field::Source
        | Field::TimeZone
        | Field::Grace
        | Field::Approval
        | Field::Environment
        | Field::Suppression
        | Field::Definition
        | Field::Measure
        | Field::Kind
        | Field::File => "Choose ",
        _ => "Enter ",
    };
    [verb, noun(field), "."].concat()
}

fn limit(field: Field, words: &str, limit: u32) -> String {
    [subject(field), words, &limit.to_string(), " characters."].concat()
}

fn taken(field: Field) -> String {
    match field {
        Field::Email => "This address belongs to somebody who can sign in already. Sign in instead.",
        _ => "This name is taken. Choose another one.",
    }
    .to_owned()
}
