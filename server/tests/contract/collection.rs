//! `track`, `identify` and `add_user_properties` as servers call them.

mod answers;
mod exclusion;
mod privacy;
mod shapes;
mod suppression;
