//! Who may do what: one literal table of access and capability, default deny.

use serde::{Deserialize, Serialize};

/// What a teammate may do in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everything, like the account's first teammate.
    Full,
    /// View definitions, run queries and view reports.
    ReadOnly,
}

impl Access {
    /// Every access there is.
    pub const ALL: [Self; 2] = [Self::Full, Self::ReadOnly];

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ReadOnly => "read_only",
        }
    }

    /// The reverse of [`Access::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.as_str() == word)
    }
}

/// A right that a deed asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Capability {
    /// See the account: lists, definitions, reports.
    View,
    /// Run queries.
    RunQueries,
    /// Create, edit, archive and restore definitions.
    EditDefinitions,
    /// Create, edit, archive and restore reports.
    EditReports,
    /// Invite, restrict and remove teammates.
    ManageTeammates,
    /// Create, rename and delete projects and environments.
    ManageProjects,
    /// Edit the lists of excluded addresses.
    ManageExcludedIps,
    /// API keys and privacy settings.
    ManagePrivacy,
    /// Order users to be erased.
    DeleteUsers,
    /// The account itself.
    ManageAccount,
}

impl Capability {
    /// Every capability there is.
    pub const ALL: [Self; 10] = [
        Self::View,
        Self::RunQueries,
        Self::EditDefinitions,
        Self::EditReports,
        Self::ManageTeammates,
        Self::ManageProjects,
        Self::ManageExcludedIps,
        Self::ManagePrivacy,
        Self::DeleteUsers,
        Self::ManageAccount,
    ];
}

/// The matrix. Pages hide buttons by it; the store decides by it.
pub const fn allows(access: Access, capability: Capability) -> bool {
    use Capability as C;
    match (access, capability) {
        (Access::Full, _) | (Access::ReadOnly, C::View | C::RunQueries) => true,
        (
            Access::ReadOnly,
            C::EditDefinitions
            | C::EditReports
            | C::ManageTeammates
            | C::ManageProjects
            | C::ManageExcludedIps
            | C::ManagePrivacy
            | C::DeleteUsers
            | C::ManageAccount,
        ) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    #[test]
    fn the_matrix_of_access_and_capability_is_as_agreed() {
        let mut table = String::new();
        for capability in Capability::ALL {
            let mark = |access| if allows(access, capability) { "yes" } else { "-" };
            let name = format!("{capability:?}");
            let _ = writeln!(table, "{name:<18} full {:<4} read_only {}", mark(Access::Full), mark(Access::ReadOnly));
        }
        insta::assert_snapshot!(table, @r"
        View               full yes  read_only yes
        RunQueries         full yes  read_only yes
        EditDefinitions    full yes  read_only -
        EditReports        full yes  read_only -
        ManageTeammates    full yes  read_only -
        ManageProjects     full yes  read_only -
        ManageExcludedIps  full yes  read_only -
        ManagePrivacy      full yes  read_only -
        DeleteUsers        full yes  read_only -
        ManageAccount      full yes  read_only -
        ");
    }
}
