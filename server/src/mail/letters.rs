//! What letters say: plain text, short lines, one link.

use app::links;
use domain::{access::Access, message::MessageKind};
use store::{
    console::{invites, resets},
    maintenance::outbox::{Content, Letter},
};

/// A letter in words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) subject: String,
    pub(super) body: String,
    /// Where an answer goes, if not to the sender.
    pub(super) reply_to: Option<String>,
}

pub(super) fn write(letter: &Letter, public_url: &str) -> Text {
    match &letter.content {
        Content::Invite { invite, token, account_name, inviter, access, .. } => Text {
            subject: format!("{inviter} invites you to {account_name}"),
            body: format!(
                "{inviter} invites you to the account {account_name} of the Cairn at\n{public_url}, with {access}.\n\n\
                 Accept the invite here:\n\n{public_url}{link}\n\n\
                 The link is for {recipient} alone. It works once, for {days} days after\nthe invite was made.\n\n\
                 If you do not know what this is about, there is nothing to do.\n",
                access = said(*access),
                link = links::invite(*invite, token),
                recipient = letter.recipient,
                days = invites::LIFETIME_DAYS,
            ),
            reply_to: None,
        },
        Content::Reset { reset, token } => Text {
            subject: "A new password for Cairn".to_owned(),
            body: format!(
                "Somebody, probably you, asked for a new password for\n{recipient} at {public_url}.\n\n\
                 Choose it here:\n\n{public_url}{link}\n\n\
                 The link works once, for {minutes} minutes. If it was not you, there is nothing\nto do: your password stays as it is.\n",
                recipient = letter.recipient,
                link = links::reset(*reset, token),
                minutes = resets::LIFETIME_MINUTES,
            ),
            reply_to: None,
        },
        Content::Approval { account, account_name, request, requested_by } => Text {
            subject: format!("A deletion request in {account_name} waits for you"),
            body: format!(
                "{requested_by} asked to erase data of the account {account_name} of the Cairn at\n{public_url}. Nothing goes before another teammate with full access\nhas approved it.\n\n\
                 See what would go, and approve or cancel it:\n\n{public_url}{link}\n",
                link = links::deletion_request(*account, *request),
            ),
            reply_to: None,
        },
        Content::Test => Text {
            subject: "A test mail from Cairn".to_owned(),
            body: format!("Mail from the Cairn at {public_url} arrives.\n"),
            reply_to: None,
        },
        Content::Message { message, kind, text, reply_to } => Text {
            subject: format!("{} from {reply_to}", about(*kind)),
            body: format!(
                "{text}\n\n-- \nAnswer to {reply_to}. The message in the inbox:\n{public_url}{link}\n",
                link = links::message(*message)
            ),
            reply_to: Some(reply_to.clone()),
        },
    }
}

fn said(access: Access) -> &'static str {
    match access {
        Access::Full => "full access",
        Access::ReadOnly => "read-only access",
    }
}

fn about(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Question => "A question",
        MessageKind::Bug => "A bug",
        MessageKind::Suggestion => "A suggestion",
        MessageKind::CloseAccount => "A wish to close an account",
    }
}
