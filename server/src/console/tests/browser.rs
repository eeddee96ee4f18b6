//! A browser without script: it keeps cookies and says where it comes from.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
};
use http::{HeaderMap, Request, header};
use tower::ServiceExt;
use url::form_urlencoded;

const SITE: &str = "https://cairn.example.com";

pub(super) struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn location(&self) -> &str {
        self.header("location")
    }

    /// The value of the hidden field of this name.
    pub(super) fn hidden(&self, name: &str) -> String {
        let field = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the page has the field");
        let value = field.split('"').next().unwrap();
        value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }
}

impl Browser {
    pub(super) fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new() }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html,*/*;q=0.8");
        self.send(request, Body::empty()).await
    }

    /// Sends the form of `page` to the server function of this name.
    pub(super) async fn post(&mut self, page: &str, function: &str, fields: &[(&str, &str)]) -> Answer {
        let request = post(function).header(header::ACCEPT, "text/html,*/*;q=0.8").header(header::REFERER, format!("{SITE}{page}"));
        self.send(request, form(fields)).await
    }

    /// The same by script.
    pub(super) async fn call(&mut self, function: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(post(function).header(header::ACCEPT, "application/json"), form(fields)).await
    }

    pub(super) async fn send(&mut self, mut request: http::request::Builder, body: Body) -> Answer {
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// As if the sign-in had ended.
    pub(super) fn forget(&mut self) {
        self.cookies.clear();
    }

    pub(super) fn cookie(&self) -> Option<&String> {
        self.cookies.get("__Host-cairn")
    }
}

fn post(function: &str) -> http::request::Builder {
    Request::post(format!("/api/console/{function}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, SITE)
        .header("sec-fetch-site", "same-origin")
}

fn form(fields: &[(&str, &str)]) -> Body {
    Body::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish())
}
