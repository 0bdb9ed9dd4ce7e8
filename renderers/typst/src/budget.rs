//! How much work a source is, before Typst sees it: its parts are counted with every use of a definition unfolded.
//!
//! Typst has no limit on steps or memory, so the language is narrowed until the work can be read off the page. Only
//! names of [`KNOWN`] and names defined earlier may be used; a function is called by its own name and is not known
//! inside itself, so that nothing recurses; functions are not handed around, except where they are written out as an
//! argument; nothing is assigned to twice, spread or multiplied by more than a literal. A mention of a definition costs
//! what the definition costs, and an argument as often as the function mentions it, which is what doubling by names
//! would do to the page.

use std::cell::Cell;

use typst::syntax::ast::{self, AstNode as _};
use typst::syntax::{Source, SyntaxKind, SyntaxNode};

use crate::error::TypstError;

/// Most parts of a page, each use of a definition counted. Pages of ours have up to twenty thousand.
pub(crate) const PARTS_MAX: u64 = 150_000;
/// Largest whole number in code: more would be a size of a list or of a grid.
const WHOLE_MAX: i64 = 1_000;
/// Largest number of columns or rows that is written as a number.
const TRACKS_MAX: i64 = 64;
/// Largest length, in any unit.
const LENGTH_MAX: f64 = 20_000.0;
/// How often a function that is written out as an argument is taken to be called, once a cell.
const CALLS: u64 = 64;
/// What the break between two paragraphs counts: each may begin a page.
const PARTS_A_BREAK: u64 = 12;
/// What a change of the letters within a line counts beside its text: the line is broken up and shaped around it.
const PARTS_AN_EMPHASIS: u64 = 30;
/// Most steps of the counting: a function is looked through twice, and one inside of it four times.
const STEPS_MAX: u64 = 2_000_000;
/// Most rules, each visit of a function counted: every property of every part is looked up among them.
const RULES_MAX: u64 = 100;
/// What a list of fonts may cost: each text asks one after the other.
const FONTS_COST_MAX: u64 = 64;
/// Bytes of text that count as one part.
const BYTES_A_PART: u64 = 16;

/// What the standard library offers to a page: all of it describes, nothing of it counts, repeats, reads or runs.
const KNOWN: &[&str] = &[
    // what is set
    "text",
    "par",
    "align",
    "place",
    "block",
    "box",
    "stack",
    "grid",
    "table",
    "line",
    "rect",
    "square",
    "circle",
    "ellipse",
    "polygon",
    "curve",
    "pad",
    "h",
    "v",
    "page",
    "link",
    "columns",
    "colbreak",
    "linebreak",
    "parbreak",
    "rotate",
    "move",
    "hide",
    "strong",
    "emph",
    "underline",
    "overline",
    "strike",
    "highlight",
    "smallcaps",
    "sub",
    "super",
    "upper",
    "lower",
    "list",
    "enum",
    "terms",
    "quote",
    "heading",
    "figure",
    "layout",
    "measure",
    "smartquote",
    "pagebreak",
    "scale",
    "skew",
    "math",
    "sym",
    // what it looks like
    "rgb",
    "luma",
    "cmyk",
    "oklab",
    "oklch",
    "color",
    "gradient",
    "stroke",
    "black",
    "gray",
    "silver",
    "white",
    "navy",
    "blue",
    "aqua",
    "teal",
    "eastern",
    "purple",
    "fuchsia",
    "maroon",
    "red",
    "orange",
    "yellow",
    "olive",
    "green",
    "lime",
    // where it stands
    "left",
    "center",
    "right",
    "start",
    "end",
    "top",
    "horizon",
    "bottom",
    "ltr",
    "rtl",
    "ttb",
    "btt",
    "direction",
    "alignment",
    // arithmetic
    "calc",
    "int",
    "float",
];

/// What may be called on a value or reached in a module.
const FIELDS: &[&str] = &[
    "hline",
    "vline",
    "cell",
    "header",
    "footer",
    "item",
    "move",
    "line",
    "quad",
    "cubic",
    "close",
    "linear",
    "even",
    "odd",
    "abs",
    "min",
    "max",
    "floor",
    "ceil",
    "round",
    "rem",
    "quo",
    "darken",
    "lighten",
    "transparentize",
    "regular",
    "flush",
    "sin",
    "cos",
    "sqrt",
];

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    /// A value of this cost.
    Value(u64),
    /// A function: what it costs itself, and how often it mentions its arguments.
    Function { own: u64, mentions: u64 },
}

/// Refuses what costs more than [`PARTS_MAX`] or whose cost cannot be told.
pub(crate) fn check(source: &Source) -> Result<(), TypstError> {
    let mut ledger = Ledger { source, names: Vec::new(), steps: Cell::new(0), rules: 0 };
    ledger.cost(source.root()).map(|_| ())
}

struct Ledger<'a> {
    source: &'a Source,
    /// Names in scope, the inner ones last.
    names: Vec<(String, Meaning)>,
    /// What the counting itself has cost so far.
    steps: Cell<u64>,
    /// Rules met so far.
    rules: u64,
}

impl<'a> Ledger<'a> {
    fn refused<T>(&self, node: &SyntaxNode, what: &str) -> Result<T, TypstError> {
        let line = self.source.find(node.span()).and_then(|n| self.source.lines().byte_to_line(n.offset()));
        Err(TypstError::Refused {
            line: line.map_or(0, |line| line + 1),
            what: what.chars().take(40).collect(),
        })
    }

    fn meaning(&self, name: &str) -> Option<Meaning> {
        self.steps.set(self.steps.get() + self.names.len() as u64 / 8);
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, meaning)| *meaning)
    }

    /// What a part costs with all that it mentions.
    fn cost(&mut self, node: &'a SyntaxNode) -> Result<u64, TypstError> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > STEPS_MAX {
            return Err(TypstError::TooMuch { limit: PARTS_MAX });
        }
        match node.kind() {
            SyntaxKind::SetRule | SyntaxKind::ShowRule => {
                self.rules += 1;
                if self.rules > RULES_MAX {
                    return self.refused(node, "one rule too many");
                }
            }
            SyntaxKind::Contextual => return self.refused(node, "context"),
            SyntaxKind::Spread => return self.refused(node, ".."),
            SyntaxKind::DestructAssignment => return self.refused(node, "="),
            SyntaxKind::Raw => return self.refused(node, "raw text"),
            SyntaxKind::Ref => return self.refused(node, "a reference"),
            _ => {}
        }
        let cost = match node.kind() {
            SyntaxKind::CodeBlock | SyntaxKind::ContentBlock => {
                let outer = self.names.len();
                let cost = self.children(node);
                self.names.truncate(outer);
                cost?
            }
            SyntaxKind::LetBinding => self.binding(node)?,
            SyntaxKind::Closure => self.function(node)?.0.saturating_mul(CALLS),
            SyntaxKind::FuncCall => self.call(node)?,
            SyntaxKind::SetRule => {
                let target = node.cast::<ast::SetRule<'_>>().map(|rule| rule.target());
                match target {
                    Some(ast::Expr::Ident(name)) if self.known(name.as_str()) => {}
                    _ => return self.refused(node, "a rule for a name of the page"),
                }
                self.children(node)?
            }
            SyntaxKind::FieldAccess | SyntaxKind::MathFieldAccess => {
                let Some(target) = node.children().next() else { return Ok(1) };
                1 + self.cost(target)?
            }
            SyntaxKind::Named => self.named(node)?,
            SyntaxKind::ShowRule => self.show(node)?,
            SyntaxKind::Parbreak => PARTS_A_BREAK,
            SyntaxKind::Strong | SyntaxKind::Emph => PARTS_AN_EMPHASIS + self.children(node)?,
            SyntaxKind::Ident => self.mention(node)?,
            SyntaxKind::MathIdent => {
                let name = node.leaf_text().as_str();
                match self.meaning(name) {
                    Some(Meaning::Value(cost)) => cost,
                    Some(Meaning::Function { .. }) => return self.refused(node, name),
                    None if crate::world::is_math(name) => 1,
                    None => return self.refused(node, name),
                }
            }
            SyntaxKind::Binary => self.binary(node)?,
            SyntaxKind::Int => {
                let value = node.cast::<ast::Int<'_>>().map_or(0, ast::Int::get);
                if value > WHOLE_MAX {
                    return self.refused(node, node.leaf_text());
                }
                1 + value as u64 / 16
            }
            SyntaxKind::Numeric | SyntaxKind::Float => {
                let value = match node.cast::<ast::Numeric<'_>>() {
                    Some(number) => number.get().0,
                    None => node.cast::<ast::Float<'_>>().map_or(0.0, ast::Float::get),
                };
                if !(0.0..=LENGTH_MAX).contains(&value) {
                    return self.refused(node, node.leaf_text());
                }
                1
            }
            _ => self.children(node)?,
        };
        if cost > PARTS_MAX {
            return Err(TypstError::TooMuch { limit: PARTS_MAX });
        }
        Ok(cost)
    }

    fn children(&mut self, node: &'a SyntaxNode) -> Result<u64, TypstError> {
        let mut sum = 1;
        if node.children().len() == 0 {
            return Ok(1 + node.len() as u64 / BYTES_A_PART);
        }
        for child in node.children() {
            sum += self.cost(child)?;
            if sum > PARTS_MAX {
                return Err(TypstError::TooMuch { limit: PARTS_MAX });
            }
        }
        Ok(sum)
    }

    fn known(&self, name: &str) -> bool {
        KNOWN.contains(&name) && self.meaning(name).is_none()
    }

    /// A name as a value.
    fn mention(&self, node: &SyntaxNode) -> Result<u64, TypstError> {
        let name = node.leaf_text().as_str();
        match self.meaning(name) {
            Some(Meaning::Value(cost)) => Ok(cost),
            None if self.known(name) => Ok(1),
            // A function as a value could be called where the calls cannot be counted, one inside itself without end.
            Some(Meaning::Function { .. }) | None => self.refused(node, name),
        }
    }

    fn bind(&mut self, node: &SyntaxNode, name: &str, meaning: Meaning) -> Result<(), TypstError> {
        if KNOWN.contains(&name) {
            return self.refused(node, &format!("let {name}"));
        }
        self.names.push((name.to_owned(), meaning));
        Ok(())
    }

    fn binding(&mut self, node: &'a SyntaxNode) -> Result<u64, TypstError> {
        let Some(binding) = node.cast::<ast::LetBinding<'_>>() else { return Ok(1) };
        let init = binding.init().map(ast::Expr::to_untyped);
        let closure = init.filter(|init| init.kind() == SyntaxKind::Closure);
        let (cost, meaning) = match (closure, init) {
            (Some(closure), _) => {
                let (own, mentions) = self.function(closure)?;
                (own, Meaning::Function { own, mentions })
            }
            (None, Some(init)) => {
                let cost = self.cost(init)?;
                (cost, Meaning::Value(cost))
            }
            (None, None) => (1, Meaning::Value(1)),
        };
        for name in binding.kind().bindings() {
            self.bind(node, name.as_str(), meaning)?;
        }
        Ok(cost)
    }

    /// What a function costs itself, and how often it mentions its parameters.
    fn function(&mut self, node: &'a SyntaxNode) -> Result<(u64, u64), TypstError> {
        let Some(closure) = node.cast::<ast::Closure<'_>>() else { return Ok((1, 0)) };
        let outer = self.names.len();
        let mut own = 1;
        for param in closure.params().children() {
            match param {
                ast::Param::Pos(pattern) => {
                    for name in pattern.bindings() {
                        self.bind(node, name.as_str(), Meaning::Value(0))?;
                    }
                }
                ast::Param::Named(named) => {
                    own += self.cost(named.expr().to_untyped())?;
                    self.bind(node, named.name().as_str(), Meaning::Value(0))?;
                }
                ast::Param::Spread(_) => return self.refused(node, ".."),
            }
        }
        let body = closure.body().to_untyped();
        let parameters = outer..self.names.len();
        let free = self.cost(body)?;
        self.names.truncate(parameters.end);
        for index in parameters {
            self.names[index].1 = Meaning::Value(1);
        }
        let paid = self.cost(body)?;
        self.names.truncate(outer);
        Ok((own + free, paid - free))
    }

    fn call(&mut self, node: &'a SyntaxNode) -> Result<u64, TypstError> {
        let Some(call) = node.cast::<ast::FuncCall<'_>>() else { return Ok(1) };
        let callee = call.callee();
        let (own, mentions) = match callee {
            ast::Expr::Ident(name) => match self.meaning(name.as_str()) {
                Some(Meaning::Function { own, mentions }) => (own, mentions),
                None if self.known(name.as_str()) => (1, 1),
                _ => return self.refused(node, name.as_str()),
            },
            ast::Expr::FieldAccess(access) => {
                let field = access.field();
                if !FIELDS.contains(&field.as_str()) {
                    return self.refused(node, field.as_str());
                }
                (1 + self.cost(access.target().to_untyped())?, 1)
            }
            other => return self.refused(other.to_untyped(), "a call of a value"),
        };
        let mut arguments = 0u64;
        for child in call.args().to_untyped().children() {
            arguments += self.cost(child)?;
        }
        Ok(own.saturating_add(arguments.saturating_mul(mentions.max(1))))
    }

    /// A rule that sets properties of one kind of content, such as the font of formulas. Others make content of content.
    fn show(&mut self, node: &'a SyntaxNode) -> Result<u64, TypstError> {
        let Some(rule) = node.cast::<ast::ShowRule<'_>>() else { return Ok(1) };
        let plain = matches!(rule.transform(), ast::Expr::SetRule(_))
            && matches!(rule.selector(), None | Some(ast::Expr::Ident(_) | ast::Expr::FieldAccess(_)));
        if plain { self.children(node) } else { self.refused(node, "show") }
    }

    /// An argument or an entry with a name. How many tracks a grid has, and where a cell stands in it, must be written
    /// as small numbers or as a list: a grid has a place for every pair.
    fn named(&mut self, node: &'a SyntaxNode) -> Result<u64, TypstError> {
        let Some(named) = node.cast::<ast::Named<'_>>() else { return Ok(1) };
        let value = named.expr();
        if ["columns", "rows", "colspan", "rowspan", "x", "y"].contains(&named.name().as_str()) {
            let plain = match value {
                ast::Expr::Int(number) => number.get() <= TRACKS_MAX,
                ast::Expr::Array(_)
                | ast::Expr::Parenthesized(_)
                | ast::Expr::Auto(_)
                | ast::Expr::Numeric(_)
                | ast::Expr::Float(_) => true,
                ast::Expr::Binary(of) if of.op() == ast::BinOp::Mul => {
                    matches!((of.lhs(), of.rhs()), (ast::Expr::Array(_), ast::Expr::Int(n)) if n.get() <= TRACKS_MAX)
                }
                // The stroke of two sides: a thickness and its colour.
                ast::Expr::Binary(of) if of.op() == ast::BinOp::Add => {
                    matches!(of.lhs(), ast::Expr::Numeric(_))
                }
                // An inset or a margin may be worked out; a place in a grid may not.
                ast::Expr::Unary(_) => ["x", "y"].contains(&named.name().as_str()),
                _ => false,
            };
            if !plain {
                return self.refused(node, &node.full_text());
            }
        }
        let cost = self.cost(value.to_untyped())?;
        if named.name().as_str() == "font" && cost > FONTS_COST_MAX {
            return self.refused(node, "a long list of fonts");
        }
        Ok(1 + cost)
    }

    fn binary(&mut self, node: &'a SyntaxNode) -> Result<u64, TypstError> {
        let Some(binary) = node.cast::<ast::Binary<'_>>() else { return Ok(1) };
        use ast::BinOp as Op;
        let (left, right) = (binary.lhs(), binary.rhs());
        let (a, b) = (self.cost(left.to_untyped())?, self.cost(right.to_untyped())?);
        match binary.op() {
            Op::Assign | Op::AddAssign | Op::SubAssign | Op::MulAssign | Op::DivAssign => {
                self.refused(node, binary.op().as_str())
            }
            Op::Mul => {
                let times = |expr: ast::Expr<'_>| match expr {
                    ast::Expr::Int(number) => Some(number.get().max(1) as u64),
                    ast::Expr::Float(_) | ast::Expr::Numeric(_) => Some(1),
                    _ => None,
                };
                match (times(left), times(right)) {
                    (Some(times), _) => Ok(1 + b.saturating_mul(times)),
                    (None, Some(times)) => Ok(1 + a.saturating_mul(times)),
                    (None, None) => self.refused(node, "*"),
                }
            }
            _ => Ok(1 + a + b),
        }
    }
}
