//! How much memory a model takes, and how much there is.

use std::fs;

use crate::file::WhisperFile;

/// Bytes that a loaded model takes whatever is asked: its weights, and its vocabulary and tables beside them.
#[must_use]
pub fn of_model(file: &WhisperFile) -> u64 {
    file.bytes + 24 * (1 << 20)
}

/// Bytes that each question takes while it is answered: keys and values of attention in 16 bits, which follow from the
/// shape, and scratch space of the encoder and decoder, with two fifths on top, which brings the sum for each size of
/// model to what whisper.cpp's own page says or a little more (README.md, "Memory usage").
#[must_use]
pub fn of_state(file: &WhisperFile) -> u64 {
    let shape = &file.shape;
    let (audio, text) = (u64::from(shape.audio_width), u64::from(shape.text_width));
    let audio_positions = u64::from(shape.audio_positions).next_multiple_of(256);
    let text_positions = u64::from(shape.text_positions).next_multiple_of(256);
    let cache = 4 * text * u64::from(shape.text_layers) * (text_positions + audio_positions)
        + 4 * audio * audio_positions;
    // Rows of attention of all heads at once, and the widest layer four times over.
    let scores = 4 * u64::from(shape.audio_heads) * audio_positions * audio_positions;
    let layers = 4 * 4 * 4 * audio * audio_positions;
    // Logits of all positions, and what every thread has for itself.
    let logits = 4 * u64::from(shape.vocabulary) * text_positions / 4;
    (cache + scores + layers + logits + 16 * (1 << 20)) / 5 * 7
}

/// Bytes that may still be taken on this machine: what the system calls available, and no more than the limit of the
/// group of processes (a container) leaves. `None` where neither says.
#[must_use]
pub fn available() -> Option<u64> {
    let machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| of_meminfo(&text));
    let group = group_left("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current");
    match (machine, group) {
        (Some(machine), Some(group)) => Some(machine.min(group)),
        (machine, group) => machine.or(group),
    }
}

fn of_meminfo(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

fn group_left(limit: &str, used: &str) -> Option<u64> {
    let number = |path: &str| fs::read_to_string(path).ok()?.trim().parse::<u64>().ok();
    Some(number(limit)?.saturating_sub(number(used)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::Shape;

    #[test]
    fn models_take_what_the_page_of_whisper_cpp_says_or_a_little_more() {
        // Width, heads, layers; megabytes of the file with 16 bits, megabytes that are said.
        for (width, heads, layers, file_mb, said_mb) in [
            (384, 6, 4, 75, 273),
            (512, 8, 6, 142, 388),
            (768, 12, 12, 466, 852),
            (1024, 16, 24, 1500, 2100),
            (1280, 20, 32, 2900, 3900),
        ] {
            let shape = Shape {
                vocabulary: 51_865,
                audio_positions: 1500,
                audio_width: width,
                audio_heads: heads,
                audio_layers: layers,
                text_positions: 448,
                text_width: width,
                text_heads: heads,
                text_layers: layers,
                mels: 80,
            };
            let file = WhisperFile { shape, bytes: file_mb * 1_000_000, tensors: 0 };
            let mb = (of_model(&file) + of_state(&file)) / 1_000_000;
            assert!((said_mb..said_mb * 5 / 4).contains(&mb), "{width}: {mb} MB, {said_mb} MB are said");
        }
    }

    #[test]
    fn what_the_system_says_is_understood() {
        let text = "MemTotal:       24000000 kB\nMemFree:          100000 kB\nMemAvailable:    2000000 kB\n";
        assert_eq!(of_meminfo(text), Some(2_048_000_000));
        assert_eq!(of_meminfo("MemTotal: 1 kB\n"), None);
        assert_eq!(group_left("/nowhere", "/nowhere"), None);
    }
}
