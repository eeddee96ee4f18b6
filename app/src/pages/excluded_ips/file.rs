//! The list as a file, out and in.

use super::{ExcludedIpsUpload, named};
use crate::prelude::*;

const HINT: &str = "Plain text in the syntax of the box, one pattern a line, up to 100,000 lines and 8 MiB.";

pub(super) fn file(account: AccountId, environment: Option<EnvironmentId>, version: i64, may_edit: bool) -> AnyView {
    let upload = may_edit.then(|| {
        view! {
            <FileForm action=ExcludedIpsUpload::PATH>
                {named(account, environment)}
                <HiddenField name="version" value=version.to_string() />
                <FileField label="File" hint=HINT />
                <AllTheSame />
                <div class="row">
                    <Submit label="Add to the list" name="mode" value="add" />
                    <Submit label="Replace the list" kind="quiet" name="mode" value="replace" />
                </div>
            </FileForm>
        }
    });
    view! {
        <Section id="file" title="The list as a file" text="One line each with its note, as the box takes it.">
            <p><a class="button quiet" href=links::excluded_ips_file(account, environment) download="excluded-ips.txt">"Download list"</a></p>
            {upload}
        </Section>
    }
    .into_any()
}
