//! The form, and the settings as who may not change them sees them.

use std::fmt::Display;

use domain::privacy::{Capture, Lines, List, Privacy, Switch};

use super::{PrivacySave, words};
use crate::prelude::*;

/// The settings of an environment.
pub(super) struct Shown {
    pub account: AccountId,
    pub environment: EnvironmentId,
    pub version: i64,
    pub privacy: Privacy,
    /// There is a database of where addresses are.
    pub locates: bool,
}

const NAMES: &str =
    "One name a line. A * at the start or end stands for anything: email, card_*, *token*. Capital and small letters are one.";
const HOSTS: &str = "One a line: example.com (with and without www), or *.example.com for everything below it. Empty: every site. What pages of other sites send is \
    not stored; their events are answered OK, with the header X-Cairn-Ignored: host. Servers, which tell no site, are not asked.";
const PAGES: &str = "One a line, at most 100: example.com, *.example.com, example.com/account or /account, with everything below it. An event tells its page by its \
    properties url, or domain and path, else the browser does. Events that tell no page, such as those of servers, are stored.";

const DAYS: &str = "1 to 3650; nothing: for ever. What was received longer ago is erased, once a day, and with it users of whom nothing came since. It begins when the account's \
    grace period for deletion requests is over, and can be taken back until then. It cannot be undone.";

const NO_DATABASE: &str = "This installation has no database of where addresses are, so nothing is derived, however this stands. Its operator can name one by CAIRN_GEOIP_PATH.";

pub(super) fn form(shown: Shown) -> AnyView {
    let Shown { account, environment, version, privacy, locates } = shown;
    let kept = StoredValue::new(privacy);
    let text = move |list: fn(&Privacy) -> String| kept.with_value(list);
    view! {
        <Form action=PrivacySave::PATH class="sections">
            <OnConflict>
                <p class="note warning">"Below the button stands what was saved meanwhile. Saving again replaces it with what is in the form."</p>
            </OnConflict>
            <HiddenField name="account" value=account.to_string() />
            <HiddenField name="environment" value=environment.to_string() />
            <HiddenField name="version" value=version.to_string() />
            <Section id="added" title="What is added to events">
                <div class="form">
                    {turned(kept, Switch::Address)}
                    {turned(kept, Switch::Location)}
                    {(!locates).then(|| view! { <p class="note">{NO_DATABASE}</p> })}
                    {turned(kept, Switch::UserAgent)}
                </div>
            </Section>
            <Section id="left-out" title="What is left out">
                <div class="form">
                    {turned(kept, Switch::TargetText)}
                    {names(Field::EventProperties, List::EventProperties, text(|privacy| privacy.event_properties.to_string()))}
                    {names(Field::UserProperties, List::UserProperties, text(|privacy| privacy.user_properties.to_string()))}
                </div>
            </Section>
            <Section id="collected" title="What is not stored at all">
                <div class="form">
                    {turned(kept, Switch::PrivacyControl)}
                    <TextArea field=Field::Hosts label=words::list(List::Hosts) hint=HOSTS value=text(|privacy| privacy.hosts.to_string()) rows=4 may_be_empty=true />
                    <Choices field=Field::Capture label="Events of" value=text(|privacy| privacy.capture.as_str().to_owned()) choices=captures() />
                    <TextArea field=Field::Pages label=words::list(List::Pages) hint=PAGES value=text(|privacy| privacy.pages.to_string()) rows=4 may_be_empty=true />
                </div>
            </Section>
            <Section id="kept" title=words::RETENTION>
                <div class="form">
                    <TextField field=Field::Retention label="Days" hint=DAYS value=days(kept) optional=true />
                </div>
            </Section>
            <p><Submit label="Save privacy settings" /></p>
            <OnConflict>
                <Section id="meanwhile" title="As it stands now">{kept.with_value(facts)}</Section>
            </OnConflict>
        </Form>
    }
    .into_any()
}

fn days(kept: StoredValue<Privacy>) -> String {
    kept.with_value(|privacy| privacy.retention.map(|retention| retention.days().to_string()).unwrap_or_default())
}

/// Two choices rather than a box to tick: a box that is not ticked is not sent, so a refused form could not tell it from one that was never there.
fn turned(kept: StoredValue<Privacy>, switch: Switch) -> AnyView {
    let choice = |is_on| Choice::new(word(is_on), words::stands(switch, is_on)).hint(words::means(switch, is_on));
    let value = word(kept.with_value(|privacy| privacy.switches.is_on(switch)));
    view! { <Choices field=switch.field() label=words::switch(switch) value choices=vec![choice(false), choice(true)] /> }.into_any()
}

const fn word(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

fn names(field: Field, list: List, value: String) -> AnyView {
    view! { <TextArea field label=words::list(list) hint=NAMES value rows=4 may_be_empty=true /> }.into_any()
}

fn captures() -> Vec<Choice> {
    Capture::ALL.map(|capture| Choice::new(capture.as_str(), words::capture(capture))).to_vec()
}

/// The settings without a control.
pub(super) fn facts(privacy: &Privacy) -> AnyView {
    let switches = Switch::ALL.map(|switch| (words::switch(switch), words::stands(switch, privacy.switches.is_on(switch)).to_owned()));
    let lists = [
        (words::list(List::EventProperties), listed(&privacy.event_properties, "None")),
        (words::list(List::UserProperties), listed(&privacy.user_properties, "None")),
        (words::list(List::Hosts), listed(&privacy.hosts, "All")),
        ("Events of", words::capture(privacy.capture).to_owned()),
        (words::list(List::Pages), listed(&privacy.pages, "None")),
    ];
    let lists = lists.into_iter().chain([(words::RETENTION, words::kept_for(privacy.retention))]);
    let fact = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! { <dl class="facts">{switches.into_iter().chain(lists).map(fact).collect_view()}</dl> }.into_any()
}

fn listed<T: Display>(lines: &Lines<T>, nothing: &str) -> String {
    if lines.is_empty() { nothing.to_owned() } else { lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ") }
}
