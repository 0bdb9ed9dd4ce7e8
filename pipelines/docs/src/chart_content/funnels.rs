//! What a funnel draws: how many get to each stage of a way.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Wide;

use super::{Frame, content};
use crate::banks::Banks;
use crate::content::Content;
use crate::world::Subject;

/// What rows of funnels are called, by which questions know them.
pub(crate) const STAGE: &str = "stage";

/// Draws a run of stages of one way, the first of them with the most.
pub(super) fn draw(wide: &Wide, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    if banks.funnels.is_empty() {
        return None;
    }
    let funnel = rng.pick(&banks.funnels);
    let domain = banks.domains.iter().find(|d| d.slug == funnel.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let most = wide.rows.max.min(funnel.stages.len());
    let count = most - rng.below((most - wide.rows.min.max(4).min(most) + 1).min(2));
    // The first stage stays; one of the others may be left out.
    let mut kept: Vec<usize> = (0..funnel.stages.len()).collect();
    while kept.len() > count {
        kept.remove(1 + rng.below(kept.len() - 2));
    }
    let format = NumberFormat { mark: subject.marks.0, group: subject.marks.1, ..NumberFormat::plain(0) };
    let mut table = Table::new(
        "observations",
        vec![
            Column::text("Stage"),
            // Who is in one stage was in all before: adding up would count them twice.
            Column::number(funnel.measure.clone(), "", false),
        ],
    );
    let mut number = 0.0;
    for (index, (name, low, high)) in funnel.stages.iter().enumerate() {
        let share = rng.range(*low, *high);
        number = if index == 0 { share } else { (number * share).floor() };
        if kept.contains(&index) {
            table.rows.push(vec![Cell::text(name.clone()), Cell::number(number, &format)]);
        }
    }
    if number < 3.0 {
        return None;
    }
    let year = rng.whole(2006, 2025).to_string();
    let title = rng.pick(&funnel.titles).replace("{org}", &subject.organisation).replace("{period}", &year);
    let whose = if title.contains(&subject.organisation) { "" } else { &subject.organisation };
    let when = if title.contains(&year) { "" } else { &year };
    let subtitle = match rng.below(4) {
        0 => [whose, when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        1 if when.is_empty() => format!("{} by stage", funnel.measure),
        1 => format!("{} by stage, {when}", funnel.measure),
        2 => format!("{} who get so far", funnel.measure),
        _ => String::new(),
    };
    // Claims and plants are no people.
    let people =
        !["Claims", "Compounds", "Applications", "Plants", "Fish"].contains(&funnel.measure.as_str());
    let subtitle = if people { subtitle } else { subtitle.replace(" who get so far", " that get so far") };
    let frame = Frame {
        title,
        subtitle,
        row: STAGE.to_owned(),
        rows: "stages".to_owned(),
        absent: Vec::new(),
        plan: format!("funnel|{}|{}|{number}", funnel.measure, count),
        subject: &subject,
    };
    let left_out: Vec<String> = (0..funnel.stages.len())
        .filter(|index| !kept.contains(index))
        .map(|index| funnel.stages[index].0.clone())
        .collect();
    let mut made = content(frame, banks, table, vec![format], rng);
    made.absent = left_out;
    Some(made)
}
