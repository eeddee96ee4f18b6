//! What must not compile: no proof, no data.

#[test]
fn misuse_of_the_store_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/misuse/*.rs");
}
