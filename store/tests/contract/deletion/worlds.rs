//! Random worlds: after any sequence of deletions, among whatever else happens, no row and no file holds anything of the erased, and everybody else is whole.

mod drawn;
mod model;
mod played;
mod seen;

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::support::House;

/// Each world is an installation of its own. They are few, for the suite's sake, and others every time.
fn holds_in_every_world(cases: u32, open: impl AsyncFn() -> House) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let ran = TestRunner::new(config).run(&drawn::world(), |world| {
        let told = runtime.block_on(async { played::play(&open().await, &world).await });
        told.map_err(TestCaseError::fail)
    });
    if let Err(failure) = ran {
        panic!("{failure}");
    }
}

#[test]
fn in_any_world_nothing_of_the_erased_is_left_and_the_others_are_whole_on_sqlite() {
    holds_in_every_world(24, House::sqlite);
}

#[test]
fn in_any_world_nothing_of_the_erased_is_left_and_the_others_are_whole_on_postgresql() {
    holds_in_every_world(5, House::postgres);
}
