//! Operations of problems of mathematics: products, powers, roots, divisors, fractions, truth functions.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use pixmo_render::{Datum, Value};

use super::{EvalError, Run, Val, bracketed, plain};
use crate::program::{Entry, Expr};

/// The largest exponent of a power.
const EXPONENT_MAX: u32 = 12;

impl Run<'_> {
    /// Evaluates one of these operations.
    pub(super) fn algebra(&mut self, expr: &Expr) -> Result<Val, EvalError> {
        Ok(match expr {
            Expr::Add(a, b) => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                let sum = a.checked_add(b).ok_or(EvalError::Undefined)?;
                self.steps.push(format!("{} + {} = {}.", plain(a), bracketed(b), plain(sum)));
                Val::Number(sum)
            }
            Expr::Multiply(a, b) => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                let product = a.checked_mul(b).ok_or(EvalError::Undefined)?;
                self.steps.push(format!("{} × {} = {}.", plain(a), bracketed(b), plain(product)));
                Val::Number(product)
            }
            Expr::Power { of, exponent } => {
                if *exponent > EXPONENT_MAX {
                    return Err(EvalError::Undefined);
                }
                let of = self.number(of)?;
                let mut factors = std::iter::repeat_n(of, *exponent as usize);
                let power = factors
                    .try_fold(Decimal::ONE, |product, factor| product.checked_mul(factor))
                    .ok_or(EvalError::Undefined)?;
                self.steps.push(format!("{} to the power of {exponent} is {}.", bracketed(of), plain(power)));
                Val::Number(power)
            }
            Expr::Root(of) => {
                let of = self.number(of)?;
                let root = root(of).ok_or(EvalError::Undefined)?;
                self.steps.push(format!("The square root of {} is {}.", plain(of), plain(root)));
                Val::Number(root)
            }
            Expr::Gcd(a, b) => {
                let (a, b) = (self.whole(a)?, self.whole(b)?);
                if a < 1 || b < 1 {
                    return Err(EvalError::Undefined);
                }
                let divisor = common(a, b);
                self.steps.push(format!("The greatest common divisor of {a} and {b} is {divisor}."));
                Val::Number(divisor.into())
            }
            Expr::Mode(over) => {
                let (_, _, numbers) = self.exacts(over)?;
                let mut times: BTreeMap<Decimal, usize> = BTreeMap::new();
                for number in numbers {
                    *times.entry(number.normalize()).or_default() += 1;
                }
                let most = times.values().copied().max().ok_or(EvalError::Empty)?;
                let mut winners = times.iter().filter(|(_, count)| **count == most);
                let (Some((mode, _)), None) = (winners.next(), winners.next()) else {
                    return Err(EvalError::Tie);
                };
                self.steps.push(format!("{} stands {most} times, more often than any other.", plain(*mode)));
                Val::Number(*mode)
            }
            Expr::Says { over, text } => {
                let (table, row) = self.one(&over.rows)?;
                let shown = self.shown(table, row, over.column)?.to_owned();
                if self.table(table)?.rows[row][over.column].value == Value::Missing {
                    return Err(EvalError::Missing);
                }
                self.reads.seen.insert(Datum::at(table, row, over.column));
                self.say_cell(table, row, over.column, &shown);
                Val::Bool(shown == *text)
            }
            Expr::Both(a, b) => {
                let (a, b) = (self.boolean(a)?, self.boolean(b)?);
                self.steps.push(format!("“And” of {a} and {b} is {}.", a && b));
                Val::Bool(a && b)
            }
            Expr::Either(a, b) => {
                let (a, b) = (self.boolean(a)?, self.boolean(b)?);
                self.steps.push(format!("“Or” of {a} and {b} is {}.", a || b));
                Val::Bool(a || b)
            }
            Expr::Negated(of) => {
                let of = self.boolean(of)?;
                self.steps.push(format!("“Not” of {of} is {}.", !of));
                Val::Bool(!of)
            }
            Expr::Fraction(a, b) => {
                let (above, below) = (self.whole(a)?, self.whole(b)?);
                let text = lowest(above, below).ok_or(EvalError::Undefined)?;
                let written = format!("{}/{}", plain(above.into()), bracketed(below.into()));
                if written != text {
                    self.steps.push(format!("{written} in lowest terms is {text}."));
                }
                Val::Text(text)
            }
            Expr::BestOf { entries, largest } => self.best_of(entries, *largest)?,
            _ => return Err(EvalError::Kind),
        })
    }

    /// A number without a fraction.
    fn whole(&mut self, expr: &Expr) -> Result<i64, EvalError> {
        let number = self.number(expr)?;
        if number.fract().is_zero() {
            number.to_i64().ok_or(EvalError::Undefined)
        } else {
            Err(EvalError::Undefined)
        }
    }

    fn best_of(&mut self, entries: &[Entry], largest: bool) -> Result<Val, EvalError> {
        let mut list = Vec::new();
        for entry in entries {
            let number = self.number(&entry.number)?;
            let name = self.text(&entry.name)?;
            list.push((number, name));
        }
        let told: Vec<String> =
            list.iter().map(|(number, name)| format!("{name}: {}", plain(*number))).collect();
        list.sort_by(|a, b| if largest { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
        let (best, name) = list.first().cloned().ok_or(EvalError::Empty)?;
        if list.get(1).is_some_and(|(second, _)| *second == best) {
            return Err(EvalError::Tie);
        }
        let word = if largest { "largest" } else { "smallest" };
        self.steps.push(format!("Compared: {}; the {word} is that of {name}.", told.join(", ")));
        Ok(Val::Text(name))
    }
}

/// The exact square root of a decimal, where it is one.
fn root(number: Decimal) -> Option<Decimal> {
    let number = number.normalize();
    let (mut digits, mut scale) = (u128::try_from(number.mantissa()).ok()?, number.scale());
    if scale % 2 == 1 {
        digits = digits.checked_mul(10)?;
        scale += 1;
    }
    let root = digits.isqrt();
    (root * root == digits)
        .then(|| i128::try_from(root).ok())
        .flatten()
        .map(|root| Decimal::from_i128_with_scale(root, scale / 2).normalize())
}

/// The greatest common divisor of two positive numbers.
fn common(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common(b, a % b) }
}

/// A fraction in lowest terms as text.
fn lowest(above: i64, below: i64) -> Option<String> {
    if below == 0 {
        return None;
    }
    let divisor = common(above.checked_abs()?, below.checked_abs()?).max(1);
    let minus = if (above < 0) != (below < 0) && above != 0 { "\u{2212}" } else { "" };
    let (above, below) = (above.abs() / divisor, below.abs() / divisor);
    Some(if below == 1 { format!("{minus}{above}") } else { format!("{minus}{above}/{below}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_exact_or_none() {
        let root = |text: &str| root(text.parse().expect("a decimal")).map(|root| root.to_string());
        assert_eq!(root("144").as_deref(), Some("12"));
        assert_eq!(root("6.25").as_deref(), Some("2.5"));
        assert_eq!(root("0.4"), None);
        assert_eq!(root("2"), None);
        assert_eq!(root("-4"), None);
    }

    #[test]
    fn fractions_are_in_lowest_terms() {
        assert_eq!(lowest(6, 8).as_deref(), Some("3/4"));
        assert_eq!(lowest(-6, 8).as_deref(), Some("−3/4"));
        assert_eq!(lowest(6, -3).as_deref(), Some("−2"));
        assert_eq!(lowest(0, -3).as_deref(), Some("0"));
        assert_eq!(lowest(1, 0), None);
    }
}
