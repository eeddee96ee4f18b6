use store::access::Capability;

enum Everything {}

impl Capability for Everything {
    const CAPABILITY: domain::access::Capability = domain::access::Capability::View;
}

fn main() {}
