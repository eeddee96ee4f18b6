//! Every table, and whether it can hold a tracked user.
