//! Which compressed form a browser takes.

use http::{HeaderMap, header};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// The name in `Content-Encoding`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The suffix of files in this encoding.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }
}

/// The encodings that `Accept-Encoding` allows, the smaller first: everything here is compressed once and served often, so the
/// client's order of preference is not asked.
pub(super) fn accepted(headers: &HeaderMap) -> Vec<Encoding> {
    let offers: Vec<&str> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    [Encoding::Brotli, Encoding::Gzip].into_iter().filter(|encoding| allows(&offers, encoding.name())).collect()
}

/// A coding is allowed by its own name or by `*`, its own name first, unless its weight is 0.
fn allows(offers: &[&str], coding: &str) -> bool {
    let weight_of = |name: &str| offers.iter().find_map(|offer| weight(offer, name));
    weight_of(coding).or_else(|| weight_of("*")).is_some_and(|weight| weight > 0.0)
}

fn weight(offer: &str, name: &str) -> Option<f32> {
    let (coding, parameters) = offer.split_once(';').unwrap_or((offer, ""));
    if !coding.trim().eq_ignore_ascii_case(name) {
        return None;
    }
    let weight = parameters.trim().trim_start_matches(['q', 'Q']).trim_start().strip_prefix('=');
    Some(weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0)))
}
