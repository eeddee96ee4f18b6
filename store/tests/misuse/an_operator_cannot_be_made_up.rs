use domain::id::PersonId;
use store::access::Operator;

fn make_up(person: PersonId) -> Operator {
    Operator { person, name: String::new() }
}

fn main() {}
