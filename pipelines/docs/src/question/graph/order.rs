//! Questions about what comes before and after in a visible order.

use pixmo_render::Rng;

use super::{Part, named, whole};
use crate::content::Content;
use crate::program::Expr;
use crate::question::Draft;
use crate::question::wording::phrase;

pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    if content.nouns.series != "ordered" {
        return None;
    }
    let label = main.column("label")?;
    let node = main.shown(main.row(rng), label);
    let x = named(content, node);
    let fill =
        [("x", x.as_str()), ("row", content.nouns.row.as_str()), ("rows", content.nouns.rows.as_str())];
    let time = main.column("date").is_some();
    let shown = |rows: Expr| Expr::Shown(rows.over(label));
    let here = || main.with(&[(label, node)]).boxed();
    let all = || Expr::all(0).boxed();
    Some(match rng.below(6) {
        0 | 1 => {
            let patterns: &[&str] = if time {
                &[
                    "Which {row} comes directly after {x}?",
                    "What follows {x}?",
                    "Name the {row} right after {x}.",
                ]
            } else {
                &["Which {row} stands directly below {x}?", "What is directly below {x}?"]
            };
            Draft::new("next", 2, phrase(rng, patterns, &fill), shown(Expr::Next(here())))
        }
        2 | 3 => {
            let patterns: &[&str] = if time {
                &[
                    "Which {row} comes directly before {x}?",
                    "What precedes {x}?",
                    "Name the {row} right before {x}.",
                ]
            } else {
                &["Which {row} stands directly above {x}?", "What is directly above {x}?"]
            };
            Draft::new("previous", 2, phrase(rng, patterns, &fill), shown(Expr::Previous(here())))
        }
        4 => {
            let patterns: &[&str] = if time {
                &["Which {row} comes first?", "Name the first {row}.", "With which {row} does it begin?"]
            } else {
                &["What stands at the top?", "Which {row} is at the top?", "Name the topmost {row}."]
            };
            Draft::new("ends", 1, phrase(rng, patterns, &fill), shown(Expr::First(all())))
        }
        _ => {
            let patterns: &[&str] = if time {
                &["Which {row} comes last?", "Name the last {row}.", "With which {row} does it end?"]
            } else {
                &["What stands at the bottom?", "Which {row} is at the bottom?", "Name the lowest {row}."]
            };
            let draft = Draft::new("ends", 1, phrase(rng, patterns, &fill), shown(Expr::Last(all())));
            let text = phrase(rng, &["And how many {rows} are there in all?"], &fill);
            draft.followed_by(Draft::new("count_next", 1, text, Expr::Count(all()).print(&whole())))
        }
    })
}
