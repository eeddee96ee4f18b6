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
