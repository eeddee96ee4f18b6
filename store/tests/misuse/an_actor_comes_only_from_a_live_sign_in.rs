use store::access::Actor;

fn impersonate(who: store::access::Who) -> Actor {
    Actor { who }
}

fn main() {}
