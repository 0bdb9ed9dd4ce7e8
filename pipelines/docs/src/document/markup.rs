//! Typst written by functions. An [`Expr`] is a code expression; content from data enters only as string literals.

use pixmo_render_typst::escape_string;

/// A Typst code expression.
pub(super) type Expr = String;

/// Text.
pub(super) fn text(content: &str) -> Expr {
    escape_string(content)
}

/// Text with a role and no data.
pub(super) fn role(role: &str, content: &str) -> Expr {
    format!("link(\"r:{role}\", {})", escape_string(content))
}

/// A heading.
pub(super) fn heading(content: &str) -> Expr {
    format!("H({})", role("heading", content))
}

/// Running text.
pub(super) fn body(content: &str) -> Expr {
    role("body", content)
}

/// A small note.
pub(super) fn note(content: &str) -> Expr {
    format!("S({})", role("note", content))
}

/// Bold.
pub(super) fn bold(inner: &str) -> Expr {
    format!("B({inner})")
}

/// Small and soft.
pub(super) fn small(inner: &str) -> Expr {
    format!("S({inner})")
}

/// Larger or smaller by a factor.
pub(super) fn sized(factor: f64, inner: &str) -> Expr {
    format!("text(size: {factor:.2}em, {inner})")
}

/// In the title face, larger by a factor.
pub(super) fn display(factor: f64, inner: &str) -> Expr {
    format!("T({factor:.2}em, {inner})")
}

/// One after another on a line.
pub(super) fn inline(parts: &[Expr]) -> Expr {
    let mut out = String::from("[");
    for part in parts {
        out.push_str("#{");
        out.push_str(part);
        out.push('}');
    }
    out.push(']');
    out
}

/// One below the other, `gap` points apart.
pub(super) fn stack(gap: f64, parts: &[Expr]) -> Expr {
    format!("stack(spacing: {gap:.1}pt, {})", parts.join(", "))
}

/// A gap in a stack.
pub(super) fn gap(points: f64) -> Expr {
    format!("v({points:.1}pt)")
}

/// Aligned content, such as `right` or `center + horizon`.
pub(super) fn align(how: &str, inner: &str) -> Expr {
    format!("align({how}, {inner})")
}

/// A grid: column widths and alignments in Typst's words, gutters in points.
pub(super) fn grid(columns: &str, how: &str, gutter: (f64, f64), cells: &[Expr]) -> Expr {
    format!(
        "grid(columns: ({columns}), align: {how}, column-gutter: {:.1}pt, row-gutter: {:.1}pt, {})",
        gutter.0,
        gutter.1,
        cells.join(", ")
    )
}

/// Two things at the ends of a line.
pub(super) fn ends(left: &str, right: &str) -> Expr {
    format!(
        "grid(columns: (1fr, auto), column-gutter: 12pt, align: (left + horizon, right + horizon), {left}, {right})"
    )
}

/// A box across the width: `style` holds Typst arguments such as `fill: tint`.
pub(super) fn block(style: &str, inset: f64, inner: &str) -> Expr {
    format!("block(width: 100%, inset: {inset:.1}pt, {style}, {inner})")
}

/// A line across the width, such as `1pt + ac`.
pub(super) fn rule(stroke: &str) -> Expr {
    format!("line(length: 100%, stroke: {stroke})")
}

/// A statement of the page: the expression on a line of its own.
pub(super) fn show(out: &mut String, expr: &str) {
    out.push('#');
    out.push_str(expr);
    out.push_str("\n\n");
}

/// Space in the flow of the page.
pub(super) fn space(out: &mut String, points: f64) {
    out.push_str(&format!("#v({points:.1}pt)\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_enters_as_strings_only() {
        assert_eq!(body("#read(\"x\")"), "link(\"r:body\", \"#read(\\\"x\\\")\")");
        assert_eq!(inline(&[text("a"), bold(&text("b"))]), "[#{\"a\"}#{B(\"b\")}]");
    }
}
