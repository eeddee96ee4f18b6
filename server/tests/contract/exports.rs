//! Exports by API: asked for, downloaded, deleted.

use serde_json::{Value, json};

use crate::{manage::Script, support::House};

const EXPORTS: &str = "/api/manage/v1/exports";

both_engines! {
    async fn a_script_asks_for_an_export_downloads_it_and_deletes_it(database) {
        let house = House::open(database).await;
        let ada = house.found("ada@example.com").await;
        house.post("/api/track", &json!({"app_id": ada.environment, "identity": "alice", "event": "Look"})).await.is(200, "OK");
        let script = Script::of(&house, &ada).await;
        let order = |name: &str| json!({"users": [{"identity": name}]}).to_string();

        let nobody = script.call("POST", EXPORTS, &order("nobody")).await;
        assert_eq!((nobody.status, nobody.json()), (200, json!({"export": null})));
        let asked = script.call("POST", EXPORTS, &order("alice")).await;
        assert_eq!((asked.status, &asked.json()["export"]["state"]), (201, &json!("running")));
        let one = format!("{EXPORTS}/{}", asked.json()["export"]["id"].as_str().unwrap());
        let archive = format!("{one}/archive");
        assert_eq!(script.get(&archive).await.status, 409, "not before it is ready");
        house.drain().await;
        let told = script.get(&one).await.json();
        assert_eq!((&told["state"], &told["events"], &told["users_found"]), (&json!("ready"), &json!(1), &json!(1)));
        assert_eq!(script.get(EXPORTS).await.json(), json!({"exports": [told]}));

        let file = script.get(&archive).await;
        assert_eq!((file.status, file.header("content-type"), file.header("cache-control")), (200, Some("application/zip"), Some("no-store")));
        assert_eq!(file.header("content-length"), Some(told["bytes"].to_string().as_str()));
        let name = file.header("content-disposition").unwrap();
        assert!(name.starts_with("attachment; filename=\"cairn-export-2") && name.ends_with(".zip\"") && !name.contains("alice"), "{name}");
        assert!(file.body.starts_with("PK\u{3}\u{4}"), "{:.20?}", file.body);

        let eve = house.found("eve@example.com").await;
        let stranger = Script::of(&house, &eve).await;
        for path in [&one, &archive] {
            assert_eq!(stranger.get(path).await.status, 404);
        }
        assert_eq!(stranger.call("POST", &format!("{one}/delete"), "").await.status, 404);
        let deleted = script.call("POST", &format!("{one}/delete"), "").await;
        assert_eq!((deleted.status, &deleted.json()["state"]), (200, &json!("deleted")));
        assert_eq!(script.get(&archive).await.status, 409);
        assert_eq!(script.call("POST", &format!("{one}/delete"), "").await.status, 409);
    }

    async fn an_export_is_of_one_user(database) {
        let house = House::open(database).await;
        let script = Script::of(&house, &house.found("ada@example.com").await).await;
        let several = json!({"users": [{"identity": "alice"}, {"user_id": 9}]}).to_string();
        let refused = script.call("POST", EXPORTS, &several).await;
        assert_eq!((refused.status, &refused.json()["error"]), (400, &json!("Bad Request")));
        assert_eq!(script.get(EXPORTS).await.json()["exports"], Value::Array(Vec::new()));
    }
}
