//! The way of one row: its bytes from the list, the store or the network; judged; kept.

use std::cell::Cell;
use std::sync::Arc;

use bytes::Bytes;
use pixmo_console::{Clock, Console, Failure};
use pixmo_fetch::{Client, Consent, Failed, Fetched, Want};
use pixmo_schemas::records::ImageRecord;
use pixmo_shards::{OriginalError, Originals};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

use crate::class::Class;
use crate::crew::Crew;
use crate::evidence::{self, Licence};
use crate::failures;
use crate::judge::{EXTENSIONS, Held, Picture, Refused, Rules};
use crate::list::Row;
use crate::outcome::Outcome;
use crate::settings::of_policy;
use crate::stage::Images;

/// Bytes that came and were not looked at yet, above which no further row is visited. Where pictures come faster than
/// they are decoded, this bounds memory.
const IN_HAND_BYTES_MAX: usize = 48 << 20;

/// What all visits share.
pub(crate) struct Visit {
    client: Option<Client>,
    crew: Crew,
    rules: Arc<Rules>,
    originals: Arc<Originals>,
    fallbacks: Vec<String>,
    clock: Clock,
    in_hand: InHand,
}

/// How many bytes are in hand, and who waits until they are fewer.
#[derive(Default)]
struct InHand {
    bytes: Cell<usize>,
    fewer: Notify,
}

/// Some bytes in hand, until this is dropped.
struct Hand<'a> {
    in_hand: &'a InHand,
    bytes: usize,
}

impl InHand {
    async fn room(&self) {
        while self.bytes.get() > IN_HAND_BYTES_MAX {
            self.fewer.notified().await;
        }
    }

    fn hold(&self, bytes: usize) -> Hand<'_> {
        self.bytes.set(self.bytes.get() + bytes);
        Hand { in_hand: self, bytes }
    }
}

impl Drop for Hand<'_> {
    fn drop(&mut self) {
        self.in_hand.bytes.set(self.in_hand.bytes.get() - self.bytes);
        self.in_hand.fewer.notify_waiters();
    }
}

/// Bytes, and how they came.
struct Came {
    bytes: Bytes,
    sha256: [u8; 32],
    attempts: u32,
    /// How they came over the network, if they did.
    answer: Option<Answer>,
}

struct Answer {
    address_final: String,
    status: u16,
    licence_link: Option<String>,
    consent: Consent,
}

impl Visit {
    /// Begins to visit, inside of a runtime.
    pub(crate) fn new(stage: &Images, console: &Console) -> Result<Visit, Failure> {
        let settings = &stage.settings;
        let client = match settings.run.is_import {
            true => None,
            false => Some(Client::new(settings.fetch.clone()).map_err(of_policy)?),
        };
        Ok(Visit {
            client,
            crew: Crew::new(stage.jobs)?,
            rules: Arc::new(Rules::of(settings, stage.removals.clone(), Arc::clone(&stage.screens))),
            originals: Arc::clone(&stage.originals),
            fallbacks: settings.fallbacks.clone(),
            clock: console.clock().clone(),
            in_hand: InHand::default(),
        })
    }

    /// Visits one row.
    ///
    /// # Errors
    /// A world failure of the store. Whatever an address gives or does not give is an outcome.
    pub(crate) async fn row(&self, mut row: Row) -> Result<Outcome, Failure> {
        self.in_hand.room().await;
        if self.rules.is_taken_down(row.sha256, row.address.as_deref()) {
            return Ok(Outcome::nothing(&row, Class::TakenDown, &self.clock.utc(), ""));
        }
        if let Some(bytes) = row.bytes.take() {
            return self.of_list(row, bytes).await;
        }
        if let Some(sha256) = row.sha256
            && let Some(bytes) = self.in_store(sha256).await?
        {
            let came = Came { bytes, sha256, attempts: 0, answer: None };
            return self.judge(row, came).await;
        }
        let now = || self.clock.utc();
        let (Some(client), Some(address)) = (&self.client, &row.address) else {
            return Ok(Outcome::nothing(&row, Class::BadRow, &now(), "it has neither address nor bytes"));
        };
        let want = Want {
            address: address.clone(),
            sha256: row.sha256,
            fallbacks: self.fallbacks.iter().filter_map(|text| fallback(text, &row)).collect(),
        };
        match client.fetch(&want).await {
            Err(failed) => Ok(of_failed(&row, &failed, &now())),
            Ok(fetched) => {
                let Fetched { body, sha256, address_final, status, licence_link, consent, attempts, .. } =
                    fetched;
                let answer = Some(Answer { address_final, status, licence_link, consent });
                self.judge(row, Came { bytes: body, sha256, attempts, answer }).await
            }
        }
    }

    async fn of_list(&self, row: Row, bytes: Bytes) -> Result<Outcome, Failure> {
        let hashed = bytes.clone();
        let sha256: [u8; 32] = self.crew.ask(move || Sha256::digest(&hashed).into()).await?;
        if let Some(wanted) = row.sha256.filter(|wanted| *wanted != sha256) {
            let detail =
                format!("its sha256 is `{}`, expected `{}`", hex::encode(sha256), hex::encode(wanted));
            let class = Class::Fetch(pixmo_fetch::Class::HashMismatch);
            return Ok(Outcome::nothing(&row, class, &self.clock.utc(), detail));
        }
        self.judge(row, Came { bytes, sha256, attempts: 0, answer: None }).await
    }

    /// The original with this hash, if the store has it whole.
    async fn in_store(&self, sha256: [u8; 32]) -> Result<Option<Bytes>, Failure> {
        let originals = Arc::clone(&self.originals);
        let read = move || -> Result<Option<Bytes>, Failure> {
            let Some(extension) = originals.find(&sha256, &EXTENSIONS).map_err(failures::of_place)? else {
                return Ok(None);
            };
            match originals.read(&sha256, extension) {
                Ok(bytes) => Ok(Some(bytes.into())),
                Err(OriginalError::Location(error)) => Err(failures::of_place(error)),
                Err(OriginalError::Missing { .. }) => Ok(None),
                // What is damaged is put anew when it has come.
                Err(OriginalError::Damaged { .. }) => {
                    originals.remove(&sha256, extension).map_err(failures::of_place)?;
                    Ok(None)
                }
            }
        };
        self.with_store(read).await?
    }

    /// Does something with the store: on a thread that may wait for the network, or on one that looks at pictures.
    async fn with_store<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        if !self.originals.is_remote() {
            return self.crew.ask(work).await;
        }
        let ended = tokio::task::spawn_blocking(work).await;
        ended.map_err(|error| Failure::bug("a thread that waits for the store came to an end").cause(&error))
    }

    async fn judge(&self, row: Row, mut came: Came) -> Result<Outcome, Failure> {
        let (rules, originals) = (Arc::clone(&self.rules), Arc::clone(&self.originals));
        let (bytes, sha256) = (came.bytes.clone(), came.sha256);
        let _in_hand = self.in_hand.hold(bytes.len());
        let is_remote = originals.is_remote();
        let judged = self
            .crew
            .ask(move || -> Result<_, Failure> {
                let mut picture = match rules.judge(&bytes, &sha256) {
                    Ok(picture) => picture,
                    Err(refused) => return Ok(Err(refused)),
                };
                // What was blurred takes the place of the original from here on.
                let original = match picture.blurred.take() {
                    None => Original { bytes, sha256, blurred_from: None },
                    Some(blurred) => Original {
                        sha256: Sha256::digest(&blurred).into(),
                        bytes: blurred.into(),
                        blurred_from: Some(sha256),
                    },
                };
                // A disk takes it at once, while the bytes are near.
                if !is_remote {
                    let put = originals.put(&original.sha256, picture.format.extension(), &original.bytes);
                    put.map_err(failures::of_place)?;
                }
                Ok(Ok((picture, original)))
            })
            .await??;
        let now = self.clock.utc();
        let (mut picture, original) = match judged {
            Err(refused) => return Ok(of_refused(&row, &came, refused, &now)),
            Ok(both) => both,
        };
        if is_remote {
            let (originals, bytes, sha256) =
                (Arc::clone(&self.originals), original.bytes.clone(), original.sha256);
            let extension = picture.format.extension();
            let put = move || originals.put(&sha256, extension, &bytes).map_err(failures::of_place);
            self.with_store(put).await??;
        }
        (came.bytes, came.sha256) = (original.bytes, original.sha256);
        let (held, copy) = (picture.held.clone(), picture.copy.take());
        let mut record = record_of(&row, &came, picture, &now);
        record.blurred_from = original.blurred_from.map(hex::encode);
        let outcome = Outcome { copy, ..Outcome::kept(&row, &now, came.attempts, record) };
        Ok(match held {
            None => outcome,
            Some(Held { class, reason }) => Outcome { class, detail: reason, ..outcome },
        })
    }
}

/// What is put into the store.
struct Original {
    bytes: Bytes,
    sha256: [u8; 32],
    /// The hash of the file as it came, if this is not it.
    blurred_from: Option<[u8; 32]>,
}

/// The fallback address for a row; `None` if it needs what the list does not say.
fn fallback(text: &str, row: &Row) -> Option<String> {
    let mut text = text.to_owned();
    if text.contains("{sha256}") {
        text = text.replace("{sha256}", &hex::encode(row.sha256?));
    }
    if text.contains("{address}") {
        text = text.replace("{address}", row.address.as_deref()?);
    }
    Some(text)
}

fn of_failed(row: &Row, failed: &Failed, now: &str) -> Outcome {
    let signals = evidence::of_consent(&failed.consent);
    Outcome {
        status: failed.status,
        attempts: failed.attempts,
        can_succeed: failed.can_succeed_later(),
        opt_out: if signals.is_empty() { String::new() } else { evidence::to_json(&signals) },
        ..Outcome::nothing(row, Class::Fetch(failed.class), now, failed.detail.clone())
    }
}

fn of_refused(row: &Row, came: &Came, refused: Refused, now: &str) -> Outcome {
    let mut signals =
        came.answer.as_ref().map(|answer| evidence::of_consent(&answer.consent)).unwrap_or_default();
    signals.extend(refused.signals);
    // Bytes that came with the list will be the same on another day.
    let can_succeed = refused.class.can_succeed_later() && came.answer.is_some();
    Outcome {
        status: came.answer.as_ref().map(|answer| answer.status),
        attempts: came.attempts,
        can_succeed,
        opt_out: if signals.is_empty() { String::new() } else { evidence::to_json(&signals) },
        ..Outcome::nothing(row, refused.class, now, refused.detail)
    }
}

fn record_of(row: &Row, came: &Came, picture: Picture, now: &str) -> ImageRecord {
    let answer = came.answer.as_ref();
    let header = answer.and_then(|answer| answer.licence_link.as_deref());
    let licence = Licence::of(row.licence.as_deref(), header, &picture.licence);
    let mut signals = answer.map(|answer| evidence::of_consent(&answer.consent)).unwrap_or_default();
    signals.extend(picture.signals);
    let whole = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    ImageRecord {
        image: None,
        sha256: hex::encode(came.sha256),
        width: whole(picture.width),
        height: whole(picture.height),
        orientation: i32::from(picture.orientation),
        format: picture.format.name().to_owned(),
        bytes: came.bytes.len() as i64,
        perceptual_hash: picture.hash.map(hex::encode),
        flat: picture.flat,
        address: row.address.clone(),
        address_final: answer.map(|answer| answer.address_final.clone()),
        status: answer.map(|answer| i32::from(answer.status)),
        fetched_at: now.to_owned(),
        licence: licence.name(),
        licence_evidence: licence.to_json(),
        opt_out: evidence::to_json(&signals),
        c2pa: picture.c2pa,
        warnings: picture.warnings,
        blurred_from: None,
        file: row.file.clone(),
        row: i64::try_from(row.number + 1).unwrap_or(i64::MAX),
        other: serde_json::Value::Object(row.other.clone()).to_string(),
    }
}
