//! Server-sent events, as the HTML standard defines them (section 9.2.6): lines with a field each, an empty line ends an
//! event. Bytes may come cut anywhere; what is kept of them has a limit.

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its kind; empty for the usual one.
    pub kind: String,
    /// Its data: the lines of its fields `data`, without the last line end. What is no UTF-8 became U+FFFD.
    pub data: String,
}

/// An event is longer than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an event has more than {bytes_max} bytes")]
pub struct TooLong {
    /// Most bytes of an event.
    pub bytes_max: usize,
}

/// Makes events of bytes.
#[derive(Clone, Debug)]
pub struct Events {
    bytes_max: usize,
    line: Vec<u8>,
    kind: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    /// Whether the last byte was a carriage return, whose line feed is still to come or not.
    after_return: bool,
    is_first_line: bool,
}

impl Events {
    /// Events of at most so many bytes each.
    #[must_use]
    pub fn new(bytes_max: usize) -> Events {
        Events {
            bytes_max,
            line: Vec::new(),
            kind: Vec::new(),
            data: Vec::new(),
            has_data: false,
            after_return: false,
            is_first_line: true,
        }
    }

    /// Takes more bytes, and hands on each event that they end.
    ///
    /// # Errors
    /// When an event is longer than allowed; what comes behind it cannot be told apart.
    pub fn push(&mut self, bytes: &[u8], mut take: impl FnMut(Event)) -> Result<(), TooLong> {
        for &byte in bytes {
            let is_second_of_pair = self.after_return && byte == b'\n';
            self.after_return = byte == b'\r';
            match byte {
                _ if is_second_of_pair => {}
                b'\n' | b'\r' => {
                    if let Some(event) = self.end_line() {
                        take(event);
                    }
                }
                byte => {
                    if self.line.len() + self.data.len() + self.kind.len() >= self.bytes_max {
                        return Err(TooLong { bytes_max: self.bytes_max });
                    }
                    self.line.push(byte);
                }
            }
        }
        Ok(())
    }

    /// Ends the stream. The standard lets an event go that no empty line ended; servers leave out the last one, so here
    /// it counts.
    #[must_use]
    pub fn finish(mut self) -> Option<Event> {
        if !self.line.is_empty() {
            self.end_line();
        }
        self.end_event()
    }

    fn end_line(&mut self) -> Option<Event> {
        let mut line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.is_first_line) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.is_empty() {
            return self.end_event();
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = match colon {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (&line[..], &[][..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => {
                if self.has_data {
                    self.data.push(b'\n');
                }
                self.data.extend_from_slice(value);
                self.has_data = true;
            }
            b"event" => self.kind = value.to_vec(),
            // Comments have no name; `id` and `retry` are for streams that are taken up again.
            _ => {}
        }
        None
    }

    fn end_event(&mut self) -> Option<Event> {
        let (kind, data) = (std::mem::take(&mut self.kind), std::mem::take(&mut self.data));
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        std::mem::take(&mut self.has_data).then(|| Event { kind: text(kind), data: text(data) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(bytes: &[u8], piece: usize) -> Vec<String> {
        let mut parser = Events::new(100);
        let mut found = Vec::new();
        for piece in bytes.chunks(piece) {
            parser.push(piece, |event| found.push(event)).unwrap();
        }
        found.extend(parser.finish());
        found.into_iter().map(|event| format!("{}|{}", event.kind, event.data)).collect()
    }

    #[test]
    fn events_are_the_same_however_they_are_cut() {
        for (text, expected) in [
            ("data: a\n\ndata: b\n\n", vec!["|a", "|b"]),
            ("data: a\r\n\r\ndata: b\r\n\r\n", vec!["|a", "|b"]),
            ("data: a\r\rdata: b\r\r", vec!["|a", "|b"]),
            ("\u{feff}data: a\n\n", vec!["|a"]),
            ("data:a\ndata:\ndata:  b\n\n", vec!["|a\n\n b"]),
            (": ping\n\n: ping\n\ndata: a\n\n", vec!["|a"]),
            ("event: error\nid: 7\nretry: 10\ndata: a\n\n", vec!["error|a"]),
            ("event: error\n\ndata: a\n\n", vec!["|a"]),
            ("data\n\n", vec!["|"]),
            ("data: über\n\ndata: [DONE]", vec!["|über", "|[DONE]"]),
            ("", vec![]),
            ("\n\n\n", vec![]),
        ] {
            for piece in 1..=text.len().max(1) {
                assert_eq!(events(text.as_bytes(), piece), expected, "{text:?} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn an_event_without_end_ends() {
        let mut parser = Events::new(100);
        let told = (0..).find_map(|_| parser.push(b"data: abcdefgh\n", |_| {}).err());
        assert_eq!(told, Some(TooLong { bytes_max: 100 }));
        assert!(parser.data.len() <= 110);
        assert!(Events::new(100).push(&[b'x'; 101], |_| {}).is_err());
    }
}
