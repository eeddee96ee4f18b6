//! Saying whom to erase.

use domain::deletion::{Having, TargetKind};

use super::{Asked, DeletionRequest, Draft, LoadNewDeletionRequest, confirm::confirm};
use crate::prelude::*;

#[component]
pub fn NewDeletionRequestPage() -> AnyView {
    let (account, kind) = (account(), query("kind"));
    // Once: counting changes nothing that the page shows, and what was typed meanwhile would go with a view that is made anew.
    load_live(
        || 0,
        move || Ok(LoadNewDeletionRequest { account: account()? }),
        move || Ok(kind()),
        |(account, received): (AccountId, Vec<String>), kind: String| {
            let drafted = answer::<DeletionRequest>();
            let page = move || match drafted().and_then(|draft| draft.read()) {
                Some(Draft { asked, found: Some(found), refused, confirm: typed }) => confirm(account, asked, found, refused, typed),
                Some(Draft { asked, .. }) => ask(account, &kind, asked, received.clone()),
                None => ask(account, &kind, Asked::new(), received.clone()),
            };
            Ok(page.into_any())
        },
    )
}

/// `kind` is what the address chooses.
fn ask(account: AccountId, kind: &str, asked: Asked, received: Vec<String>) -> AnyView {
    let kind = TargetKind::parse(kind).unwrap_or(TargetKind::Identity);
    let typed = move |field: Field, usual: &str| {
        let typed = asked.iter().find(|(known, text)| *known == field && !text.is_empty());
        typed.map_or(usual, |(_, text)| text).to_owned()
    };
    let kinds = vec![
        Choice::new(TargetKind::Identity.as_str(), "Identity")
            .hint("What your site gave to identify, such as an e-mail address. Compared letter by letter."),
        Choice::new(TargetKind::UserId.as_str(), "User ID")
            .hint("The number of an anonymous user. Whoever was identified from it goes too."),
        Choice::new(TargetKind::Property.as_str(), "User property").hint("Everybody who has a property of this value, in any environment."),
    ];
    let comparisons = Having::CHOICES.into_iter().zip(["is the text", "is the number", "is true", "is false"]);
    let comparisons = comparisons.map(|(value, label)| Choice::new(value, label)).collect();
    view! {
        <PageHead title="Request deletion" text="Say whom to erase. The next page shows who was found and counts what would go; nothing is erased before you confirm it there." />
        <Form action=DeletionRequest::PATH class="form whom">
            <HiddenField name="account" value=account.to_string() />
            <Choices field=Field::Kind label="Users are found by" value=typed(Field::Kind, kind.as_str()) choices=kinds />
            <TextArea field=Field::Targets label="Users to erase" hint="One a line, up to 10,000." value=typed(Field::Targets, "") rows=8 />
            <TextField field=Field::PropertyName label="Property name" hint="Exactly as clients send it, for example email." value=typed(Field::PropertyName, "") code=true suggestions=received />
            <SelectField field=Field::Comparison label="Comparison" value=typed(Field::Comparison, "is") choices=comparisons />
            <TextField field=Field::Value label="Value" hint="Compared letter by letter." value=typed(Field::Value, "") />
            <div class="row">
                <Submit label="Show who is found" />
                <a class="button quiet" href=links::deletion_requests(account)>"Cancel"</a>
            </div>
        </Form>
    }
    .into_any()
}
