//! Reports: a count per day of what a definition names.

use serde::{Deserialize, Serialize};

use crate::{
    definition::{Condition, ConditionText},
    id::DefinitionKey,
    invalid::{Field, Invalid, Mistakes, Problem},
    name::ReportName,
};

/// What a report counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Every event.
    Events,
    /// Every user once a day.
    UniqueUsers,
}

impl Measure {
    /// Every measure there is.
    pub const ALL: [Self; 2] = [Self::Events, Self::UniqueUsers];

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::UniqueUsers => "unique_users",
        }
    }

    /// The reverse of [`Measure::as_str`].
    ///
    /// # Errors
    /// `NotAChoice`.
    pub fn parse(word: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|measure| measure.as_str() == word).ok_or(Problem::NotAChoice)
    }
}

/// How many days a report looks back, today included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct ReportDays(u16);

impl ReportDays {
    /// Every choice there is.
    pub const ALL: [Self; 3] = [Self(7), Self(30), Self(90)];

    /// # Errors
    /// `NotAChoice`.
    pub fn new(days: u16) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|choice| choice.0 == days).ok_or(Problem::NotAChoice)
    }

    /// # Errors
    /// `NotAChoice`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        text.parse().map_err(|_| Problem::NotAChoice).and_then(Self::new)
    }

    /// The number of days.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for ReportDays {
    type Error = &'static str;

    fn try_from(days: u16) -> Result<Self, Self::Error> {
        Self::new(days).map_err(|_| "not a choice of days")
    }
}

impl From<ReportDays> for u16 {
    fn from(days: ReportDays) -> Self {
        days.0
    }
}

/// A report as its form gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportDraft {
    /// The report's name.
    pub name: ReportName,
    /// The event definition that it counts.
    pub definition: DefinitionKey,
    /// What it counts.
    pub measure: Measure,
    /// How far it looks back.
    pub days: ReportDays,
    /// The segment whose users alone count, if it is limited to one.
    pub segment: Option<DefinitionKey>,
    /// What has to be true of an event to count, if not all do.
    pub filter: Option<Condition>,
}

/// What limits a report, as its form gives it. Nothing by default.
#[derive(Debug, Clone, Copy, Default)]
pub struct LimitsText<'a> {
    /// The key of a segment, or nothing.
    pub segment: &'a str,
    /// A condition of events, or none.
    pub filter: ConditionText<'a>,
}

impl ReportDraft {
    /// Checks every field of a report without limits and tells all that is wrong at once.
    ///
    /// # Errors
    /// The mistakes of the form.
    pub fn parse(name: &str, definition: &str, measure: &str, days: &str) -> Result<Self, Invalid> {
        Self::parse_limited(name, definition, measure, days, &LimitsText::default())
    }

    /// The same with its limits.
    ///
    /// # Errors
    /// The mistakes of the form.
    pub fn parse_limited(name: &str, definition: &str, measure: &str, days: &str, limits: &LimitsText<'_>) -> Result<Self, Invalid> {
        let mut mistakes = Mistakes::new();
        let name = mistakes.take(Field::Name, ReportName::parse(name));
        let definition = mistakes.take(Field::Definition, parse_definition(definition));
        let measure = mistakes.take(Field::Measure, Measure::parse(measure));
        let days = mistakes.take(Field::Days, ReportDays::parse(days));
        let segment = mistakes.take(Field::Segment, parse_segment(limits.segment));
        let filter = limits.filter.parse(&mut mistakes);
        match (name, definition, measure, days, segment, filter) {
            (Some(name), Some(definition), Some(measure), Some(days), Some(segment), Some(filter)) => {
                Ok(Self { name, definition, measure, days, segment, filter })
            }
            _ => Err(mistakes.into_invalid()),
        }
    }
}

fn parse_definition(key: &str) -> Result<DefinitionKey, Problem> {
    if key.is_empty() {
        return Err(Problem::Empty);
    }
    key.parse().map_err(|_| Problem::NotAChoice)
}

fn parse_segment(key: &str) -> Result<Option<DefinitionKey>, Problem> {
    if key.is_empty() { Ok(None) } else { key.parse().map(Some).map_err(|_| Problem::NotAChoice) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0197c0de-0000-7000-8000-000000000001";

    #[test]
    fn a_report_has_a_name_a_definition_a_measure_and_a_length() {
        let draft = ReportDraft::parse(" Orders ", KEY, "unique_users", "30");
        let parsed = draft.map(|d| (d.name.to_string(), d.definition.to_string(), d.measure, d.days.get()));
        assert_eq!(parsed, Ok(("Orders".to_owned(), KEY.to_owned(), Measure::UniqueUsers, 30)));
    }

    #[test]
    fn everything_wrong_with_a_report_is_told_at_once() {
        let invalid = ReportDraft::parse("", "", "sum", "31").err();
        let told = |field| invalid.as_ref().and_then(|i| i.of(field)).map(|m| m.problem);
        assert_eq!(told(Field::Name), Some(Problem::Empty));
        assert_eq!(told(Field::Definition), Some(Problem::Empty));
        assert_eq!(told(Field::Measure), Some(Problem::NotAChoice));
        assert_eq!(told(Field::Days), Some(Problem::NotAChoice));
        assert_eq!(invalid.map(|i| i.total), Some(4));
    }

    #[test]
    fn a_report_may_be_limited_to_a_segment_and_to_some_events() {
        let filter = ConditionText { name: "plan", comparison: "is", value: "gold", ..ConditionText::default() };
        let draft = ReportDraft::parse_limited("Orders", KEY, "events", "7", &LimitsText { segment: KEY, filter }).ok();
        assert_eq!(draft.as_ref().and_then(|draft| draft.segment), KEY.parse().ok());
        assert!(draft.is_some_and(|draft| draft.filter.is_some()));
        let invalid = ReportDraft::parse_limited(
            "Orders",
            KEY,
            "events",
            "7",
            &LimitsText { segment: "x", filter: ConditionText { value: "", ..filter } },
        )
        .err();
        let told = |field| invalid.as_ref().and_then(|i| i.of(field)).map(|m| m.problem);
        assert_eq!((told(Field::Segment), told(Field::Value)), (Some(Problem::NotAChoice), Some(Problem::Empty)));
    }

    #[test]
    fn words_of_measures_and_days_survive_storage() {
        for measure in Measure::ALL {
            assert_eq!(Measure::parse(measure.as_str()), Ok(measure));
        }
        for days in ReportDays::ALL {
            assert_eq!(ReportDays::parse(&days.get().to_string()), Ok(days));
        }
        assert!(serde_json::from_str::<ReportDays>("8").is_err());
    }
}
