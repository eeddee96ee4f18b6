//! Everybody there is.

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// Nobody is signed in.
    Anonymous,
    /// A full teammate of another account.
    Stranger,
    /// A read-only teammate.
    ReadOnly,
    /// A full teammate.
    Full,
}

impl Caller {
    /// Whoever may change the world comes last.
    pub(crate) const ALL: [Self; 4] = [Self::Anonymous, Self::Stranger, Self::ReadOnly, Self::Full];
}
