//! `cargo xtask test`: every check and every test, in the order in which they are likely to fail soonest.

mod browser;
mod end_to_end;
mod postgres;

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    build::{self, Profile},
    check,
    shell::{cargo, run},
    workspace::Workspace,
};
use browser::Browser;
pub(crate) use postgres::{Durability, Postgres};

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Formatting, clippy, boundaries
    Lint,
    /// The tests of domain, app and xtask
    Unit,
    /// The tests of the store, on SQLite and PostgreSQL
    Store,
    /// The tests of the server, through its router
    Router,
    /// The size of the first load, then Playwright
    E2e,
}

pub(crate) fn test(workspace: &Workspace, only: Option<Part>, playwright: &[String]) -> Result<()> {
    match only {
        None => everything(workspace, playwright),
        Some(Part::Lint) => check::lint(workspace),
        Some(Part::Unit) => run(cargo(workspace).args(["test", "-p", "domain", "-p", "app", "-p", "xtask"])),
        Some(Part::Store) => with_postgres(workspace, &["-p", "store"]),
        Some(Part::Router) => with_postgres(workspace, &["-p", "server"]),
        Some(Part::E2e) => {
            let browser = Browser::find(workspace)?;
            end_to_end::test(workspace, &build::build(workspace, Profile::E2e)?, &browser, playwright)
        }
    }
}

fn everything(workspace: &Workspace, playwright: &[String]) -> Result<()> {
    // What this machine lacks is said before anything is built.
    postgres::find()?;
    let browser = Browser::find(workspace)?;
    check::lint(workspace)?;
    // In one go: cargo would compile shared dependencies anew for each selection of packages.
    with_postgres(workspace, &[])?;
    // The binary that was measured carries the site of a release, which a browser takes in sooner than one that is built sooner.
    let binary = check::size(workspace)?;
    end_to_end::test(workspace, &binary, &browser, playwright)
}

fn with_postgres(workspace: &Workspace, selection: &[&str]) -> Result<()> {
    let postgres = Postgres::start(Durability::ForTests)?;
    run(cargo(workspace).args(["test", "--no-fail-fast"]).args(selection).env("CAIRN_TEST_POSTGRES", postgres.url()))
}
