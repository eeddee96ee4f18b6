//! A deletion request from its order to *complete*.

use std::time::Instant;

use domain::deletion::RequestState;
use store::access::{DeleteUsers, View};

use crate::{
    Took,
    world::{self, World, identity},
};

/// Erases so many users of the world. Each call takes others.
pub(crate) async fn erase(world: &World, users: u64) -> Took {
    let console = &world.store.console;
    let first = if users == 1 { 5_000 } else { 0 };
    let targets: Vec<_> = (first..first + users).map(|user| domain::deletion::Target::Identity(identity(user))).collect();
    let granted = console.grant::<DeleteUsers>(&world.actor, world.account).await.unwrap();
    let view = console.grant::<View>(&world.actor, world.account).await.unwrap();
    let start = Instant::now();
    let request = console.delete_users(&granted).request(&targets).await.unwrap().id;
    let done = loop {
        world.store.maintenance.unscoped_tick().await.unwrap();
        let done = console.deletion_request(&view, request).await.unwrap();
        if done.state == RequestState::Complete {
            break done;
        }
    };
    Took { rows: world::number(done.erased.events), seconds: start.elapsed().as_secs_f64() }
}
