//! What there is to read about the API.

/// Every call. The server makes it of its document, and gives it to the pages as a context, because `app` may not know `server`; and as plain text, because how it
/// looks is a matter of the page.
#[derive(Debug, Clone)]
pub struct Manual {
    pub groups: Vec<Group>,
}

impl Manual {
    /// What examples have in the place of the reader's own app id.
    pub const APP_ID: &str = "YOUR_APP_ID";
}

/// Calls that belong together.
#[derive(Debug, Clone)]
pub struct Group {
    pub name: String,
    pub calls: Vec<Call>,
}

#[derive(Debug, Clone)]
pub struct Call {
    /// The place of the call on the page.
    pub id: String,
    pub method: &'static str,
    pub path: &'static str,
    pub summary: String,
    pub text: String,
    pub shows: Shows,
    pub parameters: Vec<Part>,
    /// The forms that the body may have.
    pub forms: Vec<Form>,
    /// The largest body in bytes.
    pub most_bytes: Option<u64>,
    pub examples: Vec<Example>,
    pub answers: Vec<Answer>,
}

/// How a caller says who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    Nothing,
    AppIdAndKey,
    Token,
}

/// One form of a body.
#[derive(Debug, Clone)]
pub struct Form {
    /// Empty where there is one form alone.
    pub title: String,
    pub parts: Vec<Part>,
}

/// A key of a body, or a parameter of a path.
#[derive(Debug, Clone)]
pub struct Part {
    pub name: String,
    pub need: Need,
    /// What it is and its limits: `text of up to 255 characters`.
    pub kind: String,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    Required,
    /// Exactly one of those of which this is said.
    OneOfThese,
    Optional,
}

/// A body, by what it shows.
#[derive(Debug, Clone)]
pub struct Example {
    pub title: String,
    pub body: String,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: String,
    pub meaning: String,
    /// Names and meanings.
    pub headers: Vec<(String, String)>,
    /// Empty where the answer has no body to show.
    pub example: String,
}
