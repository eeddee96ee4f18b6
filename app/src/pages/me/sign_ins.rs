//! Where the person is signed in.

use domain::id::SignInId;

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

pub(super) fn section(rows: Vec<(Option<SignInId>, String, Moment)>) -> AnyView {
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

fn row((sign_in, device, used): (Option<SignInId>, String, Moment)) -> AnyView {
    let end = match sign_in {
        None => view! { <span class="badge done">"This one"</span> }.into_any(),
        Some(id) => {
            let (key, about) = (id.to_string(), ["the sign-in of ", &device].concat());
            view! { <ButtonForm action=SignInEnd::PATH key=key.clone() fields=vec![("sign_in", key)] label="End" about /> }.into_any()
        }
    };
    view! {
        <li class="sign-in">
            <p>
                <span class="primary-text">{device}</span>
                <span class="secondary-text">"Used " <When at=used /></span>
            </p>
            {end}
        </li>
    }
    .into_any()
}
