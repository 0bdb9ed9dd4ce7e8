//! The door for sources: what is refused before Typst sees it, and how foreign text becomes a string that can never be
//! markup.
//!
//! Typst itself bounds call depth (80), show rules (64), layout depth (72), syntax depth (256) and the rounds of a loop
//! (10,000). It has no limit on steps or memory, and nested loops multiply. Loops are therefore refused here, together
//! with everything that reaches outside. Functions that call themselves and values that double themselves are refused by
//! `budget`, which counts what is left, in sources that are not our own.

use typst::syntax::{Source, SyntaxKind, SyntaxNode};

use crate::error::TypstError;

/// The longest source that is read, in bytes.
pub const SOURCE_BYTES_MAX: usize = 256 * 1024;

/// Names of the standard library that reach outside the source or run programs.
const OUTSIDE: [&str; 12] = [
    "read",
    "csv",
    "json",
    "toml",
    "yaml",
    "xml",
    "cbor",
    "plugin",
    "image",
    "bibliography",
    "eval",
    "range",
];

/// A Typst string literal, with its quotes, that means exactly this text.
pub fn escape_string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() => literal.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Deepest nesting of the syntax tree. A sum of many terms nests as well: each sign is a level.
const DEPTH_MAX: usize = 160;
/// Stack for reading a source whose tree may be as deep as it is long: half a level a byte, some hundred bytes a level.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// Parses a source. Whoever walks the tree later, Typst first of all, does so by recursion; a tree that is too deep for
/// that is measured, and taken down again, in a thread that has the room.
pub(crate) fn parse(id: typst::syntax::FileId, text: &str) -> Result<Source, TypstError> {
    let read = || {
        let source = Source::new(id, text.to_owned());
        if depth(source.root()) > DEPTH_MAX {
            return Err(TypstError::TooDeep { limit: DEPTH_MAX });
        }
        Ok(source)
    };
    // Shorter than this it cannot be deep.
    if text.len() <= DEPTH_MAX {
        return read();
    }
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().name("typst source".to_owned()).stack_size(STACK_BYTES);
        match reader.spawn_scoped(scope, read) {
            Ok(handle) => handle.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause)),
            Err(error) => {
                Err(TypstError::Source { line: 0, message: format!("no thread to read it: {error}") })
            }
        }
    })
}

fn depth(node: &SyntaxNode) -> usize {
    1 + node.children().map(depth).max().unwrap_or(0)
}

/// Refuses loops, imports, and names that reach outside.
pub(crate) fn check(source: &Source) -> Result<(), TypstError> {
    let mut offset = 0;
    walk(source.root(), &mut offset, source)
}

fn walk(node: &SyntaxNode, offset: &mut usize, source: &Source) -> Result<(), TypstError> {
    let refused = |what: &str, at: usize| TypstError::Refused {
        line: source.lines().byte_to_line(at).map_or(0, |line| line + 1),
        what: what.to_owned(),
    };
    match node.kind() {
        SyntaxKind::ForLoop => return Err(refused("for", *offset)),
        SyntaxKind::WhileLoop => return Err(refused("while", *offset)),
        SyntaxKind::ModuleImport => return Err(refused("import", *offset)),
        SyntaxKind::ModuleInclude => return Err(refused("include", *offset)),
        SyntaxKind::Ident | SyntaxKind::MathIdent => {
            let name = node.leaf_text();
            if OUTSIDE.contains(&name.as_str()) {
                return Err(refused(name.as_str(), *offset));
            }
        }
        _ => {}
    }
    let mut leaf = true;
    for child in node.children() {
        leaf = false;
        walk(child, offset, source)?;
    }
    if leaf {
        *offset += node.len();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_cannot_become_markup() {
        assert_eq!(escape_string("a \"b\" \\ #[c]\n"), "\"a \\\"b\\\" \\\\ #[c]\\n\"");
        assert_eq!(escape_string("\u{7}"), "\"\\u{7}\"");
    }

    #[test]
    fn what_is_refused_is_named_with_its_line() {
        let check = |text: &str| check(&Source::detached(text));
        let refused = |line, what: &str| Err(TypstError::Refused { line, what: what.to_owned() });
        assert_eq!(check("a\n#for x in (1, 2) [b]"), refused(2, "for"));
        assert_eq!(check("#while true [b]"), refused(1, "while"));
        assert_eq!(check("\n\n#import \"@preview/x:1.0.0\""), refused(3, "import"));
        assert_eq!(check("#std.read(\"/etc/passwd\")"), refused(1, "read"));
        assert_eq!(check("for a while we read, and import tea"), Ok(()));
    }
}
