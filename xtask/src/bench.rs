//! `cargo xtask bench`: figures, for `docs/performance.md` and for whoever changes the schema. Nothing here can fail for being slow.

use anyhow::Result;

use crate::{
    shell::{cargo, run},
    test::{Durability, Postgres},
    workspace::Workspace,
};

/// On SQLite, and on a PostgreSQL that is made for it.
pub(crate) fn bench(workspace: &Workspace, args: &[String]) -> Result<()> {
    let postgres = Postgres::start(Durability::AsInProduction)?;
    let mut bench = cargo(workspace);
    bench.args(["bench", "--package", "server", "--bench", "load", "--"]).args(args);
    run(bench.env("CAIRN_TEST_POSTGRES", postgres.url()))
}

/// The suite's own test, with far more to erase. It takes minutes, and it can fail.
pub(crate) fn killed(workspace: &Workspace) -> Result<()> {
    let postgres = Postgres::start(Durability::AsInProduction)?;
    let mut test = cargo(workspace);
    test.args(["test", "--package", "server", "--test", "contract", "killed::"]);
    run(test.env("CAIRN_TEST_LONG", "1").env("CAIRN_TEST_POSTGRES", postgres.url()))
}
