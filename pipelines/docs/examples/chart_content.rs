//! Makes charts of one kind as a build would, and prints the questions about each:
//! `cargo run -p pixmo-docs --example chart_content -- OUT 12 KIND [FIRST_SEED]`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use pixmo_docs::picture::{Order, Shelf, make};
use pixmo_render::Seed;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("give a folder")?);
    let count: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(6);
    let wanted = arguments.next().ok_or("give a kind")?;
    let first: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(0);
    let kinds = Shelf::Charts.kinds();
    let kind = *kinds.iter().find(|kind| **kind == wanted).ok_or("there is no such kind")?;
    std::fs::create_dir_all(&out)?;
    let mut tell = std::io::stdout().lock();
    let mut asked: BTreeMap<String, u64> = BTreeMap::new();
    let mut rejected: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut made, mut questions) = (0u64, 0u64);
    for number in first..first + count {
        let seed = Seed::from_number(number).child(kind);
        let order = Order { shelf: Shelf::Charts, kinds: &[kind], validation: false, seed };
        let picture = match make(&order) {
            Ok(picture) => picture,
            Err(reason) => {
                writeln!(tell, "\n{kind} {number}: {}", reason.name())?;
                continue;
            }
        };
        std::fs::write(out.join(format!("{kind}-{number:03}.png")), &picture.picture.png)?;
        writeln!(tell, "\n{kind} {number}: {} | {}", picture.topic, picture.source_name)?;
        for question in &picture.questions {
            *asked.entry(question.kind.clone()).or_default() += 1;
            let mark = if question.turn > 1 { "   >" } else { "   " };
            writeln!(tell, "{mark} [{}] {} -> {}", question.kind, question.question, question.answer)?;
        }
        for point in &picture.points {
            writeln!(tell, "    [points] {} -> {} points", point.question, point.points.len())?;
        }
        for (reason, times) in &picture.rejected {
            *rejected.entry(reason).or_default() += times;
        }
        made += 1;
        questions += picture.questions.len() as u64;
    }
    let mean = questions as f64 / made.max(1) as f64;
    writeln!(
        tell,
        "\n{kind}: {made} of {count}, {mean:.1} questions each, rejected {rejected:?}, {asked:?}"
    )?;
    Ok(())
}
