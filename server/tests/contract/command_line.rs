//! The commands besides `serve`.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use app::Hasher;
use domain::email::EmailAddress;
use store::{
    access::{Granted, View},
    surroundings::Surroundings,
};

use crate::support::{
    Binary, Database,
    binary::{Connection, account, cairn, run, text},
};

both_engines! {
    async fn an_account_is_made_beside_a_running_server(database) {
        let server = Binary::serve(&database);
        let created = account(&database, "ada@example.com");
        let keys: Vec<&String> = created.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["account_id", "api_key", "app_id", "environment_id"]);
        assert_eq!(created["app_id"], created["environment_id"]);

        let mut connection = Connection::open(server.address);
        let body = format!(r#"{{"app_id":"{}","identity":"alice","event":"First"}}"#, created["app_id"].as_str().unwrap());
        assert_eq!(connection.post("/api/track", &body), Some(200));
        assert_eq!(database.event_names().await, ["First"]);
    }
}

#[test]
fn commands_about_what_is_there_make_nothing_where_nothing_is() {
    let database = Database::sqlite();
    let mut command = cairn(&database);
    let output = run(command.args(["operator", "list"]), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("there is no installation"), "{}", text(&output.stderr));
    assert!(!database.folder().join("cairn.db").exists());
}

#[test]
fn an_account_is_told_in_words_without_json() {
    let database = Database::sqlite();
    let mut command = cairn(&database);
    command.args(["account", "create", "--name", "Acme", "--email", "ada@example.com", "--password-stdin"]);
    let told = text(&run(command.args(["--listen", "0.0.0.0:3000"]), "correct horse battery").stdout);
    assert!(told.starts_with("The account is made.") && told.contains("API key"), "{told}");
    assert!(
        told.ends_with("Next: run `cairn serve` with the same settings, unless it runs already, and open http://localhost:3000.\n"),
        "{told}"
    );
}

#[test]
fn who_makes_demo_data_is_told_where_to_look_at_it() {
    for (url, told) in [("http://cairn.example", "open http://cairn.example.\n"), ("", "open the address that it prints.\n")] {
        let database = Database::sqlite();
        let output = run(cairn(&database).args(["demo", "--events", "10", "--public-url", url]), "");
        assert!(text(&output.stdout).ends_with(told), "{}", text(&output.stdout));
        assert!(text(&output.stdout).contains("app ID    "), "scripts need it: {}", text(&output.stdout));
    }
}

#[test]
fn what_cannot_be_used_is_told_in_sentences() {
    let database = Database::sqlite();
    let mut command = cairn(&database);
    command.args(["account", "create", "--name", " ", "--email", "ada", "--time-zone", "Mars/Olympus", "--password-stdin", "--json"]);
    let output = run(&mut command, "short\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let told = text(&output.stderr);
    for flag in ["--name: ", "--email: ", "--time-zone: ", "--password-stdin: "] {
        assert!(told.lines().any(|line| line.starts_with(flag)), "{told}");
    }
    assert!(!told.contains("short\n"));
    assert!(!database.folder().join("cairn.db").exists(), "nothing is made for what is refused");
}

#[test]
fn an_address_belongs_to_one_person() {
    let database = Database::sqlite();
    account(&database, "ada@example.com");
    let mut command = cairn(&database);
    command.args(["account", "create", "--name", "Other", "--email", "Ada@Example.com", "--password-stdin", "--json"]);
    let output = run(&mut command, "correct horse battery\n");
    assert_eq!(output.status.code(), Some(1));
    let told = "--email: This address belongs to somebody who can sign in already. Name another one.\n";
    assert_eq!(text(&output.stderr), told);
}

#[test]
fn a_password_is_taken_from_standard_input_only() {
    let database = Database::sqlite();
    let output = run(cairn(&database).args(["account", "create", "--name", "Acme", "--email", "ada@example.com"]), "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--password-stdin"));
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew() {
    let database = Database::sqlite();
    account(&database, "ada@example.com");
    let reset = |email: &str, password: &str| {
        run(cairn(&database).args(["person", "reset-password", "--email", email, "--password-stdin"]), password)
    };
    assert!(reset("ADA@example.com", "another long one\r\n").status.success());
    let unknown = reset("bob@example.com", "another long one\n");
    assert_eq!((unknown.status.code(), text(&unknown.stderr).as_str()), (Some(1), "--email: nobody has this address\n"));

    let store = database.store().await;
    let credentials = store.console.credentials(&EmailAddress::parse("ada@example.com").unwrap()).await.unwrap().unwrap();
    let hasher = Hasher::new(Surroundings::system());
    assert!(hasher.verify("another long one", Some(credentials.password_hash())).await.unwrap());
    assert!(!hasher.verify("correct horse battery", Some(credentials.password_hash())).await.unwrap());
}

both_engines! {
    async fn operators_are_added_and_removed_beside_a_running_server_and_one_stays(database) {
        let _server = Binary::serve(&database);
        account(&database, "ada@example.com");
        account(&database, "bob@example.com");
        let operator = |args: &[&str]| {
            let output = run(cairn(&database).arg("operator").args(args), "");
            (output.status.code(), text(&output.stdout), text(&output.stderr))
        };
        let said = |told: &str| (Some(0), told.to_owned(), String::new());
        let refused = |told: &str| (Some(1), String::new(), told.to_owned());
        assert_eq!(operator(&["list"]), said("ada@example.com  ada\n"));
        assert_eq!(operator(&["remove", "--email", "ada@example.com"]), refused("--email: This is the last operator. Add another one first.\n"));
        assert_eq!(operator(&["add", "--email", "BOB@example.com"]), said("bob@example.com is now an operator.\n"));
        assert_eq!(operator(&["add", "--email", "bob@example.com"]), said("bob@example.com is already an operator.\n"));
        assert_eq!(operator(&["list"]), said("ada@example.com  ada\nbob@example.com  bob\n"));
        assert_eq!(operator(&["remove", "--email", "ada@example.com"]), said("ada@example.com is no longer an operator.\n"));
        assert_eq!(operator(&["remove", "--email", "ada@example.com"]), said("ada@example.com was no operator.\n"));
        assert_eq!(operator(&["add", "--email", "eve@example.com"]), refused("--email: nobody has this address\n"));
        let misspelt = operator(&["add", "--email", "eve"]);
        assert_eq!((misspelt.0, misspelt.2.as_str()), (Some(1), "--email: This is not an e-mail address. Type one like name@example.com.\n"));
    }
}

#[test]
fn migrating_twice_is_migrating_once() {
    let database = Database::sqlite();
    for _ in 0..2 {
        let output = run(cairn(&database).arg("migrate"), "");
        assert!(text(&output.stdout).starts_with("The database is up to date: version "));
    }
}

both_engines! {
    async fn processes_that_migrate_an_empty_installation_at_once_wait_for_each_other(database) {
        let all: Vec<_> = (0..4).map(|_| cairn(&database).arg("migrate").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()).collect();
        for one in all {
            let output = one.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", text(&output.stderr));
            assert!(text(&output.stdout).starts_with("The database is up to date: version "));
        }
    }
}

#[test]
fn a_server_that_waits_to_start_heeds_the_signal_to_stop() {
    let database = Database::sqlite();
    let lock = File::create(database.folder().join("cairn.lock")).unwrap();
    lock.lock().unwrap();
    let mut server = cairn(&database).arg("serve").stdout(Stdio::piped()).spawn().unwrap();
    // It has made its secret, so it listens for signals, and it waits for the lock.
    while !database.secret_file().exists() {
        std::thread::yield_now();
    }
    let told = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

both_engines! {
    async fn an_empty_installation_gets_demo_data_that_its_person_can_sign_in_to(database) {
        let output = run(cairn(&database).args(["demo", "--events", "600", "--json"]), "");
        assert!(output.status.success(), "{}", text(&output.stderr));
        let made: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let keys: Vec<&String> = made.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["account_id", "api_key", "app_id", "email", "environment_id", "events", "password"]);
        assert_eq!((made["email"].as_str(), made["events"].as_u64()), (Some("demo@example.com"), Some(600)));
        assert_eq!(database.event_names().await.len(), 600);

        let store = database.store().await;
        let credentials = store.console.credentials(&EmailAddress::parse("demo@example.com").unwrap()).await.unwrap().unwrap();
        let hasher = Hasher::new(Surroundings::system());
        let matches = hasher.verify(made["password"].as_str().unwrap(), Some(credentials.password_hash())).await.unwrap();
        let token = store.console.sign_in(&credentials.verified(matches).unwrap(), "test", None).await.unwrap();
        let actor = store.console.actor(&token).await.unwrap().unwrap();
        let view: Granted<View> = store.console.grant(&actor, made["account_id"].as_str().unwrap().parse().unwrap()).await.unwrap();
        assert!(store.console.is_demo(&view).await.unwrap());
        let projects = store.console.projects(&view).await.unwrap();
        let environments: Vec<_> = projects.iter().flat_map(|project| &project.environments).map(|environment| environment.id).collect();
        assert_eq!((projects.len(), environments.len()), (2, 3));
        for environment in environments {
            assert!(store.console.holdings(&view, environment).await.unwrap().events > 0);
            assert_eq!(store.console.definitions(&view, environment).await.unwrap().len(), 5);
            assert_eq!(store.console.segments(&view, environment).await.unwrap().len(), 1);
            assert_eq!(store.console.reports(&view, environment).await.unwrap().len(), 6);
        }
        assert_eq!(store.console.excluded_ips(&view, None).await.unwrap().lines[0].note, "The office");
        let of_person = store.console.own_sign_ins(&actor).await.unwrap();
        assert_eq!(of_person.len(), 1, "none is left of the command");
    }

    async fn where_others_could_come_first_demo_data_does_not_take_the_code_of_set_up_along(database) {
        assert!(run(cairn(&database).args(["demo", "--events", "10"]), "").status.success());
        let mut server = cairn(&database).args(["serve", "--public-url", "http://cairn.example"]).stdout(Stdio::piped()).spawn().unwrap();
        let told: Vec<String> = BufReader::new(server.stdout.take().unwrap()).lines().take(2).map(Result::unwrap).collect();
        server.kill().unwrap();
        server.wait().unwrap();
        let code = told[1].strip_prefix("Once the demo data is removed, go to http://cairn.example/setup and type this code: ");
        assert_eq!(code.map(str::len), Some(16), "{told:?}");
    }

    async fn demo_data_is_refused_beside_an_account_and_nothing_is_stored(database) {
        account(&database, "ada@example.com");
        let refused = run(cairn(&database).args(["demo", "--json"]), "");
        let told = "there is an account already; demo data is made in an empty installation only\n";
        assert_eq!((refused.status.code(), text(&refused.stdout).as_str(), text(&refused.stderr).as_str()), (Some(1), "", told));
        let passed = run(cairn(&database).args(["demo", "--if-empty"]), "");
        assert_eq!((passed.status.code(), text(&passed.stdout).as_str(), text(&passed.stderr).as_str()), (Some(0), "", ""));
        assert!(database.event_names().await.is_empty());
        let store = database.store().await;
        assert!(store.console.credentials(&EmailAddress::parse("demo@example.com").unwrap()).await.unwrap().is_none());
    }
}
