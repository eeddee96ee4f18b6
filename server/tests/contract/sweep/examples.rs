//! A valid call of every server function, an address of every page.

use axum::body::Body;
use http::{Request, request::Builder};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::world::World;

/// Who is meant to get through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Everybody: setting up, signing in, accepting.
    Open,
    /// Whoever is signed in: what is a person's own.
    Own,
    /// Teammates.
    View,
    /// Teammates with full access.
    Change,
    /// A page with nothing but a form for a change: read-only teammates are told that they cannot, there or by a refusal.
    Desk,
    /// An address that leads teammates on to a page.
    Way,
    /// Who runs the installation, and nobody of whatever account.
    Operator,
}

impl Class {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Own => "own",
            Self::View => "view",
            Self::Change => "change",
            Self::Desk => "desk",
            Self::Way => "way",
            Self::Operator => "oper.",
        }
    }
}

pub(crate) struct Example {
    pub name: &'static str,
    pub class: Class,
    arguments: fn(&World) -> Value,
}

impl Example {
    const fn new(name: &'static str, class: Class, arguments: fn(&World) -> Value) -> Self {
        Self { name, class, arguments }
    }

    /// Reads take JSON, changes take forms.
    fn reads(&self) -> bool {
        self.name.starts_with("load_")
    }

    pub(crate) fn request(&self, _world: &World) -> Builder {
        let kind = if self.reads() { "application/json" } else { "application/x-www-form-urlencoded" };
        Request::post(["/api/console/", self.name].concat()).header("content-type", kind)
    }

    pub(crate) fn body(&self, world: &World) -> Body {
        let arguments = (self.arguments)(world);
        if self.reads() {
            return arguments.to_string().into();
        }
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (name, value) in arguments.as_object().into_iter().flatten() {
            form.append_pair(name, value.as_str().unwrap_or(&value.to_string()));
        }
        form.finish().into()
    }
}

pub(crate) const FUNCTIONS: &[Example] = &[
    Example::new("load_set_up", Class::Open, |_| json!({})),
    Example::new(
        "set_up",
        Class::Open,
        |_| json!({"account_name": "A", "name": "B", "email": "b@example.com", "password": "correct horse"}),
    ),
    Example::new("load_sign_up", Class::Open, |_| json!({})),
    Example::new(
        "sign_up",
        Class::Open,
        |_| json!({"account_name": "A", "name": "B", "email": "b@example.com", "password": "correct horse"}),
    ),
    Example::new("sign_in", Class::Open, |_| json!({"email": "nobody@example.com", "password": "correct horse"})),
    Example::new("sign_out", Class::Open, |_| json!({})),
    Example::new("load_forgotten", Class::Open, |_| json!({})),
    Example::new("password_forgotten", Class::Open, |_| json!({"email": "nobody@example.com"})),
    Example::new("load_reset", Class::Open, |w| json!({"reset": w.invite, "token": "wrong"})),
    Example::new("password_reset", Class::Open, |w| json!({"reset": w.invite, "token": "wrong", "password": "correct horse"})),
    Example::new("load_mail", Class::View, |w| json!({"account": w.founded.account})),
    Example::new("mail_test", Class::Change, |w| json!({"account": w.founded.account})),
    Example::new("load_home", Class::Own, |_| json!({"account": null})),
    Example::new("load_profile", Class::Own, |_| json!({})),
    Example::new("person_rename", Class::Own, |_| json!({"name": "Ada Lovelace"})),
    Example::new("sign_in_end", Class::Own, |_| json!({"sign_in": "11111111-2222-4333-8444-555555555555"})),
    Example::new("sign_ins_end_others", Class::Own, |_| json!({})),
    Example::new("theme_set", Class::Open, |_| json!({"theme": "dark"})),
    Example::new("password_change", Class::Own, |_| json!({"current_password": "wrong password", "password": "correct horse"})),
    Example::new("load_invitation", Class::Open, |w| json!({"invite": w.invite, "token": w.invite_token})),
    Example::new("invite_accept", Class::Own, |w| json!({"invite": w.invite, "token": w.invite_token})),
    Example::new(
        "invite_accept_as_newcomer",
        Class::Open,
        |w| json!({"invite": w.invite, "token": "wrong", "name": "Carol", "password": "correct horse"}),
    ),
    Example::new("load_reply_address", Class::Open, |_| json!({})),
    Example::new(
        "message_send",
        Class::Open,
        |_| json!({"kind": "question", "message": "How?", "email": "nobody@example.com", "from": "/sign-in"}),
    ),
    Example::new("load_written", Class::Open, |_| json!({"page": "/help/delete-data"})),
    Example::new("load_written", Class::Open, |_| json!({"page": "/help/changelog"})),
    Example::new("help_answer", Class::Open, |_| json!({"page": "delete-data", "helpful": "yes"})),
    Example::new("load_written", Class::Open, |_| json!({"page": "/help/api"})),
    Example::new("load_written", Class::Operator, |_| json!({"page": "/inbox?state=all"})),
    Example::new("load_written", Class::Operator, |_| json!({"page": "/inbox/letters"})),
    Example::new("load_written", Class::Operator, |_| json!({"page": "/inbox/help"})),
    Example::new("load_written", Class::Operator, |w| json!({"page": format!("/inbox/{}", w.message)})),
    Example::new("load_written", Class::Operator, |w| json!({"page": format!("/inbox/{}/delete", w.message)})),
    Example::new("message_mark", Class::Operator, |w| json!({"message": w.message, "state": "answered"})),
    Example::new("message_delete", Class::Operator, |w| json!({"message": w.message})),
    Example::new("load_place", Class::View, |w| json!({"account": w.founded.account, "environment": w.staging})),
    Example::new("load_demo", Class::Change, |w| json!({"account": w.founded.account})),
    Example::new("demo_remove", Class::Change, |w| json!({"account": w.founded.account})),
    Example::new("first_steps_dismiss", Class::Change, |w| json!({"account": w.founded.account, "from": "/"})),
    Example::new("load_written", Class::View, |w| json!({"page": format!("/a/{}/settings/audit-log?q=ada&sort=at", w.founded.account)})),
    Example::new("load_teammates", Class::View, |w| json!({"account": w.founded.account})),
    Example::new("invite", Class::Change, |w| json!({"account": w.founded.account, "email": "dora@example.com", "access": "full"})),
    Example::new("invite_resend", Class::Change, |w| json!({"account": w.founded.account, "invite": w.invite})),
    Example::new("invite_revoke", Class::Change, |w| json!({"account": w.founded.account, "invite": w.invite})),
    Example::new("access_set", Class::Change, |w| json!({"account": w.founded.account, "person": w.read_only, "access": "full"})),
    Example::new("teammate_remove", Class::Change, |w| json!({"account": w.founded.account, "person": w.read_only})),
    Example::new("load_projects", Class::View, |w| json!({"account": w.founded.account})),
    Example::new("load_doomed_project", Class::Change, |w| json!({"account": w.founded.account, "project": w.project})),
    Example::new("load_new_environment", Class::Change, |w| json!({"account": w.founded.account, "project": w.project})),
    Example::new("project_create", Class::Change, |w| json!({"account": w.founded.account, "name": "Blog"})),
    Example::new("project_rename", Class::Change, |w| json!({"account": w.founded.account, "project": w.project, "name": "Store"})),
    Example::new("project_delete", Class::Change, |w| json!({"account": w.founded.account, "project": w.project, "confirm": "Shop"})),
    Example::new(
        "environment_create",
        Class::Change,
        |w| json!({"account": w.founded.account, "project": w.project, "name": "Testing", "source": "", "time_zone": "UTC"}),
    ),
    Example::new("load_environment", Class::View, |w| json!({"account": w.founded.account, "environment": w.founded.environment})),
    Example::new("load_light", Class::View, |w| json!({"account": w.founded.account, "environment": w.founded.environment})),
    Example::new("load_doomed_environment", Class::Change, |w| json!({"account": w.founded.account, "environment": w.staging})),
    Example::new("load_environment_desk", Class::Change, |w| json!({"account": w.founded.account, "environment": w.staging})),
    Example::new(
        "time_zone_set",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.staging, "time_zone": "Asia/Tokyo"}),
    ),
    Example::new("environment_rename", Class::Change, |w| json!({"account": w.founded.account, "environment": w.staging, "name": "Trial"})),
    Example::new(
        "environment_delete",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.staging, "confirm": "Staging"}),
    ),
    Example::new(
        "load_definitions",
        Class::View,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "kind": "segment"}),
    ),
    Example::new(
        "load_definition_desk",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "kind": "segment", "definition": w.segment}),
    ),
    Example::new(
        "definition_create",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "name": "Order", "event_name": "order"}),
    ),
    Example::new(
        "definition_edit",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "definition": w.definition, "version": 1, "name": "Joined", "event_name": "joined"}),
    ),
    Example::new(
        "property_create",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "name": "Total", "kind": "event", "raw_names": "total"}),
    ),
    Example::new(
        "property_edit",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "definition": w.property, "version": 1, "name": "Tariff", "kind": "user", "raw_names": "plan"}),
    ),
    Example::new(
        "segment_create",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "name": "Gold", "property": w.property, "comparison": "is", "value": "gold"}),
    ),
    Example::new(
        "segment_edit",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "definition": w.segment, "version": 1, "name": "Gold", "property_name": "plan", "comparison": "is", "value": "gold"}),
    ),
    Example::new(
        "definition_archive",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "definition": w.definition}),
    ),
    Example::new(
        "definition_restore",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "definition": w.definition}),
    ),
    Example::new("load_reports", Class::View, |w| json!({"account": w.founded.account, "environment": w.founded.environment})),
    Example::new(
        "load_written",
        Class::View,
        |w| json!({"page": format!("/a/{}/e/{}/reports/{}", w.founded.account, w.founded.environment, w.report)}),
    ),
    Example::new(
        "load_report_desk",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "report": w.report}),
    ),
    Example::new(
        "report_create",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "name": "More", "definition": w.definition, "measure": "events", "days": "7"}),
    ),
    Example::new(
        "report_edit",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "report": w.report, "version": 1, "name": "More", "definition": w.definition, "measure": "events", "days": "7"}),
    ),
    Example::new(
        "report_archive",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "report": w.report}),
    ),
    Example::new(
        "report_restore",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "report": w.report}),
    ),
    Example::new(
        "load_excluded_ips",
        Class::View,
        |w| json!({"account": w.founded.account, "environment": null, "search": "", "page": 1, "address": "192.0.2.7"}),
    ),
    Example::new("excluded_ips_save", Class::Change, |w| json!({"account": w.founded.account, "version": 0, "patterns": "192.0.2.7"})),
    Example::new("excluded_ips_add", Class::Change, |w| json!({"account": w.founded.account, "patterns": "192.0.2.8"})),
    Example::new("excluded_ips_remove", Class::Change, |w| json!({"account": w.founded.account, "pattern": "192.0.2.7"})),
    Example::new(
        "excluded_ips_upload",
        Class::Change,
        |w| json!({"account": w.founded.account, "version": 0, "mode": "add", "file": "192.0.2.9"}),
    ),
    Example::new("load_privacy", Class::View, |w| json!({"account": w.founded.account})),
    Example::new("load_written", Class::View, |w| json!({"page": format!("/a/{}/e/{}/privacy", w.founded.account, w.founded.environment)})),
    Example::new(
        "privacy_save",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "version": 0, "stored_address": "on", "location": "on", "user_agent": "off", "privacy_control": "on", "target_text": "off", "hosts": "example.com", "event_properties": "", "user_properties": "", "capture": "all", "pages": ""}),
    ),
    Example::new(
        "load_written",
        Class::Change,
        |w| json!({"page": format!("/a/{}/e/{}/privacy/scrub", w.founded.account, w.founded.environment)}),
    ),
    Example::new(
        "privacy_scrub",
        Class::Change,
        |w| json!({"account": w.founded.account, "environment": w.founded.environment, "confirm": "Production"}),
    ),
    Example::new("api_key_create", Class::Change, |w| json!({"account": w.founded.account, "name": "Nightly"})),
    Example::new("api_key_revoke", Class::Change, |w| json!({"account": w.founded.account, "key": w.api_key})),
    Example::new("load_written", Class::View, |w| json!({"page": format!("/a/{}/settings/deletion-requests/check", w.founded.account)})),
    Example::new(
        "load_written",
        Class::View,
        |w| json!({"page": format!("/a/{}/settings/deletion-requests/{}/receipt", w.founded.account, w.request)}),
    ),
    Example::new(
        "receipt_check",
        Class::View,
        |w| json!({"account": w.founded.account, "file": "{}", "kind": "identity", "targets": "user@example.com"}),
    ),
    Example::new("deletion_cancel", Class::Change, |w| json!({"account": w.founded.account, "request": w.waiting})),
    Example::new("deletion_retry", Class::Change, |w| json!({"account": w.founded.account, "request": w.failed})),
    Example::new("deletion_approve", Class::Change, |w| json!({"account": w.founded.account, "request": w.to_approve})),
    Example::new("load_written", Class::View, |w| json!({"page": format!("/a/{}/settings/privacy/suppressions", w.founded.account)})),
    Example::new(
        "load_written",
        Class::Change,
        |w| json!({"page": format!("/a/{}/settings/privacy/suppressions/{}/lift", w.founded.account, w.waiting)}),
    ),
    Example::new("load_written", Class::View, |w| json!({"page": format!("/a/{}/settings/exports", w.founded.account)})),
    Example::new("load_written", Class::View, |w| json!({"page": format!("/a/{}/settings/exports/{}", w.founded.account, w.export)})),
    Example::new(
        "export_ask",
        Class::Change,
        |w| json!({"account": w.founded.account, "kind": "identity", "targets": "exported@example.com"}),
    ),
    Example::new("export_delete", Class::Change, |w| json!({"account": w.founded.account, "export": w.export})),
    Example::new("suppression_lift", Class::Change, |w| json!({"account": w.founded.account, "request": w.waiting})),
    Example::new(
        "suppression_check",
        Class::Change,
        |w| json!({"account": w.founded.account, "kind": "identity", "targets": "user@example.com"}),
    ),
    Example::new("approval_set", Class::Change, |w| json!({"account": w.founded.account, "approval": "never"})),
    Example::new(
        "deletion_upload",
        Class::Change,
        |w| json!({"account": w.founded.account, "kind": "identity", "file": "user@example.com"}),
    ),
    Example::new("grace_set", Class::Change, |w| json!({"account": w.founded.account, "grace": "72"})),
    Example::new("load_deletion_requests", Class::View, |w| json!({"account": w.founded.account, "sort": "-users"})),
    Example::new("load_deletion_request", Class::View, |w| json!({"account": w.founded.account, "request": w.request})),
    Example::new("load_new_deletion_request", Class::Change, |w| json!({"account": w.founded.account})),
    Example::new(
        "deletion_request",
        Class::Change,
        |w| json!({"account": w.founded.account, "kind": "identity", "targets": "user@example.com", "confirm": "", "step": ""}),
    ),
];

type Page = (&'static str, Class, fn(&World) -> String);

pub(crate) const PAGES: &[Page] = &[
    ("/", Class::Open, |_| "/".to_owned()),
    ("/setup", Class::Open, |_| "/setup".to_owned()),
    ("/sign-in", Class::Open, |_| "/sign-in".to_owned()),
    ("/sign-up", Class::Open, |_| "/sign-up".to_owned()),
    ("/invite/{invite}/{token}", Class::Open, |w| format!("/invite/{}/{}", w.invite, w.invite_token)),
    ("/forgot", Class::Open, |_| "/forgot".to_owned()),
    ("/reset/{reset}/{token}", Class::Open, |w| format!("/reset/{}/wrong", w.invite)),
    ("/me", Class::Own, |_| "/me".to_owned()),
    ("/talk-to-us", Class::Open, |_| "/talk-to-us?from=/me".to_owned()),
    ("/help/delete-data", Class::Open, |_| "/help/delete-data".to_owned()),
    ("/help/changelog", Class::Open, |_| "/help/changelog".to_owned()),
    ("/help/api", Class::Open, |_| "/help/api".to_owned()),
    ("/inbox", Class::Operator, |_| "/inbox".to_owned()),
    ("/inbox/letters", Class::Operator, |_| "/inbox/letters".to_owned()),
    ("/inbox/help", Class::Operator, |_| "/inbox/help".to_owned()),
    ("/inbox/{message}", Class::Operator, |w| format!("/inbox/{}", w.message)),
    ("/inbox/{message}/delete", Class::Operator, |w| format!("/inbox/{}/delete", w.message)),
    ("/a/{account}", Class::Way, |w| format!("/a/{}", w.founded.account)),
    ("/a/{account}/settings/teammates", Class::View, |w| format!("/a/{}/settings/teammates", w.founded.account)),
    ("/a/{account}/settings/excluded-ips", Class::View, |w| format!("/a/{}/settings/excluded-ips", w.founded.account)),
    ("/a/{account}/settings/excluded-ips/{environment}", Class::View, |w| {
        format!("/a/{}/settings/excluded-ips/{}", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/settings/privacy", Class::View, |w| format!("/a/{}/settings/privacy", w.founded.account)),
    ("/a/{account}/settings/deletion-requests", Class::View, |w| format!("/a/{}/settings/deletion-requests", w.founded.account)),
    ("/a/{account}/settings/deletion-requests/{request}", Class::View, |w| {
        format!("/a/{}/settings/deletion-requests/{}", w.founded.account, w.request)
    }),
    ("/a/{account}/settings/privacy/suppressions/{request}/lift", Class::Desk, |w| {
        format!("/a/{}/settings/privacy/suppressions/{}/lift", w.founded.account, w.waiting)
    }),
    ("/a/{account}/settings/exports", Class::View, |w| format!("/a/{}/settings/exports", w.founded.account)),
    ("/a/{account}/settings/exports/{export}", Class::View, |w| format!("/a/{}/settings/exports/{}", w.founded.account, w.export)),
    ("/a/{account}/settings/privacy/suppressions", Class::View, |w| format!("/a/{}/settings/privacy/suppressions", w.founded.account)),
    ("/a/{account}/settings/deletion-requests/check", Class::View, |w| {
        format!("/a/{}/settings/deletion-requests/check", w.founded.account)
    }),
    ("/a/{account}/settings/deletion-requests/{request}/receipt", Class::View, |w| {
        format!("/a/{}/settings/deletion-requests/{}/receipt", w.founded.account, w.request)
    }),
    ("/a/{account}/settings/mail", Class::View, |w| format!("/a/{}/settings/mail", w.founded.account)),
    ("/a/{account}/settings/audit-log", Class::View, |w| format!("/a/{}/settings/audit-log", w.founded.account)),
    ("/a/{account}/settings/projects", Class::View, |w| format!("/a/{}/settings/projects", w.founded.account)),
    ("/a/{account}/settings/projects/{project}", Class::View, |w| format!("/a/{}/settings/projects/{}", w.founded.account, w.project)),
    ("/a/{account}/e/{environment}/settings", Class::View, |w| format!("/a/{}/e/{}/settings", w.founded.account, w.founded.environment)),
    ("/a/{account}/e/{environment}/privacy", Class::View, |w| format!("/a/{}/e/{}/privacy", w.founded.account, w.founded.environment)),
    ("/a/{account}/e/{environment}/privacy/scrub", Class::Desk, |w| {
        format!("/a/{}/e/{}/privacy/scrub", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/definitions", Class::View, |w| {
        format!("/a/{}/e/{}/definitions", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/definitions/properties", Class::View, |w| {
        format!("/a/{}/e/{}/definitions/properties", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/definitions/segments", Class::View, |w| {
        format!("/a/{}/e/{}/definitions/segments", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/reports", Class::View, |w| format!("/a/{}/e/{}/reports", w.founded.account, w.founded.environment)),
    ("/a/{account}/e/{environment}/reports/{report}", Class::View, |w| {
        format!("/a/{}/e/{}/reports/{}", w.founded.account, w.founded.environment, w.report)
    }),
    ("/a/{account}/settings/demo", Class::Desk, |w| format!("/a/{}/settings/demo", w.founded.account)),
    ("/a/{account}/settings/teammates/{person}/remove", Class::Desk, |w| {
        format!("/a/{}/settings/teammates/{}/remove", w.founded.account, w.read_only)
    }),
    ("/a/{account}/settings/privacy/api-keys/{key}/revoke", Class::Desk, |w| {
        format!("/a/{}/settings/privacy/api-keys/{}/revoke", w.founded.account, w.api_key)
    }),
    ("/a/{account}/settings/deletion-requests/new", Class::Desk, |w| format!("/a/{}/settings/deletion-requests/new", w.founded.account)),
    ("/a/{account}/settings/projects/{project}/new-environment", Class::Desk, |w| {
        format!("/a/{}/settings/projects/{}/new-environment", w.founded.account, w.project)
    }),
    ("/a/{account}/settings/projects/{project}/delete", Class::Desk, |w| {
        format!("/a/{}/settings/projects/{}/delete", w.founded.account, w.project)
    }),
    ("/a/{account}/e/{environment}/settings/rename", Class::Desk, |w| {
        format!("/a/{}/e/{}/settings/rename", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/definitions/new", Class::Desk, |w| {
        format!("/a/{}/e/{}/definitions/new", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/definitions/{definition}/edit", Class::Desk, |w| {
        format!("/a/{}/e/{}/definitions/{}/edit", w.founded.account, w.founded.environment, w.definition)
    }),
    ("/a/{account}/e/{environment}/definitions/properties/new", Class::Desk, |w| {
        format!("/a/{}/e/{}/definitions/properties/new", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/definitions/properties/{definition}/edit", Class::Desk, |w| {
        format!("/a/{}/e/{}/definitions/properties/{}/edit", w.founded.account, w.founded.environment, w.property)
    }),
    ("/a/{account}/e/{environment}/definitions/segments/new", Class::Desk, |w| {
        format!("/a/{}/e/{}/definitions/segments/new", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/definitions/segments/{definition}/edit", Class::Desk, |w| {
        format!("/a/{}/e/{}/definitions/segments/{}/edit", w.founded.account, w.founded.environment, w.segment)
    }),
    ("/a/{account}/e/{environment}/reports/new", Class::Desk, |w| {
        format!("/a/{}/e/{}/reports/new", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/e/{environment}/reports/{report}/edit", Class::Desk, |w| {
        format!("/a/{}/e/{}/reports/{}/edit", w.founded.account, w.founded.environment, w.report)
    }),
    ("/a/{account}/e/{environment}/settings/delete", Class::Desk, |w| format!("/a/{}/e/{}/settings/delete", w.founded.account, w.staging)),
];

/// What is downloaded or streamed: no page, and for teammates alone.
pub(crate) const DOWNLOADS: &[Page] = &[
    ("/a/{account}/settings/excluded-ips/file", Class::View, |w| format!("/a/{}/settings/excluded-ips/file", w.founded.account)),
    ("/a/{account}/settings/excluded-ips/{environment}/file", Class::View, |w| {
        format!("/a/{}/settings/excluded-ips/{}/file", w.founded.account, w.founded.environment)
    }),
    ("/a/{account}/settings/deletion-requests/{request}/receipt/file", Class::View, |w| {
        format!("/a/{}/settings/deletion-requests/{}/receipt/file", w.founded.account, w.request)
    }),
    ("/a/{account}/settings/deletion-requests/uploads/{upload}/unmatched", Class::Desk, |w| {
        format!("/a/{}/settings/deletion-requests/uploads/{}/unmatched", w.founded.account, w.upload)
    }),
    ("/a/{account}/settings/exports/{export}/file", Class::Change, |w| {
        format!("/a/{}/settings/exports/{}/file", w.founded.account, w.export)
    }),
    ("/a/{account}/settings/privacy/postman", Class::View, |w| format!("/a/{}/settings/privacy/postman", w.founded.account)),
    ("/a/{account}/settings/deletion-requests/{request}/progress", Class::View, |w| {
        format!("/a/{}/settings/deletion-requests/{}/progress", w.founded.account, w.request)
    }),
];

pub(crate) const APIS: &[(&str, &str, &str)] = &[
    ("POST", "/api/track", r#"{"app_id": "APP", "identity": "a@example.com", "event": "Look"}"#),
    ("POST", "/api/v1/identify", r#"{"app_id": "APP", "identity": "a@example.com", "user_id": "5"}"#),
    ("POST", "/api/add_user_properties", r#"{"app_id": "APP", "identity": "a@example.com", "properties": {"plan": "pro"}}"#),
    ("POST", "/api/identify", r#"{"app_id": "APP", "identity": "a@example.com", "properties": {"plan": "pro"}}"#),
    ("POST", "/api/add_account_properties", r#"{"app_id": "APP", "account_id": "acme", "properties": {"plan": "pro"}}"#),
    ("POST", "/api/public/v0/auth_token", ""),
    ("POST", "/api/public/v0/user_deletion", r#"{"users": [{"identity": "a@example.com"}]}"#),
    ("GET", "/api/public/v0/deletion_status/11111111-2222-4333-8444-555555555555", ""),
    ("POST", "/api/manage/v1/deletion_previews", r#"{"users": [{"identity": "a@example.com"}]}"#),
    ("GET", "/api/manage/v1/deletion_requests", ""),
    ("GET", "/api/manage/v1/deletion_requests/11111111-2222-4333-8444-555555555555", ""),
    ("GET", "/api/manage/v1/deletion_requests/11111111-2222-4333-8444-555555555555/receipt", ""),
    ("POST", "/api/manage/v1/deletion_requests/11111111-2222-4333-8444-555555555555/cancel", ""),
    ("POST", "/api/manage/v1/exports", r#"{"users": [{"identity": "a@example.com"}]}"#),
    ("GET", "/api/manage/v1/exports", ""),
    ("GET", "/api/manage/v1/exports/11111111-2222-4333-8444-555555555555", ""),
    ("GET", "/api/manage/v1/exports/11111111-2222-4333-8444-555555555555/archive", ""),
    ("POST", "/api/manage/v1/exports/11111111-2222-4333-8444-555555555555/delete", ""),
    ("GET", "/api/address", ""),
    ("GET", "/.well-known/cairn-receipt-keys.json", ""),
    ("GET", "/api/openapi.json", ""),
    ("GET", "/api/track", ""),
    ("GET", "/health/live", ""),
    ("GET", "/health/ready", ""),
];
