//! Odd data for every kind: what cannot be drawn is refused with a reason, what is drawn lies inside the picture, and
//! nothing panics or takes long.

mod draw;
mod twist;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use pixmo_render::defect::{self, Limits};
use pixmo_render::{Rect, Scene};
use pixmo_render_figures::{Drawn, FigureError};

use self::draw::Case;
use self::twist::{GRAPH, Twist};

/// What came of all draws of a family.
#[derive(Debug, Default)]
struct Tally {
    drawn: usize,
    with_defects: usize,
    refused: usize,
    /// What must not be, by kind and twist.
    wrong: BTreeMap<String, String>,
    /// Drawn with a defect, by kind and twist.
    defects: BTreeMap<String, String>,
}

/// Longest time that the processor works on one figure.
const WORK_MAX: Duration = Duration::from_secs(2);

/// How long the processor has worked for this thread, whatever else the machine does meanwhile; zero where the system does
/// not say.
fn worked() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0))
}

/// Draws all kinds of a family with every twist.
fn walk(kinds: impl Iterator<Item = (&'static str, Box<dyn Fn() -> Case>)>) -> Tally {
    let mut tally = Tally::default();
    for (slug, make) in kinds {
        for twist in Twist::all() {
            let name = format!("{slug}, {}", twist.name);
            let mut case = make();
            twist.apply(&mut case.data, &mut case.words);
            let before = worked();
            let drawn = catch_unwind(AssertUnwindSafe(|| case.draw()));
            let worked = worked().saturating_sub(before);
            if worked > WORK_MAX {
                tally.wrong.insert(name.clone(), format!("takes {worked:?}"));
            }
            match drawn {
                Err(_) => {
                    tally.wrong.insert(name, "panics".to_owned());
                }
                Ok(Err(error)) => {
                    tally.refused += 1;
                    if let Some(why) = unclear(&error) {
                        tally.wrong.insert(name, why);
                    }
                }
                Ok(Ok(drawn)) => {
                    tally.drawn += 1;
                    if let Some(why) = unsound(&drawn.scene) {
                        tally.wrong.insert(name.clone(), why);
                    }
                    let defects = defect::find(&drawn.scene, &Limits::default());
                    if let Some(first) = defects.first() {
                        tally.with_defects += 1;
                        tally.defects.insert(name, format!("{first:?}"));
                    } else if let Some(cut) = cut(&drawn) {
                        tally.wrong.insert(name, cut);
                    }
                }
            }
        }
    }
    tally
}

/// Why an error does not say what was wrong and where.
fn unclear(error: &FigureError) -> Option<String> {
    let vague = match error {
        FigureError::Text(_) => false,
        FigureError::Data { kind, needed, found } => {
            kind.is_empty() || needed.trim().is_empty() || found.trim().is_empty()
        }
        FigureError::NoRoom { kind, what, width, height } => {
            kind.is_empty() || what.is_empty() || *width == 0 || *height == 0
        }
    };
    vague.then(|| format!("unclear: {error:?}"))
}

/// Why a scene cannot be painted: a size or a place that is no number or far off.
fn unsound(scene: &Scene) -> Option<String> {
    if !(32..=2000).contains(&scene.width) || !(32..=2000).contains(&scene.height) {
        return Some(format!("{} x {} pixels", scene.width, scene.height));
    }
    let far = |r: &Rect| {
        !r.is_empty() && [r.left, r.top, r.right, r.bottom].iter().any(|v| !v.is_finite() || v.abs() > 1e5)
    };
    let lost =
        scene.elements.iter().find(|e| far(&e.bounds) || !e.anchor.x.is_finite() || !e.anchor.y.is_finite());
    lost.map(|e| format!("{:?} `{}` at {:?}", e.role, e.label.chars().take(30).collect::<String>(), e.bounds))
}

/// A text that leaves the picture although nothing was found wrong, told without the search for defects.
fn cut(drawn: &Drawn) -> Option<String> {
    let (width, height) = (drawn.scene.width as f32, drawn.scene.height as f32);
    let inside = |r: &Rect| r.left > -0.5 && r.top > -0.5 && r.right < width + 0.5 && r.bottom < height + 0.5;
    let found = drawn.scene.elements.iter().find(|e| {
        e.text.is_some() && !e.label.trim().is_empty() && (e.bounds.is_empty() || !inside(&e.bounds))
    });
    found.map(|e| {
        format!("cut: {:?} `{}` {:?}", e.role, e.label.chars().take(30).collect::<String>(), e.bounds)
    })
}

fn hold(tally: &Tally, family: &str) {
    assert!(tally.wrong.is_empty(), "{family}: {:#?}", tally.wrong);
    assert!(tally.drawn > 0 && tally.refused > 0, "{family}: {tally:?}");
    let share = tally.with_defects as f64 / tally.drawn as f64;
    assert!(
        share < 0.05,
        "{family}: {} of {} drawn have defects: {:#?}",
        tally.with_defects,
        tally.drawn,
        tally.defects
    );
}

#[test]
fn charts_of_odd_data_are_drawn_whole_or_refused() {
    hold(&walk(draw::charts()), "charts");
}

#[test]
fn tables_of_odd_data_are_drawn_whole_or_refused() {
    hold(&walk(draw::tables()), "tables");
}

#[test]
fn diagrams_of_odd_data_are_drawn_whole_or_refused() {
    hold(&walk(draw::diagrams()), "diagrams");
}

#[test]
fn twists_have_names_of_their_own() {
    let names: std::collections::BTreeSet<_> = Twist::all().into_iter().map(|t| t.name).collect();
    assert_eq!(names.len(), Twist::all().len());
    assert!(GRAPH.iter().all(|name| names.contains(name)));
}
