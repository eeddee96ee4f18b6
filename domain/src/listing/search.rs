//! What is searched for in a list.

/// A text that is looked for as it stands: no sign in it has a meaning of its own, and capitals do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    text: String,
    folded: String,
}

impl Search {
    /// The longest search in characters; what goes beyond is cut off.
    pub const MAX: usize = 100;

    /// Without the spaces around it, and without what no name holds.
    pub fn parse(text: &str) -> Self {
        let shown: String = text.chars().filter(|c| !c.is_control()).collect();
        let text: String = shown.trim().chars().take(Self::MAX).collect();
        let text = text.trim_end().to_owned();
        Self { folded: text.to_lowercase(), text }
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Nothing is searched for, so everything is found.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the text stands somewhere in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.folded)
    }
}
