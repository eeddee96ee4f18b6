//! Being written.

use crate::engine::statements;

statements! {}
