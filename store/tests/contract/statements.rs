use crate::support::House;

both_engines! {
    async fn every_statement_is_prepared(house) {
        let count = store::prepare_every_statement(&house.store).await.unwrap();
        assert!(count > 40, "{count} statements");
    }

    async fn a_database_refuses_another_installation_s_key(house) {
        let error = house.open_with_key([8; 32]).await.err().unwrap();
        assert!(matches!(error, store::OpenError::WrongKey), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_is_told_how_its_tables_have_grown() {
    let house = House::sqlite().await;
    house.found("ada@example.com").await;
    house.store.maintenance.unscoped_optimize().await.unwrap();
    let known = house.texts("SELECT DISTINCT tbl FROM sqlite_stat1").await;
    assert!(known.contains(&"teammates".to_owned()), "{known:?}");
}
