//! Which line decides about an address: a plain form, answered by the page.

use super::{AddressTest, facts};
use crate::prelude::*;

pub(super) fn tester(account: AccountId, environment: Option<EnvironmentId>, test: AddressTest) -> AnyView {
    let name = Field::Address.as_str();
    let wrong = test.wrong.is_some();
    let error = test.wrong.map(|sentence| view! { <ul class="errors" id="address-error"><li>{sentence}</li></ul> });
    view! {
        <Section id="test" title="Test an address" text="Which line decides about data from it, as the collector judges at this moment.">
            <form class="search" method="get" action=[&links::excluded_ips_of(account, environment), "#test"].concat()>
                <div class="field">
                    <label for=name>"Address"</label>
                    <input id=name name=name class="code" value=test.asked autocomplete="off" required aria-invalid=wrong.then_some("true") aria-describedby=wrong.then_some("address-error") />
                    {error}
                </div>
                <button class="button quiet" type="submit">"Test address"</button>
            </form>
            {(!test.facts.is_empty()).then(|| facts(test.facts))}
        </Section>
    }
    .into_any()
}
