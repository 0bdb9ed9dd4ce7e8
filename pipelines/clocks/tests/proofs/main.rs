//! What pictures of clocks show, read back by `pixmo-clockread`, which shares no code with those who draw them.

mod absent;
mod difference;
mod digital;
mod labels;
mod mask;

use pixmo_clocks::picture::{Kept, Sitting};
use pixmo_clocks::settings::Settings;
use pixmo_clocks::stage::Clocks;
use pixmo_schemas::Dataset;
use pixmo_stage::{Context, Group, Split, Stage as _, Task};

/// The seed of the campaign that these pictures belong to.
const SEED: u64 = 20_261_130;
/// One picture of each design, and of some two.
const STRIDE: u64 = 3;

/// The stage with settings of its own.
fn clocks(change: impl FnOnce(&mut Settings)) -> Clocks {
    let mut settings = Settings::default();
    change(&mut settings);
    Clocks::open(settings, &Context::new(Dataset::Clocks, SEED, "data")).expect("the settings are right")
}

/// A task of the campaign.
fn task(number: u64) -> Task {
    let group = Group { config: "default", split: Split::Train, tasks: 800_269 };
    Task::new(SEED, Dataset::Clocks, &group, number)
}

/// Pictures before they are painted, of many designs, with the numbers of their tasks; without an end.
fn sittings(clocks: &Clocks) -> impl Iterator<Item = (u64, Sitting)> + '_ {
    let mut kept = Kept::default();
    (0..).map(move |number| {
        let task = task(number * STRIDE);
        (task.index, Sitting::of(&clocks.order(&task), &mut kept))
    })
}

/// Fails with the first of all that is wrong, and how many there are.
#[track_caller]
fn none_wrong(wrong: &[String], of: usize) {
    let first: Vec<&str> = wrong.iter().take(12).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {of}:\n{}", wrong.len(), first.join("\n"));
}
