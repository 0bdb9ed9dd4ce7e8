//! What one address costs: processor time and memory, with checksum and all checks of consent.
//!
//! `cargo bench -p pixmo-fetch -- [--addresses N] [--bytes N] [--hosts N] [--under-way N]`
//!
//! The server is a child process that answers every request with the same bytes, so that the figures are of the
//! client alone. Every name leads to it; with `--hosts` the addresses are spread over as many names, each with a
//! `robots.txt` and a `tdmrep.json` of its own.

#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

#[path = "../../../../tests/benches/shared/stopwatch.rs"]
mod clock;

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pixmo_fetch::{Client, Policy, Resolve, Resolving, Want};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use clock::{Stopwatch, clock_of_processor, wall};

/// What `cargo bench` and the flags say.
struct Args {
    addresses: usize,
    bytes: usize,
    hosts: usize,
    under_way: usize,
}

impl Args {
    fn parse() -> Result<Args, Box<dyn Error>> {
        // Without `--bench` a few addresses show that the benchmark runs.
        let addresses = if std::env::args().any(|word| word == "--bench") { 20_000 } else { 200 };
        let mut args = Args { addresses, bytes: 23_000, hosts: 1, under_way: 32 };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let place = match word.as_str() {
                "--bench" => continue,
                "--addresses" => &mut args.addresses,
                "--bytes" => &mut args.bytes,
                "--hosts" => &mut args.hosts,
                "--under-way" => &mut args.under_way,
                _ => return Err(format!("unknown flag `{word}`").into()),
            };
            *place = words.next().ok_or("a number is missing")?.parse()?;
        }
        Ok(args)
    }
}

/// The word that makes this program the server.
const SERVE: &str = "--serve";

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    if words.next().as_deref() == Some(SERVE) {
        return serve(words.next().ok_or("the size of a body is missing")?.parse()?);
    }
    let args = Args::parse()?;
    let mut server = Command::new(std::env::current_exe()?)
        .args([SERVE, &args.bytes.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut port = String::new();
    BufReader::new(server.stdout.take().ok_or("the server has no output")?).read_line(&mut port)?;
    let measured = measure(&args, port.trim().parse()?);
    server.kill()?;
    server.wait()?;
    measured
}

fn measure(args: &Args, port: u16) -> Result<(), Box<dyn Error>> {
    let mut policy = Policy::default();
    policy.agent.contact = "bench@pixmo.example".to_owned();
    policy.egress.allow.push("127.0.0.0/8".parse()?);
    policy.tls.roots_system = false;
    policy.pace.host_per_sec = 1e6;
    policy.pace.host_burst = 1000;
    policy.pace.host_requests_max = u32::try_from(args.under_way)?;
    policy.pace.requests_max = u32::try_from(args.under_way)?;

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (began, watch) = (clock_of_processor(), Stopwatch::start());
    let client = Client::with_resolver(policy, Arc::new(Here))?;
    let ready_ms = clock_of_processor() - began;
    let next = Arc::new(AtomicUsize::new(0));
    runtime.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..args.under_way {
            let (client, next) = (client.clone(), Arc::clone(&next));
            let (addresses, bytes, hosts) = (args.addresses, args.bytes, args.hosts);
            tasks.spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= addresses {
                        return Ok(());
                    }
                    let host = number % hosts;
                    let want = Want::new(format!("http://host-{host}.example:{port}/pictures/{number}.jpg"));
                    let fetched = client.fetch(&want).await?;
                    assert_eq!(fetched.body.len(), bytes, "the whole body came");
                }
            });
        }
        while let Some(done) = tasks.join_next().await {
            done?.map_err(|failed: pixmo_fetch::Failed| failed.to_string())?;
        }
        Ok::<(), Box<dyn Error>>(())
    })?;
    let (processor_ms, passed_ms) = (clock_of_processor() - began, watch.ms());
    let count = args.addresses as f64;
    let of = if wall() { "ms (time as it passed)" } else { "CPU-ms" };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} addresses on {} hosts, {} bytes each", args.addresses, args.hosts, args.bytes)?;
    writeln!(out, "an address      {:8.4} {of}", processor_ms / count)?;
    writeln!(out, "making a client {ready_ms:8.4} {of}")?;
    writeln!(out, "addresses/s     {:8.0}, {} under way", count / passed_ms * 1e3, args.under_way)?;
    writeln!(out, "peak memory     {:8.1} MB", peak_mb()?)?;
    Ok(())
}

/// The most memory this process has held, in 10^6 bytes; of Linux.
fn peak_mb() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib * 1024.0 / 1e6)
}

/// Every name is this machine.
struct Here;

impl Resolve for Here {
    fn resolve(&self, _host: String) -> Resolving {
        Box::pin(async { Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]) })
    }
}

/// Answers until it is killed.
fn serve(bytes: usize) -> Result<(), Box<dyn Error>> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {bytes}\r\n\r\n");
    let answer: Arc<[u8]> = [head.as_bytes(), &vec![7; bytes]].concat().into();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        writeln!(std::io::stdout(), "{}", listener.local_addr()?.port())?;
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(answer_all(stream, Arc::clone(&answer)));
        }
    })
}

async fn answer_all(mut stream: TcpStream, answer: Arc<[u8]>) {
    let (mut buffer, mut filled) = ([0; 4096], 0);
    while let Ok(read @ 1..) = stream.read(&mut buffer[filled..]).await {
        filled += read;
        if buffer[..filled].ends_with(b"\r\n\r\n") {
            let asked = &buffer[..filled];
            let missing = asked.starts_with(b"GET /robots.txt") || asked.starts_with(b"GET /.well-known/");
            let answer = if missing { b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" } else { &answer[..] };
            if stream.write_all(answer).await.is_err() {
                return;
            }
            filled = 0;
        }
    }
}
