//! Every table is catalogued: whether it can hold a tracked user, and how.

use std::collections::BTreeSet;

use store::catalogue::{Holds, TABLES};

use crate::support::House;

async fn tables(house: &House) -> BTreeSet<String> {
    let sql = if house.folder.is_some() {
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    } else {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()"
    };
    house.texts(sql).await.into_iter().collect()
}

/// The tables whose rows belong to an environment.
pub(crate) async fn tables_of_environments(house: &House) -> Vec<String> {
    let sql = if house.folder.is_some() {
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'environment_id' WHERE m.type = 'table'"
    } else {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'environment_id'"
    };
    // A request names the environment that it is about, and belongs to the account.
    house.texts(sql).await.into_iter().filter(|table| table != "deletion_requests").collect()
}

fn catalogued() -> BTreeSet<String> {
    TABLES.iter().map(|table| table.name.to_owned()).collect()
}

both_engines! {
    async fn every_table_of_the_database_is_catalogued(house) {
        let missing: Vec<_> = tables(&house).await.difference(&catalogued()).cloned().collect();
        assert_eq!(missing, [""; 0], "say in store/src/catalogue.rs whether they hold users");
    }

    async fn every_catalogued_table_is_in_the_database(house) {
        let gone: Vec<_> = catalogued().difference(&tables(&house).await).filter(|name| !name.starts_with("sqlite_")).cloned().collect();
        assert_eq!(gone, [""; 0]);
    }

    async fn every_table_with_a_user_s_key_is_one_of_users_of_orders_or_of_archives(house) {
        let sql = if house.folder.is_some() {
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'user_key' WHERE m.type = 'table'"
        } else {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'user_key'"
        };
        let with_keys: BTreeSet<String> = house.texts(sql).await.into_iter().collect();
        let holds_keys = |holds| matches!(holds, Holds::Users(_) | Holds::Orders | Holds::Archives);
        let mut holders: BTreeSet<String> = TABLES.iter().filter(|table| holds_keys(table.holds)).map(|table| table.name.to_owned()).collect();
        assert!(holders.remove("export_parts"), "its keys are those of export_subjects");
        assert_eq!(with_keys, holders);
    }
}
