//! What the audit log can hold. A tracked user never stands in it, except as counts and random references.

use serde::{Deserialize, Serialize};

use crate::{
    access::Access,
    definition::DefinitionKind,
    deletion::{Approval, Counts, Suppression},
    id::{ExportId, RequestId},
    privacy::Change,
};

/// How many lines of a list an entry names; the rest it counts.
pub const LINES_NAMED: usize = 20;

/// One change of an account, with what a reader needs to recognise it later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are the names and counts that the sentence is made of")]
pub enum Deed {
    AccountCreated {
        name: String,
        #[serde(default)]
        with_api_key: bool,
    },
    TeammateInvited {
        email: String,
        access: Access,
    },
    InviteResent {
        email: String,
    },
    InviteRevoked {
        email: String,
    },
    InviteAccepted {
        email: String,
        access: Access,
    },
    AccessChanged {
        email: String,
        access: Access,
    },
    TeammateRemoved {
        email: String,
    },
    TestMailSent {
        email: String,
    },
    ProjectCreated {
        name: String,
    },
    ProjectRenamed {
        from: String,
        to: String,
    },
    ProjectDeleted {
        name: String,
        environments: u32,
    },
    EnvironmentCreated {
        name: String,
        project: String,
        source: String,
        definitions: u32,
        reports: u32,
    },
    EnvironmentRenamed {
        from: String,
        to: String,
    },
    TimeZoneChanged {
        environment: String,
        from: String,
        to: String,
    },
    EnvironmentDeleted {
        name: String,
        project: String,
    },
    /// `environment` is absent for the list of the whole account.
    ExcludedIpsSaved {
        environment: Option<String>,
        added: u32,
        removed: u32,
        /// The first [`LINES_NAMED`] patterns that were added.
        #[serde(default)]
        added_lines: Vec<String>,
        /// The first [`LINES_NAMED`] patterns that were removed.
        #[serde(default)]
        removed_lines: Vec<String>,
    },
    /// `changes` are the settings that are other ones now.
    PrivacyChanged {
        environment: String,
        changes: Vec<Change>,
    },
    DefinitionCreated {
        environment: String,
        name: String,
        #[serde(default)]
        kind: DefinitionKind,
    },
    DefinitionEdited {
        environment: String,
        name: String,
        #[serde(default)]
        kind: DefinitionKind,
    },
    DefinitionArchived {
        environment: String,
        name: String,
        #[serde(default)]
        kind: DefinitionKind,
    },
    DefinitionRestored {
        environment: String,
        name: String,
        #[serde(default)]
        kind: DefinitionKind,
    },
    ReportCreated {
        environment: String,
        name: String,
    },
    ReportEdited {
        environment: String,
        name: String,
    },
    ReportArchived {
        environment: String,
        name: String,
    },
    ReportRestored {
        environment: String,
        name: String,
    },
    /// Keys had no names once.
    ApiKeyCreated {
        #[serde(default)]
        name: String,
    },
    ApiKeyRevoked {
        #[serde(default)]
        name: String,
    },
    FirstStepsDismissed,
    /// `property` is the name of the property that led to the users, where they were not named; its value is told nowhere.
    DeletionRequested {
        request: RequestId,
        targets: u32,
        users: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        property: Option<String>,
        /// The environment of which everything goes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        everything_in: Option<String>,
        #[serde(default)]
        suppression: Suppression,
    },
    /// Whoever was erased by this request may come back.
    SuppressionLifted {
        request: RequestId,
        hashes: u32,
    },
    /// What is older than the environment keeps data is erased. `days` are those that it keeps.
    RetentionBegan {
        request: RequestId,
        environment: String,
        days: u16,
    },
    /// What is there is to be made what the privacy settings would have kept of it.
    ScrubRequested {
        request: RequestId,
        environment: String,
    },
    DeletionApproved {
        request: RequestId,
    },
    DeletionCancelled {
        request: RequestId,
    },
    /// It was tried in vain for hours.
    DeletionFailed {
        request: RequestId,
    },
    DeletionRetried {
        request: RequestId,
    },
    /// From a restored backup.
    DeletionRepeated {
        request: RequestId,
    },
    GraceSet {
        hours: u16,
    },
    ApprovalSet {
        approval: Approval,
    },
    DeletionCompleted {
        request: RequestId,
        erased: Counts,
    },
    /// `users` are those whom the name led to, in all environments.
    ExportAsked {
        export: ExportId,
        users: u32,
    },
    /// Who handed personal data out is what an auditor asks first.
    ExportDownloaded {
        export: ExportId,
    },
    ExportDeleted {
        export: ExportId,
    },
    /// It was tried in vain for hours.
    ExportFailed {
        export: ExportId,
    },
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A teammate in the console.
    Person,
    /// A script with an API key.
    ApiKey,
    /// The command line.
    Operator,
    /// The worker.
    System,
}

impl ActorKind {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::ApiKey => "api_key",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }

    /// The reverse of [`ActorKind::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Person, Self::ApiKey, Self::Operator, Self::System].into_iter().find(|kind| kind.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_before_there_were_kinds_of_definitions_is_about_an_event() {
        let old = r#"{"deed":"definition_archived","environment":"Production","name":"Signup"}"#;
        let (environment, name) = ("Production".to_owned(), "Signup".to_owned());
        let read = serde_json::from_str::<Deed>(old).ok();
        assert_eq!(read, Some(Deed::DefinitionArchived { environment, name, kind: DefinitionKind::Event }));
    }

    #[test]
    fn an_entry_of_before_keys_had_names_is_read() {
        let read = serde_json::from_str::<Deed>(r#"{"deed":"api_key_created"}"#).ok();
        assert_eq!(read, Some(Deed::ApiKeyCreated { name: String::new() }));
    }
}
