//! Projects, which share nothing.

mod page;

pub use page::Housed;

use std::collections::HashMap;

use domain::{
    audit::Deed,
    id::{AccountId, EnvironmentId, ProjectId},
    invalid::{Field, Problem},
    name::{EnvironmentName, ProjectName},
    time::Millis,
    zone::ZoneName,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Console,
    change::Change,
    environments::{self, Environment},
};
use crate::{
    Error,
    access::{Granted, ManageProjects, View},
    engine::{args, statements},
};

statements! {
    PROJECT_INSERT = "INSERT INTO projects (id, account_id, name, is_main, created_at, deleted_at) VALUES ($1, $2, $3, $4, $5, NULL)";
    PROJECTS_LIST = "SELECT id, name, is_main, created_at FROM projects WHERE account_id = $1 AND deleted_at IS NULL ORDER BY is_main DESC, name, id";
    PROJECT_ONE = "SELECT id, name, is_main, created_at FROM projects WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL";
    PROJECT_RENAME = "UPDATE projects SET name = $3 WHERE account_id = $1 AND id = $2";
    PROJECT_DELETE = "UPDATE projects SET deleted_at = $3 WHERE account_id = $1 AND id = $2";
    PROJECT_ENVIRONMENTS = "SELECT id FROM environments WHERE account_id = $1 AND project_id = $2 AND deleted_at IS NULL ORDER BY id";
}

/// A project with its environments, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Whether it is Main, which is neither renamed nor deleted.
    pub is_main: bool,
    /// When it was made.
    pub created_at: Millis,
    /// Its environments, oldest first.
    pub environments: Vec<Environment>,
}

#[derive(FromRow)]
struct ProjectRow {
    id: Uuid,
    name: String,
    is_main: bool,
    created_at: i64,
}

/// The deeds of those who manage projects and environments.
#[derive(Clone, Copy)]
pub struct Projects<'a> {
    pub(super) console: &'a Console,
    pub(super) granted: &'a Granted<ManageProjects>,
}

impl Console {
    /// Every project of the account with its environments: Main first, then by name.
    ///
    /// # Errors
    /// `Database`.
    pub async fn projects(&self, granted: &Granted<View>) -> Result<Vec<Project>, Error> {
        let mut tx = self.db.read().await?;
        let rows: Vec<ProjectRow> = tx.all(&PROJECTS_LIST, args![granted.account]).await?;
        let mut all: HashMap<ProjectId, Vec<Environment>> = HashMap::new();
        for environment in environments::of_account(&mut tx, granted.account).await? {
            all.entry(environment.project).or_default().push(environment);
        }
        let project = |row: ProjectRow| {
            let id = ProjectId(row.id);
            let environments = all.remove(&id).unwrap_or_default();
            Project { id, name: row.name, is_main: row.is_main, created_at: Millis(row.created_at), environments }
        };
        Ok(rows.into_iter().map(project).collect())
    }

    /// One project with its environments, oldest first.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn project(&self, granted: &Granted<View>, project: ProjectId) -> Result<Project, Error> {
        self.projects(granted).await?.into_iter().find(|row| row.id == project).ok_or(Error::NotFound)
    }

    /// The handle for changes.
    pub fn manage_projects<'a>(&'a self, granted: &'a Granted<ManageProjects>) -> Projects<'a> {
        Projects { console: self, granted }
    }
}

impl Projects<'_> {
    /// A clean slate with one environment `Production`.
    ///
    /// # Errors
    /// `Invalid` at `name`: `Taken`.
    pub async fn create(&self, name: &ProjectName, zone: &ZoneName) -> Result<(ProjectId, EnvironmentId), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let project = insert(&mut change, self.console, name, false).await?;
        let production = EnvironmentName::parse("Production").map_err(|problem| Error::mistake(Field::Name, problem))?;
        let environment = environments::insert(&mut change, self.console, project, &production, zone, false).await?;
        change.commit(&Deed::ProjectCreated { name: name.as_str().to_owned() }).await?;
        Ok((project, environment))
    }

    /// Renames a project other than Main.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `name`: `Protected` or `Taken`.
    pub async fn rename(&self, project: ProjectId, name: &ProjectName) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        let row = one(&mut change, project).await?;
        if row.is_main {
            return Err(Error::mistake(Field::Name, Problem::Protected));
        }
        change
            .tx
            .execute(&PROJECT_RENAME, args![change.account, project, name.as_str()])
            .await
            .map_err(|error| error.taken(Field::Name, Problem::Taken))?;
        change.commit(&Deed::ProjectRenamed { from: row.name, to: name.as_str().to_owned() }).await
    }

    /// Deletes a project other than Main with all its environments: invisible and refused at once, rows go by the worker.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` at `confirm`: `Protected`, or `NotConfirmed` unless `typed` is its name.
    pub async fn delete(&self, project: ProjectId, typed: &str) -> Result<(), Error> {
        let mut change = self.console.begin(self.granted).await?;
        environments::lock_rules(&mut change.tx).await?;
        let row = one(&mut change, project).await?;
        if row.is_main {
            return Err(Error::mistake(Field::Confirm, Problem::Protected));
        }
        if typed.trim() != row.name {
            return Err(Error::mistake(Field::Confirm, Problem::NotConfirmed));
        }
        let ids: Vec<(i64,)> = change.tx.all(&PROJECT_ENVIRONMENTS, args![change.account, project]).await?;
        let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        for (id,) in ids {
            environments::mark_deleted(&mut change, self.console, id).await?;
        }
        change.tx.execute(&PROJECT_DELETE, args![change.account, project, change.now]).await?;
        environments::rules_changed(&mut change.tx, change.account).await?;
        change.commit(&Deed::ProjectDeleted { name: row.name, environments: count }).await
    }
}

async fn one(change: &mut Change, project: ProjectId) -> Result<ProjectRow, Error> {
    change.tx.one(&PROJECT_ONE, args![change.account, project]).await
}

/// The name of a project of the account, or `NotFound`.
pub(super) async fn name(change: &mut Change, project: ProjectId) -> Result<String, Error> {
    Ok(one(change, project).await?.name)
}

pub(super) async fn insert(change: &mut Change, console: &Console, name: &ProjectName, is_main: bool) -> Result<ProjectId, Error> {
    let id = ProjectId(console.surroundings.uuid());
    let account: AccountId = change.account;
    change
        .tx
        .execute(&PROJECT_INSERT, args![id, account, name.as_str(), is_main, change.now])
        .await
        .map_err(|error| error.taken(Field::Name, Problem::Taken))?;
    Ok(id)
}
