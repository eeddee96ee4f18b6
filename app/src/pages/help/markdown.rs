//! Our own Markdown as views: HTML in it is text like all the rest.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use crate::prelude::*;

/// All but the title of the text, in whose place stands the page's.
pub(super) fn shown(text: &str) -> AnyView {
    parts(&mut Parser::new(text)).into_any()
}

/// Up to the end of the element that has begun, or of the text.
fn parts<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Vec<AnyView> {
    let mut found = Vec::new();
    while let Some(event) = events.next() {
        found.push(match event {
            Event::End(_) => break,
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                drop(parts(events));
                continue;
            }
            Event::Start(tag) => {
                let within = parts(events);
                element(&tag, within)
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => text.into_string().into_any(),
            Event::Code(text) => view! { <code>{text.into_string()}</code> }.into_any(),
            Event::SoftBreak => "\n".into_any(),
            Event::HardBreak => view! { <br /> }.into_any(),
            Event::Rule => view! { <hr /> }.into_any(),
            // Of extensions, none of which is on.
            _ => continue,
        });
    }
    found
}

fn element(tag: &Tag<'_>, within: Vec<AnyView>) -> AnyView {
    match tag {
        Tag::Paragraph => view! { <p>{within}</p> }.into_any(),
        Tag::Heading { level: HeadingLevel::H2, .. } => view! { <h2>{within}</h2> }.into_any(),
        Tag::Heading { .. } => view! { <h3>{within}</h3> }.into_any(),
        Tag::List(None) => view! { <ul>{within}</ul> }.into_any(),
        Tag::List(Some(_)) => view! { <ol>{within}</ol> }.into_any(),
        Tag::Item => view! { <li>{within}</li> }.into_any(),
        Tag::Strong => view! { <strong>{within}</strong> }.into_any(),
        Tag::Emphasis => view! { <em>{within}</em> }.into_any(),
        Tag::CodeBlock(_) => view! { <pre><code>{within}</code></pre> }.into_any(),
        // What is relative leads to a file of the source, which is not here.
        Tag::Link { dest_url, .. } if dest_url.starts_with("https://") => view! { <a href=dest_url.to_string()>{within}</a> }.into_any(),
        _ => within.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without the marks between neighbouring texts.
    fn html(text: &str) -> String {
        Owner::new_root(None).with(|| shown(text).to_html()).replace("<!>", "")
    }

    #[test]
    fn headings_lists_and_marks_become_elements_and_the_title_is_the_page_s() {
        let text = "# Title\n\n## 1.0\n\n- **added** `x` and *y*\n- [z](https://example.com)\n";
        let list = "<ul><li><strong>added</strong> <code>x</code> and <em>y</em></li><li><a href=\"https://example.com\">z</a></li></ul>";
        assert_eq!(html(text), format!("<h2>1.0</h2>{list}"));
    }

    #[test]
    fn html_and_other_links_are_text() {
        assert_eq!(html("a <b>b</b> [c](javascript:d) [e](docs/e.md)"), "<p>a &lt;b&gt;b&lt;/b&gt; c e</p>");
        assert_eq!(html("<script>f()</script>\n"), "&lt;script&gt;f()&lt;/script&gt;\n");
    }
}
