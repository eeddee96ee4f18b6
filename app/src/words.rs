//! The sentences for errors. Everything else that a page says stands in the page.

mod problems;

use domain::invalid::{Invalid, Mistake, Problem};

use crate::Error;

/// One mistake, with its line where it has one.
pub fn mistake(mistake: &Mistake) -> String {
    let sentence = problems::sentence(mistake.field, mistake.problem);
    match mistake.line {
        Some(line) => ["Line ", &line.to_string(), ": ", &sentence].concat(),
        None => sentence,
    }
}

/// The heading of a summary of mistakes.
pub fn heading(invalid: &Invalid) -> String {
    match doubtful(invalid) {
        Some(_) => "Not saved yet. Check this first:".to_owned(),
        None => refused(invalid.total),
    }
}

/// What stands for the doubtful lines of a form, and their numbers.
pub fn doubtful(invalid: &Invalid) -> Option<(u64, String)> {
    let (mut token, mut text) = (None, String::new());
    for mistake in &invalid.mistakes {
        if let (Some(line), Problem::Doubtful { lines, .. }) = (mistake.line, mistake.problem) {
            text.push_str(match token {
                None if invalid.total == 1 => "line ",
                None => "lines ",
                Some(_) => ", ",
            });
            text.push_str(&line.to_string());
            token = Some(lines);
        }
    }
    let more = more(invalid);
    if more > 0 {
        text.push(' ');
        text.push_str(&and_more(more));
    }
    Some((token?, text))
}

/// How many mistakes there are beyond those that are told.
pub fn more(invalid: &Invalid) -> u32 {
    invalid.total.saturating_sub(u32::try_from(invalid.mistakes.len()).unwrap_or(u32::MAX))
}

/// How many mistakes a form has.
fn refused(total: u32) -> String {
    match total {
        1 => "One thing to correct:".to_owned(),
        many => [many.to_string().as_str(), " things to correct:"].concat(),
    }
}

/// The end of a list of mistakes that is longer than what was sent.
pub fn and_more(more: u32) -> String {
    ["and ", &more.to_string(), " more."].concat()
}

/// Why a form was not saved, where it is not the form's fault.
pub fn error(error: &Error) -> String {
    match error {
        Error::SignInRequired => "You are signed out. Sign in again in another tab, then send this form again: what you typed is kept here.".to_owned(),
        Error::NotFound => "What this form is about does not exist any more. Load the page again to see what is there.".to_owned(),
        Error::Forbidden => "Your access is read-only, so nothing was saved. A teammate with full access can change this.".to_owned(),
        Error::Foreign => "This came from another address than the one that Cairn is set up for, so nothing was done. Open Cairn at its own address; if this is it, the operator has to set CAIRN_PUBLIC_URL to it.".to_owned(),
        Error::Invalid(invalid) => refused(invalid.total),
        Error::Conflict => "Somebody else saved a change after you opened this page, so yours was not saved. The page shows their change now, and the form still holds yours: compare the two, then save again.".to_owned(),
        Error::TooMany { retry_after_seconds } => ["Too many attempts. Try again in ", &wait(*retry_after_seconds), "."].concat(),
        Error::Malformed => "The server could not read this form. Load the page again and send it once more.".to_owned(),
        Error::Unavailable { reference: None } => "Cairn could not be reached, so nothing was saved. Check your connection and send the form again: what you typed is kept.".to_owned(),
        Error::Unavailable { reference: Some(reference) } => [
            "Something failed on the server, so nothing was saved. Try again in a moment. If it keeps failing, tell the operator this reference: ",
            &reference.to_string(),
            ".",
        ]
        .concat(),
    }
}

fn wait(seconds: u32) -> String {
    match seconds {
        0..=1 => "a second".to_owned(),
        2..=90 => [&seconds.to_string(), " seconds"].concat(),
        _ => [&seconds.div_ceil(60).to_string(), " minutes"].concat(),
    }
}

/// A count with its noun.
pub fn count(count: u64, one: &str, many: &str) -> String {
    [number(count).as_str(), " ", if count == 1 { one } else { many }].concat()
}

/// With a capital, as at the beginning of a sentence.
pub fn capital(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// A number with commas between thousands.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use domain::{excluded_ip::Doubt, invalid::Field};

    use super::*;

    #[test]
    fn a_mistake_in_a_list_names_its_line() {
        let wrong = Mistake { field: Field::Patterns, line: Some(3), problem: Problem::CoversEverything };
        assert!(mistake(&wrong).starts_with("Line 3: "));
    }

    #[test]
    fn doubtful_lines_are_named_and_the_rest_is_counted() {
        let doubt = |line| Mistake { field: Field::Patterns, line: Some(line), problem: Problem::Doubtful { why: Doubt::Wide, lines: 7 } };
        let invalid = |total| Invalid { mistakes: vec![doubt(3), doubt(8)], total };
        assert_eq!(doubtful(&invalid(2)), Some((7, "lines 3, 8".to_owned())));
        assert_eq!(doubtful(&invalid(5)), Some((7, "lines 3, 8 and 3 more.".to_owned())));
        assert_eq!(doubtful(&Invalid::one(Field::Name, Problem::Empty)), None);
    }

    #[test]
    fn numbers_have_commas_between_thousands() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(count(1, "event", "events"), "1 event");
    }
}
