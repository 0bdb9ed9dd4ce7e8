//! Makes charts of some kinds as a build does, and prints the questions about each:
//! `cargo run -p pixmo-docs --example chart_content -- OUT 12 KIND[,KIND…] [FIRST_SEED]`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use pixmo_docs::picture::{self, Order, Shelf};
use pixmo_render::Seed;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("give a folder")?);
    let count: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(6);
    let wanted = arguments.next().unwrap_or_else(|| "all".to_owned());
    let first: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(0);
    std::fs::create_dir_all(&out)?;
    let mut tell = std::io::stdout().lock();
    for kind in Shelf::Charts.kinds() {
        if wanted != "all" && !wanted.split(',').any(|slug| slug == kind) {
            continue;
        }
        let (mut made, mut asked) = (0u64, 0);
        let mut classes: BTreeMap<String, u64> = BTreeMap::new();
        let mut rejected: BTreeMap<&str, u32> = BTreeMap::new();
        for number in first..first + count {
            let seed = Seed::from_number(number).child(kind);
            let order = Order { shelf: Shelf::Charts, kinds: &[kind], validation: false, seed };
            let picture = match picture::make(&order) {
                Ok(picture) => picture,
                Err(reason) => {
                    writeln!(tell, "\n{kind} {number}: {}", reason.name())?;
                    continue;
                }
            };
            made += 1;
            asked += picture.questions.len();
            picture.rejected.iter().for_each(|(reason, many)| *rejected.entry(reason).or_default() += many);
            std::fs::write(out.join(format!("{kind}-{number:03}.png")), &picture.picture.png)?;
            writeln!(tell, "\n{kind} {number}: {} | {}", picture.topic, picture.theme)?;
            for question in &picture.questions {
                *classes.entry(question.kind.clone()).or_default() += 1;
                let mark = if question.turn > 1 { "   >" } else { "   " };
                writeln!(tell, "{mark} [{}] {} -> {}", question.kind, question.question, question.answer)?;
            }
            for point in &picture.points {
                writeln!(tell, "    (point) {} {:?}", point.question, point.points.len())?;
            }
        }
        writeln!(
            tell,
            "\n{kind}: {made} of {count} made, {asked} questions, {classes:?}, rejected {rejected:?}"
        )?;
    }
    Ok(())
}
