//! All takes of a campaign looked at together: what is wrong with each, and which of them are copies.
//!
//! Of two that are alike the earlier one in the annotations is taken for the original. Nothing of a take stays in memory but
//! what is wrong with it, and the few hashes by which copies are found.

use std::collections::{BTreeMap, HashMap};

use pixmo_audio::Fingerprint;
use pixmo_console::{Console, Counts, Event, Failure, Progress};
use pixmo_stage::parallel;

use crate::annotations::Annotations;
use crate::checks::{self, TakeFault};
use crate::fault::InputError;
use crate::look::{Eyes, Looked};
use crate::near::{self, Index};
use crate::reason::Reason;
use crate::review::Decisions;
use crate::said::Transcripts;
use crate::settings::Settings;
use crate::vouch::Vouching;

/// What all workers share.
#[derive(Debug)]
pub struct Desk {
    /// What was given.
    pub annotations: Annotations,
    /// The recordings.
    pub eyes: Eyes,
    /// What was said.
    pub transcripts: Transcripts,
    /// Takes that were erased.
    pub erased: BTreeMap<String, ()>,
    /// What people decided in review.
    pub decisions: Decisions,
    /// The log of receipts.
    pub vouching: Vouching,
}

/// What is wrong with each take.
#[derive(Debug, Default)]
pub struct Survey {
    faults: Vec<Option<Box<TakeFault>>>,
}

/// One word of a fingerprint in so many is kept to find recordings that sound the same.
const SOUND_SAMPLED: u32 = 16;
/// Words that two recordings must share for a closer look.
const SOUND_SHARED_MIN: usize = 3;
/// A word that more recordings share tells nothing.
const SOUND_TAKES_MAX: usize = 64;

/// What is kept of a take while copies are looked for.
struct Trace {
    fault: Option<Box<TakeFault>>,
    image: [u8; 32],
    audio: [u8; 32],
    rows: Vec<u64>,
    sounds: Vec<u32>,
    waives: [bool; 3],
}

/// The checks that look at two takes.
const COPIES: [Reason; 3] = [Reason::SameAudio, Reason::SameSound, Reason::NearCopy];

impl Survey {
    /// What is wrong with a take; `None` for a good one.
    #[must_use]
    pub fn fault(&self, take: u32) -> Option<&TakeFault> {
        self.faults.get(take as usize)?.as_deref()
    }

    /// Looks at all takes.
    ///
    /// # Errors
    /// When a file cannot be read, or someone asks to stop; what was measured is remembered.
    pub fn make(desk: &Desk, settings: &Settings, jobs: usize, console: &Console) -> Result<Survey, Failure> {
        let progress = console.progress("takes");
        let takes = desk.annotations.takes();
        progress.tell(Event::Begun { shards: 0, tasks: takes as u64, seed: None, before: Counts::default() });
        let traces = traces(desk, settings, jobs, &progress, console)?;
        let faults = with_copies(desk, settings, traces)?;
        Ok(Survey { faults })
    }
}

fn traces(
    desk: &Desk,
    settings: &Settings,
    jobs: usize,
    progress: &Progress,
    console: &Console,
) -> Result<Vec<Trace>, Failure> {
    let mut traces: Vec<Option<Trace>> = Vec::new();
    traces.resize_with(desk.annotations.takes(), || None);
    let mut counts = Counts::default();
    let interrupt = console.interrupt();
    let work = |at: usize| trace(desk, settings, at as u32).map_err(Failure::from);
    let is_whole = parallel::each(desk.annotations.takes(), jobs, &interrupt, work, |at, trace: Trace| {
        counts.tasks_finished += 1;
        counts.rows += u64::from(trace.fault.is_none());
        counts.dropped += u64::from(trace.fault.is_some());
        traces[at] = Some(trace);
        progress.tell(Event::Moved(counts));
        Ok(())
    })?;
    if !is_whole {
        progress.tell(Event::Interrupted(counts));
        return Err(Failure::interrupted("not all takes were looked at; what was measured is remembered")
            .hint("run the same command again to continue"));
    }
    Ok(traces.into_iter().flatten().collect())
}

fn trace(desk: &Desk, settings: &Settings, number: u32) -> Result<Trace, InputError> {
    let take = desk.annotations.take(number)?;
    let mut trace = Trace {
        fault: None,
        image: *take.image.sha256.as_bytes(),
        audio: *take.audio.sha256.as_bytes(),
        rows: Vec::new(),
        sounds: Vec::new(),
        waives: COPIES.map(|reason| desk.decisions.waives_take(&take.take, reason)),
    };
    if let Some(fault) = checks::standing(&take, desk.erased.contains_key(&take.take)) {
        trace.fault = Some(Box::new(fault));
        return Ok(trace);
    }
    let looked = desk.eyes.look(&take.audio)?;
    let said = desk.transcripts.of(&take)?;
    let mut faults = checks::faults(&take, &looked, said.as_ref(), settings);
    faults.extend(desk.vouching.fault(&take, said.as_ref(), settings.receipts));
    faults.retain(|fault| !desk.decisions.waives_take(&take.take, fault.reason));
    trace.fault = faults.into_iter().next().map(Box::new);
    if let Some(said) = &said {
        trace.rows = near::sample(&near::rows(&said.text));
    }
    if let Looked::Fine(look) = &looked
        && let Some(fingerprint) = &look.fingerprint
    {
        trace.sounds = sounds(fingerprint);
    }
    Ok(trace)
}

fn sounds(fingerprint: &Fingerprint) -> Vec<u32> {
    let mixed = |word: u32| word.wrapping_mul(0x9E37_79B1) >> 16;
    let mut kept: Vec<u32> = fingerprint
        .words()
        .iter()
        .copied()
        .filter(|word| *word != 0 && mixed(*word) % SOUND_SAMPLED == 0)
        .collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Finds copies, in the order of the takes.
fn with_copies(
    desk: &Desk,
    settings: &Settings,
    traces: Vec<Trace>,
) -> Result<Vec<Option<Box<TakeFault>>>, InputError> {
    let mut by_audio: HashMap<[u8; 32], u32> = HashMap::new();
    let (mut rows, mut sounds) = (Index::default(), HashMap::<u32, Vec<u32>>::new());
    let mut faults = Vec::with_capacity(traces.len());
    let images: Vec<[u8; 32]> = traces.iter().map(|trace| trace.image).collect();
    for (number, trace) in (0u32..).zip(traces) {
        // What must not be used is nobody's original either.
        if trace.rows.is_empty() && trace.sounds.is_empty() {
            faults.push(trace.fault);
            continue;
        }
        let mut fault = trace.fault;
        let earlier = by_audio.get(&trace.audio).copied();
        if fault.is_none()
            && !trace.waives[0]
            && let Some(earlier) = earlier
        {
            fault = Some(Box::new(like(desk, Reason::SameAudio, earlier, "the same file")?));
        }
        if fault.is_none() && !trace.waives[1] && earlier.is_none() {
            fault = same_sound(desk, number, &trace.sounds, &sounds)?.map(Box::new);
        }
        if fault.is_none() && !trace.waives[2] {
            let others = rows.candidates(&trace.rows);
            let others = others.into_iter().filter(|other| images[*other as usize] != trace.image);
            fault = near_copy(desk, number, others, settings.take.near_copy_max)?.map(Box::new);
        }
        by_audio.entry(trace.audio).or_insert(number);
        rows.add(number, &trace.rows);
        for word in &trace.sounds {
            let takes = sounds.entry(*word).or_default();
            if takes.len() <= SOUND_TAKES_MAX {
                takes.push(number);
            }
        }
        faults.push(fault);
    }
    Ok(faults)
}

fn like(desk: &Desk, reason: Reason, earlier: u32, what: &str) -> Result<TakeFault, InputError> {
    let earlier = desk.annotations.take(earlier)?;
    Ok(TakeFault::new(reason, format!("{what} as take `{}`", earlier.take), "a take of its own"))
}

fn same_sound(
    desk: &Desk,
    number: u32,
    words: &[u32],
    sounds: &HashMap<u32, Vec<u32>>,
) -> Result<Option<TakeFault>, InputError> {
    let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
    for takes in
        words.iter().filter_map(|word| sounds.get(word)).filter(|takes| takes.len() <= SOUND_TAKES_MAX)
    {
        for take in takes {
            *shared.entry(*take).or_default() += 1;
        }
    }
    let fingerprint = |number: u32| -> Result<Option<Fingerprint>, InputError> {
        let audio = desk.annotations.take(number)?.audio;
        Ok(match desk.eyes.look(&audio)? {
            Looked::Fine(look) => look.fingerprint,
            Looked::Bad(..) => None,
        })
    };
    for (other, _) in shared.into_iter().filter(|(_, count)| *count >= SOUND_SHARED_MIN) {
        if let (Some(mine), Some(theirs)) = (fingerprint(number)?, fingerprint(other)?)
            && let Some(likeness) = mine.likeness(&theirs).filter(pixmo_audio::Likeness::is_same)
        {
            let what = format!("{:.1} s that sound the same", likeness.shared_secs);
            return Ok(Some(like(desk, Reason::SameSound, other, &what)?));
        }
    }
    Ok(None)
}

fn near_copy(
    desk: &Desk,
    number: u32,
    others: impl Iterator<Item = u32>,
    share_max: f64,
) -> Result<Option<TakeFault>, InputError> {
    let rows_of = |number: u32| -> Result<_, InputError> {
        let take = desk.annotations.take(number)?;
        Ok(desk.transcripts.of(&take)?.map(|said| near::rows(&said.text)).unwrap_or_default())
    };
    let mut others = others.peekable();
    if others.peek().is_none() {
        return Ok(None);
    }
    let mine = rows_of(number)?;
    for other in others {
        let share = near::share(&mine, &rows_of(other)?);
        if share > share_max {
            return Ok(Some(like(
                desk,
                Reason::NearCopy,
                other,
                &format!("{share:.2} of the words in the same rows"),
            )?));
        }
    }
    Ok(None)
}
