#![expect(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;

use super::*;

/// Users and how many were repeated; or lines and what is wrong with them.
type Parsed = Result<(Vec<Target>, u32), Vec<(Option<u32>, Problem)>>;

fn named(name: &str) -> Target {
    Target::Identity(Identity::parse(name).unwrap())
}

fn number(number: u64) -> Target {
    Target::UserId(UserId::new(number).unwrap())
}

fn parse(text: &str, kind: TargetKind) -> Parsed {
    let told = |invalid: Invalid| invalid.mistakes.iter().map(|mistake| (mistake.line, mistake.problem)).collect();
    TargetFile::parse(text, kind).map(|file| (file.targets, file.repeated)).map_err(told)
}

#[test]
fn a_plain_file_names_one_user_a_line_and_each_counts_once() {
    let file = "\u{feff}bob\r\nAda, of London\n\nbob\n";
    assert_eq!(parse(file, TargetKind::Identity), Ok((vec![named("Ada, of London"), named("bob")], 1)));
    assert_eq!(parse("7\n8\n7", TargetKind::UserId), Ok((vec![number(7), number(8)], 1)));
    assert_eq!(parse("7\nx\n\ny", TargetKind::UserId), Err(vec![(Some(2), Problem::NotATarget), (Some(4), Problem::NotATarget)]));
}

#[test]
fn a_csv_file_says_by_its_header_which_column_names_users() {
    let comma = "name,Identity\nAda,ada@example.com\n\"Bob, jr\",\"bob\nby\"\n";
    assert_eq!(parse(comma, TargetKind::UserId), Ok((vec![named("ada@example.com"), named("bob\nby")], 0)));
    let semicolon = "\"identity\";user_id;plan\nada;;gold\n;7;\n;;\nada;7;x\n;;x\n";
    assert_eq!(parse(semicolon, TargetKind::Identity), Err(vec![(Some(5), Problem::NotATarget), (Some(6), Problem::NotATarget)]));
    assert_eq!(parse("identity\tuser_id\nada\t\n\t7\n", TargetKind::Identity), Ok((vec![named("ada"), number(7)], 0)));
}

#[test]
fn a_table_whose_columns_have_other_names_is_refused_rather_than_guessed_at() {
    for table in ["name,e-mail\nBob,bob@example.com\n", "a;b\n\n1;2\n3;4", "id\tplan\n7\tgold\n"] {
        assert_eq!(parse(table, TargetKind::Identity), Err(vec![(None, Problem::NoColumn)]), "{table}");
    }
    assert!(parse("Ada, of London", TargetKind::Identity).is_ok(), "one line is a name");
}

#[test]
fn a_file_has_somebody_in_it_and_no_more_than_a_request_takes() {
    assert_eq!(parse(" \n", TargetKind::Identity), Err(vec![(None, Problem::NamesNobody)]));
    assert_eq!(parse("identity\n", TargetKind::Identity), Err(vec![(None, Problem::NamesNobody)]));
    let lines = |count: u32| (0..count).map(|number| number.to_string()).collect::<Vec<_>>().join("\n");
    assert_eq!(parse(&lines(MAX_FOUND), TargetKind::UserId).unwrap().0.len(), MAX_FOUND as usize);
    assert_eq!(parse(&lines(MAX_FOUND + 1), TargetKind::UserId), Err(vec![(None, Problem::TooMany { max: MAX_FOUND })]));
}

proptest! {
    #[test]
    fn no_file_makes_parsing_panic(text in "(identity|user_id)?[,;\t\"\r\na7 ]{0,80}") {
        let _ = TargetFile::parse(&text, TargetKind::Identity);
    }

    #[test]
    fn whoever_is_written_is_read(numbers in prop::collection::btree_set(0_u64..1_000_000, 1..40), csv in any::<bool>()) {
        let head = if csv { "user_id,x\n" } else { "" };
        let text = numbers.iter().map(|number| [number.to_string().as_str(), if csv { ",y" } else { "" }].concat()).collect::<Vec<_>>().join("\n");
        let expected: Vec<Target> = numbers.iter().copied().map(number).collect();
        prop_assert_eq!(parse(&[head, &text].concat(), TargetKind::UserId), Ok((expected, 0)));
    }
}
