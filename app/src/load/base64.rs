//! Bytes in a page. The browser has its own reader.

#[cfg(feature = "ssr")]
pub(super) fn write(bytes: &[u8]) -> String {
    data_encoding::BASE64.encode(bytes)
}

#[cfg(feature = "ssr")]
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    data_encoding::BASE64.decode(text.as_bytes()).ok()
}

#[cfg(not(feature = "ssr"))]
pub(super) fn write(_: &[u8]) -> String {
    String::new()
}

#[cfg(not(feature = "ssr"))]
pub(super) use crate::browser::bytes_of_base64 as read;
