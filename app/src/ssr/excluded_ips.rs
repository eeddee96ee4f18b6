//! A list as text.

use store::console::excluded_ips::ExcludedIp;

/// One line each with its note: what the box shows, a download holds, and an upload takes.
pub fn excluded_ips_text(lines: &[ExcludedIp]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.pattern);
        if !line.note.is_empty() {
            text.push_str(" # ");
            text.push_str(&line.note);
        }
        text.push('\n');
    }
    text
}
