use std::marker::PhantomData;

use store::access::{Actor, Granted, ManageTeammates};

fn forge(actor: Actor, account: domain::id::AccountId) -> Granted<ManageTeammates> {
    Granted { account, actor, access: domain::access::Access::Full, marker: PhantomData }
}

fn main() {}
