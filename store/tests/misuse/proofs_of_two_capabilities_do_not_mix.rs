use store::access::{DeleteUsers, Granted, ManagePrivacy};

fn mix(granted: Granted<ManagePrivacy>) -> Granted<DeleteUsers> {
    granted
}

fn main() {}
