//! How long requests that are made here can be taken back.

use domain::deletion::Grace;

use crate::{prelude::*, words};

#[server(prefix = "/api/console", endpoint = "grace_set")]
pub async fn grace_set(account: AccountId, #[server(default)] grace: String) -> Result<(), Error> {
    let granted = ssr::grant::<ssr::ManagePrivacy>(account).await?;
    let grace = Grace::parse(&grace).map_err(|problem| Error::mistake(Field::Grace, problem))?;
    ssr::state()?.console.set_grace(&granted, grace).await?;
    ssr::done(&links::privacy(account), Notice::GraceSet);
    Ok(())
}

/// A number of hours, as it is said.
pub fn grace(hours: u16) -> String {
    match hours {
        0 => "nothing".to_owned(),
        hours if hours > 24 => words::count((hours / 24).into(), "day", "days"),
        hours => words::count(hours.into(), "hour", "hours"),
    }
}

pub(in crate::pages) fn section(account: AccountId, may_edit: bool, hours: u16) -> AnyView {
    let choice = |period: Grace| {
        let label = if period == Grace::NONE { "None: erasing starts at once".to_owned() } else { grace(period.hours()) };
        Choice::new(period.hours().to_string(), label)
    };
    let choices: Vec<_> = Grace::ALL.into_iter().map(choice).collect();
    let text = "How long a deletion request that is made in the console can be cancelled. Those that scripts make begin at once, unless they wait for approval.";
    let form = if may_edit {
        view! {
            <Form action=GraceSet::PATH>
                <HiddenField name="account" value=account.to_string() />
                <SelectField field=Field::Grace label="Before erasing" value=hours.to_string() choices />
                <Submit label="Set grace period" />
            </Form>
        }
        .into_any()
    } else {
        view! { <p>"Before erasing: " {grace(hours)} "."</p> }.into_any()
    };
    view! { <Section id="grace" title="Grace period" text>{form}</Section> }.into_any()
}
