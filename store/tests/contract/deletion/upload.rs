//! Requests for those whom a file names.

use domain::{
    deletion::{RequestState, Suppression, TargetFile, TargetKind, Whom},
    id::UploadId,
    invalid::{Field, Problem},
};
use store::access::DeleteUsers;

use super::{Site, count, erase, named, pass, report};
use crate::support::{Founded, House, problem};

const UPLOADS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM deletion_uploads";

async fn upload(house: &House, founded: &Founded, text: &str) -> UploadId {
    let granted = house.granted::<DeleteUsers>(founded).await;
    let file = TargetFile::parse(text, TargetKind::Identity).unwrap();
    house.store.console.delete_users(&granted).upload(&file).await.unwrap()
}

async fn an_hour_passes(house: &House) {
    house.clock.advance(3_600_002);
    if house.folder.is_none() {
        house.run("UPDATE deletion_uploads SET created_at = created_at - 3600002; UPDATE jobs SET run_at = run_at - 3600002").await;
    }
}

both_engines! {
    async fn those_whom_a_file_names_go_and_the_file_with_them(house) {
        let ada = house.found("ada@example.com").await;
        let site = Site::of(&house, ada.environment);
        for person in ["bea", "cyd", "dora"] {
            site.tracks(named(person), 2).await;
        }
        let file = upload(&house, &ada, "bea\ncyd\nbea\nnobody\n").await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let deletions = house.store.console.delete_users(&granted);
        let selection = deletions.select(&Whom::Uploaded(file)).await.unwrap();
        let preview = deletions.preview(&selection, 1, None).await.unwrap();
        assert_eq!((preview.targets, preview.matched, preview.unmatched, selection.repeated()), (3, 2, 1, 1));
        assert_eq!(deletions.unmatched(file).await.unwrap(), [named("nobody")]);

        let id = deletions.request_selected(&selection, Suppression::None).await.unwrap().id;
        assert_eq!(count(&house, UPLOADS).await, 0);
        assert_eq!(problem(deletions.select(&Whom::Uploaded(file)).await), (Field::File, Problem::Forgotten));
        pass(&house).await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        let told = report(&house, &ada, id).await;
        assert_eq!((told.state, told.erased.events), (RequestState::Complete, 4));
        assert_eq!(house.texts("SELECT identity FROM users").await, ["dora"]);
    }

    async fn a_file_of_which_nobody_makes_a_request_is_forgotten_within_the_hour(house) {
        let ada = house.found("ada@example.com").await;
        let file = upload(&house, &ada, "bea\n").await;
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(count(&house, UPLOADS).await, 1);
        an_hour_passes(&house).await;
        let granted = house.granted::<DeleteUsers>(&ada).await;
        let gone = house.store.console.delete_users(&granted).select(&Whom::Uploaded(file)).await;
        assert_eq!(problem(gone), (Field::File, Problem::Forgotten), "also before the worker has come to it");
        house.store.maintenance.unscoped_drain().await.unwrap();
        assert_eq!(count(&house, UPLOADS).await, 0);
        assert_eq!(house.texts("SELECT kind FROM jobs").await, [""; 0]);
    }

    async fn another_request_forgets_the_files_that_may_name_the_same_users(house) {
        let ada = house.found("ada@example.com").await;
        upload(&house, &ada, "bea\n").await;
        pass(&house).await;
        erase(&house, &ada, &[named("bea")]).await;
        assert_eq!(count(&house, UPLOADS).await, 0);
    }

    async fn a_file_of_another_account_is_as_good_as_none(house) {
        let (ada, eve) = (house.found("ada@example.com").await, house.found("eve@example.com").await);
        let file = upload(&house, &ada, "bea\n").await;
        let granted = house.granted::<DeleteUsers>(&eve).await;
        let deletions = house.store.console.delete_users(&granted);
        assert_eq!(problem(deletions.select(&Whom::Uploaded(file)).await), (Field::File, Problem::Forgotten));
    }
}
