//! Where the person is signed in.

use domain::id::SignInId;

use super::SignInRow;
use crate::prelude::*;

#[server(prefix = "/api/console", endpoint = "sign_in_end")]
pub async fn sign_in_end(sign_in: SignInId) -> Result<(), Error> {
    let actor = ssr::caller().await?;
    ssr::state()?.console.end_own_sign_in(&actor, sign_in).await?;
    ssr::done(links::ME, Notice::SignInEnded);
    Ok(())
}

#[server(prefix = "/api/console", endpoint = "sign_ins_end_others")]
pub async fn sign_ins_end_others() -> Result<(), Error> {
    let actor = ssr::caller().await?;
    ssr::state()?.console.end_other_sign_ins(&actor).await?;
    ssr::done(links::ME, Notice::OtherSignInsEnded);
    Ok(())
}

pub(super) fn section(rows: Vec<SignInRow>) -> AnyView {
    let others = (rows.len() > 1).then(|| {
        view! { <ButtonForm action=SignInsEndOthers::PATH key="" fields=Vec::new() label="End all others" about="" /> }
    });
    view! {
        <Section id="sign-ins" title="Sign-ins" text="Where you are signed in. A sign-in that is not used ends by itself after 14 days.">
            <ul class="cards">{rows.into_iter().map(row).collect_view()}</ul>
            {others}
        </Section>
    }
    .into_any()
}

fn row(row: SignInRow) -> AnyView {
    let end = if row.is_this {
        view! { <span class="badge done">"This one"</span> }.into_any()
    } else {
        let key = row.sign_in.to_string();
        let about = ["the sign-in of ", &row.device].concat();
        view! { <ButtonForm action=SignInEnd::PATH key=key.clone() fields=vec![("sign_in", key)] label="End" about /> }.into_any()
    };
    view! {
        <li class="sign-in">
            <p>
                <span class="primary-text">{row.device}</span>
                <span class="secondary-text">"Used " <When at=row.used /> " · since " <When at=row.since /></span>
            </p>
            {end}
        </li>
    }
    .into_any()
}
