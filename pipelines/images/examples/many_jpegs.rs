//! A web server of many small photographs, for benchmarks: each address gives a JPEG of its own, from memory.
//!
//! `many_jpegs [PICTURES]` listens on a free port of the loopback, says which on standard output, and serves
//! `/0.jpg`, `/1.jpg`, ... until it is killed. Connections are kept open; every other path is not found.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use jpeg_encoder::{ColorType, Encoder};

/// Pictures that differ in more than a comment.
const DIFFERENT: u32 = 64;
const WIDTH: u16 = 320;
const HEIGHT: u16 = 240;
const QUALITY: u8 = 88;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pictures: u64 = std::env::args().nth(1).map_or(Ok(20_000), |text| text.parse())?;
    let files: Arc<Vec<Vec<u8>>> = Arc::new((0..DIFFERENT).map(picture).collect::<Result<_, _>>()?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut out = io::stdout();
    writeln!(out, "{}", listener.local_addr()?)?;
    out.flush()?;
    for stream in listener.incoming() {
        let (stream, files) = (stream?, files.clone());
        thread::Builder::new()
            .name("connection".to_owned())
            .spawn(move || serve(&stream, &files, pictures))?;
    }
    Ok(())
}

/// A scene of soft hills with grain, about 23 kB.
fn picture(number: u32) -> Result<Vec<u8>, jpeg_encoder::EncodingError> {
    let mut state = 0x9e37_79b9u32.wrapping_mul(number + 1);
    let mut pixels = Vec::with_capacity(usize::from(WIDTH) * usize::from(HEIGHT) * 3);
    for y in 0..u32::from(HEIGHT) {
        for x in 0..u32::from(WIDTH) {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (state >> 27) as i32 - 16;
            let hill = |across: u32, down: u32| {
                let step = (x * across + y * down + number * 37) % 510;
                if step < 255 { step as i32 } else { 509 - step as i32 }
            };
            let tones = [hill(1 + number % 3, 2), hill(2, 1 + number % 5), hill(1, 1)];
            pixels.extend(tones.map(|tone| (tone * 7 / 8 + 16 + grain).clamp(0, 255) as u8));
        }
    }
    let mut file = Vec::new();
    Encoder::new(&mut file, QUALITY).encode(&pixels, WIDTH, HEIGHT, ColorType::Rgb)?;
    Ok(file)
}

/// Answers one request after the other until the client has gone.
fn serve(stream: &TcpStream, files: &[Vec<u8>], pictures: u64) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let without_body = line.starts_with("HEAD");
        let mut closes = false;
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if line.trim().is_empty() {
                break;
            }
            closes |= line.to_ascii_lowercase().starts_with("connection: close");
        }
        let number: Option<u64> = path
            .strip_prefix('/')
            .and_then(|name| name.strip_suffix(".jpg"))
            .and_then(|number| number.parse().ok())
            .filter(|number| *number < pictures);
        let answer = match number {
            Some(number) => found(&files[(number % u64::from(DIFFERENT)) as usize], number, without_body),
            None => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
        };
        let mut writer = stream;
        writer.write_all(&answer)?;
        if closes {
            return Ok(());
        }
    }
}

/// The file with a comment segment behind its first marker, so that no two have the same bytes.
fn found(file: &[u8], number: u64, without_body: bool) -> Vec<u8> {
    let comment = format!("{number:016}");
    let segment_bytes = (comment.len() + 2) as u16;
    let length = file.len() + comment.len() + 4;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n");
    let mut answer = head.into_bytes();
    if !without_body {
        answer.extend_from_slice(&file[..2]);
        answer.extend_from_slice(&[0xff, 0xfe]);
        answer.extend_from_slice(&segment_bytes.to_be_bytes());
        answer.extend_from_slice(comment.as_bytes());
        answer.extend_from_slice(&file[2..]);
    }
    answer
}
