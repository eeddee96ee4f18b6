//! Whom a throw-away PostgreSQL runs as.

use std::{fs, os::unix::fs::chown, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{shell::is_root, workspace::on_path};

/// PostgreSQL refuses to run as root, so root starts it as somebody else.
pub(super) enum Owner {
    Oneself,
    Other { user: u32, group: u32 },
}

impl Owner {
    pub(super) fn new() -> Result<Self> {
        if !is_root() {
            return Ok(Self::Oneself);
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let (user, group) = ["postgres", "nobody"]
            .iter()
            .find_map(|name| ids_of(name, &users))
            .context("PostgreSQL does not run as root, and this machine has no user postgres or nobody")?;
        Ok(Self::Other { user, group })
    }

    pub(super) fn give(&self, path: &Path) -> Result<()> {
        if let Self::Other { user, group } = self {
            chown(path, Some(*user), Some(*group))?;
        }
        Ok(())
    }

    pub(super) fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = match (self, on_path("setpriv")) {
            (Self::Oneself, None) => Command::new(program),
            (Self::Oneself, Some(setpriv)) => {
                let mut command = Command::new(setpriv);
                command.args(["--pdeathsig", "INT"]).arg(program);
                command
            }
            (Self::Other { user, group }, _) => {
                let mut command = Command::new("setpriv");
                command.args([&format!("--reuid={user}"), &format!("--regid={group}"), "--clear-groups"]);
                command.args(["--pdeathsig", "INT"]).arg(program);
                command
            }
        };
        command.current_dir(folder);
        command
    }
}

fn ids_of(name: &str, passwd: &str) -> Option<(u32, u32)> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut ids = line.split(':').skip(2).map(str::parse);
    Some((ids.next()?.ok()?, ids.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_the_whole_name() {
        let passwd = "root:x:0:0::/root:/bin/sh\npostgres-x:x:7:8::/:/\npostgres:x:107:115::/var/lib:/bin/sh\n";
        assert_eq!(ids_of("postgres", passwd), Some((107, 115)));
        assert_eq!(ids_of("nobody", passwd), None);
    }
}
