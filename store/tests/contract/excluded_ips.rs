use domain::{
    audit::{Deed, LINES_NAMED},
    excluded_ip::{Caution, Doubt, Line, MAX_LINES, Overlap, Pattern, parse_file},
    id::EnvironmentId,
    invalid::{Field, Problem},
};
use store::{
    Error,
    access::{ManageExcludedIps, View},
    console::excluded_ips::{Decision, Edit, Edited, ExcludedIp, PAGE},
    surroundings::Clock,
};

use crate::support::{Founded, House};

fn lines(text: &str) -> Vec<Line> {
    text.lines().map(|line| Line::parse(line).unwrap()).collect()
}

/// `count` addresses, one a line.
fn many(count: u32) -> String {
    (0..count).map(|n| format!("11.{}.{}.{}", n >> 16, (n >> 8) & 255, n & 255)).collect::<Vec<_>>().join("\n") + "\n"
}

impl House {
    async fn replace(&self, founded: &Founded, environment: Option<EnvironmentId>, version: i64, text: &str) -> Result<Edited, Error> {
        self.edit(founded, environment, Edit::Replace { version, lines: &lines(text) }).await
    }

    async fn edit(&self, founded: &Founded, environment: Option<EnvironmentId>, edit: Edit<'_>) -> Result<Edited, Error> {
        let granted = self.granted::<ManageExcludedIps>(founded).await;
        self.store.console.edit_excluded_ips(&granted, environment, edit, &Caution::default()).await
    }

    async fn patterns(&self, founded: &Founded, environment: Option<EnvironmentId>) -> Vec<String> {
        let list = self.store.console.excluded_ips(&self.granted::<View>(founded).await, environment).await.unwrap();
        list.lines.into_iter().map(|line| line.pattern).collect()
    }

    async fn last_deed(&self, founded: &Founded) -> Deed {
        self.store.console.audit_log(&self.granted::<View>(founded).await, None).await.unwrap().remove(0).deed
    }
}

fn saved(added: &[&str], removed: &[&str]) -> Deed {
    let texts = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    let count = |lines: &[&str]| u32::try_from(lines.len()).unwrap();
    Deed::ExcludedIpsSaved {
        environment: None,
        added: count(added),
        removed: count(removed),
        added_lines: texts(added),
        removed_lines: texts(removed),
    }
}

both_engines! {
    async fn a_list_keeps_its_order_its_notes_and_who_added_what(house) {
        let ada = house.found("ada@example.com").await;
        let (_, bob) = house.join(&ada, "bob@example.com", domain::access::Access::Full).await;
        let console = &house.store.console;
        let view = house.granted::<View>(&ada).await;
        let empty = console.excluded_ips(&view, None).await.unwrap();
        assert_eq!((empty.version, empty.lines.len()), (0, 0));
        house.replace(&ada, None, 0, "11.0.* # office\n192.0.2.7").await.unwrap();
        house.clock.advance(1_000);
        let by_bob = console.grant::<ManageExcludedIps>(&bob, ada.account).await.unwrap();
        let edit = Edit::Replace { version: 1, lines: &lines("2001:db8::/32\n11.0.* # head office") };
        console.edit_excluded_ips(&by_bob, None, edit, &Caution::default()).await.unwrap();
        let list = console.excluded_ips(&view, None).await.unwrap();
        assert_eq!(list.version, 2);
        let shown: Vec<_> = list.lines.iter().map(|line| (line.pattern.as_str(), line.note.as_str(), line.added_by.as_str())).collect();
        assert_eq!(shown, [("2001:db8::/32", "", "bob"), ("11.0.*", "head office", "ada")]);
        assert_eq!(house.last_deed(&ada).await, saved(&["2001:db8::/32"], &["192.0.2.7"]));
    }

    async fn a_save_of_an_old_version_is_a_conflict_and_stores_nothing(house) {
        let ada = house.found("ada@example.com").await;
        house.replace(&ada, None, 0, "192.0.2.7").await.unwrap();
        assert!(matches!(house.replace(&ada, None, 0, "192.0.2.8").await, Err(Error::Conflict)));
        assert_eq!(house.patterns(&ada, None).await, ["192.0.2.7"]);
    }

    async fn of_two_saves_of_one_version_at_once_one_wins(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        let granted = house.granted::<ManageExcludedIps>(&ada).await;
        let (left, right) = (lines("192.0.2.7"), lines("192.0.2.8"));
        let (left, right) = (Edit::Replace { version: 0, lines: &left }, Edit::Replace { version: 0, lines: &right });
        let caution = Caution::default();
        let (first, second) = tokio::join!(
            house.store.console.edit_excluded_ips(&granted, None, left, &caution),
            other.console.edit_excluded_ips(&granted, None, right, &caution),
        );
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
    }

    async fn an_environment_has_a_list_of_its_own(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let console = &house.store.console;
        house.replace(&ada, Some(ada.environment), 0, "192.0.2.7").await.unwrap();
        let view = house.granted::<View>(&ada).await;
        assert_eq!(house.patterns(&ada, None).await.len(), 0);
        assert_eq!(house.patterns(&ada, Some(ada.environment)).await.len(), 1);
        for foreign in [eve.environment, EnvironmentId::new(1).unwrap()] {
            assert!(matches!(console.excluded_ips(&view, Some(foreign)).await, Err(Error::NotFound)));
            assert!(matches!(console.excluded_ips_page(&view, Some(foreign), "", 1).await, Err(Error::NotFound)));
            assert!(matches!(console.judge_address(&view, Some(foreign), [192, 0, 2, 7].into()).await, Err(Error::NotFound)));
            assert!(matches!(house.replace(&ada, Some(foreign), 0, "").await, Err(Error::NotFound)));
            assert!(matches!(house.edit(&ada, Some(foreign), Edit::Add(&[])).await, Err(Error::NotFound)));
        }
    }

    async fn lines_are_added_and_removed_beside_what_others_change(house) {
        let ada = house.found("ada@example.com").await;
        house.replace(&ada, None, 0, "192.0.2.1 # one\n192.0.2.2").await.unwrap();
        house.clock.advance(1_000);
        let added = house.edit(&ada, None, Edit::Add(&lines("192.0.2.3\n192.0.2.1 # another note"))).await.unwrap();
        assert_eq!(added, Edited { added: 1, removed: 0 });
        assert_eq!(house.last_deed(&ada).await, saved(&["192.0.2.3"], &[]));
        let removed = house.edit(&ada, None, Edit::Remove(Pattern::parse("192.0.2.2").unwrap())).await.unwrap();
        assert_eq!(removed, Edited { added: 0, removed: 1 });
        assert_eq!(house.last_deed(&ada).await, saved(&[], &["192.0.2.2"]));
        house.edit(&ada, None, Edit::Add(&lines("192.0.2.4"))).await.unwrap();
        let list = house.store.console.excluded_ips(&house.granted::<View>(&ada).await, None).await.unwrap();
        let shown: Vec<_> = list.lines.iter().map(|line| (line.pattern.as_str(), line.note.as_str())).collect();
        assert_eq!(shown, [("192.0.2.1", "one"), ("192.0.2.3", ""), ("192.0.2.4", "")]);
        assert_eq!(list.version, 4);
    }

    async fn what_changes_nothing_is_no_change(house) {
        let ada = house.found("ada@example.com").await;
        house.replace(&ada, None, 0, "192.0.2.1").await.unwrap();
        let view = house.granted::<View>(&ada).await;
        let entries = house.store.console.audit_log(&view, None).await.unwrap().len();
        assert_eq!(house.edit(&ada, None, Edit::Add(&lines("192.0.2.1"))).await.unwrap(), Edited::default());
        assert_eq!(house.edit(&ada, None, Edit::Remove(Pattern::parse("192.0.2.9").unwrap())).await.unwrap(), Edited::default());
        assert_eq!(house.store.console.excluded_ips(&view, None).await.unwrap().version, 1);
        assert_eq!(house.store.console.audit_log(&view, None).await.unwrap().len(), entries);
    }

    async fn doubtful_lines_are_saved_once_they_are_confirmed_and_not_asked_about_again(house) {
        let ada = house.found("ada@example.com").await;
        let granted = house.granted::<ManageExcludedIps>(&ada).await;
        let own = Some([203, 0, 113, 7].into());
        let text = "198.51.100.1\n203.0.113.*";
        let list: Vec<Line> = (1..).zip(lines(text)).map(|(number, line)| Line { number, ..line }).collect();
        let caution = Caution { own, ..Caution::default() };
        let edit = Edit::Replace { version: 0, lines: &list };
        let Err(Error::Invalid(invalid)) = house.store.console.edit_excluded_ips(&granted, None, edit, &caution).await else { panic!("saved") };
        let mistake = invalid.mistakes[0];
        let Problem::Doubtful { why: Doubt::OwnAddress, lines: token } = mistake.problem else { panic!("{mistake:?}") };
        assert_eq!((mistake.field, mistake.line, invalid.total), (Field::Patterns, Some(2), 1));
        assert_eq!(house.patterns(&ada, None).await.len(), 0);
        let confirmed = Caution { confirmed: Some(token), ..caution };
        house.store.console.edit_excluded_ips(&granted, None, edit, &confirmed).await.unwrap();
        let again = Edit::Replace { version: 1, lines: &list[1..] };
        house.store.console.edit_excluded_ips(&granted, None, again, &caution).await.unwrap();
        assert_eq!(house.patterns(&ada, None).await, ["203.0.113.*"]);
    }

    async fn a_long_list_is_paged_searched_and_counted(house) {
        let ada = house.found("ada@example.com").await;
        house.replace(&ada, None, 0, &(many(250) + "198.51.100.7 # Office in BERLIN\n11.0.0.0/24")).await.unwrap();
        let view = house.granted::<View>(&ada).await;
        let console = &house.store.console;
        let page = async |search: &str, page| console.excluded_ips_page(&view, None, search, page).await.unwrap();
        let first = page("", 1).await;
        assert_eq!((first.total, first.found, first.page, first.covered, first.lines.len()), (252, 252, 1, 250, PAGE as usize));
        let by = Overlap::Covered(Pattern::parse("11.0.0.0/24").unwrap());
        assert!(first.lines.iter().all(|line| line.meets.is_some_and(|meeting| meeting.overlap == by && !meeting.everywhere)));
        for beyond in [3, 4, u32::MAX] {
            let last = page("", beyond).await;
            assert_eq!((last.page, last.lines.len()), (3, 52));
            assert_eq!(last.lines[51].meets, None);
        }
        assert_eq!(page("", 0).await.page, 1);
        for (search, found) in [("berlin", 1), (" 11.0.0.24 ", 11), ("11.0.0.2", 61), ("%", 0), ("'", 0)] {
            let page = page(search, 1).await;
            assert_eq!((page.total, page.found, page.page), (252, found, 1), "{search}");
            assert_eq!(page.lines.len(), (found.min(PAGE)) as usize);
        }
        house.replace(&ada, Some(ada.environment), 0, "11.0.0.9\n192.0.2.1").await.unwrap();
        let own = console.excluded_ips_page(&view, Some(ada.environment), "", 1).await.unwrap();
        let meets: Vec<_> = own.lines.iter().map(|line| line.meets.map(|meeting| (meeting.overlap, meeting.everywhere))).collect();
        assert_eq!(meets, [Some((by, true)), None]);
    }

    async fn the_line_that_decides_is_told_with_who_added_it(house) {
        let ada = house.found("ada@example.com").await;
        let view = house.granted::<View>(&ada).await;
        let judge = async |environment, address: &str| {
            house.store.console.judge_address(&view, environment, address.parse().unwrap()).await.unwrap()
        };
        assert_eq!(judge(None, "11.0.0.1").await.decision, None);
        house.replace(&ada, None, 0, "11.0.* # office\n11.0.0.1").await.unwrap();
        house.replace(&ada, Some(ada.environment), 0, "192.0.2.*").await.unwrap();
        let office = judge(Some(ada.environment), "11.0.3.4").await.decision;
        let line = ExcludedIp { pattern: "11.0.*".to_owned(), note: "office".to_owned(), added_by: "ada".to_owned(), added_at: house.clock.now() };
        assert_eq!(office, Some(Decision { everywhere: true, line }));
        assert_eq!(judge(None, "::ffff:11.0.0.1").await.decision.unwrap().line.pattern, "11.0.0.1");
        let own = judge(Some(ada.environment), "192.0.2.9").await.decision.unwrap();
        assert_eq!((own.everywhere, own.line.pattern.as_str()), (false, "192.0.2.*"));
        let nowhere = judge(None, "192.0.2.9").await;
        assert_eq!((nowhere.decision, nowhere.environments), (None, vec![ada.environment]));
        house.replace(&ada, None, 1, "").await.unwrap();
        assert_eq!(judge(Some(ada.environment), "11.0.3.4").await.decision, None);
    }

    async fn a_list_holds_100_000_lines_and_not_one_more(house) {
        let ada = house.found("ada@example.com").await;
        let file = parse_file(&many(MAX_LINES)).unwrap().lines;
        let saved = house.edit(&ada, None, Edit::Replace { version: 0, lines: &file }).await.unwrap();
        assert_eq!(saved.added, MAX_LINES);
        let Deed::ExcludedIpsSaved { added, added_lines, .. } = house.last_deed(&ada).await else { panic!("another deed") };
        assert_eq!((added, added_lines.len()), (MAX_LINES, LINES_NAMED));
        let refused = house.edit(&ada, None, Edit::Add(&lines("192.0.2.1"))).await;
        let Err(Error::Invalid(invalid)) = refused else { panic!("added") };
        assert_eq!(invalid.mistakes[0].problem, Problem::TooMany { max: MAX_LINES });
        house.edit(&ada, None, Edit::Remove(Pattern::parse("11.0.0.0").unwrap())).await.unwrap();
        house.edit(&ada, None, Edit::Add(&lines("192.0.2.1"))).await.unwrap();
        let view = house.granted::<View>(&ada).await;
        let last = house.store.console.excluded_ips_page(&view, None, "", 1_000).await.unwrap();
        assert_eq!(last.lines[99].line.pattern, "192.0.2.1");
        assert!(house.store.console.judge_address(&view, None, [11, 1, 134, 159].into()).await.unwrap().decision.is_some());
    }
}
