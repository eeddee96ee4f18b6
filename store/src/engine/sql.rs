//! Statements as named constants.

/// One SQL text, for both engines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sql {
    /// The constant's name, for errors.
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

/// Declares statements and the module's list of them, which the registry test prepares on both engines.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* const $name: $crate::engine::Sql = $crate::engine::Sql { name: stringify!($name), text: $text };)*
        pub(crate) const STATEMENTS: &[$crate::engine::Sql] = &[$($name),*];
    };
}
pub(crate) use statements;
