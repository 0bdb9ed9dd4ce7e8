//! Hostile sources in a process of their own, which can be stopped from outside and says what it took.
//!
//! The test binary runs itself again, one ignored test of it, and hands it the sources; the shell puts limits on time
//! and address space, so that what would not end is ended by the system and found here. Time is that of the processor,
//! which a busy machine does not lengthen.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

/// What one source took.
#[derive(Debug)]
pub(crate) struct Taken {
    /// Processor time in milliseconds.
    pub(crate) cpu_ms: u64,
    /// Largest resident memory in MiB while it was read.
    pub(crate) peak_mib: u64,
    /// What came of it: `drawn`, or the error.
    pub(crate) outcome: String,
}

/// Processor time in milliseconds that one source may take where code is optimised.
const CPU_MS_MAX: u64 = 2_000;
/// Memory that one source may take.
const PEAK_MIB_MAX: u64 = 512;
/// When the system ends the whole process: far behind the limits that are asserted.
const SYSTEM_LIMITS: &str = "ulimit -v 4000000 && ulimit -t 300";

/// Runs the ignored test `name` of this binary over all sources; each must end within the limits. Outcomes come back in
/// order. `slower` is how many times as long the code takes where it is not optimised.
///
/// # Panics
/// When a source ends the process, or takes more than the limits.
pub(crate) fn read_all(name: &str, slower: u64, sources: &[(&str, String)]) -> Vec<Taken> {
    let cpu_ms_max = if cfg!(debug_assertions) { CPU_MS_MAX * slower } else { CPU_MS_MAX };
    let exe = std::env::current_exe().expect("the test knows its program");
    let script = format!("{SYSTEM_LIMITS} && exec \"$0\" \"$@\"");
    let mut child = Command::new("sh")
        .args(["-c", &script])
        .arg(exe)
        .args(["--ignored", "--exact", name, "--nocapture", "--test-threads", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the shell starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let bytes: Vec<u8> = sources
        .iter()
        .flat_map(|(_, source)| {
            [format!("{}\n", source.len()).into_bytes(), source.clone().into_bytes()].concat()
        })
        .collect();
    let writer = std::thread::Builder::new()
        .name("sources".to_owned())
        .spawn(move || stdin.write_all(&bytes))
        .expect("a thread");
    let output = child.wait_with_output().expect("it ends");
    let _ = writer.join();
    let text = String::from_utf8_lossy(&output.stdout);
    let mut taken = Vec::new();
    for line in text.lines().filter_map(|line| line.split_once("took ").map(|(_, rest)| rest)) {
        let mut words = line.splitn(3, ' ');
        let mut number = || words.next().and_then(|word| word.parse().ok()).expect("a number");
        let (cpu_ms, peak_mib) = (number(), number());
        taken.push(Taken { cpu_ms, peak_mib, outcome: words.next().unwrap_or_default().to_owned() });
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    if let Some((what, _)) = sources.get(taken.len()) {
        panic!("`{what}` ended the process: {}\n{stderr}", output.status);
    }
    for ((what, _), taken) in sources.iter().zip(&taken) {
        assert!(
            taken.cpu_ms <= cpu_ms_max && taken.peak_mib <= PEAK_MIB_MAX,
            "`{what}` took too much: {taken:?}"
        );
    }
    taken
}

/// The other side: reads each source of standard input with `read`, and tells what it took.
pub(crate) fn answer(read: impl Fn(&str) -> Result<(), String>) {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).expect("the sources come");
    let mut rest = bytes.as_slice();
    while let Some(end) = rest.iter().position(|b| *b == b'\n') {
        let length: usize = String::from_utf8_lossy(&rest[..end]).parse().expect("a length");
        let source = String::from_utf8_lossy(&rest[end + 1..end + 1 + length]);
        rest = &rest[end + 1 + length..];
        // Lets the peak be told for each source; where it is not allowed the peak of all counts, which is stricter.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let before = cpu_ms();
        let outcome = read(&source).err().unwrap_or_else(|| "drawn".to_owned());
        let line = format!("took {} {} {}\n", cpu_ms() - before, peak_mib(), outcome.replace('\n', " "));
        let mut out = std::io::stdout().lock();
        out.write_all(line.as_bytes()).and_then(|()| out.flush()).expect("the other side listens");
    }
}

/// Processor time of this process. A tick of Linux is a hundredth of a second.
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux tells it");
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    rest.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10
}

fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells it");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).map_or(u64::MAX, |kib| kib / 1024)
}
