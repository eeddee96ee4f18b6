use domain::{listing::Listing, name::PersonName};
use store::{Error, access::View};

const DAY: i64 = 86_400_000;

both_engines! {
    async fn a_person_sees_where_they_are_signed_in_the_last_used_first(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let verified = console.own_credentials(&ada.actor).await.unwrap().verified(true).unwrap();
        house.clock.advance(DAY);
        console.sign_in(&verified, "phone", None).await.unwrap();
        let listed = console.own_sign_ins(&ada.actor).await.unwrap();
        let told: Vec<_> = listed.iter().map(|sign_in| (sign_in.device.as_str(), sign_in.is_this)).collect();
        assert_eq!(told, [("phone", false), ("test", true)]);
        house.clock.advance(13 * DAY);
        let left = console.own_sign_ins(&ada.actor).await.unwrap();
        assert_eq!(left.len(), 1, "the other one has expired");
    }

    async fn a_person_ends_one_sign_in_or_all_others(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let verified = console.own_credentials(&ada.actor).await.unwrap().verified(true).unwrap();
        let [phone, tablet, laptop] = ["phone", "tablet", "laptop"].map(|device| console.sign_in(&verified, device, None));
        let (phone, tablet, laptop) = (phone.await.unwrap(), tablet.await.unwrap(), laptop.await.unwrap());
        let lives = async |token: &str| console.actor(token).await.unwrap().is_some();
        let listed = console.own_sign_ins(&ada.actor).await.unwrap();
        let lost = listed.iter().find(|sign_in| sign_in.device == "phone").unwrap().id;
        console.end_own_sign_in(&ada.actor, lost).await.unwrap();
        assert!(!lives(&phone).await && lives(&tablet).await);
        assert!(matches!(console.end_own_sign_in(&ada.actor, lost).await, Err(Error::NotFound)));
        let actor = console.actor(&laptop).await.unwrap().unwrap();
        console.end_other_sign_ins(&actor).await.unwrap();
        assert!(!lives(&tablet).await && lives(&laptop).await);
        assert_eq!(console.own_sign_ins(&actor).await.unwrap().len(), 1);
    }

    async fn nobody_ends_a_sign_in_of_somebody_else(house) {
        let ada = house.found("ada@example.com").await;
        let eve = house.found("eve@example.com").await;
        let console = &house.store.console;
        let theirs = console.own_sign_ins(&ada.actor).await.unwrap()[0].id;
        assert!(matches!(console.end_own_sign_in(&eve.actor, theirs).await, Err(Error::NotFound)));
        console.end_other_sign_ins(&eve.actor).await.unwrap();
        assert_eq!(console.own_sign_ins(&ada.actor).await.unwrap().len(), 1);
    }

    async fn a_new_name_is_everywhere_at_once_and_in_no_log(house) {
        let ada = house.found("ada@example.com").await;
        let console = &house.store.console;
        let view = house.granted::<View>(&ada).await;
        let changes = console.audit_log(&view, None).await.unwrap();
        console.rename(&ada.actor, &PersonName::parse("Ada Lovelace").unwrap()).await.unwrap();
        assert_eq!(console.teammates_page(&view, &Listing::default()).await.unwrap().rows[0].name, "Ada Lovelace");
        assert_eq!(console.audit_log(&view, None).await.unwrap(), changes);
    }
}
