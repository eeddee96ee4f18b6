use store::{Console, access::{Granted, ManageTeammates}, console::teammates::Teammates};

fn build<'a>(console: &'a Console, granted: &'a Granted<ManageTeammates>) -> Teammates<'a> {
    Teammates { console, granted }
}

fn main() {}
