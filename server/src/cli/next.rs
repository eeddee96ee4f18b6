//! What to do once there is an account.

use crate::config::Config;

/// A sentence that leads to the sign-in.
pub(super) fn sign_in(config: &Config) -> String {
    let serve = "Next: run `cairn serve` with the same settings, unless it runs already";
    // Port 0 lets the system choose when the server starts.
    if config.public_url.is_none() && config.listen.port() == 0 {
        format!("{serve}, and open the address that it prints.")
    } else {
        format!("{serve}, and open {}.", config.public_url_at(config.listen))
    }
}
