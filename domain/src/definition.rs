//! Definitions: named rules over raw data. An event definition names the events of one name, a property definition one or more raw properties, a segment
//! the users of whom a condition is true.

mod condition;
mod event;
mod property;
mod segment;

use serde::{Deserialize, Serialize};

pub use condition::{Comparison, Condition, ConditionText, Property};
pub use event::EventDefinitionDraft;
pub use property::{PropertyDefinitionDraft, PropertyKind, PropertyName};
pub use segment::SegmentDraft;

/// What a definition defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefinitionKind {
    /// Events of one name.
    #[default]
    Event,
    /// A property under the names that clients gave it.
    Property,
    /// Some of the users.
    Segment,
}

impl DefinitionKind {
    /// Every kind there is, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Event, Self::Property, Self::Segment];
}
