//! What a page says after a form was saved. A code in the address, so that a forged link can say nothing of its own.

macro_rules! notices {
    ($($name:ident $code:literal $text:literal;)*) => {
        /// A short notice of success.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Notice { $($name),* }

        impl Notice {
            /// The code in the address.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The reverse of [`Notice::as_str`].
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }

            /// The sentence. `{word}` in it stands for a count of that name in the address.
            const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

notices! {
    AccountReady "account_ready" "Your account is ready.";
    SignedInAgain "signed_in_again" "You are signed in again. Nothing was saved yet: send the form once more.";
    SignedOut "signed_out" "You are signed out.";
    PasswordChanged "password_changed" "Password changed. Every other sign-in of yours has ended.";
    ResetMailed "reset_mailed" "If the address is known here, a link is on its way. It works once, for 30 minutes.";
    PasswordReset "password_reset" "Password changed. You are signed in here, and nowhere else.";
    TestMailQueued "test_mail_queued" "Test mail queued. What the mail server says stands below.";
    PersonRenamed "person_renamed" "Name changed.";
    SignInEnded "sign_in_ended" "Sign-in ended. That device has to sign in again.";
    OtherSignInsEnded "other_sign_ins_ended" "Every other sign-in of yours has ended.";
    ThemeChanged "theme_changed" "Appearance changed.";
    Joined "joined" "You joined the account.";
    Invited "invited" "Invite created. Its link stands below.";
    InviteResent "invite_resent" "New link made. The old one no longer works.";
    InviteRevoked "invite_revoked" "Invite revoked. Its link no longer works.";
    AccessChanged "access_changed" "Access changed.";
    ExcludedIpsSaved "excluded_ips_saved" "List saved. It counts from now on.";
    ExcludedIpsChanged "excluded_ips_changed" "List saved: added {added}, removed {removed}. It counts from now on.";
    ApiKeyRevoked "api_key_revoked" "API key revoked. Scripts that use it are refused from now on.";
    ScrubRequested "scrub_requested" "Scrubbing requested.";
    DeletionRequested "deletion_requested" "Deletion requested.";
    DeletionCancelled "deletion_cancelled" "Deletion request cancelled. Nothing was erased.";
    DeletionApproved "deletion_approved" "Deletion request approved.";
    DeletionRetried "deletion_retried" "The request goes on.";
    SuppressionLifted "suppression_lifted" "Suppression lifted. What arrives of these users is collected again.";
    ExportDeleted "export_deleted" "Archive deleted.";
    ApprovalSet "approval_set" "Approval set. It counts for requests from now on.";
    GraceSet "grace_set" "Grace period set. It counts for requests from now on.";
    PrivacySaved "privacy_saved" "Privacy settings saved. They count from now on.";
    TeammateRemoved "teammate_removed" "Teammate removed.";
    FirstStepsDismissed "first_steps_dismissed" "First steps dismissed.";
    ProjectCreated "project_created" "Project created, with the environment Production.";
    ProjectRenamed "project_renamed" "Project renamed.";
    ProjectDeleted "project_deleted" "Project deleted, with everything in it.";
    EnvironmentCreated "environment_created" "Environment created. Carried over: definitions {definitions}, reports {reports}.";
    EnvironmentRenamed "environment_renamed" "Environment renamed.";
    TimeZoneSet "time_zone_set" "Time zone set. Reports draw their days by it from now on.";
    EnvironmentDeleted "environment_deleted" "Environment deleted, with everything in it.";
    DefinitionCreated "definition_created" "Definition created.";
    DefinitionSaved "definition_saved" "Definition saved. Reports count by it from now on.";
    DefinitionArchived "definition_archived" "Definition archived. Reports that use it go on.";
    DefinitionRestored "definition_restored" "Definition restored.";
    DemoRemoved "demo_removed" "Demo data removed.";
    HelpAnswered "help_answered" "Thank you. Your answer is counted.";
    MessageMarked "message_marked" "Message marked.";
    MessageDeleted "message_deleted" "Message deleted.";
    ReportCreated "report_created" "Report created.";
    ReportSaved "report_saved" "Report saved.";
    ReportArchived "report_archived" "Report archived.";
    ReportRestored "report_restored" "Report restored.";
}

impl Notice {
    /// The sentence with its counts, which `query` finds by name. What is not a number is not said.
    pub fn sentence(self, query: impl Fn(&str) -> Option<String>) -> String {
        let mut sentence = String::new();
        let mut rest = self.text();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            let count = query(name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
            sentence.push_str(before);
            sentence.push_str(&count.to_string());
            rest = behind;
        }
        sentence.push_str(rest);
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_found_by_its_code_alone() {
        assert_eq!(Notice::parse(Notice::Invited.as_str()), Some(Notice::Invited));
        assert_eq!(Notice::parse("You won"), None);
    }

    #[test]
    fn a_notice_says_no_more_than_numbers_of_what_the_address_holds() {
        let told = |count: &str| Notice::EnvironmentCreated.sentence(|_| Some(count.to_owned()));
        assert_eq!(told("3"), "Environment created. Carried over: definitions 3, reports 3.");
        assert_eq!(told("call us"), "Environment created. Carried over: definitions 0, reports 0.");
    }
}
