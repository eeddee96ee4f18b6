//! One sentence for each deed.

use domain::{
    access::Access,
    audit::{ActorKind, Deed},
    definition::DefinitionKind,
};

use super::privacy;
use crate::{
    pages::deletion_requests::{approval_words, grace_words},
    words::{self, count},
};

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

/// A count of lines with those that are named; nothing where there are none.
pub(super) fn lines(done: &str, number: u32, named: &[String]) -> Option<String> {
    let more = number.saturating_sub(u32::try_from(named.len()).unwrap_or(u32::MAX));
    let lines = things(number, "line", "lines");
    match (number, named, more) {
        (0, ..) => None,
        (_, [], _) => Some(format!("{done} {lines}")),
        (_, named, 0) => Some(format!("{done} {lines} ({})", named.join(", "))),
        (_, named, more) => Some(format!("{done} {lines} ({} and {} more)", named.join(", "), words::number(more.into()))),
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
            let changes = [lines("added", *added, added_lines), lines("removed", *removed, removed_lines)];
            let told = changes.into_iter().flatten().collect::<Vec<_>>().join(", ");
            format!("Changed the excluded IPs of {place}: {}", if told.is_empty() { "notes or order" } else { &told })
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
        Deed::DeletionRequested { users, everything_in: Some(environment), .. } => {
            format!("Requested the deletion of everything in {environment}, with {}", things(*users, "user", "users"))
        }
        Deed::DeletionRequested { users, property: Some(property), .. } => {
            format!("Requested the deletion of {}, found by the property “{property}”", things(*users, "user", "users"))
        }
        Deed::DeletionRequested { targets, users, .. } => {
            let named = things(*targets, "identity or user id", "identities and user ids");
            format!("Requested the deletion of {}, named by {named}", things(*users, "user", "users"))
        }
        Deed::RetentionBegan { environment, days, .. } => {
            format!("Began to erase what {environment} held for longer than {}", things((*days).into(), "day", "days"))
        }
        Deed::ScrubRequested { request, environment } => format!("Requested to scrub {environment} by its privacy settings: {request}"),
        Deed::DeletionApproved { request } => format!("Approved a deletion request: {request}"),
        Deed::ApprovalSet { approval } => {
            format!("Changed which deletion requests a second person approves: {}", approval_words(*approval))
        }
        Deed::SuppressionLifted { hashes, .. } => {
            format!("Lifted the suppression of {}", things(*hashes, "identity or user id", "identities and user ids"))
        }
        Deed::DeletionCancelled { request } => format!("Cancelled a deletion request: {request}"),
        Deed::DeletionFailed { request } => format!("Failed to carry out a deletion request: {request}"),
        Deed::DeletionRepeated { .. } => "Began to carry out a deletion request once more, as the erasure journal says".to_owned(),
        Deed::DeletionRetried { .. } => "Let a failed deletion request begin anew".to_owned(),
        Deed::GraceSet { hours } => format!("Set the grace period of deletion requests to {}", grace_words(*hours)),
        Deed::ExportAsked { export, users } => {
            format!("Asked for an export of what is known of {}: {export}", things(*users, "user", "users"))
        }
        Deed::ExportDownloaded { export } => format!("Downloaded the archive of an export: {export}"),
        Deed::ExportDeleted { export } => format!("Deleted the archive of an export: {export}"),
        Deed::ExportFailed { export } => format!("Failed to make the archive of an export: {export}"),
        Deed::DeletionCompleted { erased, .. } => {
            format!("Erased {} with {}", count(erased.users, "user", "users"), count(erased.events, "event", "events"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(added: u32, removed: u32, added_lines: &[&str]) -> String {
        let added_lines = added_lines.iter().map(ToString::to_string).collect();
        what(&Deed::ExcludedIpsSaved { environment: None, added, removed, added_lines, removed_lines: Vec::new() })
    }

    #[test]
    fn what_was_done_to_excluded_addresses_is_counted_in_lines() {
        let told = |changes: &str| format!("Changed the excluded IPs of all environments: {changes}");
        assert_eq!(saved(17, 0, &[]), told("added 17 lines"));
        assert_eq!(saved(1, 2, &["192.0.2.1"]), told("added 1 line (192.0.2.1), removed 2 lines"));
        assert_eq!(saved(1_200, 0, &["192.0.2.1", "192.0.2.2"]), told("added 1,200 lines (192.0.2.1, 192.0.2.2 and 1,198 more)"));
        assert_eq!(saved(0, 0, &[]), told("notes or order"));
    }
}
