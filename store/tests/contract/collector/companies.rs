use domain::company::CompanyId;
use store::collector::{Outcome, Submission, What};

use super::{event, events, identify, keyed, named, number, properties, submission};
use crate::support::{Founded, House};

fn company(text: &str) -> CompanyId {
    CompanyId::parse(text).unwrap()
}

fn tells(ada: &Founded, about: &[(&str, &[(&str, &str)])]) -> Submission {
    let companies = about.iter().map(|(id, values)| (company(id), properties(values))).collect();
    submission(ada.environment, What::Companies(companies))
}

async fn known(house: &House) -> Vec<String> {
    let sql = "SELECT c.company_id || ' ' || p.name || '=' || p.value FROM company_properties p JOIN companies c ON c.environment_id = p.environment_id AND c.company_key = p.company_key ORDER BY 1";
    house.texts(sql).await
}

/// Whose events are for which company.
async fn served(house: &House) -> Vec<String> {
    let sql = "SELECT e.name || ' ' || COALESCE(c.company_id, '-') FROM events e LEFT JOIN companies c ON c.environment_id = e.environment_id AND c.company_key = e.company_key ORDER BY 1";
    house.texts(sql).await
}

both_engines! {
    async fn the_last_value_of_a_company_s_property_counts(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let batch = vec![
            tells(&ada, &[("acme", &[("plan", "free"), ("city", "Rome")]), ("Acme", &[("plan", "pro")])]),
            tells(&ada, &[("acme", &[("plan", "gold")])]),
        ];
        assert_eq!(collector.write(batch).await.unwrap(), [Outcome::Stored, Outcome::Stored]);
        collector.write(vec![tells(&ada, &[("acme", &[("city", "Bonn")]), ("bare", &[])])]).await.unwrap();
        assert_eq!(known(&house).await, [r#"Acme plan="pro""#, r#"acme city="Bonn""#, r#"acme plan="gold""#]);
        assert_eq!(house.texts("SELECT company_id FROM companies ORDER BY 1").await, ["Acme", "acme", "bare"]);
        assert_eq!(house.texts("SELECT CAST(COUNT(*) AS TEXT) FROM users").await, ["0"]);
    }

    async fn an_event_belongs_to_its_company_also_after_its_user_was_identified(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let of = |company: Option<&str>, mut event: domain::collect::Event| {
            event.company = company.map(|text| CompanyId::parse(text).unwrap());
            event
        };
        let all = vec![of(Some("acme"), event(number(1), "View")), of(None, event(number(1), "Look")), of(Some("acme"), keyed(number(1), "Buy", "k"))];
        collector.write(vec![events(ada.environment, all)]).await.unwrap();
        collector.write(vec![identify(ada.environment, 1, "bob")]).await.unwrap();
        house.rehome().await;
        assert_eq!(served(&house).await, ["Buy acme", "Look -", "View acme"]);
        assert_eq!(house.events_by_user().await, ["bob Buy", "bob Look", "bob View"]);
    }

    async fn companies_whose_keys_collide_are_told_apart(house) {
        let ada = house.found("ada@example.com").await;
        let collector = house.store.collector.with_narrow_user_keys(4);
        let ids: Vec<String> = (0..12).map(|n| format!("c{n:02}")).collect();
        for half in ids.chunks(6) {
            let about: Vec<(&str, &[(&str, &str)])> = half.iter().map(|id| (id.as_str(), &[("plan", "x")][..])).collect();
            collector.write(vec![tells(&ada, &about)]).await.unwrap();
        }
        let all: Vec<String> = ids.iter().map(|id| format!(r#"{id} plan="x""#)).collect();
        assert_eq!(known(&house).await, all);
    }

    async fn two_servers_that_hear_of_a_company_at_once_agree(house) {
        let ada = house.found("ada@example.com").await;
        let other = house.second_server().await;
        for n in 0..20 {
            let id = format!("c{n}");
            let (first, second) = tokio::join!(
                house.store.collector.write(vec![tells(&ada, &[(&id, &[("a", "1")])])]),
                other.collector.write(vec![tells(&ada, &[(&id, &[("b", "2")])])]),
            );
            first.unwrap();
            second.unwrap();
        }
        assert_eq!((known(&house).await.len(), house.texts("SELECT company_id FROM companies").await.len()), (40, 20));
    }

    async fn erasing_a_user_erases_which_company_they_acted_for_and_leaves_the_company(house) {
        let ada = house.found("ada@example.com").await;
        let collector = &house.store.collector;
        let mut acted = event(named("bea@example.com"), "View");
        acted.company = Some(company("acme"));
        collector.write(vec![events(ada.environment, vec![acted]), tells(&ada, &[("acme", &[("plan", "pro")])])]).await.unwrap();
        let granted = house.granted::<store::access::DeleteUsers>(&ada).await;
        house.store.console.delete_users(&granted).request(&[named("bea@example.com")]).await.unwrap();
        house.clock.advance(1_000);
        house.texts("UPDATE jobs SET run_at = 1 RETURNING kind").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(served(&house).await, Vec::<String>::new());
        assert_eq!(known(&house).await, [r#"acme plan="pro""#]);
    }
}
