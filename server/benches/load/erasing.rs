//! Deletion requests, from their claim to *verified* and to *complete*.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use domain::{
    deletion::{RequestState, Target},
    id::RequestId,
};
use server::{shutdown, worker};
use store::{
    access::{DeleteUsers, View},
    console::deletion_requests::Request,
};

use crate::{
    bare::Bare,
    world::{World, identity},
};

/// What one request took.
pub(crate) struct Erased {
    pub rows: f64,
    /// From the claim to the count that found nothing left.
    pub verified: Duration,
    /// And to the end: scrubbed, counted once more, with its receipt.
    pub complete: Duration,
}

/// Orders some of the users of the world to be erased.
pub(crate) async fn order(world: &World, users: Range<u64>) -> RequestId {
    let targets: Vec<_> = users.map(|user| Target::Identity(identity(user))).collect();
    let granted = world.store.console.grant::<DeleteUsers>(&world.actor, world.account).await.unwrap();
    world.store.console.delete_users(&granted).request(&targets).await.unwrap().id
}

/// Carries it out, with nobody else about. Looking how far it is does not count.
pub(crate) async fn erase(world: &World, users: Range<u64>) -> Erased {
    // A server is idle when nothing was collected for a while.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let request = order(world, users).await;
    let bare = Bare::open(world).await;
    let (mut took, mut verified) = (Duration::ZERO, None);
    loop {
        let start = Instant::now();
        world.store.maintenance.unscoped_tick().await.unwrap();
        took += start.elapsed();
        let step = bare.job().await;
        if verified.is_none() && step.as_ref().is_none_or(|step| step.contains("scrub") || step.contains("complete")) {
            verified = Some(took);
        }
        let now = report(world, request).await;
        if now.state == RequestState::Complete {
            return Erased { rows: rows(&now), verified: verified.unwrap(), complete: took };
        }
    }
}

/// Carries it out as a server does, beside whatever else goes on. Answers when it is complete.
pub(crate) async fn erase_beside(world: &World, request: RequestId) -> Erased {
    let (stop, stopped) = shutdown::channel();
    let start = Instant::now();
    let working = tokio::spawn(worker::run(world.store.maintenance.clone(), worker::Wake::default(), stopped));
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = report(world, request).await;
        if now.state == RequestState::Complete {
            stop.now();
            working.await.unwrap();
            return Erased { rows: rows(&now), verified: start.elapsed(), complete: start.elapsed() };
        }
    }
}

async fn report(world: &World, request: RequestId) -> Request {
    let view = world.store.console.grant::<View>(&world.actor, world.account).await.unwrap();
    world.store.console.deletion_request(&view, request).await.unwrap()
}

fn rows(request: &Request) -> f64 {
    crate::world::number(request.erased.total())
}
