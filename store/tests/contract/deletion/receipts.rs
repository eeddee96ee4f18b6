//! What a completed request leaves to show.

use domain::deletion::{Counts, Target};
use serde_json::json;
use store::{
    Error,
    access::{DeleteUsers, View},
    receipts::{ReceiptError, SignedReceipt},
};

use super::{Site, named, number, pass};
use crate::support::{Founded, House};

/// The receipt of a request for these, with the key that was handed out.
async fn receipt(house: &House, founded: &Founded, targets: &[Target]) -> SignedReceipt {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let view = house.granted::<View>(founded).await;
    let requested = house.store.console.delete_users(&granted).request(targets).await.unwrap();
    assert!(matches!(house.store.console.receipt(&view, requested.id).await, Err(Error::NotFound)), "none before it is complete");
    pass(house).await;
    house.store.maintenance.unscoped_drain().await.unwrap();
    let mut copy = house.store.console.receipt(&view, requested.id).await.unwrap();
    assert_eq!(copy.identifiers.as_ref().unwrap().key, None, "nobody keeps it");
    copy.identifiers.as_mut().unwrap().key = Some(requested.receipt_key);
    copy
}

fn text(copy: &SignedReceipt) -> String {
    serde_json::to_string(copy).unwrap()
}

both_engines! {
    async fn a_receipt_tells_what_went_and_of_whom_to_who_holds_its_key(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        site.tracks(named("bea@example.com"), 3).await;
        site.tracks(named("cyd@example.com"), 2).await;
        site.tracks(number(77), 1).await;
        let copy = receipt(&house, &ada, &[named("bea@example.com"), number(77), named("nobody@example.com")]).await;
        let (read, receipt) = SignedReceipt::check(&text(&copy), Some(&house.store.console.receipt_key())).unwrap();
        assert_eq!(read, copy);
        assert_eq!((receipt.identifiers.count, receipt.users_found, receipt.rows.len()), (3, 2, 1));
        assert_eq!(receipt.rows[0].before, Counts { users: 2, events: 4, ..Counts::default() });
        assert_eq!((receipt.rows[0].after, receipt.rows[0].name.as_str()), (Counts::default(), "Main / Production"));
        assert_eq!((receipt.requested.by.as_str(), receipt.account.name.as_str()), ("ada", "Acme"));
        for erased in [named("bea@example.com"), number(77), named("nobody@example.com")] {
            assert_eq!(copy.covers(&erased), Ok(true));
        }
        assert_eq!(copy.covers(&named("cyd@example.com")), Ok(false));
        assert_eq!(copy.covers(&named("77")), Ok(false), "an identity is no user id");
        let mut without = copy.clone();
        without.identifiers.as_mut().unwrap().key = None;
        assert_eq!(without.covers(&number(77)), Err(ReceiptError::NoKey));
        without.identifiers.as_mut().unwrap().key = Some("A".repeat(43));
        assert_eq!(without.covers(&number(77)), Err(ReceiptError::WrongKey), "a wrong key does not say that nobody was erased");
        for personal in ["bea", "cyd", "nobody@"] {
            assert!(!text(&copy).contains(personal));
        }
    }

    async fn a_receipt_that_was_changed_is_refused(house) {
        let ada = house.found("ada@example.com").await;
        Site::of(&house, ada.environment).tracks(number(7), 1).await;
        let copy = receipt(&house, &ada, &[number(7)]).await;
        let key = house.store.console.receipt_key();
        let check = |copy: &SignedReceipt| SignedReceipt::check(&text(copy), Some(&key)).map(drop);
        assert_eq!(check(&copy), Ok(()));
        let mut changed = copy.clone();
        changed.receipt["users_found"] = json!(2);
        assert_eq!(check(&changed), Err(ReceiptError::BadSignature));
        let mut changed = copy.clone();
        changed.identifiers.as_mut().unwrap().hashes.clear();
        assert_eq!(check(&changed), Err(ReceiptError::BadHashes));
        let mut later = copy.clone();
        later.receipt["format"] = json!(2);
        assert_eq!(check(&later), Err(ReceiptError::UnknownFormat));
        assert_eq!(SignedReceipt::check("{}", None).map(drop), Err(ReceiptError::NotAReceipt));
        let other = "A".repeat(43);
        assert_eq!(SignedReceipt::check(&text(&copy), Some(&other)).map(drop), Err(ReceiptError::BadSignature));
    }

    async fn a_receipt_of_another_account_is_not_found(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let copy = receipt(&house, &ada, &[number(7)]).await;
        let id = serde_json::from_value(copy.receipt["request"].clone()).unwrap();
        let view = house.granted::<View>(&eve).await;
        assert!(matches!(house.store.console.receipt(&view, id).await, Err(Error::NotFound)));
        assert!(copy.receipt["engine"]["scrubbed"].as_str().unwrap().starts_with("Nothing was there"));
    }
}
