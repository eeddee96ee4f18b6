#![expect(clippy::unwrap_used, reason = "a test may panic")]

use super::*;

fn hasher() -> Hasher {
    Hasher::new(Surroundings::system())
}

#[tokio::test]
async fn a_password_matches_its_hash_and_no_other_does() {
    let hasher = hasher();
    let phc = hasher.hash(&Password::parse("correct horse", None).unwrap()).await.unwrap();
    assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert!(hasher.verify("correct horse", Some(&phc)).await.unwrap());
    assert!(!hasher.verify("correct horsf", Some(&phc)).await.unwrap());
}

#[tokio::test]
async fn an_unknown_address_is_checked_like_a_known_one_and_refused() {
    assert!(!hasher().verify("correct horse", None).await.unwrap());
}

#[tokio::test]
async fn a_hash_that_cannot_be_read_is_a_fault_and_no_sign_in() {
    hasher().verify("correct horse", Some("not a hash")).await.unwrap_err();
}
