//! One account with one of everything, and a cookie for each caller.

use std::collections::HashMap;

use axum::body::Body;
use domain::{
    access::Access,
    collect::Properties,
    definition::{ConditionText, EventDefinitionDraft, PropertyDefinitionDraft, SegmentDraft},
    deletion::{Suppression, Target, TargetFile, TargetKind},
    email::EmailAddress,
    id::{ApiKeyId, DefinitionKey, EnvironmentId, ExportId, InviteId, MessageId, PersonId, ProjectId, ReportKey, RequestId, UploadId},
    message::MessageDraft,
    name::{EnvironmentName, PersonName, ProjectName},
    report::ReportDraft,
    user::Identity,
    zone::ZoneName,
};
use http::request::Builder;
use store::{
    access::{Capability, DeleteUsers, EditDefinitions, EditReports, Granted, ManageProjects, ManageTeammates, View},
    collector::What,
    console::{accounts::Occasion, deletion_requests::Selection},
};

use super::callers::Caller;
use crate::support::{Database, Founded, House, house::NO_PASSWORD};

/// In the place of a number where the account is gone.
const ITS_END: i64 = -1;

pub(crate) struct World {
    pub house: House,
    pub founded: Founded,
    pub read_only: PersonId,
    pub invite: InviteId,
    pub invite_token: String,
    pub project: ProjectId,
    pub staging: EnvironmentId,
    pub definition: DefinitionKey,
    pub property: DefinitionKey,
    pub segment: DefinitionKey,
    pub report: ReportKey,
    pub api_key: ApiKeyId,
    pub request: RequestId,
    /// One that has not begun.
    pub waiting: RequestId,
    pub failed: RequestId,
    /// One that somebody else asked for.
    pub to_approve: RequestId,
    pub upload: UploadId,
    /// One whose archive is ready.
    pub export: ExportId,
    pub message: MessageId,
    cookies: HashMap<&'static str, String>,
}

impl World {
    pub(crate) async fn build(database: Database) -> Self {
        let house = House::open(database).await;
        // Marked as demo data, which only the first account can be, so that there is something to remove.
        let founded = house.found_as("ada@example.com", Occasion::Demo).await;
        let operator = house.found("olga@example.com").await;
        let stranger = house.found("eve@example.com").await;
        let console = &house.store.console;
        // The first person of an installation is its operator; here that is another one's part.
        console.unscoped_add_operator(&EmailAddress::parse("olga@example.com").unwrap()).await.unwrap();
        console.unscoped_remove_operator(&EmailAddress::parse("ada@example.com").unwrap()).await.unwrap();
        let managing: Granted<ManageTeammates> = proof(&house, &founded).await;
        let handle = console.manage_teammates(&managing);
        let bob = handle.invite(&EmailAddress::parse("bob@example.com").unwrap(), Access::ReadOnly).await.unwrap();
        let name = PersonName::parse("Bob").unwrap();
        let (_, verified) = console.accept_as_newcomer(bob.invite, &bob.token, &name, NO_PASSWORD).await.unwrap();
        let token = console.sign_in(&verified, "test", None).await.unwrap();
        let read_only = console.actor(&token).await.unwrap().unwrap().person().unwrap();
        let pending = handle.invite(&EmailAddress::parse("carol@example.com").unwrap(), Access::Full).await.unwrap();
        let projects: Granted<ManageProjects> = proof(&house, &founded).await;
        let projects = console.manage_projects(&projects);
        let zone = ZoneName::default();
        let (project, _) = projects.create(&ProjectName::parse("Shop").unwrap(), &zone).await.unwrap();
        let staging =
            projects.add_environment(project, &EnvironmentName::parse("Staging").unwrap(), None, &zone).await.unwrap().environment;
        let defining: Granted<EditDefinitions> = proof(&house, &founded).await;
        let draft = EventDefinitionDraft::parse("Signup", "signup").unwrap();
        let definitions = console.edit_definitions(&defining, founded.environment);
        let definition = definitions.create(&draft).await.unwrap();
        let property = definitions.create_property(&PropertyDefinitionDraft::parse("Plan", "user", "plan").unwrap()).await.unwrap();
        let condition = ConditionText { name: "plan", comparison: "is_set", ..ConditionText::default() };
        let segment = definitions.create_segment(&SegmentDraft::parse("Paying", &condition).unwrap()).await.unwrap();
        let reporting: Granted<EditReports> = proof(&house, &founded).await;
        let draft = ReportDraft::parse("Signups", &definition.to_string(), "events", "7").unwrap();
        let report = console.edit_reports(&reporting, founded.environment).create(&draft).await.unwrap();
        let deleting: Granted<DeleteUsers> = proof(&house, &founded).await;
        let target = Target::Identity(Identity::parse("user@example.com").unwrap());
        let request = console.delete_users(&deleting).request(&[target]).await.unwrap().id;
        let exported = Target::Identity(Identity::parse("exported@example.com").unwrap());
        let what = What::Properties(vec![(exported.clone(), Properties::default())]);
        let submission = house.store.collector.submission(founded.environment, [127, 0, 0, 1].into(), what);
        house.store.collector.write(vec![submission]).await.unwrap();
        let export = console.export_users(&deleting).ask(&exported).await.unwrap();
        // So that the one has a receipt, and the other an archive.
        Box::pin(house.drain()).await;
        let target = Target::Identity(Identity::parse("failed@example.com").unwrap());
        let failed = console.delete_users(&deleting).request(&[target]).await.unwrap().id;
        house.run("UPDATE deletion_requests SET state = 'failed' WHERE state = 'pending'; UPDATE accounts SET grace_hours = 24").await;
        let target = Target::Identity(Identity::parse("approved@example.com").unwrap());
        let to_approve = console.delete_users(&deleting).request(&[target]).await.unwrap().id;
        house.run("UPDATE deletion_requests SET awaits_approval = TRUE, requested_by = NULL WHERE state = 'pending'").await;
        let file = TargetFile::parse("uploaded@example.com", TargetKind::Identity).unwrap();
        let upload = console.delete_users(&deleting).upload(&file).await.unwrap();
        let target = Target::Identity(Identity::parse("waiting@example.com").unwrap());
        let selection = Selection::named(&[target]).unwrap();
        let waiting = console.delete_users(&deleting).request_selected(&selection, Suppression::Forever).await.unwrap().id;
        let viewing: Granted<View> = proof(&house, &founded).await;
        let api_key = console.api_keys(&viewing).await.unwrap()[0].id;
        let draft = MessageDraft::parse("bug", "It does not work", "carol@example.com", "/sign-in").unwrap();
        let message = console.send_message(None, &draft).await.unwrap();
        // So that streams end with their first event.
        house.streaming.now();
        let mut cookies = HashMap::from([("ReadOnly", token)]);
        cookies.insert("Full", sign_in(&house, &founded).await);
        cookies.insert("Operator", sign_in(&house, &operator).await);
        cookies.insert("Stranger", sign_in(&house, &stranger).await);
        Self {
            read_only,
            invite: pending.invite,
            invite_token: pending.token,
            project,
            staging,
            definition,
            property,
            segment,
            report,
            api_key,
            request,
            waiting,
            failed,
            to_approve,
            upload,
            export,
            message,
            cookies,
            founded,
            house,
        }
    }

    pub(crate) async fn send(&self, caller: Caller, request: Builder, body: Body) -> u16 {
        let cookie = match caller {
            Caller::Anonymous => None,
            Caller::Stranger => self.cookies.get("Stranger"),
            Caller::ReadOnly => self.cookies.get("ReadOnly"),
            Caller::Full => self.cookies.get("Full"),
            Caller::Operator => self.cookies.get("Operator"),
        };
        let request = match cookie {
            Some(token) => request.header("cookie", ["__Host-cairn=", token].concat()),
            None => request,
        };
        self.house.call(request.body(body).unwrap()).await.status
    }

    /// How many changes the account has seen.
    pub(crate) async fn audit_entries(&self) -> i64 {
        let console = &self.house.store.console;
        let Ok(view) = console.grant::<View>(&self.founded.actor, self.founded.account).await else {
            return ITS_END;
        };
        let log = console.audit_log(&view, None).await.unwrap();
        log.first().map_or(0, |entry| entry.number)
    }
}

async fn proof<C: Capability>(house: &House, founded: &Founded) -> Granted<C> {
    house.store.console.grant(&founded.actor, founded.account).await.unwrap()
}

async fn sign_in(house: &House, founded: &Founded) -> String {
    let console = &house.store.console;
    let verified = console.own_credentials(&founded.actor).await.unwrap().verified(true).unwrap();
    console.sign_in(&verified, "test", None).await.unwrap()
}
