//! Configuration: all mistakes at once, by name; no secret shown; what is made is for its owner alone.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use crate::support::{
    Database,
    binary::{account, cairn, run, text},
};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn every_mistake_is_told_at_once_by_name() {
    let database = Database::sqlite();
    let mut command = cairn(&database);
    command
        .env("CAIRN_LISTEN", "here")
        .env("CAIRN_DATABASE_URL", "mysql://root:hunter2@localhost/cairn")
        .env("CAIRN_PUBLIC_URL", "cairn.example.com")
        .env("CAIRN_TRUSTED_PROXIES", "10.0.0.1, proxy, 0.0.0.0/0")
        .env("CAIRN_IPV4_HOST", "https://v4.example.com")
        .env("CAIRN_OPEN_SIGN_UP", "maybe")
        .env("CAIRN_SMTP_URL", "mail.example.com:hunter2")
        .env("CAIRN_MAIL_FROM", "cairn@example.com")
        .env("CAIRN_LOG", "loud")
        .args(["--data-dir", "/etc/hostname", "--secret-file", "/etc", "serve"]);
    let output = run(&mut command, "");
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    insta::assert_snapshot!(told, @r#"
    The configuration cannot be used:
      CAIRN_LISTEN: "here" is not an address with a port; write one such as 127.0.0.1:3000 or [::]:3000
      CAIRN_DATA_DIR: "/etc/hostname" is a file; name a folder
      CAIRN_DATABASE_URL: it begins with neither sqlite:// nor postgres://; write sqlite:///path/to/cairn.db or postgres://user:password@host/database
      CAIRN_PUBLIC_URL: "cairn.example.com" is not a web address (relative URL without a base); write such as https://cairn.example.com
      CAIRN_TRUSTED_PROXIES: "proxy" is neither an address nor a network; write such as 10.0.0.7 or 10.0.0.0/8; "0.0.0.0/0" would trust everybody; name the proxies alone
      CAIRN_IPV4_HOST: "https://v4.example.com" is not a host name; write one such as v4.example.com or v4.example.com:8443, without https://
      CAIRN_SECRET_FILE: "/etc" is a folder; name a file in it
      CAIRN_OPEN_SIGN_UP: "maybe" is neither true nor false; write one of the two
      CAIRN_LOG: "loud" is no level; write error, warn, info or debug
      CAIRN_SMTP_URL: write smtp://user:password@host:587, or smtps://user:password@host for a server that speaks TLS from the start
    "#);
    assert!(!told.contains("hunter2"));
}

#[test]
fn flags_win_over_variables_before_and_after_the_command() {
    let database = Database::sqlite();
    let mut command = cairn(&database);
    command.env("CAIRN_LISTEN", "127.0.0.1:1").env("CAIRN_PUBLIC_URL", "").args([
        "--listen",
        "[::1]:4000",
        "config",
        "--trusted-proxies",
        "10.0.0.0/8,192.0.2.1",
        "--ipv6-host",
        "V6.Example.com:8443",
        "--open-sign-up",
    ]);
    let output = run(&mut command, "");
    let told = text(&output.stdout).replace(&database.folder().display().to_string(), "DATA");
    insta::assert_snapshot!(told, @r"
    CAIRN_LISTEN=[::1]:4000
    CAIRN_DATA_DIR=DATA
    CAIRN_DATABASE_URL=sqlite://DATA/cairn.db
    CAIRN_PUBLIC_URL=http://[::1]:4000
    CAIRN_TRUSTED_PROXIES=10.0.0.0/8,192.0.2.1
    CAIRN_IPV4_HOST=
    CAIRN_IPV6_HOST=v6.example.com:8443
    CAIRN_GEOIP_PATH=
    CAIRN_SECRET_FILE=DATA/secret
    CAIRN_OPEN_SIGN_UP=true
    CAIRN_ERASURE_JOURNAL=
    CAIRN_BACKUP_DAYS=90
    CAIRN_SMTP_URL=
    CAIRN_MAIL_FROM=
    CAIRN_SUPPORT_EMAIL=
    CAIRN_LOG=error
    ");
    assert!(!database.secret_file().exists(), "looking makes nothing");
}

#[test]
fn the_erasure_journal_lies_where_no_restored_backup_brings_it_along() {
    let database = Database::sqlite();
    for file in [database.folder().join("erased.jsonl"), database.folder().join("no/such/folder/erased.jsonl")] {
        let output = run(cairn(&database).env("CAIRN_ERASURE_JOURNAL", &file).arg("config"), "");
        let told = text(&output.stderr);
        assert!(!output.status.success() && told.contains("CAIRN_ERASURE_JOURNAL"), "{told}");
    }
    let output = run(cairn(&database).env("CAIRN_BACKUP_DAYS", "0").arg("config"), "");
    assert!(text(&output.stderr).contains("CAIRN_BACKUP_DAYS"), "{output:?}");
}

#[test]
fn mail_needs_a_server_and_a_sender() {
    let database = Database::sqlite();
    for (given, value, missing) in
        [("CAIRN_SMTP_URL", "smtp://localhost", "CAIRN_MAIL_FROM"), ("CAIRN_MAIL_FROM", "cairn@example.com", "CAIRN_SMTP_URL")]
    {
        let output = run(cairn(&database).env(given, value).arg("config"), "");
        let told = text(&output.stderr);
        assert!(told.contains(&format!("{missing}: {given} is set, and mail needs both")), "{told}");
    }
}

#[test]
fn the_effective_configuration_shows_no_password() {
    let database = Database::sqlite();
    let mut command = cairn(&database);
    command.env("CAIRN_SMTP_URL", "smtp://cairn:hunter2@mail.example.com:587").env("CAIRN_MAIL_FROM", "Cairn <cairn@example.com>");
    let told = text(&run(command.arg("config"), "").stdout);
    assert!(told.contains("CAIRN_SMTP_URL=smtp://cairn:***@mail.example.com:587\n"), "{told}");
    assert!(told.contains("CAIRN_MAIL_FROM=Cairn <cairn@example.com>\n"), "{told}");
    for url in [
        "postgres://cairn:hunter2@db.example.com:5432/cairn?sslmode=require",
        "postgres:///cairn?host=/run/postgresql&user=cairn&password=hunter2",
    ] {
        let output = run(cairn(&database).env("CAIRN_DATABASE_URL", url).arg("config"), "");
        let told = text(&output.stdout);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(told.contains("CAIRN_DATABASE_URL=postgres://") && told.contains("***"), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[test]
fn what_is_made_is_for_its_owner_alone() {
    let database = Database::sqlite();
    let folder = database.folder().join("new/data");
    let mut command = cairn(&database);
    command.env("CAIRN_DATA_DIR", &folder).env_remove("CAIRN_DATABASE_URL").arg("migrate");
    let output = run(&mut command, "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("secret")), 0o600);
    assert_eq!(fs::read(folder.join("secret")).unwrap().len(), 32);
    assert!(folder.join("cairn.db").is_file());
}

#[test]
fn a_secret_of_the_wrong_length_is_refused_and_kept() {
    let database = Database::sqlite();
    fs::write(database.secret_file(), "short").unwrap();
    let output = run(cairn(&database).arg("migrate"), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("CAIRN_SECRET_FILE") && text(&output.stderr).contains("holds 5 bytes instead of 32"));
    assert_eq!(fs::read(database.secret_file()).unwrap(), b"short");
}

#[test]
fn a_secret_that_others_may_read_is_warned_of() {
    let database = Database::sqlite();
    fs::write(database.secret_file(), [7; 32]).unwrap();
    fs::set_permissions(database.secret_file(), fs::Permissions::from_mode(0o644)).unwrap();
    let output = run(cairn(&database).arg("migrate"), "");
    assert!(output.status.success());
    assert!(text(&output.stderr).contains("CAIRN_SECRET_FILE: others than its owner may read the secret"));
}

#[test]
fn a_lost_secret_is_told_and_no_wrong_one_is_left_in_its_place() {
    let database = Database::sqlite();
    account(&database, "ada@example.com");
    fs::remove_file(database.secret_file()).unwrap();
    let output = run(cairn(&database).arg("migrate"), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("restore that file from a backup"), "{}", text(&output.stderr));
    assert!(!database.secret_file().exists());
}

#[test]
fn what_is_deployed_sets_nothing_that_does_not_exist() {
    let database = Database::sqlite();
    let known = text(&run(cairn(&database).arg("config"), "").stdout);
    let files = [
        include_str!("../../../deploy/cairn.service"),
        include_str!("../../../deploy/Dockerfile"),
        include_str!("../../../deploy/compose.yaml"),
    ];
    for file in files {
        let named = file.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_').filter(|word| word.starts_with("CAIRN_"));
        let unknown: Vec<_> = named.filter(|name| !known.lines().any(|line| line.starts_with(&format!("{name}=")))).collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }
}
