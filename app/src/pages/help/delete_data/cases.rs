//! The cases. What each promises is what the page that it leads to does.

use domain::{definition::DefinitionKind, deletion::TargetKind};

use super::reader::Reader;
use crate::prelude::*;

/// Something that somebody wants to be rid of.
pub(super) struct Case {
    /// Where it stands on the page.
    pub id: &'static str,
    pub title: &'static str,
    pub text: &'static str,
    /// What has to be known first.
    pub more: Option<AnyView>,
    pub does: &'static str,
    pub leaves: &'static str,
    pub undo: &'static str,
    /// Buttons and where they lead.
    pub ways: Vec<(&'static str, String)>,
}

pub(super) fn all(reader: &Reader) -> Vec<Case> {
    vec![not_collected(reader), wrong_environment(reader), privacy_law(reader), definitions(reader), users(reader), something_else()]
}

fn request_by(reader: &Reader, kind: TargetKind) -> String {
    reader.to_account(|account| links::new_deletion_request_by(account, kind))
}

fn not_collected(reader: &Reader) -> Case {
    let more = view! {
        <p>
            "Cairn keeps what servers and apps send to its API, and takes nothing from a page or a screen by itself. So what you do not want to keep, leave out of the calls:"
        </p>
        <ul>
            <li>
                <code>"identity"</code>
                ": an e-mail address or a name says who somebody is. A number from your own system does the same work, and "
                <code>"user_id"</code> " does for people you cannot name."
            </li>
            <li>
                "The " <code>"properties"</code> " of a user, in " <code>"/api/add_user_properties"</code>
                ": names, addresses, telephone numbers, places."
            </li>
            <li>
                "The " <code>"properties"</code> " of an event, in " <code>"/api/track"</code>
                ": what people typed, such as searches and messages."
            </li>
            <li>
                "The " <code>"properties"</code> " of a company, in " <code>"/api/add_account_properties"</code>
                ": nothing about a person belongs there, because a deletion request reaches it only where everything in an environment goes."
            </li>
        </ul>
        <p>"What clients send all the same, the privacy settings of an environment leave out: properties by their names, what comes from certain pages or sites, and what browsers send whose users object. The address of a client is not stored unless they say so. To keep out everything that comes from an address, such as that of your office, exclude it."</p>
    };
    Case {
        id: "not-collected",
        title: "Data that is not to be collected at all",
        text: "Decide this before you install anything: what never arrives need not be deleted.",
        more: Some(more.into_any()),
        does: "What is not sent is not stored. What the privacy settings leave out, or comes from an excluded address, is refused from the moment they are saved.",
        leaves: "What was collected before stays until you scrub it: then it becomes what the privacy settings would have kept. Data that is older than it is to be kept goes by itself, every day, once you set for how long.",
        undo: "Yes, for what comes next: send the field, change the settings, or take the address off the list. What was left out, scrubbed or too old is gone for good.",
        ways: vec![
            ("Set what is kept, and how long", reader.to(links::environment_privacy)),
            ("Scrub what is there", reader.to(links::scrub_environment)),
            ("Exclude an address", reader.to_account(links::excluded_ips)),
            ("See how data is sent", reader.to(links::environment)),
        ],
    }
}

fn wrong_environment(reader: &Reader) -> Case {
    let more = view! {
        <p>
            "Main Production cannot be deleted, because its id is the app ID of the account. If the data went there, request deletion of everything in it, which empties it and keeps its definitions and reports; or of the users alone who came with it, by a property that they have and others have not, or by their names: those are erased from every environment."
        </p>
        <p>"A project keeps at least one environment. If it has no other, add one first, or delete the project."</p>
    };
    Case {
        id: "wrong-environment",
        title: "Data that went to the wrong environment",
        text: "Correct the app_id in your clients first. Then delete the environment that received the data.",
        more: Some(more.into_any()),
        does: "Erases the users, events, definitions and reports of the environment. Nothing is collected there from then on, whoever still sends.",
        leaves: "Other environments keep everything. To keep the definitions and reports, make a new environment that carries them over before you delete this one.",
        undo: "No. Before you confirm it, you see what goes.",
        ways: vec![
            ("Choose the environment", reader.to_account(links::projects)),
            ("Empty Main Production", request_by(reader, TargetKind::Everything)),
            ("Find users by a property", request_by(reader, TargetKind::Property)),
            ("Find users by name", request_by(reader, TargetKind::Identity)),
            ("Talk to us", links::talk_to_us(links::DELETE_DATA)),
        ],
    }
}

fn privacy_law(reader: &Reader) -> Case {
    let more = view! {
        <p>
            <strong>"In the console"</strong>
            ", a deletion request finds people by identity, user ID, a property or a file, and shows whom it found with what there is of them. An account can demand that a second person approves it. "
            <strong>"By API"</strong> ", a script asks for up to 10,000 users at once at " <code>"/api/public/v0/user_deletion"</code>
            ", with an API key. Scripts written for Heap do."
        </p>
        <p>
            <strong>"The proof"</strong>
            " is the receipt of the request: who made it and when, what went from where, and what no request reaches. It names none of the users, and is signed, so that anybody can check it. There is one as soon as a final count found nothing left of them; scripts ask for that at "
            <code>"/api/public/v0/deletion_status"</code> "."
        </p>
        <p>
            <strong>"First a copy"</strong>
            ", where the law gives people a right to know what you have: an export is one archive with everything that a deletion of the same name would erase. Hand it over before you request the deletion, which withdraws it."
        </p>
        <p>
            "What you may not keep at all is best not sent: see "
            <a href="#not-collected">"Data that is not to be collected at all"</a> "."
        </p>
    };
    Case {
        id: "privacy-law",
        title: "What privacy law tells you to delete",
        text: "Somebody asks you to forget them, or a law such as GDPR or COPPA forbids you to keep what you have.",
        more: Some(more.into_any()),
        does: "Erases people with their events, properties and names from every environment of the account, as far as it was received before the request.",
        leaves: "What arrives later is new data and stays, unless the request keeps these people out from then on. What teammates wrote about somebody, in definitions, reports and notes, is listed before you confirm, for you to edit. Backups are not reached: after restoring one, request it again, unless whoever runs the installation keeps an erasure journal, by which that happens by itself.",
        undo: "A request that is made in the console can be cancelled until the account's grace period is over. After that, and by API, no.",
        ways: vec![
            ("Request deletion", reader.to_account(links::new_deletion_request)),
            ("See requests and their receipts", reader.to_account(links::deletion_requests)),
            ("Export a user's data", reader.to_account(links::exports)),
            ("Get an API key and commands", reader.to_account(links::privacy)),
        ],
    }
}

fn definitions(reader: &Reader) -> Case {
    let of = |kind| reader.to(|account, environment| links::definitions_of(account, environment, kind));
    Case {
        id: "definitions",
        title: "Events, properties or segments that you defined",
        text: "Archive the definition. It is a rule over the data, and the data is not touched.",
        more: None,
        does: "Takes it off the lists that reports and segments choose from, in this environment.",
        leaves: "The data that it was about stays, old and new. Reports that use the definition go on.",
        undo: "Yes. Archived definitions stand at the end of the same page, each with a button that restores it.",
        ways: vec![
            ("Archive events", of(DefinitionKind::Event)),
            ("Archive properties", of(DefinitionKind::Property)),
            ("Archive segments", of(DefinitionKind::Segment)),
        ],
    }
}

fn users(reader: &Reader) -> Case {
    let more = view! {
        <ul>
            <li><strong>"By identity"</strong> ": what your site gave to identify, compared letter by letter; up to 10,000 at once."</li>
            <li><strong>"By user ID"</strong> ": the number of somebody anonymous. Who was identified from it later goes too."</li>
            <li><strong>"By property"</strong> ": everybody who has a property of this value in any environment, up to 100,000 users."</li>
            <li><strong>"By file"</strong> ": text or CSV with up to 100,000 identities or user IDs."</li>
            <li><strong>"By API"</strong> ": by identity or user ID, up to 10,000 a call."</li>
        </ul>
    };
    Case {
        id: "users",
        title: "Some users",
        text: "Request their deletion. There are five ways to say whom you mean.",
        more: Some(more.into_any()),
        does: "Erases them with everything that is known of them, from every environment of the account.",
        leaves: "It cannot spare an environment, or erase only some of their events. Who comes back later is a new user, unless the request keeps them out.",
        undo: "In the console you see who was found before you confirm, and can cancel until the account's grace period is over. After that, and by API, no.",
        ways: vec![
            ("Find by identity", request_by(reader, TargetKind::Identity)),
            ("Find by user ID", request_by(reader, TargetKind::UserId)),
            ("Find by property", request_by(reader, TargetKind::Property)),
            ("Find by file", reader.to_account(links::new_deletion_request)),
            ("Delete by API", reader.to_account(links::privacy)),
        ],
    }
}

fn something_else() -> Case {
    Case {
        id: "something-else",
        title: "Something else",
        text: "For some events of many, for single companies and for a whole account there is no page.",
        more: None,
        does: "Tells whoever runs this installation what you need. The answer comes by mail.",
        leaves: "A message deletes nothing by itself.",
        undo: "Nothing is done before you get an answer.",
        ways: vec![("Talk to us", links::talk_to_us(links::DELETE_DATA))],
    }
}
