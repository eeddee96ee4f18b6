//! One sentence for each deed.

use domain::{
    access::Access,
    audit::{ActorKind, Deed},
    definition::DefinitionKind,
};

use super::privacy;
use crate::{pages::deletion_requests::grace_words, words::count};

/// The person's name, or the machine that acted.
pub(super) fn who(kind: ActorKind, name: String) -> String {
    match kind {
        ActorKind::Person => name,
        ActorKind::ApiKey => "API key".to_owned(),
        ActorKind::Operator => "Command line".to_owned(),
        ActorKind::System => "Cairn".to_owned(),
    }
}

fn with(access: Access) -> &'static str {
    match access {
        Access::Full => "full access",
        Access::ReadOnly => "read-only access",
    }
}

fn defined(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Event => "definition",
        DefinitionKind::Property => "property definition",
        DefinitionKind::Segment => "segment",
    }
}

fn things(number: u32, one: &str, many: &str) -> String {
    count(number.into(), one, many)
}

fn key(done: &str, name: &str) -> String {
    if name.is_empty() { format!("{done} an API key") } else { format!("{done} the API key {name}") }
}

/// A count of lines with those that are named.
pub(super) fn lines(number: u32, what: &str, named: &[String]) -> String {
    let more = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(named.len());
    match (named, more) {
        ([], _) => format!("{number} {what}"),
        (named, 0) => format!("{number} {what} ({})", named.join(", ")),
        (named, more) => format!("{number} {what} ({} and {more} more)", named.join(", ")),
    }
}

pub(super) fn what(deed: &Deed) -> String {
    match deed {
        Deed::AccountCreated { name, with_api_key: false } => format!("Created the account {name}"),
        Deed::AccountCreated { name, with_api_key: true } => format!("Created the account {name}, with an API key"),
        Deed::TeammateInvited { email, access } => format!("Invited {email} with {}", with(*access)),
        Deed::InviteResent { email } => format!("Made a new invite link for {email}"),
        Deed::InviteRevoked { email } => format!("Revoked the invite of {email}"),
        Deed::InviteAccepted { email, access } => format!("Joined as {email} with {}", with(*access)),
        Deed::AccessChanged { email, access } => format!("Gave {email} {}", with(*access)),
        Deed::TeammateRemoved { email } => format!("Removed {email}"),
        Deed::TestMailSent { email } => format!("Sent a test mail to {email}"),
        Deed::ProjectCreated { name } => format!("Created the project {name}"),
        Deed::ProjectRenamed { from, to } => format!("Renamed the project {from} to {to}"),
        Deed::ProjectDeleted { name, environments } => {
            format!("Deleted the project {name} with {}", things(*environments, "environment", "environments"))
        }
        Deed::EnvironmentCreated { name, project, source, definitions, reports } => {
            let carried = [things(*definitions, "definition", "definitions"), things(*reports, "report", "reports")].join(" and ");
            format!("Added the environment {name} to {project} with {carried} of {source}")
        }
        Deed::EnvironmentRenamed { from, to } => format!("Renamed the environment {from} to {to}"),
        Deed::TimeZoneChanged { environment, from, to } => format!("Changed the time zone of {environment} from {from} to {to}"),
        Deed::EnvironmentDeleted { name, project } => format!("Deleted the environment {name} of {project}"),
        Deed::ExcludedIpsSaved { environment, added, removed, added_lines, removed_lines } => {
            let place = environment.as_deref().unwrap_or("all environments");
            let (added, removed) = (lines(*added, "added", added_lines), lines(*removed, "removed", removed_lines));
            format!("Changed the excluded IPs of {place}: {added}, {removed}")
        }
        Deed::PrivacyChanged { environment, changes } => format!("Changed the privacy of {environment}. {}", privacy::changed(changes)),
        Deed::DefinitionCreated { environment, name, kind } => format!("Created the {} {name} in {environment}", defined(*kind)),
        Deed::DefinitionEdited { environment, name, kind } => format!("Edited the {} {name} in {environment}", defined(*kind)),
        Deed::DefinitionArchived { environment, name, kind } => format!("Archived the {} {name} in {environment}", defined(*kind)),
        Deed::DefinitionRestored { environment, name, kind } => format!("Restored the {} {name} in {environment}", defined(*kind)),
        Deed::ReportCreated { environment, name } => format!("Created the report {name} in {environment}"),
        Deed::ReportEdited { environment, name } => format!("Edited the report {name} in {environment}"),
        Deed::ReportArchived { environment, name } => format!("Archived the report {name} in {environment}"),
        Deed::ReportRestored { environment, name } => format!("Restored the report {name} in {environment}"),
        Deed::ApiKeyCreated { name } => key("Created", name),
        Deed::ApiKeyRevoked { name } => key("Revoked", name),
        Deed::FirstStepsDismissed => "Dismissed the first steps".to_owned(),
        Deed::DeletionRequested { users, property: Some(property), .. } => {
            format!("Requested the deletion of {}, found by the property “{property}”", things(*users, "user", "users"))
        }
        Deed::DeletionRequested { targets, users, .. } => {
            let named = things(*targets, "identity or user id", "identities and user ids");
            format!("Requested the deletion of {}, named by {named}", things(*users, "user", "users"))
        }
        Deed::DeletionCancelled { .. } => "Cancelled a deletion request".to_owned(),
        Deed::DeletionFailed { .. } => "Failed to carry out a deletion request".to_owned(),
        Deed::DeletionRetried { .. } => "Let a failed deletion request begin anew".to_owned(),
        Deed::GraceSet { hours } => format!("Set the grace period of deletion requests to {}", grace_words(*hours)),
        Deed::DeletionCompleted { erased, .. } => {
            format!("Erased {} with {}", count(erased.users, "user", "users"), count(erased.events, "event", "events"))
        }
    }
}
