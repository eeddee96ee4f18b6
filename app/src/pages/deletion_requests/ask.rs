//! Saying whom to erase.

use domain::deletion::{Having, TargetKind};

use super::{Asked, DeletionRequest, DeletionUpload, Draft, LoadNewDeletionRequest, NewDeletionRequest, confirm::confirm};
use crate::prelude::*;

#[component]
pub fn NewDeletionRequestPage() -> AnyView {
    let (account, kind) = (account(), query("kind"));
    // Once: counting changes nothing that the page shows, and what was typed meanwhile would go with a view that is made anew.
    load_live(
        || 0,
        move || Ok(LoadNewDeletionRequest { account: account()? }),
        move || Ok(kind()),
        |data: NewDeletionRequest, kind: String| {
            let (drafted, uploaded) = (answer::<DeletionRequest>(), answer::<DeletionUpload>());
            let page = move || match drafted().or_else(uploaded).and_then(|draft| draft.read()) {
                Some(Draft { asked, found: Some(found), refused, confirm: typed, suppression }) => {
                    confirm(data.account, asked, found, refused, [typed, suppression])
                }
                Some(Draft { asked, .. }) => ask(data.clone(), &kind, asked),
                None => ask(data.clone(), &kind, Asked::new()),
            };
            Ok(page.into_any())
        },
    )
}

/// `kind` is what the address chooses.
fn ask(data: NewDeletionRequest, kind: &str, asked: Asked) -> AnyView {
    let NewDeletionRequest { account, received, environments } = data;
    let kind = TargetKind::parse(kind).unwrap_or(TargetKind::Identity);
    let typed = move |field: Field, usual: &str| {
        let typed = asked.iter().find(|(known, text)| *known == field && !text.is_empty() && text != TargetKind::Upload.as_str());
        typed.map_or(usual, |(_, text)| text).to_owned()
    };
    let kinds = vec![
        Choice::new(TargetKind::Identity.as_str(), "Identity")
            .hint("What your site gave to identify, such as an e-mail address. Compared letter by letter."),
        Choice::new(TargetKind::UserId.as_str(), "User ID")
            .hint("The number of an anonymous user. Whoever was identified from it goes too."),
        Choice::new(TargetKind::Property.as_str(), "User property").hint("Everybody who has a property of this value, in any environment."),
        Choice::new(TargetKind::Everything.as_str(), "Everything in an environment").hint(
            "Everybody there, and the companies; definitions and reports stay. So Main Production is emptied, which cannot be deleted.",
        ),
    ];
    let environments = environments.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
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
            <SelectField field=Field::Environment label="Environment" value=typed(Field::Environment, "") choices=environments />
            <div class="row">
                <Submit label="Show who is found" />
                <a class="button quiet" href=links::deletion_requests(account)>"Cancel"</a>
            </div>
        </Form>
        {file(account)}
    }
    .into_any()
}

fn file(account: AccountId) -> AnyView {
    let kinds = vec![Choice::new(TargetKind::Identity.as_str(), "Identities"), Choice::new(TargetKind::UserId.as_str(), "User IDs")];
    view! {
        <Section id="file" title="Users in a file" text="Up to 100,000 at once. The file is kept for an hour at most, or until the request is made.">
            <FileForm action=DeletionUpload::PATH>
                <HiddenField name="account" value=account.to_string() />
                <FileField label="File" hint="Text with one user a line, or CSV with a header in which a column is called identity or user_id. Up to 8 MiB. Nothing is erased before you confirm it on the next page." />
                <SelectField field=Field::Kind label="Lines without a header are" choices=kinds />
                <div class="row"><Submit label="Upload and count" /></div>
            </FileForm>
        </Section>
    }
    .into_any()
}
