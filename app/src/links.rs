//! Where pages are. No page spells a path of its own.

use domain::{
    definition::DefinitionKind,
    deletion::TargetKind,
    help::HelpPage,
    id::{
        AccountId, ApiKeyId, DefinitionKey, EnvironmentId, ExportId, InviteId, MessageId, PersonId, ProjectId, ReportKey, RequestId,
        ResetId, UploadId,
    },
};

pub const HOME: &str = "/";
pub const INBOX: &str = "/inbox";
pub const LETTERS: &str = "/inbox/letters";
pub const HELP_ANSWERS: &str = "/inbox/help";
pub const HELP: &str = "/help";
pub const DELETE_DATA: &str = "/help/delete-data";
pub const CHANGELOG: &str = "/help/changelog";
pub const ME: &str = "/me";
pub const SET_UP: &str = "/setup";
pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_UP: &str = "/sign-up";
pub const FORGOT: &str = "/forgot";
pub const TALK_TO_US: &str = "/talk-to-us";

/// What there is to read about the API.
pub const API_HELP: &str = "/help/api";

/// The same for programs.
pub const API_DOCUMENT: &str = "/api/openapi.json";

/// Answers the caller's own address.
pub const OWN_ADDRESS: &str = "/api/address";

/// What the address of an account's page names the environment by that its way back leads to.
pub const ENVIRONMENT: &str = "e";

/// A page of the account that remembers an environment.
pub fn with_environment(page: &str, environment: EnvironmentId) -> String {
    [page, "?", ENVIRONMENT, "=", &environment.to_string()].concat()
}

/// Signing in, and then `next`.
pub fn sign_in(next: &str) -> String {
    ["/sign-in?next=", &escaped(next)].concat()
}

/// Writing to the operator, from a page.
pub fn talk_to_us(from: &str) -> String {
    [TALK_TO_US, "?from=", &escaped(from)].concat()
}

/// A help page that asks whether it helped.
pub const fn help(page: HelpPage) -> &'static str {
    match page {
        HelpPage::DeleteData => DELETE_DATA,
    }
}

/// One message of the inbox.
pub fn message(message: MessageId) -> String {
    [INBOX, "/", &message.to_string()].concat()
}

pub fn delete_message(message: MessageId) -> String {
    [INBOX, "/", &message.to_string(), "/delete"].concat()
}

/// A value as it stands in a query.
pub fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => text.push(char::from(byte)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                text.push('%');
                text.push(char::from(HEX[usize::from(byte >> 4)]));
                text.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    text
}

/// A path of this site, never another site: what `next` may name.
pub fn local(next: &str) -> Option<&str> {
    let elsewhere = !next.starts_with('/') || next.starts_with("//") || next.contains('\\');
    let odd = next.bytes().any(|byte| byte <= b' ' || byte >= 0x7f);
    (!elsewhere && !odd).then_some(next)
}

fn of_account(account: AccountId, rest: &str) -> String {
    ["/a/", &account.to_string(), rest].concat()
}

fn of_environment(account: AccountId, environment: EnvironmentId, rest: &str) -> String {
    ["/a/", &account.to_string(), "/e/", &environment.to_string(), rest].concat()
}

pub fn account(account: AccountId) -> String {
    of_account(account, "")
}

pub fn reports(account: AccountId, environment: EnvironmentId) -> String {
    of_environment(account, environment, "/reports")
}

pub fn new_report(account: AccountId, environment: EnvironmentId) -> String {
    of_environment(account, environment, "/reports/new")
}

pub fn report(account: AccountId, environment: EnvironmentId, report: ReportKey) -> String {
    of_environment(account, environment, &["/reports/", &report.to_string()].concat())
}

pub fn edit_report(account: AccountId, environment: EnvironmentId, report: ReportKey) -> String {
    of_environment(account, environment, &["/reports/", &report.to_string(), "/edit"].concat())
}

/// Of events, the first of the kinds.
pub fn definitions(account: AccountId, environment: EnvironmentId) -> String {
    definitions_of(account, environment, DefinitionKind::Event)
}

pub fn definitions_of(account: AccountId, environment: EnvironmentId, kind: DefinitionKind) -> String {
    let of_kind = match kind {
        DefinitionKind::Event => "/definitions",
        DefinitionKind::Property => "/definitions/properties",
        DefinitionKind::Segment => "/definitions/segments",
    };
    of_environment(account, environment, of_kind)
}

/// Of events.
pub fn new_definition(account: AccountId, environment: EnvironmentId) -> String {
    new_definition_of(account, environment, DefinitionKind::Event)
}

pub fn new_definition_of(account: AccountId, environment: EnvironmentId, kind: DefinitionKind) -> String {
    [definitions_of(account, environment, kind).as_str(), "/new"].concat()
}

pub fn edit_definition(account: AccountId, environment: EnvironmentId, kind: DefinitionKind, definition: DefinitionKey) -> String {
    [&definitions_of(account, environment, kind), "/", &definition.to_string(), "/edit"].concat()
}

/// What an environment receives, and its settings.
pub fn environment(account: AccountId, environment: EnvironmentId) -> String {
    of_environment(account, environment, "/settings")
}

pub fn rename_environment(account: AccountId, environment: EnvironmentId) -> String {
    of_environment(account, environment, "/settings/rename")
}

pub fn delete_environment(account: AccountId, environment: EnvironmentId) -> String {
    of_environment(account, environment, "/settings/delete")
}

/// What an environment keeps of what clients send.
pub fn environment_privacy(account: AccountId, environment: EnvironmentId) -> String {
    of_environment(account, environment, "/privacy")
}

/// Making what is there already what those settings would have kept.
pub fn scrub_environment(account: AccountId, environment: EnvironmentId) -> String {
    of_environment(account, environment, "/privacy/scrub")
}

pub fn teammates(account: AccountId) -> String {
    of_account(account, "/settings/teammates")
}

pub fn remove_teammate(account: AccountId, person: PersonId) -> String {
    of_account(account, &["/settings/teammates/", &person.to_string(), "/remove"].concat())
}

pub fn receipt(account: AccountId, request: RequestId) -> String {
    [&deletion_request(account, request), "/receipt"].concat()
}

/// The receipt to keep.
pub fn receipt_file(account: AccountId, request: RequestId) -> String {
    [&deletion_request(account, request), "/receipt/file"].concat()
}

/// Asking a receipt about somebody.
pub fn check_receipt(account: AccountId) -> String {
    of_account(account, "/settings/deletion-requests/check")
}

pub fn projects(account: AccountId) -> String {
    of_account(account, "/settings/projects")
}

pub fn project(account: AccountId, project: ProjectId) -> String {
    of_account(account, &["/settings/projects/", &project.to_string()].concat())
}

pub fn delete_project(account: AccountId, project: ProjectId) -> String {
    of_account(account, &["/settings/projects/", &project.to_string(), "/delete"].concat())
}

pub fn new_environment(account: AccountId, project: ProjectId) -> String {
    of_account(account, &["/settings/projects/", &project.to_string(), "/new-environment"].concat())
}

pub fn excluded_ips(account: AccountId) -> String {
    of_account(account, "/settings/excluded-ips")
}

/// The list of one environment, or of all.
pub fn excluded_ips_of(account: AccountId, environment: Option<EnvironmentId>) -> String {
    let all = excluded_ips(account);
    environment.map_or(all.clone(), |environment| [&all, "/", &environment.to_string()].concat())
}

/// A page of a list, with what was searched for.
pub fn excluded_ips_page(account: AccountId, environment: Option<EnvironmentId>, search: &str, page: u32) -> String {
    [&excluded_ips_of(account, environment), "?q=", &escaped(search), "&page=", &page.to_string()].concat()
}

/// The list as a file.
pub fn excluded_ips_file(account: AccountId, environment: Option<EnvironmentId>) -> String {
    [&excluded_ips_of(account, environment), "/file"].concat()
}

pub fn privacy(account: AccountId) -> String {
    of_account(account, "/settings/privacy")
}

/// The API as a collection for Postman.
pub fn postman(account: AccountId) -> String {
    of_account(account, "/settings/privacy/postman")
}

pub fn revoke_api_key(account: AccountId, key: ApiKeyId) -> String {
    of_account(account, &["/settings/privacy/api-keys/", &key.to_string(), "/revoke"].concat())
}

pub fn deletion_requests(account: AccountId) -> String {
    of_account(account, "/settings/deletion-requests")
}

pub fn new_deletion_request(account: AccountId) -> String {
    of_account(account, "/settings/deletion-requests/new")
}

/// The same with how users are found already chosen. Whom stands in no address.
pub fn new_deletion_request_by(account: AccountId, kind: TargetKind) -> String {
    [&new_deletion_request(account), "?kind=", kind.as_str()].concat()
}

/// Who is kept out after an erasure.
pub fn suppressions(account: AccountId) -> String {
    of_account(account, "/settings/privacy/suppressions")
}

/// To confirm that those are let in again whom a request keeps out.
pub fn lift_suppression(account: AccountId, request: RequestId) -> String {
    [&suppressions(account), "/", &request.to_string(), "/lift"].concat()
}

/// Those whom a file names and of whom there is no data, as a file.
pub fn unmatched_file(account: AccountId, upload: UploadId) -> String {
    of_account(account, &["/settings/deletion-requests/uploads/", &upload.to_string(), "/unmatched"].concat())
}

pub fn deletion_request(account: AccountId, request: RequestId) -> String {
    of_account(account, &["/settings/deletion-requests/", &request.to_string()].concat())
}

/// Where a page hears that a request got on.
pub fn deletion_request_progress(account: AccountId, request: RequestId) -> String {
    [&deletion_request(account, request), "/progress"].concat()
}

/// What is known of somebody, for who asks.
pub fn exports(account: AccountId) -> String {
    of_account(account, "/settings/exports")
}

pub fn export(account: AccountId, export: ExportId) -> String {
    [&exports(account), "/", &export.to_string()].concat()
}

/// The archive.
pub fn export_file(account: AccountId, export: ExportId) -> String {
    [&self::export(account, export), "/file"].concat()
}

pub fn audit_log(account: AccountId) -> String {
    of_account(account, "/settings/audit-log")
}

/// The link of an invite, from the root of the site.
pub fn invite(invite: InviteId, token: &str) -> String {
    ["/invite/", &invite.to_string(), "/", token].concat()
}

/// The link for a new password, from the root of the site.
pub fn reset(reset: ResetId, token: &str) -> String {
    ["/reset/", &reset.to_string(), "/", token].concat()
}

pub fn mail(account: AccountId) -> String {
    of_account(account, "/settings/mail")
}

/// Where demo data is removed.
pub fn demo(account: AccountId) -> String {
    of_account(account, "/settings/demo")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_come_next() {
        for good in ["/", "/a/1/settings?x=1"] {
            assert_eq!(local(good), Some(good));
        }
        for bad in ["", "https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "/\tb", "a"] {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn what_comes_next_is_escaped() {
        assert_eq!(sign_in("/a?b=c&d"), "/sign-in?next=/a%3Fb%3Dc%26d");
    }
}
