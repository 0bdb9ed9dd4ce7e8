//! Draws tables of every layout from the word banks and prints the questions about each:
//! `cargo run -p pixmo-docs --example table_content -- OUT 12 [LAYOUT|all] [FIRST_SEED]`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use pixmo_docs::banks::Banks;
use pixmo_docs::question;
use pixmo_docs::table_content;
use pixmo_docs::visibility::Visible;
use pixmo_render::defect::{self, Limits};
use pixmo_render::{Picture, Seed};
use pixmo_render_figures::look::Look;
use pixmo_render_figures::table::{self, TableSpec};

/// How often content is drawn for one picture; a draw fails when it does not fit the layout.
const TRIES: u64 = 12;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("give a folder")?);
    let count: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(6);
    let only = arguments.next().filter(|slug| slug != "all");
    let first: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(0);
    std::fs::create_dir_all(&out)?;
    let mut tell = std::io::stdout().lock();
    for &layout in table_content::LAYOUTS {
        if only.as_deref().is_some_and(|slug| slug != layout.slug()) {
            continue;
        }
        let mut tally: BTreeMap<&str, u64> = BTreeMap::new();
        let mut asked: BTreeMap<String, u64> = BTreeMap::new();
        for number in first..first + count {
            let seed = Seed::from_number(number);
            let rng = &mut seed.rng(layout.slug());
            let Some(content) = (0..TRIES).find_map(|_| table_content::draw(layout, Banks::bundled(), rng))
            else {
                *tally.entry("no content").or_default() += 1;
                continue;
            };
            let look = Look::draw(&mut seed.child(layout.slug()).rng("look"));
            let spec = TableSpec {
                layout,
                data: &content.data,
                title: &content.title,
                subtitle: &content.subtitle,
                note: &content.note,
                look: &look,
                width_max: rng.whole(620, 1400) as u32,
                seed: seed.child("draw"),
            };
            let drawn = match table::draw(&spec) {
                Ok(drawn) => drawn,
                Err(error) => {
                    *tally.entry("not drawn").or_default() += 1;
                    writeln!(tell, "{} {number}: {error}", layout.slug())?;
                    continue;
                }
            };
            let defects = defect::find(&drawn.scene, &Limits::default());
            if !defects.is_empty() {
                *tally.entry("defects").or_default() += 1;
                writeln!(tell, "{} {number}: {defects:?}", layout.slug())?;
            }
            let picture = Picture::of(&drawn.scene);
            std::fs::write(out.join(format!("{}-{number:03}.png", layout.slug())), &picture.png)?;
            let visible = Visible::in_scene(&drawn.scene, &drawn.resolutions);
            let family = table_content::family(layout);
            let (questions, dropped) = question::make(family, &content, &visible, &mut seed.rng("questions"));
            *tally.entry("drawn").or_default() += 1;
            *tally.entry("questions").or_default() += questions.len() as u64;
            if questions.len() < question::QUESTIONS_MIN {
                *tally.entry("too few questions").or_default() += 1;
            }
            writeln!(
                tell,
                "\n{} {number}: {} | {} | {dropped:?}",
                layout.slug(),
                content.title,
                content.topic
            )?;
            for question in &questions {
                *asked.entry(question.kind.clone()).or_default() += 1;
                let mark = if question.turn > 1 { "   >" } else { "   " };
                writeln!(tell, "{mark} [{}] {} -> {}", question.kind, question.question, question.answer)?;
            }
        }
        writeln!(tell, "\n{}: {tally:?} {asked:?}\n", layout.slug())?;
    }
    Ok(())
}
