//! The second person, where an account demands one.

use domain::{deletion::Approval, id::RequestId};

use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "approval_set")]
pub async fn approval_set(account: AccountId, #[server(default)] approval: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManagePrivacy>(account).await?;
    let approval = Approval::parse(&approval).map_err(|problem| Error::mistake(Field::Approval, problem))?;
    ssr::state()?.console.set_approval(&granted, approval).await?;
    ssr::done(&links::privacy(account), Notice::ApprovalSet);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "deletion_approve")]
pub async fn deletion_approve(account: AccountId, request: RequestId) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::DeleteUsers>(account).await?;
    let state = ssr::state()?;
    state.console.delete_users(&granted).approve(request).await?;
    ssr::done(&links::deletion_request(account, request), Notice::DeletionApproved);
    Ok(())
}

const fn label(approval: Approval) -> &'static str {
    match approval {
        Approval::Never => "None",
        Approval::People => "Those made in the console",
        Approval::Everybody => "Those made in the console and by scripts",
    }
}

/// What is demanded, within a sentence.
#[cfg(feature = "ssr")]
pub const fn approval(approval: Approval) -> &'static str {
    match approval {
        Approval::Never => "none",
        Approval::People => "those made in the console",
        Approval::Everybody => "those made in the console and by scripts",
    }
}

pub(in crate::pages) fn section(account: AccountId, may_edit: bool, demanded: Approval) -> AnyView {
    let choice = |choice: Approval| Choice::new(choice.as_str(), label(choice));
    let text = "Which deletion requests wait for another teammate with full access to approve them. Who made an API key does not approve what it asks for. With fewer than two such teammates there is nobody to wait for. Each of them can change this here, and the audit log says who did.";
    let form = if may_edit {
        let choices: Vec<_> = Approval::ALL.into_iter().map(choice).collect();
        view! {
            <Form action=ApprovalSet::PATH>
                <HiddenField name="account" value=account.to_string() />
                <SelectField field=Field::Approval label="Requests to approve" value=demanded.as_str() choices />
                <Submit label="Set approval" />
            </Form>
        }
        .into_any()
    } else {
        view! { <p>"Requests to approve: " {label(demanded)} "."</p> }.into_any()
    };
    view! { <Section id="approval" title="Approval" text>{form}</Section> }.into_any()
}
