//! A valid call of every server function, an address of every page.

use axum::body::Body;
use http::{Request, request::Builder};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::world::World;

/// Who is meant to get through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Everybody: setting up, signing in, accepting.
    Open,
    /// Whoever is signed in: what is a person's own.
    Own,
    /// Teammates.
    View,
    /// Teammates with full access.
    Change,
}

impl Class {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Own => "own",
            Self::View => "view",
            Self::Change => "change",
        }
    }
}

pub struct Example {
    pub name: &'static str,
    pub class: Class,
    arguments: fn(&World) -> Value,
}

impl Example {
    const fn new(name: &'static str, class: Class, arguments: fn(&World) -> Value) -> Self {
        Self { name, class, arguments }
    }

    /// Reads take JSON, changes take forms.
    fn reads(&self) -> bool {
        self.name.starts_with("load_")
    }

    pub fn request(&self, _world: &World) -> Builder {
        let kind = if self.reads() { "application/json" } else { "application/x-www-form-urlencoded" };
        Request::post(["/api/console/", self.name].concat()).header("content-type", kind)
    }

    pub fn body(&self, world: &World) -> Body {
        let arguments = (self.arguments)(world);
        if self.reads() {
            return arguments.to_string().into();
        }
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (name, value) in arguments.as_object().into_iter().flatten() {
            form.append_pair(name, value.as_str().unwrap_or(&value.to_string()));
        }
        form.finish().into()
    }
}

pub const FUNCTIONS: &[Example] = &[
    Example::new("load_set_up", Class::Open, |_| json!({})),
    Example::new("set_up", Class::Open, |_| json!({"account_name": "A", "name": "B", "email": "b@example.com", "password": "correct horse"})),
    Example::new("load_place", Class::View, |w| json!({"account": w.founded.account})),
    Example::new("load_audit_log", Class::View, |w| json!({"account": w.founded.account, "before": null})),
];

type Page = (&'static str, Class, fn(&World) -> String);

pub const PAGES: &[Page] = &[("/", Class::Open, |_| "/".to_owned())];

pub const APIS: &[(&str, &str, &str)] = &[
    ("POST", "/api/track", r#"{"app_id": "APP", "identity": "a@example.com", "event": "Look"}"#),
    ("POST", "/api/v1/identify", r#"{"app_id": "APP", "identity": "a@example.com", "user_id": "5"}"#),
    ("POST", "/api/add_user_properties", r#"{"app_id": "APP", "identity": "a@example.com", "properties": {"plan": "pro"}}"#),
    ("POST", "/api/public/v0/auth_token", ""),
    ("POST", "/api/public/v0/user_deletion", r#"{"users": [{"identity": "a@example.com"}]}"#),
    ("GET", "/api/public/v0/deletion_status/11111111-2222-4333-8444-555555555555", ""),
    ("GET", "/api/track", ""),
    ("GET", "/health/live", ""),
    ("GET", "/health/ready", ""),
];
