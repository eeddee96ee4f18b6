//! Which crate may use which. The arrows stand in docs/architecture.md.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use crate::{
    build::wasm,
    shell::{cargo, output},
    workspace::Workspace,
};

struct Boundary {
    /// What is looked at, as arguments of `cargo tree`.
    tree: &'static [&'static str],
    /// What must not be in it.
    banned: &'static [&'static str],
    because: &'static str,
}

const BOUNDARIES: [Boundary; 4] = [
    Boundary {
        tree: &["--package", "frontend", "--target", wasm::TARGET],
        banned: &["axum", "hyper", "leptos_axum", "server", "sqlx", "sqlx-core", "store", "tokio"],
        because: "the browser gets nothing of the server",
    },
    Boundary {
        tree: &["--package", "app", "--no-default-features", "--features", "hydrate"],
        banned: &["axum", "leptos_axum", "server", "sqlx", "store"],
        because: "pages reach the store only under the feature ssr",
    },
    Boundary {
        tree: &["--package", "store"],
        banned: &["app", "axum", "axum-core", "http", "hyper", "leptos", "leptos_axum", "server"],
        because: "the store knows neither HTTP nor pages",
    },
    Boundary {
        tree: &["--package", "domain"],
        banned: &["app", "axum", "leptos", "sqlx", "store", "tokio"],
        because: "the rules do no input or output and know no framework",
    },
];

pub(super) fn boundaries(workspace: &Workspace) -> Result<()> {
    for boundary in &BOUNDARIES {
        let listed =
            output(cargo(workspace).arg("tree").args(boundary.tree).args(["--edges", "normal", "--prefix", "none", "--format", "{p}"]))?;
        let found = trespassers(&listed, boundary.banned);
        if !found.is_empty() {
            bail!("cargo tree {} contains {}: {}", boundary.tree.join(" "), found.join(", "), boundary.because);
        }
    }
    println!("boundaries: kept");
    Ok(())
}

fn trespassers<'a>(listed: &'a str, banned: &[&str]) -> Vec<&'a str> {
    let names: BTreeSet<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    names.into_iter().filter(|name| banned.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banned_crate_is_found_by_its_whole_name() {
        let listed = "store v0.1.0 (/x/store)\nserde v1.0.0\nhttp v1.3.0\nhttp v1.3.0 (*)\nhttp-body v1.0.0\n";
        assert_eq!(trespassers(listed, &["http", "axum"]), ["http"]);
        assert!(trespassers(listed, &["body"]).is_empty());
    }
}
