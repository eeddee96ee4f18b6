//! Naming whom to erase.

use domain::deletion::TargetKind;

use super::{DeletionRequest, Draft, LoadNewDeletionRequest, confirm::Confirm};
use crate::prelude::*;

#[component]
pub fn NewDeletionRequestPage() -> AnyView {
    let account = account();
    // Once: counting changes nothing that the page shows, and what was typed meanwhile would go with a view that is made anew.
    load_live(
        || 0,
        move || Ok(LoadNewDeletionRequest { account: account()? }),
        || Ok(()),
        |account: AccountId, ()| {
            let drafted = answer::<DeletionRequest>();
            let page = move || match drafted() {
                Some(Draft { kind, targets, found: Some(found), refused }) => {
                    view! { <Confirm account kind targets found refused /> }.into_any()
                }
                Some(Draft { kind, targets, found: None, .. }) => view! { <Ask account kind targets /> }.into_any(),
                None => view! { <Ask account kind=TargetKind::Identity.as_str() targets="" /> }.into_any(),
            };
            Ok(page.into_any())
        },
    )
}

#[component]
fn Ask(account: AccountId, #[prop(into)] kind: String, #[prop(into)] targets: String) -> AnyView {
    let choices = vec![
        Choice::new(TargetKind::Identity.as_str(), "Identity")
            .hint("What your site gave to identify, such as an e-mail address. Compared letter by letter."),
        Choice::new(TargetKind::UserId.as_str(), "User ID")
            .hint("The number of an anonymous user. Whoever was identified from it goes too."),
    ];
    view! {
        <PageHead title="Request deletion" text="Name the users. The next page counts what would be erased; nothing is erased before you confirm it there." />
        <Form action=DeletionRequest::PATH>
            <HiddenField name="account" value=account.to_string() />
            <Choices field=Field::Kind label="Users are named by" value=kind choices />
            <TextArea field=Field::Targets label="Users to erase" hint="One a line, up to 10,000." value=targets rows=8 />
            <div class="row">
                <Submit label="Count what goes" />
                <a class="button quiet" href=links::deletion_requests(account)>"Cancel"</a>
            </div>
        </Form>
    }
    .into_any()
}
