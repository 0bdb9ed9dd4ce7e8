//! Correlations of variables, worked out from readings: generated ones, or the rows of a real table.

use std::cmp::Ordering;

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Count;

use super::{Frame, content, measured};
use crate::banks::{Banks, Measure};
use crate::content::Content;

/// The name of the table, by which questions know it.
pub(crate) const TABLE: &str = "correlations";

/// Draws correlations of the measures of one kind of thing.
pub(super) fn draw(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, _) = measured(banks, rng, |_| true)?;
    // Of the weather everyone knows what goes with what, and chance would contradict it.
    if subject.domain.slug == "weather" {
        return None;
    }
    let measures: Vec<&Measure> = subject.domain.measures.iter().filter(|m| m.of == entities.kind).collect();
    if measures.len() < rows.min {
        return None;
    }
    let readings = 20 + rng.below(120);
    // Two hidden causes move all measures.
    let causes: Vec<[f64; 2]> = (0..readings).map(|_| [rng.normal(0.0, 1.0), rng.normal(0.0, 1.0)]).collect();
    let columns: Vec<Vec<f64>> = measures
        .iter()
        .map(|measure| {
            let push = if measure.additive { rng.range(-0.3, 1.2) } else { rng.range(-1.1, 1.1) };
            let side = rng.range(-1.0, 1.0);
            let own = rng.range(0.3, 1.1);
            causes.iter().map(|[a, b]| push * a + side * b + rng.normal(0.0, own)).collect()
        })
        .collect();
    let names: Vec<String> = measures.iter().map(|m| m.name.clone()).collect();
    let format = NumberFormat { mark: subject.marks.0, ..NumberFormat::plain(2) };
    let table = matrix(&names, &columns, &format, rng)?;
    let title = match rng.below(4) {
        0 => format!("How the measures of {} move together", entities.plural),
        1 => format!("Correlations between measures of {}", entities.plural),
        2 => format!("What goes with what at {}", subject.organisation),
        _ => format!("{}: correlation matrix", subject.organisation),
    };
    let frame = Frame {
        subject: &subject,
        title,
        subtitle: if rng.chance(0.6) {
            format!("Pearson correlation over {readings} {}", rng.word(&["days", "weeks", "records"]))
        } else {
            String::new()
        },
        row: "variable".to_owned(),
        rows: "variables".to_owned(),
        absent: others(banks, &names, rng),
        plan: format!("correlations|{}|{readings}|{}", names.join(","), rng.below(1000)),
    };
    let formats = vec![format; names.len()];
    Some(content(frame, banks, table, formats, rng))
}

/// Measures of other things, for questions about what is not there.
fn others(banks: &Banks, names: &[String], rng: &mut Rng) -> Vec<String> {
    let other = rng.pick(&banks.domains);
    other.measures.iter().map(|m| m.name.clone()).filter(|name| !names.contains(name)).collect()
}

/// The table of correlations of some columns, whole or below the diagonal; `None` when a column does not vary.
pub(crate) fn matrix(
    names: &[String],
    columns: &[Vec<f64>],
    format: &NumberFormat,
    rng: &mut Rng,
) -> Option<Table> {
    let half = rng.chance(0.4);
    let mut table = Table::new(TABLE, vec![Column::text("Variable")]);
    table.columns.extend(names.iter().map(|name| Column::number(name.clone(), "", false)));
    for (row, name) in names.iter().enumerate() {
        let mut cells = vec![Cell::text(name.clone())];
        for column in 0..names.len() {
            cells.push(match column.cmp(&row) {
                Ordering::Greater if half => Cell::missing(""),
                Ordering::Equal => Cell::number(1.0, format),
                // The same order of both columns gives the same digits on both sides of the diagonal.
                _ => Cell::number(pearson(&columns[row.min(column)], &columns[row.max(column)])?, format),
            });
        }
        table.rows.push(cells);
    }
    Some(table)
}

/// The correlation of Pearson; `None` when one of the columns does not vary.
fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let count = a.len() as f64;
    let mean = |list: &[f64]| list.iter().sum::<f64>() / count;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (x - mean_a, y - mean_b);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    (aa > 0.0 && bb > 0.0).then(|| (ab / libm::sqrt(aa * bb)).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::pearson;

    #[test]
    fn correlations_are_those_of_pearson() {
        let a = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(pearson(&a, &[2.0, 4.0, 6.0, 8.0]), Some(1.0));
        assert_eq!(pearson(&a, &[4.0, 3.0, 2.0, 1.0]), Some(-1.0));
        assert_eq!(pearson(&a, &[5.0, 5.0, 5.0, 5.0]), None);
        let r = pearson(&a, &[1.0, 3.0, 2.0, 4.0]).expect("both vary");
        assert!((r - 0.8).abs() < 1e-12);
    }
}
