use domain::{
    audit::Deed,
    id::EnvironmentId,
    invalid::{Field, Problem},
    name::ApiKeyName,
};
use store::{
    Error,
    access::{DeleteUsers, ManagePrivacy, ManageTeammates, View},
    console::api_keys::MOST_KEYS,
};

use crate::support::problem;

both_engines! {
    async fn a_key_yields_tokens_of_five_minutes(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let secret = ada.api_key.clone().unwrap();
        let token = console.api_token(ada.environment, &secret).await.unwrap();
        let (script, account) = console.script(&token).await.unwrap();
        assert_eq!(account, ada.account);
        assert!(console.grant::<DeleteUsers>(&script, account).await.is_ok());
        assert!(matches!(console.grant::<ManageTeammates>(&script, account).await, Err(Error::Forbidden)));
        house.clock.advance(300_000 - 1);
        assert!(console.script(&token).await.is_ok());
        house.clock.advance(1);
        assert!(matches!(console.script(&token).await, Err(Error::NotFound)));
    }

    async fn a_wrong_pair_yields_nothing(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let console = &house.store.console;
        let secret = ada.api_key.clone().unwrap();
        for (app, secret) in [(ada.environment, "wrong"), (eve.environment, secret.as_str()), (EnvironmentId::new(1).unwrap(), secret.as_str())] {
            assert!(matches!(console.api_token(app, secret).await, Err(Error::NotFound)));
        }
        let token = console.api_token(ada.environment, &secret).await.unwrap();
        let mut forged: Vec<u8> = token.into_bytes();
        forged[5] ^= 1;
        assert!(matches!(console.script(&String::from_utf8(forged).unwrap()).await, Err(Error::NotFound)));
        assert!(matches!(console.script("").await, Err(Error::NotFound)));
    }

    async fn revoking_a_key_kills_its_tokens(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManagePrivacy>(&ada).await;
        let secret = console.manage_api_keys(&granted).create(&ApiKeyName::parse("Nightly").unwrap()).await.unwrap();
        let token = console.api_token(ada.environment, &secret).await.unwrap();
        let view = house.granted::<View>(&ada).await;
        let key = console.api_keys(&view).await.unwrap().into_iter().find(|key| key.used_at.is_some()).unwrap();
        console.manage_api_keys(&granted).revoke(key.id).await.unwrap();
        assert!(matches!(console.script(&token).await, Err(Error::NotFound)));
        assert!(matches!(console.api_token(ada.environment, &secret).await, Err(Error::NotFound)));
        assert!(matches!(console.manage_api_keys(&granted).revoke(key.id).await, Err(Error::NotFound)));
    }

    async fn a_key_has_a_name_and_there_are_at_most_a_hundred(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let granted = house.granted::<ManagePrivacy>(&ada).await;
        let keys = console.manage_api_keys(&granted);
        for _ in 1..MOST_KEYS {
            keys.create(&ApiKeyName::parse("Nightly").unwrap()).await.unwrap();
        }
        let more = keys.create(&ApiKeyName::parse("One more").unwrap()).await;
        assert_eq!(problem(more), (Field::Whole, Problem::TooMany { max: MOST_KEYS }));
        let view = house.granted::<View>(&ada).await;
        let listed = console.api_keys(&view).await.unwrap();
        let named = |name: &str| listed.iter().filter(|key| key.name == name).count();
        assert_eq!((named("Command line"), named("Nightly")), (1, 99));
        let nightly = listed.iter().find(|key| key.name == "Nightly").unwrap();
        keys.revoke(nightly.id).await.unwrap();
        let log = console.audit_log(&view, None).await.unwrap();
        assert_eq!(log[0].deed, Deed::ApiKeyRevoked { name: "Nightly".to_owned() });
        assert!(keys.create(&ApiKeyName::parse("One more").unwrap()).await.is_ok());
    }
}
