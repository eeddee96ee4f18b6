//! The names that clients sent, for who has to type one.

use domain::definition::PropertyKind;
use store::access::View;

use super::{event, events, named, properties, sets};

both_engines! {
    async fn names_that_were_received_are_told_once_and_sorted(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let collector = &house.store.collector;
        let mut order = event(named("bea"), "Order");
        order.properties = properties(&[("total", "9"), ("coupon", "x")]);
        let all = vec![order, event(named("bea"), "View"), event(named("cyd"), "Order")];
        let users = [sets(ada.environment, named("bea"), &[("plan", "pro")]), sets(ada.environment, named("cyd"), &[("plan", "free"), ("city", "Rome")])];
        collector.write([vec![events(ada.environment, all)], users.into()].concat()).await.unwrap();
        let (console, view) = (&house.store.console, house.granted::<View>(&ada).await);
        assert_eq!(console.received_events(&view, ada.environment).await.unwrap(), ["Order", "View"]);
        let of = async |kind| console.received_properties(&view, ada.environment, kind).await.unwrap();
        assert_eq!(of(PropertyKind::Event).await, ["coupon", "total"]);
        assert_eq!(of(PropertyKind::User).await, ["city", "plan"]);
        assert_eq!(console.received_user_properties(&view).await.unwrap(), ["city", "plan"]);
        assert!(matches!(console.received_events(&view, eve.environment).await, Err(store::Error::NotFound)));
    }
}
