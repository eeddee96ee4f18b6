use store::access::{Granted, View};

fn restrict(console: &store::Console, granted: &Granted<View>) {
    let _ = console.manage_teammates(granted);
}

fn main() {}
