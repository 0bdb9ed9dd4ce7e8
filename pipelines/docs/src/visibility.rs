//! The proof that a question can be answered from what is visible: every cell that a program read is found again as an
//! element of the scene.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::{Datum, Element, ElementId, Scene};
use pixmo_render_figures::Resolution;

use crate::evaluate::{Compared, Reads};

/// What of the data can be seen in a scene.
pub struct Visible<'a> {
    scene: &'a Scene,
    printed: BTreeMap<Datum, Vec<ElementId>>,
    drawn: BTreeMap<Datum, Vec<ElementId>>,
    rows: BTreeSet<(u16, u16)>,
    resolutions: BTreeMap<(u16, u16), Resolution>,
}

/// Why a question cannot be answered from the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// A number that must be read to the digit is not printed.
    Number,
    /// A name is not printed.
    Text,
    /// Two values are too close to tell apart where they are drawn.
    TooClose,
    /// A value is neither printed nor drawn.
    Value,
    /// A row does not appear.
    Row,
}

impl<'a> Visible<'a> {
    /// Looks through a scene whose defects have been ruled out before.
    pub fn in_scene(scene: &'a Scene, resolutions: &[Resolution]) -> Self {
        let mut seen = Visible {
            scene,
            printed: BTreeMap::new(),
            drawn: BTreeMap::new(),
            rows: BTreeSet::new(),
            resolutions: resolutions.iter().map(|r| ((r.table, r.column), *r)).collect(),
        };
        for (id, element) in scene.iter() {
            if element.bounds.is_empty() || element.data.is_empty() {
                continue;
            }
            let list = if element.text.is_some() { &mut seen.printed } else { &mut seen.drawn };
            for datum in &element.data {
                list.entry(*datum).or_default().push(id);
                seen.rows.insert((datum.table, datum.row));
            }
        }
        seen
    }

    /// The scene that was looked through.
    pub fn scene(&self) -> &'a Scene {
        self.scene
    }

    /// True when the cell stands in the picture as text.
    pub fn is_printed(&self, datum: Datum) -> bool {
        self.printed.contains_key(&datum)
    }

    /// True when the cell is printed or drawn as a mark.
    pub fn is_seen(&self, datum: Datum) -> bool {
        self.is_printed(datum) || self.drawn.contains_key(&datum)
    }

    /// The text elements that print a cell.
    pub fn texts_of(&self, datum: Datum) -> impl Iterator<Item = (ElementId, &'a Element)> + '_ {
        self.printed.get(&datum).into_iter().flatten().map(|id| (*id, self.scene.element(*id)))
    }

    /// The marks that draw a cell.
    pub fn marks_of(&self, datum: Datum) -> impl Iterator<Item = (ElementId, &'a Element)> + '_ {
        self.drawn.get(&datum).into_iter().flatten().map(|id| (*id, self.scene.element(*id)))
    }

    /// Proves that everything a program read can be seen.
    ///
    /// # Errors
    /// The first thing that cannot.
    pub fn prove(&self, reads: &Reads) -> Result<(), Hidden> {
        if !reads.exact.iter().all(|d| self.is_printed(*d)) {
            return Err(Hidden::Number);
        }
        if !reads.texts.iter().all(|d| self.is_printed(*d)) {
            return Err(Hidden::Text);
        }
        if !reads.seen.iter().all(|d| self.is_seen(*d)) {
            return Err(Hidden::Value);
        }
        if !reads.rows.iter().all(|(table, row)| self.rows.contains(&(*table as u16, *row as u16))) {
            return Err(Hidden::Row);
        }
        reads.compared.iter().try_for_each(|pair| self.comparable(pair))
    }

    /// True when a number, printed or drawn, is clearly on one side of a bound.
    pub fn is_clear_of(
        &self,
        cell: Datum,
        value: rust_decimal::Decimal,
        bound: rust_decimal::Decimal,
    ) -> bool {
        use rust_decimal::prelude::ToPrimitive;
        let number = |n: rust_decimal::Decimal| n.to_f64().unwrap_or(f64::NAN);
        let pair = Compared { cell, with: None, value: number(value), other: number(bound) };
        value != bound && self.comparable(&pair).is_ok()
    }

    fn comparable(&self, pair: &Compared) -> Result<(), Hidden> {
        let other_printed = pair.with.is_none_or(|d| self.is_printed(d));
        if self.is_printed(pair.cell) && other_printed {
            return Ok(());
        }
        if !self.is_seen(pair.cell) || !pair.with.is_none_or(|d| self.is_seen(d)) {
            return Err(Hidden::Value);
        }
        let of = |datum: &Datum| self.resolutions.get(&(datum.table, datum.column));
        match pair.with {
            // Nothing to hold a bound of the question against.
            None if of(&pair.cell).is_some_and(|r| !r.scale) => return Err(Hidden::Value),
            // Parts of one row are compared as shares of it.
            Some(with) if (with.table, with.row) == (pair.cell.table, pair.cell.row) => {
                if let (Some(a), Some(b)) =
                    (of(&pair.cell).and_then(|r| r.in_row), of(&with).and_then(|r| r.in_row))
                {
                    let apart = (pair.value - pair.other).abs() >= a.max(b);
                    return if apart { Ok(()) } else { Err(Hidden::TooClose) };
                }
            }
            _ => {}
        }
        let columns = [Some(pair.cell), pair.with];
        let apart = columns.iter().flatten().all(|datum| {
            self.resolutions
                .get(&(datum.table, datum.column))
                .is_some_and(|r| is_apart(pair.value, pair.other, r))
        });
        if apart { Ok(()) } else { Err(Hidden::TooClose) }
    }
}

fn is_apart(a: f64, b: f64, resolution: &Resolution) -> bool {
    let by_difference = (a - b).abs() >= resolution.difference;
    let (low, high) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    let by_ratio = resolution.ratio <= 1.0 || (a > 0.0) != (b > 0.0) || high >= low * resolution.ratio;
    by_difference && by_ratio
}
