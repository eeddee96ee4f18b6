//! A page of the environments of all projects.

use domain::{
    id::ProjectId,
    listing::{EnvironmentSort, Listed, Listing, Page, Search},
    time::Millis,
};

use super::{Environment, Project};
use crate::{
    Console, Error,
    access::{Granted, View},
};

/// An environment with its project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Housed {
    /// The project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Whether the project is Main.
    pub is_main: bool,
    /// The environment.
    pub environment: Environment,
}

impl Console {
    /// The page of environments that is asked for, project after project: Main first, then by name. Sorting is within the projects.
    ///
    /// # Errors
    /// `Database`.
    pub async fn environments_page(&self, granted: &Granted<View>, listing: &Listing<EnvironmentSort>) -> Result<Page<Housed>, Error> {
        let (mut found, mut total) = (Vec::new(), 0);
        for project in self.projects(granted).await? {
            let mut rows = project.housed();
            total += rows.len();
            rows.retain(|row| listing.finds(row));
            listing.order.sort(&mut rows);
            found.append(&mut rows);
        }
        Ok(Page::cut(found, listing.page, total))
    }
}

impl Project {
    /// Its environments, each with the project.
    pub fn housed(self) -> Vec<Housed> {
        let Self { id, name, is_main, environments, .. } = self;
        let row = |environment| Housed { project: id, project_name: name.clone(), is_main, environment };
        environments.into_iter().map(row).collect()
    }
}

impl Listed for Housed {
    type Sort = EnvironmentSort;
    type Key = (String, Millis);

    fn matches(&self, search: &Search) -> bool {
        let Environment { id, name, time_zone, .. } = &self.environment;
        [&self.project_name, name, time_zone, &id.to_string()].into_iter().any(|text| search.is_in(text))
    }

    fn key(&self, by: EnvironmentSort) -> Self::Key {
        let Environment { id, name, time_zone, created_at, .. } = &self.environment;
        match by {
            EnvironmentSort::Created => (String::new(), *created_at),
            EnvironmentSort::Name => (name.to_lowercase(), *created_at),
            // Ids have ten digits, so that text is in the order of numbers.
            EnvironmentSort::Id => (id.to_string(), *created_at),
            EnvironmentSort::TimeZone => (time_zone.clone(), *created_at),
        }
    }
}
