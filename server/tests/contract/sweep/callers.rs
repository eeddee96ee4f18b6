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
    /// Who runs the installation: a stranger to the account.
    Operator,
}

impl Caller {
    /// Whoever may change the account comes after those who may not; whoever may change the inbox comes last.
    pub(crate) const ALL: [Self; 5] = [Self::Anonymous, Self::Stranger, Self::ReadOnly, Self::Full, Self::Operator];
}
