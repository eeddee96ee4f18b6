//! Whom a request is about: users by name, those who have a property, or everybody in an environment.

use serde::{Deserialize, Serialize};

use super::{MAX_TARGETS, Target};
use crate::{
    collect::{self, PropertyValue},
    definition::{Comparison, ConditionText, Property, PropertyName},
    id::{EnvironmentId, UploadId},
    invalid::{Field, Invalid, Mistakes, Problem},
    user::{Identity, UserId},
};

/// Whom to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// These.
    Named(Vec<Target>),
    /// Everybody who has this property when the request is made.
    Having(Having),
    /// Those whom a file names that was uploaded before.
    Uploaded(UploadId),
    /// Everybody in this environment, with everything that was collected in it.
    Everything(EnvironmentId),
}

/// A property of users and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Having {
    /// As clients send it.
    pub property: PropertyName,
    /// Equal as conditions compare: see [`Comparison`].
    pub value: PropertyValue,
}

/// How a form says whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// By identity.
    Identity,
    /// By user id.
    UserId,
    /// By a property of theirs.
    Property,
    /// By a file that was uploaded before.
    Upload,
    /// Everybody in an environment.
    Everything,
}

impl TargetKind {
    /// Every kind there is.
    pub const ALL: [Self; 5] = [Self::Identity, Self::UserId, Self::Property, Self::Upload, Self::Everything];

    /// The word that is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::UserId => "user_id",
            Self::Property => "property",
            Self::Upload => "upload",
            Self::Everything => "everything",
        }
    }

    /// The reverse of [`TargetKind::as_str`].
    ///
    /// # Errors
    /// `NotAChoice`.
    pub fn parse(word: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(Problem::NotAChoice)
    }
}

/// A form as it was typed. What the kind does not need is not looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct WhomText<'a> {
    /// A word of [`TargetKind`].
    pub kind: &'a str,
    /// One user a line, empty lines tolerated, identities byte for byte.
    pub targets: &'a str,
    /// The name of a property.
    pub property: &'a str,
    /// One of [`Having::CHOICES`].
    pub comparison: &'a str,
    /// Its value, where the choice needs one.
    pub value: &'a str,
    /// The id of a file that was uploaded.
    pub upload: &'a str,
    /// The id of an environment.
    pub environment: &'a str,
}

impl WhomText<'_> {
    /// # Errors
    /// Everything wrong at once, bad lines with their numbers.
    pub fn parse(&self) -> Result<Whom, Invalid> {
        let kind = TargetKind::parse(self.kind).map_err(|problem| Invalid::one(Field::Kind, problem))?;
        match kind {
            TargetKind::Identity => self.named(|line| Identity::parse(line).map(Target::Identity)),
            TargetKind::UserId => self.named(|line| UserId::parse(line).map(Target::UserId)),
            TargetKind::Property => self.having(),
            TargetKind::Upload => match self.upload.parse() {
                Ok(upload) => Ok(Whom::Uploaded(upload)),
                Err(_) => Err(Invalid::one(Field::File, Problem::Empty)),
            },
            TargetKind::Everything => match self.environment.parse() {
                Ok(environment) => Ok(Whom::Everything(environment)),
                Err(_) => Err(Invalid::one(Field::Environment, Problem::Empty)),
            },
        }
    }

    fn named(&self, parse: impl Fn(&str) -> Result<Target, Problem>) -> Result<Whom, Invalid> {
        let mut mistakes = Mistakes::new();
        let mut targets = Vec::new();
        for (number, line) in (1..).zip(self.targets.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            match parse(line) {
                Ok(target) => targets.push(target),
                Err(problem) => mistakes.add(Field::Targets, Some(number), problem),
            }
        }
        if self.targets.trim().is_empty() {
            mistakes.add(Field::Targets, None, Problem::Empty);
        }
        if targets.len() > MAX_TARGETS as usize {
            mistakes.add(Field::Targets, None, Problem::TooMany { max: MAX_TARGETS });
        }
        mistakes.finish().map(|()| Whom::Named(targets))
    }

    fn having(&self) -> Result<Whom, Invalid> {
        let mut mistakes = Mistakes::new();
        let text = ConditionText { property: "", name: self.property, comparison: self.comparison, value: self.value };
        let condition = text.parse(&mut mistakes);
        if let Some(None) = condition {
            mistakes.add(Field::PropertyName, None, Problem::Empty);
        }
        let asked = condition.flatten().map(|condition| (condition.property, condition.comparison));
        let having = match asked {
            Some((Property::Raw(name), _)) if collect::is_reserved_for_users(name.as_str()) => {
                mistakes.take(Field::PropertyName, Err(Problem::Reserved))
            }
            Some((Property::Raw(property), Comparison::Is(value))) => Some(Having { property, value }),
            Some(_) => mistakes.take(Field::Comparison, Err(Problem::NotAChoice)),
            None => None,
        };
        having.map(Whom::Having).ok_or_else(|| mistakes.into_invalid())
    }
}

impl Having {
    /// The words of a form: those of [`Comparison::CHOICES`] that ask for a value.
    pub const CHOICES: [&'static str; 4] = ["is", "is_number", "is_true", "is_false"];
}
