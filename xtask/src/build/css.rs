//! One style sheet out of `style/*.css`.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

/// The sheet with its imports in their places, and without comments and indentation.
pub(super) fn bundle(entry: &Path) -> Result<String> {
    Ok(squeeze(&inline(entry)?))
}

/// Replaces each line `@import "file.css" layer(name);` by that file, wrapped into its layer.
fn inline(sheet: &Path) -> Result<String> {
    let text = fs::read_to_string(sheet).with_context(|| format!("cannot read {}", sheet.display()))?;
    let mut bundled = String::new();
    for line in text.lines() {
        let Some(import) = line.trim().strip_prefix("@import") else {
            bundled.push_str(line);
            bundled.push('\n');
            continue;
        };
        let Some((file, layer)) = parse_import(import) else {
            bail!("{}: write imports as @import \"file.css\" layer(name); not {line:?}", sheet.display());
        };
        let imported = inline(&sheet.with_file_name(file))?;
        match layer {
            Some(layer) => bundled.extend(["@layer ", layer, " {\n", &imported, "}\n"]),
            None => bundled.push_str(&imported),
        }
    }
    Ok(bundled)
}

fn parse_import(import: &str) -> Option<(&str, Option<&str>)> {
    let (file, rest) = import.trim().strip_prefix('"')?.split_once('"')?;
    match rest.trim().strip_suffix(';')?.trim() {
        "" => Some((file, None)),
        layer => Some((file, Some(layer.strip_prefix("layer(")?.strip_suffix(')')?.trim()))),
    }
}

/// Drops comments, and white space where it means nothing; what stands in quotes is kept.
fn squeeze(css: &str) -> String {
    let mut squeezed = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut space = false;
    while let Some(char) = chars.next() {
        if char == '/' && chars.peek() == Some(&'*') {
            chars.next();
            skip_comment(&mut chars);
            space = true;
            continue;
        }
        if char.is_whitespace() {
            space = true;
            continue;
        }
        if space && !squeezed.is_empty() && !squeezed.ends_with(['{', '}', ';', ',']) && !matches!(char, '{' | '}') {
            squeezed.push(' ');
        }
        space = false;
        squeezed.push(char);
        if char == '\\' {
            squeezed.extend(chars.next());
        }
        if matches!(char, '"' | '\'') {
            copy_string(char, &mut chars, &mut squeezed);
        }
    }
    squeezed
}

fn skip_comment(chars: &mut impl Iterator<Item = char>) {
    let mut star = false;
    for char in chars {
        if star && char == '/' {
            return;
        }
        star = char == '*';
    }
}

fn copy_string(quote: char, chars: &mut impl Iterator<Item = char>, to: &mut String) {
    while let Some(char) = chars.next() {
        to.push(char);
        if char == quote {
            return;
        }
        if char == '\\' {
            to.extend(chars.next());
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn an_imported_sheet_stands_in_its_layer_where_the_import_stood() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        fs::write(folder.path().join("base.css"), "p { color: red }\n").unwrap();
        fs::write(&main, "@layer base, late;\n@import \"base.css\" layer(base);\na { top: 0 }\n").unwrap();
        assert_eq!(bundle(&main).unwrap(), "@layer base,late;@layer base{p{color: red}}a{top: 0}");
    }

    #[test]
    fn an_import_of_another_form_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        fs::write(&main, "@import url(base.css) screen;\n").unwrap();
        assert!(bundle(&main).unwrap_err().to_string().contains("write imports as"));
    }

    #[test]
    fn comments_and_indentation_go_and_strings_stay() {
        let css = "/* a **/\na > b :hover {\n  content: \"/*  */ \\\"  x\" ; /* b */\n  margin: 0  auto\n}\n";
        assert_eq!(squeeze(css), "a > b :hover{content: \"/*  */ \\\"  x\" ;margin: 0 auto}");
    }
}
