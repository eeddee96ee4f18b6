//! The deletion API as commands that work when they are pasted.

use crate::{components::CopyCode, prelude::*};

pub(super) fn commands(app_id: EnvironmentId, server: &str) -> AnyView {
    let token = ["curl -X POST ", server, "/api/public/v0/auth_token \\\n  --user \"", &app_id.to_string(), ":$API_KEY\""].concat();
    let deletion = [
        "curl -X POST ",
        server,
        "/api/public/v0/user_deletion \\\n  --header \"Authorization: Bearer $TOKEN\" \\\n  --header \"Content-Type: application/json\" \\\n  \
         --data '{\"users\":[{\"identity\":\"alice@example.com\"},{\"user_id\":42}]}'",
    ]
    .concat();
    let state = ["curl ", server, "/api/public/v0/deletion_status/$REQUEST \\\n  --header \"Authorization: Bearer $TOKEN\""].concat();
    view! {
        <details class="commands">
            <summary>"Commands for a script"</summary>
            <ol>
                <li>
                    <p>"Put a key into " <code>"API_KEY"</code> " and trade it for a token. It is the " <code>"access_token"</code> " of the answer."</p>
                    <CopyCode text=token label="Command for a token" />
                </li>
                <li>
                    <p>"Put the token into " <code>"TOKEN"</code> " and request deletion of up to 10,000 users, each by identity or user ID."</p>
                    <CopyCode text=deletion label="Command for a deletion" />
                </li>
                <li>
                    <p>
                        "Put the " <code>"deletion_request_id"</code> " of the answer into " <code>"REQUEST"</code> " and ask how far it is: "
                        <code>"pending"</code> " or " <code>"complete"</code> "."
                    </p>
                    <CopyCode text=state label="Command for the state" />
                </li>
            </ol>
        </details>
    }
    .into_any()
}
